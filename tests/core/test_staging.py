"""A directory takes its place whole, or not at all: killed, failing and raced at every step."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from netwright.artifacts import areas, renames
from netwright.artifacts.areas import PREFIX
from netwright.artifacts.staging import staged
from tests.faults import FAILED, UNHARMED, fail_at, forked, kill_at, watch
from tests.nightly import NIGHTLY

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the tests kill processes that they fork")

FILES = ("model", "sub/one", "sub/deeper/two")


def write(target: Path, mark: str, check: Callable[[Path], None] = lambda old: None) -> None:
    """Write a directory of which every file holds the mark, in pieces."""
    with staged(target, check) as new:
        for name in FILES:
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            with (new / name).open("w") as file:
                for _ in range(5):
                    file.write(mark * 1000)
                    file.flush()


def state(target: Path) -> str | None:
    """The mark that all files hold; None if there is nothing; it fails if it is anything between."""
    if not target.exists():
        return None
    files = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    assert files == sorted(FILES)
    (mark,) = {text for name in FILES for text in (target / name).read_text()}
    assert all(len((target / name).read_text()) == 5000 for name in FILES)
    return mark


def only(target: Path) -> bool:
    return [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.fixture(params=["exchange", "two steps"])
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place to write to, with the exchange of Linux and without."""
    if request.param == "two steps":

        def missing(one: Path, other: Path) -> None:
            raise renames.NotAvailable

        monkeypatch.setattr(renames, "exchange", missing)
        monkeypatch.setattr(renames, "move", missing)
    return tmp_path / "out"


def test_it_takes_its_place_and_leaves_nothing_beside_it(target: Path) -> None:
    write(target, "a")
    assert state(target) == "a"
    write(target, "b")
    assert state(target) == "b"
    assert only(target)


@pytest.mark.parametrize("before", [None, "a"])
def test_killed_at_every_step(target: Path, before: str | None) -> None:
    """Before each deed in turn, until there are no more; after each death the next run clears up."""
    seen = set()
    two_steps = renames.exchange.__name__ == "missing"
    for moment in count(1):
        if before:
            write(target, before)
        elif target.exists():
            shutil.rmtree(target)

        def work(moment: int = moment) -> None:
            watch(target.parent, kill_at(moment))
            write(target, "b")

        code = forked(work)
        found = state(target)
        if code == 0:
            assert found == "b"
            break
        assert code == -signal.SIGKILL
        # Without an exchange there is a moment with nothing there; the next run puts back what was.
        assert found in ({before, "b", None} if two_steps else {before, "b"})
        areas.clear(target.parent)
        seen.add(state(target))
        assert {path.name for path in target.parent.iterdir()} <= {target.name}
    assert seen == {before, "b"}
    assert moment > 20


@pytest.mark.parametrize("error", [errno.ENOSPC, *([errno.EIO, errno.EACCES] if NIGHTLY else [])])
def test_failing_at_every_step(target: Path, error: int) -> None:
    """Each deed fails in turn: the old directory is there, or the new one if only clearing up has failed."""
    write(target, "a")
    for moment in count(1):
        before = state(target)
        after = "b" if before == "a" else "a"

        def work(moment: int = moment, mark: str = after) -> None:
            deeds = watch(target.parent, fail_at(moment, error))
            write(target, mark)
            if len(deeds) < moment:
                os._exit(UNHARMED)

        code = forked(work)
        areas.clear(target.parent)
        assert only(target)
        if code in (0, UNHARMED):
            assert state(target) == after
        else:
            assert code == FAILED
            assert state(target) in (before, after)
        if code == UNHARMED:
            break
    assert moment > 20


def test_killed_at_random_moments(target: Path) -> None:
    """At any moment, also between two deeds and in the midst of writing."""
    write(target, "a")
    began = time.perf_counter()
    assert forked(lambda: write(target, "b")) == 0
    span = time.perf_counter() - began
    chance = random.Random(0)  # noqa: S311 - moments, no secrets
    dead = 0
    for _ in range(1000 if NIGHTLY else 60):
        before = state(target)
        child = os.fork()
        if child == 0:
            try:
                write(target, "b" if before == "a" else "a")
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, 1.2 * span))
        os.kill(child, signal.SIGKILL)
        died = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        dead += died
        # How long it takes depends on what else the machine does: about every second one is to die.
        span *= 1.1 if died else 0.9
        areas.clear(target.parent)
        assert state(target) in ("a", "b")
        assert only(target)
    assert dead > 10


def test_many_at_once(target: Path) -> None:
    write(target, "a")
    marks = "bcde"
    for _ in range(50 if NIGHTLY else 8):
        children = []
        for mark in marks:
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    write(target, mark)
                    code = 0
                except OSError:
                    code = 3
                finally:
                    os._exit(code)
            children.append(child)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        assert state(target) in tuple(marks)
        assert only(target)
        # With an exchange nobody is in anyone's way; without, some may have to try again.
        assert set(codes) <= ({0} if renames.exchange.__name__ == "exchange" else {0, 3})


def test_an_area_of_a_living_process_is_left_alone(target: Path) -> None:
    with staged(target, lambda old: None) as new:
        (new / "x").write_text("mine")
        child = forked(lambda: areas.clear(target.parent))
        assert child == 0
        assert (new / "x").read_text() == "mine"
        assert forked(lambda: write(target.parent / "other", "a")) == 0
        assert (new / "x").read_text() == "mine"
    assert (target / "x").read_text() == "mine"


def test_only_areas_are_cleared(tmp_path: Path) -> None:
    mine = [tmp_path / name for name in (f"{PREFIX}notes", f"{PREFIX}{'0' * 15}", ".hidden", f"x{PREFIX}{'0' * 16}")]
    for path in mine:
        path.mkdir()
    link, precious = tmp_path / f"{PREFIX}{'1' * 16}", tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("mine")
    link.symlink_to(precious)
    left = tmp_path / f"{PREFIX}{'2' * 16}"
    left.mkdir()
    (left / "link").symlink_to(precious)
    areas.clear(tmp_path)
    assert not left.exists()
    assert all(path.exists() for path in (*mine, link))
    assert (precious / "file").read_text() == "mine"


def test_all_is_on_the_disk_before_it_takes_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda found: synced.append(os.fstat(found).st_ino))
    exchange, before = renames.exchange, []

    def exchanged(one: Path, other: Path) -> None:
        exchange(one, other)
        before.append(set(synced))

    monkeypatch.setattr(renames, "exchange", exchanged)
    write(tmp_path / "out", "a")
    write(tmp_path / "out", "b")
    assert {path.stat().st_ino for path in (tmp_path / "out", *(tmp_path / "out").rglob("*"))} <= before[-1]
    assert synced[-1] == tmp_path.stat().st_ino


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_modes_follow_the_umask(tmp_path: Path, umask: int) -> None:
    target = tmp_path / "out"

    def work() -> None:
        os.umask(umask)
        with staged(target, lambda old: None) as new:
            (new / "sub").mkdir(mode=0o700)
            (new / "sub/file").touch(mode=0o600)
            (new / "run").touch()
            (new / "run").chmod(0o777)

    assert forked(work) == 0
    modes = {path.name: path.stat().st_mode & 0o777 for path in (target, *target.rglob("*"))}
    assert modes == {"out": 0o777 & ~umask, "sub": 0o777 & ~umask, "file": 0o666 & ~umask, "run": 0o666 & ~umask}


def test_empty_directories_are_dropped(tmp_path: Path) -> None:
    with staged(tmp_path / "out", lambda old: None) as new:
        (new / "assets/none").mkdir(parents=True)
        (new / "file").touch()
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["file"]


def test_what_came_in_the_meantime_is_not_lost(target: Path) -> None:
    """What is thrown away is looked at when nobody can change it any more, and put back if it is not ours."""

    def check(old: Path) -> None:
        if (old / "notes").exists():
            raise PermissionError("not mine")

    def race() -> None:
        with staged(target, check) as new:
            (new / "model").touch()
            target.mkdir()
            (target / "notes").write_text("precious")

    with pytest.raises(PermissionError, match="not mine"):
        race()
    assert (target / "notes").read_text() == "precious"
    assert only(target)


def test_a_link_in_the_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """It is refused before, with a message; should one appear in the meantime, nothing is written through it."""
    victim, target = tmp_path / "victim", tmp_path / "out"
    victim.mkdir()
    (victim / "file").write_text("precious")
    target.symlink_to(victim)
    write(target, "a")
    assert [path.name for path in victim.iterdir()] == ["file"]
    assert not target.is_symlink()
    assert state(target) == "a"


def test_links_on_the_way_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "way").symlink_to("real")
    with staged(tmp_path / "way/out", lambda old: None) as new:
        (new / "file").touch()
        (tmp_path / "way").unlink()
        (tmp_path / "way").symlink_to("other")
    assert (tmp_path / "real/out/file").exists()
    assert not any((tmp_path / "other").iterdir())


def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is cleared then, because nobody can tell what is left; all else works."""
    left = tmp_path / f"{PREFIX}{'2' * 16}"
    left.mkdir()
    monkeypatch.setattr(areas, "fcntl", None)
    write(tmp_path / "out", "a")
    write(tmp_path / "out", "b")
    assert state(tmp_path / "out") == "b"
    assert sorted(path.name for path in tmp_path.iterdir()) == [left.name, "out"]
