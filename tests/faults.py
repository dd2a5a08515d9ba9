"""Faults on purpose: a process that dies, or whose disk fails, at the n-th thing it does to a directory.

Python tells of each file that is opened, made, renamed or removed before it happens; an exception then takes the place
of the deed. What it does not tell of (`fsync`, and the renames that are ours) is wrapped. So nothing has to be known of
the code under test but which directory it works on.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from netwright.artifacts import renames

DEEDS = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.listdir", "os.scandir"})

# How a child ends: with an OSError; without having come as far as the deed that was to fail.
FAILED, UNHARMED = 3, 9

Act = Callable[[int, str], None]


def watch(below: Path, act: Act) -> list[str]:
    """Call `act` with a number, from 1, and a name before each deed below a directory, for the rest of this process.

    Returns the list that the names are added to.
    """
    deeds: list[str] = []
    root = os.fspath(below)

    def deed(name: str) -> None:
        deeds.append(name)
        act(len(deeds), name)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        # What is relative is relative to a directory that is held open, which only removing does.
        if event in DEEDS and isinstance(args[0], str | bytes | os.PathLike):
            path = os.fsdecode(args[0])
            if path.startswith(root) or (not path.startswith("/") and event != "open"):
                deed(f"{event} {path}")

    def wrapped(module: Any, name: str) -> None:
        inner = getattr(module, name)

        def call(*args: Any) -> Any:
            deed(name)
            return inner(*args)

        setattr(module, name, call)

    wrapped(os, "fsync")
    wrapped(renames, "exchange")
    wrapped(renames, "move")
    sys.addaudithook(hook)
    return deeds


def kill_at(moment: int) -> Act:
    """Die, as by `kill -9`, before the deed of that number."""

    def act(number: int, name: str) -> None:
        if number == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    return act


def fail_at(moment: int, number_of_error: int) -> Act:
    """Let the deed of that number fail."""

    def act(number: int, name: str) -> None:
        if number == moment:
            raise OSError(number_of_error, os.strerror(number_of_error), name)

    return act


def forked(work: Callable[[], None]) -> int:
    """Run something in a child; returns how that ended: an exit code, or the negative number of a signal."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except OSError:
            code = FAILED
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
