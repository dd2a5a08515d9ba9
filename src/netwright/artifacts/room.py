"""A full disk is told before anything is written, and as what it is.

HDF5 that can't write ends in a flood of messages or kills the process; TensorFlow says of a full disk that resources
are exhausted, which may as well be memory.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

# What a disk answers: full, over quota, file too large, read-only, failing, not allowed.
_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM)
_TRIAL = ".room-{}"


def see_to_room(directory: Path, sizes: Iterable[int]) -> None:
    """See that files of these sizes, in bytes, find room in a directory, all at once; none is there afterwards.

    The system is asked to set the room aside, which also asks quotas and limits; where it can't, nothing is asked.

    Raises:
        OSError: they do not.
    """
    if not hasattr(os, "posix_fallocate"):
        return
    made = []
    try:
        for number, size in enumerate(sizes):
            path = directory / _TRIAL.format(number)
            with path.open("wb") as file:
                made.append(path)
                _set_aside(file.fileno(), size)
    except OSError as error:
        raise OSError(error.errno, os.strerror(error.errno or 0), str(directory)) from error
    finally:
        for path in made:
            path.unlink()


def _set_aside(found: int, size: int) -> None:
    try:
        os.posix_fallocate(found, 0, max(size, 1))
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS):
            raise


@contextmanager
def told_as_disk_errors(directory: Path) -> Iterator[None]:
    """Let what libraries raise about the disk, in words of their own, be raised as OSError.

    Raises:
        OSError: about `directory`.
    """
    try:
        yield
    except Exception as error:
        named = isinstance(error, OSError) and error.filename is not None
        number = next((one for one in _ERRORS if os.strerror(one) in str(error)), getattr(error, "errno", None))
        if named or number is None:
            raise
        raise OSError(number, os.strerror(number), str(directory)) from error
