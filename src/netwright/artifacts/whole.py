"""A directory and its manifest -> what is not as it was written: missing, changed, or foreign."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from netwright.artifacts.manifest import MOST_BYTES, NAME, BadManifest, File, Manifest, read_manifest
from netwright.words import counted, tick

# As many foreign files are told one by one.
MOST_TOLD = 10


class Problem(NamedTuple):
    """Something about an artifact that is not as it should be: what kind of thing, in which file, in words."""

    kind: str
    file: str
    message: str


class Listing(NamedTuple):
    """What is below a directory: the sizes of files, and what everything else is that is no directory.

    `empty` are directories without anything.
    """

    files: dict[str, int]
    odd: dict[str, str]
    empty: tuple[str, ...]


class Found(NamedTuple):
    """A directory that should be an artifact: its manifest, if it can be read, and what is below it."""

    directory: Path
    manifest: Manifest | None
    why: str
    listing: Listing


def listing_of(directory: Path) -> Listing:
    """List a directory; no link is followed.

    Raises:
        OSError: it, or one below it, can't be read.
    """
    found = Listing({}, {}, ())
    todo, empty = [""], []
    while todo:
        below = todo.pop()
        entries = list(os.scandir(directory / below))
        if not entries and below:
            empty.append(below.rstrip("/"))
        for entry in entries:
            name, mode = below + entry.name, entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                todo.append(f"{name}/")
            elif stat.S_ISREG(mode):
                found.files[name] = entry.stat(follow_symlinks=False).st_size
            else:
                found.odd[name] = "a symbolic link" if stat.S_ISLNK(mode) else "no regular file"
    return found._replace(empty=tuple(sorted(empty)))


def look(directory: Path) -> Found:
    """Read the manifest of an artifact and list its files.

    Raises:
        OSError: the directory can't be read.
    """
    listing = listing_of(directory)
    if NAME in listing.odd:
        return Found(directory, None, f"is {listing.odd[NAME]}", listing)
    if NAME not in listing.files:
        return Found(directory, None, "", listing)
    try:
        return Found(directory, read_manifest(read_within(directory, NAME, MOST_BYTES)), "", listing)
    except BadManifest as error:
        return Found(directory, None, str(error), listing)


def read_within(directory: Path, name: str, most: int) -> bytes:
    """The bytes of a file of an artifact, but never many more than `most`; a link is not followed.

    Raises:
        OSError: it can't be read.
    """
    with open(opened(directory, name), "rb") as file:
        return file.read(most + 1)


def opened(directory: Path, name: str) -> int:
    """A descriptor of a file of an artifact; a link is not followed.

    Raises:
        OSError: it can't be opened.
    """
    # A pipe that took the place of a file must not make us wait.
    return os.open(directory / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def file_of(directory: Path, name: str) -> File:
    """The digest and size of a file.

    Raises:
        OSError: it can't be read.
    """
    with open(opened(directory, name), "rb") as file:
        return File(sha256=hashlib.file_digest(file, "sha256").hexdigest(), size=file.tell())


def files_of(directory: Path, names: list[str]) -> dict[str, File]:
    """The digests and sizes of files. Several are read at once: hashing does not hold up other threads."""
    with ThreadPoolExecutor() as pool:
        return dict(zip(names, pool.map(lambda name: file_of(directory, name), names), strict=True))


def foreign(found: Found) -> list[str]:
    """What is below a directory and no part of the artifact; everything, if that has no manifest."""
    known = {NAME, *found.manifest.files} if found.manifest else set()
    # A directory that has lost its files is missing them, and is not foreign.
    around = {parent.as_posix() for name in known for parent in PurePosixPath(name).parents}
    listing = found.listing
    return sorted({*listing.files, *listing.odd} - known | {*listing.empty} - around)


def problems_of(found: Found) -> Iterator[Problem]:
    """What is not as the manifest says."""
    if found.manifest is None:
        missing = f"there is no `{NAME}`: this is no artifact"
        yield Problem(
            "bad-manifest" if found.why else "no-manifest", NAME, f"`{NAME}` {found.why}" if found.why else missing
        )
        return
    files = found.manifest.files
    same_size = [name for name, one in files.items() if found.listing.files.get(name) == one.size]
    for name, one in files.items():
        if name not in same_size:
            yield _misfit(found.listing, name, one.size)
    yield from _changed(found, same_size)
    others = [name for name in foreign(found) if name not in files]
    for name in others[:MOST_TOLD]:
        what = f", and {found.listing.odd[name]}" if name in found.listing.odd else ""
        yield Problem("foreign-file", name, f"{tick(name)} is no part of the artifact{what}")
    if len(others) > MOST_TOLD:
        rest = counted(len(others) - MOST_TOLD, "other file")
        yield Problem("foreign-file", "", f"{rest} are no part of the artifact either")


def _misfit(listing: Listing, name: str, size: int) -> Problem:
    """A file that is not there, or not of its size."""
    if name in listing.odd:
        return Problem("not-a-file", name, f"{tick(name)} is {listing.odd[name]}, not the file that was written")
    parents = (parent.as_posix() for parent in PurePosixPath(name).parents)
    link = next((one for one in parents if one in listing.odd), None)
    if link is not None:
        return Problem("not-a-file", name, f"{tick(name)} is out of reach: {tick(link)} is {listing.odd[link]}")
    real = listing.files.get(name)
    if real is None:
        return Problem("missing-file", name, f"{tick(name)} is missing")
    how = "is cut short" if real < size else "was changed"
    return Problem("changed-file", name, f"{tick(name)} {how}: it has {real:,} bytes, and had {size:,}")


def _changed(found: Found, names: list[str]) -> Iterator[Problem]:
    assert found.manifest is not None
    try:
        real = files_of(found.directory, names)
    except OSError as error:
        yield Problem("unreadable-file", "", f"{error.filename or found.directory}: {error.strerror or error}")
        return
    for name in names:
        if real[name] != found.manifest.files[name]:
            yield Problem("changed-file", name, f"{tick(name)} was changed: its SHA-256 is not the one in the manifest")
