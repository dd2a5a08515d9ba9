"""The real `compile`, killed and starved: the target holds the old artifact or the new one, whole."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import netwright
from tests.literate import REPOSITORY
from tests.nightly import NIGHTLY

SPEC = REPOSITORY / "specs/regression_and_classification.json"
# Each compilation draws its weights from another seed, so that one artifact can be told from another.
OLD, NEW = 1, 2


class Host:
    """The process that forks, and the directory it works in."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self.process = process
        self.folder = folder
        self.target = folder / "out"

    def compile(self, seed: int, **faults: Any) -> dict[str, Any]:
        """Run `netwright compile` with faults; how it ended."""
        assert self.process.stdin
        assert self.process.stdout
        words = ["compile", str(SPEC), "-o", str(self.target), "--seed", str(seed), "--force"]
        self.process.stdin.write(json.dumps({"words": words, "below": str(self.folder), **faults}) + "\n")
        self.process.stdin.flush()
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def succeed(self, seed: int) -> None:
        """Run it without faults."""
        result = self.compile(seed)
        assert result["code"] == 0, result

    def seed(self) -> int:
        """The seed of the artifact in the target, which must be whole."""
        found = netwright.verify(self.target)
        assert found.ok, str(found)
        assert found.manifest
        return found.manifest.seed

    def left(self) -> list[str]:
        """What is beside the target."""
        return [path.name for path in self.folder.iterdir() if path != self.target]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    command = [sys.executable, "-m", "tests.keras.crash_host"]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([*sys.path, str(REPOSITORY)]),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    (tmp_path / "work").mkdir()
    with subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        yield Host(process, tmp_path / "work")
        assert process.stdin
        process.stdin.close()


def test_killed_at_random_moments(host: Host) -> None:
    """Half of the moments lie anywhere, half of them in the last part, where files are written and swapped."""
    host.succeed(OLD)
    first = host.compile(NEW)
    assert (first["code"], host.seed()) == (0, NEW)
    chance = random.Random(0)  # noqa: S311 - moments, no secrets
    seeds = []
    for i in range(60 if NIGHTLY else 6):
        old = host.seed()
        new = OLD if old == NEW else NEW
        span = first["seconds"]
        result = host.compile(new, kill_after=chance.uniform(0 if i % 2 else 0.6 * span, 1.1 * span))
        assert result["code"] in (0, -signal.SIGKILL), result
        seeds.append(host.seed())
        assert seeds[-1] == new if result["code"] == 0 else seeds[-1] in (old, new)
    host.succeed(OLD)
    assert host.left() == []


def test_killed_at_every_deed_of_pythons(host: Host) -> None:
    """Before each file and directory that Python opens, makes, renames or removes; TensorFlow's own are not seen."""
    host.succeed(OLD)
    moment, old, step = 0, OLD, 1 if NIGHTLY else 12
    while True:
        moment += step
        new = OLD if old == NEW else NEW
        result = host.compile(new, kill_at=moment)
        if result["code"] == 0:
            break
        assert result["code"] == -signal.SIGKILL, result
        old = host.seed()
    assert host.seed() == new
    assert host.left() == []
    assert moment > 20


@pytest.mark.parametrize("error", [errno.ENOSPC, *([errno.EIO] if NIGHTLY else [])])
def test_each_deed_of_pythons_fails(host: Host, error: int) -> None:
    """The exit code tells that it failed, and a line why; an earlier artifact is still there."""
    host.succeed(OLD)
    moment, old, step = 0, OLD, 1 if NIGHTLY else 9
    while True:
        moment += step
        new = OLD if old == NEW else NEW
        result = host.compile(new, fail_at=moment, error=error)
        found = host.seed()
        if result["code"] == 3:
            assert os.strerror(error) in result["said"], result
            assert found in (old, new)
        else:
            # What was to fail was no more than clearing up, or there was nothing left to fail.
            assert result["code"] in (0, 99), result
            assert found == new
        assert "Traceback" not in result["said"]
        assert "internal error" not in result["said"], result
        old = found
        if result["code"] == 99:
            break
    host.succeed(OLD)
    assert host.left() == []


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.9])
def test_no_file_may_grow_that_large(host: Host, share: float) -> None:
    """As on a full disk, whoever writes: Python, HDF5 or TensorFlow."""
    host.succeed(OLD)
    largest = max(path.stat().st_size for path in host.target.rglob("*") if path.is_file())
    result = host.compile(NEW, largest=int(share * largest))
    assert result["code"] == 3, result
    assert "Traceback" not in result["said"]
    assert "internal error" not in result["said"], result
    assert host.seed() == OLD
    host.succeed(NEW)
    assert host.left() == []


def command(target: Path, seed: int) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    words = ["compile", str(SPEC), "-o", str(target), "--seed", str(seed), "--force"]
    return subprocess.Popen(
        [sys.executable, "-m", "netwright", *words],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_the_command_itself_is_killed(tmp_path: Path) -> None:
    """Without a fork: the whole process, from its start to its end."""
    target = tmp_path / "out"
    began = time.perf_counter()
    assert command(target, OLD).wait() == 0
    span = time.perf_counter() - began
    chance = random.Random(1)  # noqa: S311 - moments, no secrets
    for i in range(20 if NIGHTLY else 2):
        with command(target, NEW + i) as process:
            time.sleep(chance.uniform(0.5, 1.1) * span)
            process.kill()
        found = netwright.verify(target)
        assert found.ok, str(found)
    assert command(target, OLD).wait() == 0
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_two_at_once(tmp_path: Path) -> None:
    """Both succeed, and one of them is there."""
    target = tmp_path / "out"
    for _ in range(10 if NIGHTLY else 1):
        processes = [command(target, seed) for seed in (OLD, NEW)]
        assert [process.wait() for process in processes] == [0, 0]
        found = netwright.verify(target)
        assert found.ok, str(found)
        assert found.manifest
        assert found.manifest.seed in (OLD, NEW)
        assert [path.name for path in tmp_path.iterdir()] == ["out"]


MOUNTED = """
set -e
mount -t tmpfs -o size=$1 none "$2"
cd "$3"
code=0
PYTHONPATH="$4" "$5" -m netwright compile "$6" -o "$2/out" --seed 1 > "$2.said" 2>&1 || code=$?
if [ "$7" = full ]; then
  dd if=/dev/zero of="$2/ballast" bs=1k count=$(($(df -k --output=avail "$2" | tail -1) - $8)) 2>> "$2.said"
else
  mount -o remount,ro "$2"
fi
PYTHONPATH="$4" "$5" -m netwright compile "$6" -o "$2/out" --seed 2 >> "$2.said" 2>&1 || code=$code$?
PYTHONPATH="$4" "$5" -m netwright verify "$2/out" --format json > "$2.verified"
ls -A "$2" > "$2.left"
echo $code > "$2.code"
"""


@pytest.mark.parametrize(("how", "room"), [("full", 40), ("full", 300), ("read-only", 0)])
def test_a_small_file_system(tmp_path: Path, how: str, room: int) -> None:
    """A file system of a few megabytes with an artifact in it, then filled but for some kilobytes, or read-only."""
    if subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount a file system of their own (unshare -Urm)")
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["4m", disk, tmp_path, os.pathsep.join(sys.path), sys.executable, SPEC, how, room]
    subprocess.run(["unshare", "-Urm", "sh", "-c", MOUNTED, "sh", *map(str, words)], check=True)
    said = disk.with_suffix(".said").read_text()
    assert disk.with_suffix(".code").read_text().strip() == "03", said
    assert ("No space left" if how == "full" else "Read-only file system") in said
    assert "internal error" not in said
    assert json.loads(disk.with_suffix(".verified").read_text())["ok"]
    assert set(disk.with_suffix(".left").read_text().split()) <= {"out", "ballast"}
