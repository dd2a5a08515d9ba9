"""TensorFlow without its start-up talk.

Its C++ side logs to file descriptor 2 before anything can be configured: which CPU it found, that there is no GPU.
What it says is held back while TensorFlow starts; what it calls an error is passed on, and all of it if starting fails.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module

_ERROR = re.compile(rb"^[EF]\d{4} .*|^\d{4}-\d\d-\d\d .*: [EF] .*", re.MULTILINE)
# That there is no GPU is logged as an error; it is none.
_NO_GPU = re.compile(rb" cuda_\w+\.cc:")


def start() -> None:
    """Import TensorFlow and Keras, quietly unless TF_CPP_MIN_LOG_LEVEL asks for everything (0)."""
    if os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2") == "0":
        _import()
        return
    with held_back(_errors):
        _import()


def _import() -> None:
    # The first tensor makes TensorFlow look for devices, which it does aloud.
    import_module("tensorflow").constant(0)
    import_module("keras")


def _errors(said: bytes, failed: bool) -> Iterable[bytes]:
    """What is passed on of a start: what is called an error and is one, or everything if it failed."""
    return (said,) if failed else (part for part in _ERROR.findall(said) if not _NO_GPU.search(part))


def nothing(said: bytes, failed: bool) -> Iterable[bytes]:
    """What is passed on where an exception says all that there is to say."""
    return ()


@contextmanager
def held_back(passed_on: Callable[[bytes, bool], Iterable[bytes]]) -> Iterator[None]:
    """Hold back what is written to file descriptor 2.

    Args:
        passed_on: gets what was written, and whether an exception was raised, and gives what is written in the end.
    """
    sys.stderr.flush()
    real = os.dup(2)
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        failed = True
        try:
            yield
            failed = False
        finally:
            os.dup2(real, 2)
            os.close(real)
            held.seek(0)
            for part in passed_on(held.read(), failed):
                os.write(2, part + b"\n")
