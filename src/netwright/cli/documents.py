"""From the paths on the command line to analysed documents."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from netwright.cli.console import Console
from netwright.compiler import Analysis, analyse
from netwright.files import read
from netwright.syntax import DEFAULT_LIMITS, Limits

STDIN = "-"
_SKIPPED = {"node_modules", "__pycache__"}


def declare_limits(parser: ArgumentParser) -> None:
    """Add `--max-size` and `--max-nodes`."""
    parser.add_argument(
        "--max-size",
        type=_size,
        default=DEFAULT_LIMITS.size,
        metavar="BYTES",
        help="largest file read (default: 4 MiB)",
    )
    parser.add_argument(
        "--max-nodes",
        type=_size,
        default=DEFAULT_LIMITS.nodes,
        metavar="N",
        help="most nodes and copies that blocks become (default: 100,000)",
    )


def declare_settings(parser: ArgumentParser) -> None:
    """Add `--set`."""
    parser.add_argument(
        "--set",
        dest="settings",
        action="append",
        type=_setting,
        default=[],
        metavar="NAME=VALUE",
        help="give a param a value (may be repeated)",
    )


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise ArgumentTypeError(f"`{text}` is not NAME=VALUE")
    return name, value


def declare_seed(parser: ArgumentParser) -> None:
    """Add `--seed`."""
    parser.add_argument("--seed", type=_seed, help="what initial weights are drawn from (default: the spec's, or 0)")


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) >= 2**32:
        raise ArgumentTypeError(f"`{text}` is not an integer from 0 to 4294967295")
    return int(text)


def has_tensorflow(console: Console, what: str) -> bool:
    """Whether Keras and TensorFlow are there; if not, say what to install."""
    if find_spec("tensorflow") is not None and find_spec("keras") is not None:
        return True
    console.error(f"`{what}` needs TensorFlow and Keras: pip install 'netwright[tensorflow]'")
    return False


def _size(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < 2**40:
        raise ArgumentTypeError(f"`{text}` is no such number")
    return int(text)


def analysed(name: str, console: Console, args: Namespace) -> Analysis | None:
    """The analysis of a file, or of standard input; None, and a complaint, if it can't be read."""
    try:
        data = console.input.read(args.max_size + 1) if name == STDIN else read(Path(name), args.max_size)
    except OSError as error:
        console.error(f"{name}: {error.strerror or error}")
        return None
    limits = Limits(size=args.max_size, nodes=args.max_nodes)
    return analyse(data, name, limits, dict(args.settings), None if name == STDIN else name)


def files_below(directory: str, failed: Callable[[OSError], None]) -> Iterator[str]:
    """The JSON files below a directory, in alphabetical order; hidden directories are left out.

    `failed` is called with the error for each directory that can't be read.
    """
    for parent, directories, files in os.walk(directory, onerror=failed):
        directories[:] = sorted(one for one in directories if not one.startswith(".") and one not in _SKIPPED)
        found = (Path(parent, one) for one in sorted(files) if one.endswith(".json"))
        yield from (str(one) for one in found if one.is_file())


def looks_like_a_spec(work: Analysis) -> bool:
    """Whether a file found in a directory is meant for netwright: it has the key, or would if it could be read."""
    if work.tree is None:
        return '"netwright"' in work.text
    return isinstance(work.tree.value, dict) and "netwright" in work.tree.value
