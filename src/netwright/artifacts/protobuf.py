"""Protocol buffers without their descriptions: the fields of a message by number, as far as one asks for them.

The library for them needs generated classes, and those of a SavedModel come with TensorFlow only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

# A message, a text or a packed list as bytes; a number as it is on the wire.
Value: TypeAlias = int | bytes


class NotProtobuf(Exception):
    """The bytes are no message."""


def fields(data: bytes) -> Iterator[tuple[int, Value]]:
    """The number and value of each field, in their order.

    Raises:
        NotProtobuf: the bytes are no message.
    """
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, at = _number(data, at)
            yield number, value
            continue
        size, at = _number(data, at) if kind == 2 else ({1: 8, 5: 4}.get(kind, -1), at)
        if size < 0 or at + size > len(data) or not number:
            raise NotProtobuf
        yield number, data[at : at + size]
        at += size


def messages(data: bytes, number: int) -> list[bytes]:
    """The messages or texts in one field.

    Raises:
        NotProtobuf: the bytes are no message.
    """
    return [value for one, value in fields(data) if one == number and isinstance(value, bytes)]


def last(data: bytes, number: int, default: int = 0) -> int:
    """The number in one field.

    Raises:
        NotProtobuf: the bytes are no message.
    """
    return ([value for one, value in fields(data) if one == number and isinstance(value, int)] or [default])[-1]


def entries(data: bytes, number: int) -> dict[str, bytes]:
    """A map from texts to messages in one field.

    Raises:
        NotProtobuf: the bytes are no message.
    """
    found = {}
    for one in messages(data, number):
        keys, values = messages(one, 1), messages(one, 2)
        found[(keys or [b""])[-1].decode("utf-8", "replace")] = (values or [b""])[-1]
    return found


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        value |= (byte & 127) << shift
        shift, at = shift + 7, at + 1
        if byte < 128:
            return value, at
    raise NotProtobuf
