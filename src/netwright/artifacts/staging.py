"""A directory that is written beside its place and then takes it, whole, whatever interrupts that.

Everything is written into an area beside the target, `.netwright-...`, made durable, and swapped in by one rename.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from netwright.artifacts import renames
from netwright.artifacts.areas import OLD, PREFIX, area_beside, clear, put_back

# In an area: what is being written.
NEW = "new"


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
    with _told_of(target), area_beside(target.parent) as area:
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
        put_back(area)
        raise
