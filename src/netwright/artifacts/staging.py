"""A directory that is written beside its place and then takes it, whole, whatever interrupts that.

Everything is written into an area beside the target, `.netwright-...`, made durable, and swapped in by one rename. A
process holds a lock on its area for as long as it lives, and the system drops the lock when the process ends, however
that comes about. So an area without a lock belongs to nobody any more, and the next run clears it away. That also holds
where a process id would mislead: between containers, on shared volumes, after a reboot.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from netwright.artifacts import renames

try:
    import fcntl
except ImportError:  # Windows has no such locks: areas of processes that were killed stay there.
    fcntl = None  # type: ignore[assignment]

PREFIX = ".netwright-"
_AREA = re.compile(rf"{re.escape(PREFIX)}[0-9a-f]{{16}}")
# What is being written, and where the fallback puts what was there before.
NEW, OLD = "new", "old"


class Area(NamedTuple):
    """A directory beside the target that only this process uses, and the descriptor that holds its lock, if any."""

    path: Path
    lock: int | None


class Taken(Exception):
    """An area belongs to another process."""


@contextmanager
def staged(target: Path, check: Callable[[Path], None]) -> Iterator[Path]:
    """A new directory, which takes the place of `target` when the block ends, and leaves no trace if that fails.

    Links in the path to `target` are followed once, here; `target` itself is replaced and never followed.

    Args:
        target: what to replace, or to create.
        check: raises if a directory may not be thrown away; is asked about what was there when it is out of its place.

    Raises:
        OSError: it can't be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), error.filename) from error
    target = target.parent.resolve() / target.name
    clear(target.parent)
    with _told_of(target), _area(target.parent) as area:
        staging = area / NEW
        staging.mkdir()
        yield staging
        _settle(staging, staging.stat().st_mode)
        _swap(area, target, check)
        _sync(target.parent)


@contextmanager
def _told_of(target: Path) -> Iterator[None]:
    """Let errors name the target, and not a place beside it that nobody knows."""
    try:
        yield
    except OSError as error:
        if PREFIX in str(error.filename):
            error.filename = str(target)
            error.filename2 = None
        raise


@contextmanager
def _area(parent: Path) -> Iterator[Path]:
    """A directory for this process alone, which is gone afterwards with all that is left in it."""
    area = _new_area(parent)
    try:
        yield area.path
    finally:
        _discard(area)


def clear(parent: Path) -> None:
    """Throw away the areas that processes which are no more have left in a directory."""
    try:
        found = [one for one in parent.iterdir() if _AREA.fullmatch(one.name)]
    except OSError:
        # One may be allowed to write there and not to look.
        return
    for one in found:
        # What can't be locked is not ours to clear.
        with suppress(Taken, OSError):
            _discard(_locked(one))


def _new_area(parent: Path) -> Area:
    while True:
        path = parent / f"{PREFIX}{secrets.token_hex(8)}"
        # Nobody else may look in, or put something there, before it is whole.
        path.mkdir(mode=0o700)
        with suppress(Taken):
            try:
                return _locked(path)
            except OSError:
                # The file system has no locks: nobody can tell then that the area is left, and it is never cleared.
                return Area(path, None)


def _locked(path: Path) -> Area:
    """An area with its lock.

    Raises:
        Taken: another process has the lock, or had it and threw the area away.
        OSError: there are no locks here.
    """
    if fcntl is None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    try:
        found = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except FileNotFoundError as error:
        raise Taken from error
    try:
        _lock(found, path)
    except BaseException:
        os.close(found)
        raise
    return Area(path, found)


def _lock(found: int, path: Path) -> None:
    try:
        fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Between making an area and locking it, another process may have taken it for a left one.
        there = os.path.samestat(os.fstat(found), os.lstat(path))
    except (BlockingIOError, FileNotFoundError) as error:
        raise Taken from error
    if not there:
        raise Taken


def _settle(directory: Path, mode: int) -> None:
    """Give all files the modes of new ones, whatever wrote them, and see that all of it is on the disk."""
    for parent, _, files in os.walk(directory, topdown=False, onerror=_raise):
        for name in files:
            path = Path(parent, name)
            path.chmod(mode & 0o666)
            _sync(path)
        if parent != str(directory) and not any(Path(parent).iterdir()):
            # Digests say nothing of an empty directory, and many caches drop it.
            Path(parent).rmdir()
        else:
            Path(parent).chmod(stat.S_IMODE(mode))
            _sync(Path(parent))


def _raise(error: OSError) -> None:
    """Let no directory be passed over."""
    raise error


def _sync(path: Path) -> None:
    if os.name == "nt":
        # What is opened for reading can't be synced there.
        return
    found = os.open(path, os.O_RDONLY)
    try:
        os.fsync(found)
    finally:
        os.close(found)


def _swap(area: Path, target: Path, check: Callable[[Path], None]) -> None:
    """Put what is new in the place of `target`."""
    try:
        while not _placed(area / NEW, target):
            pass
    except renames.NotAvailable:
        _swap_in_two_steps(area, target, check)
        return
    if os.path.lexists(area / NEW):
        # It may not be what was there when the build began.
        try:
            check(area / NEW)
        except BaseException:
            renames.exchange(area / NEW, target)
            raise


def _placed(new: Path, target: Path) -> bool:
    """Move to `target`, or exchange with what is there; False if that came or went in the meantime."""
    with suppress(FileNotFoundError):
        renames.exchange(new, target)
        return True
    with suppress(FileExistsError):
        renames.move(new, target)
        return True
    return False


def _swap_in_two_steps(area: Path, target: Path, check: Callable[[Path], None]) -> None:
    """The same where there is no exchange: what was there is first moved aside.

    Whoever looks between the two renames finds nothing there. If the process is killed just then, the next run puts
    back what was there.
    """
    aside = area / OLD / target.name
    if os.path.lexists(target):
        check(target)
        aside.parent.mkdir()
        target.rename(aside)
    try:
        (area / NEW).rename(target)
    except BaseException:
        _put_back(area)
        raise


def _put_back(area: Path) -> None:
    """Put what was moved aside back in its place, if nothing has taken that."""
    try:
        found = list((area / OLD).iterdir())
    except FileNotFoundError:
        return
    for one in found:
        place = area.parent / one.name
        try:
            if not os.path.lexists(place):
                one.rename(place)
        except OSError:
            if not os.path.lexists(place):
                raise


def _discard(area: Area) -> None:
    """Throw an area away, and last of all its lock. What can't be thrown away is left to the next run."""
    try:
        with suppress(OSError):
            _put_back(area.path)
            shutil.rmtree(area.path, ignore_errors=True)
    finally:
        if area.lock is not None:
            os.close(area.lock)
