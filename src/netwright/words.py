"""Small pieces of messages: the user's own words in backticks, lists of choices, counts.

Whatever comes from a document goes through here on its way into a message, so that no control character of a file ever
reaches a terminal and no value floods it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

LONGEST = 60
MOST = 12


def printable(text: str) -> str:
    """`text` with everything a terminal could act on, or show nothing for, as an escape."""
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def short(text: str) -> str:
    """`text` on one line, cut in the middle if it is long."""
    text = printable(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 12]} ... {text[-6:]}"


def tick(word: object) -> str:
    """A word of the user's in backticks."""
    return f"`{short(str(word))}`"


def given(value: Any) -> str:
    """A JSON value as the user would write it, in backticks: `"64"`, `true`, `{"type": "Adam"}`."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = str(value)
    return tick(text)


def listed(words: Iterable[object], last: str = "and") -> str:
    """Several words in backticks: "`a`, `b` and `c`"; the first dozen of many."""
    every = words if isinstance(words, tuple) else tuple(words)
    ticked = [tick(word) for word in every[:MOST]]
    if len(every) > MOST:
        return f"{', '.join(ticked)}, ... ({len(every)} in all)"
    if len(ticked) < 2:
        return "".join(ticked)
    return f"{', '.join(ticked[:-1])} {last} {ticked[-1]}"


def choices(values: Iterable[Any]) -> str:
    """JSON values to choose from: "`"valid"` or `"same"`"."""
    texts = [json.dumps(value, ensure_ascii=False) for value in values]
    return listed(texts, "or")


def meant(near: str | None, otherwise: str | None = None) -> str | None:
    """The question whether `near` was meant, or else some other help."""
    return f"did you mean {tick(near)}?" if near else otherwise


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 edge", "3 edges"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def chain(names: Sequence[str], most: int = 10) -> str:
    """Names along a path: "`a` -> `b` -> `c`", with the middle of a long one left out."""
    ticked = [tick(name) for name in names]
    if len(ticked) > most:
        ticked = [*ticked[: most - 2], "...", ticked[-1]]
    return " -> ".join(ticked)


def layer(node: str, kind: str) -> str:
    """A node with the type of its layer: "`head` (Dense)"."""
    return f"{tick(node)} ({kind})"


def at(path: Sequence[object]) -> str:
    """What the value at `path` is called: "`units`", or "an entry of `strides`" inside a list."""
    names = [step for step in path if isinstance(step, str)]
    if not names or not path:
        return "the document"
    return tick(names[-1]) if path[-1] == names[-1] else f"an entry of {tick(names[-1])}"


def kind_of(value: object) -> str:
    """The JSON type of a value with an article: "a list"."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else "a boolean"
    kinds: tuple[tuple[type, str], ...] = ((str, "a string"), (list, "a list"), (dict, "an object"))
    return next((words for kind, words in kinds if isinstance(value, kind)), "a number")


def bytes_of(number: int) -> str:
    """A number of bytes: "40 bytes", "4 MiB"."""
    for unit, size in (("MiB", 1024 * 1024), ("KiB", 1024)):
        if number >= size and number % size == 0:
            return f"{number // size} {unit}"
    return counted(number, "byte")


def of_source(source: str, *, each_step: bool = False) -> str:
    """What feeds a node, or a single step of it: "`image`", "each step of `frames`"."""
    return f"each step of {tick(source)}" if each_step else tick(source)


def gives(source: str, tensor: object, *, each_step: bool = False) -> str:
    """One end of an edge: "`image` gives (batch, 28, 28, 1)"; a step of it, where a layer takes one at a time."""
    return f"{of_source(source, each_step=each_step)} {'is' if each_step else 'gives'} {tensor}"


def sizes_of(name: str, axes: Iterable[int], rank: int, *, channels_first: bool = False) -> str:
    """Axes of an input by what they are: "the height and the width of `image`", or by number."""
    space = {4: ("height", "width"), 5: ("depth", "height", "width")}.get(rank, ())
    first = 2 if channels_first else 1
    called = [space[axis - first] if 0 <= axis - first < len(space) else f"size of axis {axis}" for axis in axes]
    return f"{' and '.join(f'the {one}' for one in called)} of {tick(name)}"


def operations(number: int | None) -> str:
    """A number of operations, to three digits: "950", "12.8k", "3.86G"; "?" if it is not known."""
    return "?" if number is None else _scaled(number, 1000, ("", "k", "M", "G", "T", "P"))


def memory(number: int | None) -> str:
    """A number of bytes, to three digits: "40 B", "3.06 MiB"; "?" if it is not known."""
    return "?" if number is None else _scaled(number, 1024, (" B", " KiB", " MiB", " GiB", " TiB", " PiB"))


def _scaled(number: int, step: int, units: Sequence[str]) -> str:
    value, power = float(number), 0
    while value >= 999.5 and power < len(units) - 1:
        value, power = value / step, power + 1
    return f"{value:.0f}{units[power]}" if not power or value >= 99.95 else f"{value:.3g}{units[power]}"
