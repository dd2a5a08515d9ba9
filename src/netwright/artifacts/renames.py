"""Renaming in ways that the standard library lacks: two directories change places; a name that is taken is left alone.

Linux has one system call for both. Elsewhere, and on file systems that can't do it, the caller needs another way.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_AT_FDCWD = -100
_NOREPLACE = 1
_EXCHANGE = 2
# What a kernel or a file system answers that does not know the flags.
_UNKNOWN = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})


class NotAvailable(Exception):
    """The system or the file system can't rename in this way."""


def exchange(one: Path, other: Path) -> None:
    """Let two things that exist change places, at once.

    Raises:
        NotAvailable: that can't be done here.
        FileNotFoundError: one of them is not there.
        OSError: it went wrong for another reason.
    """
    _renameat2(one, other, _EXCHANGE)


def move(source: Path, target: Path) -> None:
    """Rename to a name that nothing has.

    Raises:
        NotAvailable: that can't be told here.
        FileExistsError: the name is taken.
        OSError: it went wrong for another reason.
    """
    _renameat2(source, target, _NOREPLACE)


def _renameat2(source: Path, target: Path, flags: int) -> None:
    call = _system_call()
    if call is None:
        raise NotAvailable
    if call(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), flags) == 0:
        return
    number = ctypes.get_errno()
    if number in _UNKNOWN:
        raise NotAvailable
    raise OSError(number, os.strerror(number), str(source), None, str(target))


@cache
def _system_call() -> Callable[..., int] | None:
    """`renameat2` of the C library, which has it if the system is Linux and not very old."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        found = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return None
    found.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    call: Callable[..., int] = found
    return call
