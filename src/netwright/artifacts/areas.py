"""A directory beside another that one process uses, and that is cleared away when the process is no more.

A process holds a lock on its area for as long as it lives, and the system drops the lock when the process ends, however
that comes about. So an area without a lock belongs to nobody any more, and the next run clears it away. That also holds
where a process id would mislead: between containers, on shared volumes, after a reboot.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

try:
    import fcntl
except ImportError:  # Windows has no such locks: areas of processes that were killed stay there.
    fcntl = None  # type: ignore[assignment]  # asked for where it is used

PREFIX = ".netwright-"
_AREA = re.compile(rf"{re.escape(PREFIX)}[0-9a-f]{{16}}")
# In an area: what was moved aside, and must not be lost before something else has its place.
OLD = "old"
_NO_LOCKS = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOLCK, errno.EBADF, errno.EINVAL})


class Area(NamedTuple):
    """A directory beside the target that only this process uses, and the descriptor that holds its lock, if any."""

    path: Path
    lock: int | None


class Taken(Exception):
    """An area belongs to another process."""


@contextmanager
def area_beside(parent: Path) -> Iterator[Path]:
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
            except OSError as error:
                if error.errno not in _NO_LOCKS:
                    raise
                # Nobody can tell then that an area is left, and none is ever cleared.
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


def put_back(area: Path) -> None:
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
            put_back(area.path)
            shutil.rmtree(area.path, ignore_errors=True)
    finally:
        if area.lock is not None:
            os.close(area.lock)
