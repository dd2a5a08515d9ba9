"""The inputs and outputs that a file has, beside those that its spec has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from netwright.artifacts.manifest import Described, Manifest
from netwright.shapes import ShapedModel
from netwright.tensors import written
from netwright.words import tick


class Seen(NamedTuple):
    """A tensor as a file has it: its dtype by Keras' name, and its shape if at least its rank is known."""

    dtype: str
    shape: tuple[int | None, ...] | None


def differences(
    inputs: Mapping[str, Seen], outputs: Mapping[str, Seen], manifest: Manifest, shaped: ShapedModel
) -> Iterator[str]:
    """Where names, shapes and dtypes differ. What a file does not know of a shape is never held against it."""
    yield from _different("input", inputs, manifest.inputs, frozenset())
    # Keras calls these floats, and what flows are integers.
    loose = frozenset(name for name in manifest.outputs if (one := shaped.output(name)) and one.integers)
    yield from _different("output", outputs, manifest.outputs, loose)


def _different(
    noun: str, real: Mapping[str, Seen], wanted: Mapping[str, Described], loose: frozenset[str]
) -> Iterator[str]:
    for name in sorted(real.keys() | wanted.keys()):
        if name not in wanted:
            yield f"has the {noun} {tick(name)}, which its spec has not"
        elif name not in real:
            yield f"lacks the {noun} {tick(name)}"
        else:
            dtype, shape = wanted[name].dtype, tuple(wanted[name].shape)
            seen = real[name]
            if seen.dtype != dtype and name not in loose:
                yield f"has the {noun} {tick(name)} as {seen.dtype}, and by its spec it is {dtype}"
            if seen.shape is not None and not _agree(seen.shape, shape):
                yield f"has the {noun} {tick(name)} as {written(seen.shape)}, and by its spec it is {written(shape)}"


def _agree(one: tuple[int | None, ...], other: tuple[int | None, ...]) -> bool:
    return len(one) == len(other) and all(a == b or None in (a, b) for a, b in zip(one, other, strict=True))
