"""What a command writes to, and how it ends."""

from __future__ import annotations

import gc
import io
import os
import sys
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import BinaryIO, TextIO

from netwright.words import printable


class Exit(IntEnum):
    """How a command ends."""

    CLEAN = 0
    PROBLEMS = 1
    USAGE = 2
    FAILURE = 3
    # What shells give a command that Ctrl-C ended.
    INTERRUPTED = 130


def _stdin() -> BinaryIO:
    return sys.stdin.buffer if sys.stdin else io.BytesIO()


def _stream(stream: TextIO | None) -> TextIO:
    """The stream, or, if the process was started without it, one that goes nowhere."""
    # Open as long as the process is.
    return stream or Path(os.devnull).open("w", encoding="utf-8")


def collect_garbage() -> None:
    """From here on there is garbage to be found, but not in what was imported before."""
    gc.freeze()
    gc.enable()


@dataclass
class Console:
    """The three streams. Results go to `out`; progress and complaints to `err`."""

    out: TextIO = field(default_factory=lambda: _stream(sys.stdout))
    err: TextIO = field(default_factory=lambda: _stream(sys.stderr))
    input: BinaryIO = field(default_factory=_stdin)

    def __post_init__(self) -> None:
        # A message may hold characters that the terminal's encoding has not; it is shown all the same.
        for stream in (self.out, self.err):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(errors="backslashreplace")

    def error(self, message: str) -> None:
        """Say what went wrong, apart from problems in specs."""
        print(f"netwright: error: {printable(message)}", file=self.err)

    def status(self, message: str) -> None:
        """Show, on a terminal only, what is being done now, in place of the last such line."""
        if self.err.isatty():
            self.err.write(f"\r\x1b[K{printable(message)}")
            self.err.flush()

    def coloured(self, stream: TextIO) -> bool:
        """Whether to colour what goes to `stream`: only on a terminal, and not if NO_COLOR is set."""
        return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def internal_error(self, error: Exception) -> Exit:
        """Say that netwright itself is at fault. The traceback is for those who ask for it."""
        if os.environ.get("NETWRIGHT_TRACEBACK"):
            raise error
        self.error(f"internal error: {type(error).__name__}: {error}")
        print("This is a defect of netwright; set NETWRIGHT_TRACEBACK=1 to see where.", file=self.err)
        return Exit.FAILURE

    def abandon_output(self) -> None:
        """Send what is still to be written nowhere."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.out.fileno())
