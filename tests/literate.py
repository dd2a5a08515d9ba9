"""Literate tests: Markdown in which every spec and every command is real.

A fenced `json` block with a file name (```` ```json price.json ````) is written to an empty folder; one without a name
is standard input for the next command. A `console` block holds commands, `$ netwright ...`, each with its exact
output; `[exit 1]` closes the output of one that does not end with 0. A line `...` stands for any lines, and `…` for
anything within a line.
"""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from netwright.cli import main
from netwright.cli.console import Console

REPOSITORY = Path(__file__).parent.parent
_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Document:
    """A Markdown file, and what its commands really print."""

    path: Path
    folder: Path
    stdin: bytes = b""
    blocks: list[tuple[str, str]] = field(default_factory=list)

    def run(self) -> None:
        """Run every command in order; `blocks` are then the written and the real text of each console block."""
        for match in _FENCE.finditer(self.path.read_text("utf-8")):
            language, name, text = match.groups()
            if language == "json" and name:
                target = self.folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, "utf-8")
            elif language == "json":
                self.stdin = text.encode()
            elif language == "console":
                self.blocks.append((text, "".join(self._commands(text))))

    def _commands(self, text: str) -> Iterator[str]:
        for command, expected in _split(text):
            printed = command_output(command, self.stdin)
            yield f"$ {command}\n{expected if _matches(expected, printed) else printed}"

    def update(self) -> None:
        """Write the real text of each console block into the file."""
        real = iter([text for _, text in self.blocks])

        def renewed(match: re.Match[str]) -> str:
            return f"```console\n{next(real)}```" if match.group(1) == "console" else match.group()

        self.path.write_text(_FENCE.sub(renewed, self.path.read_text("utf-8")), "utf-8")


def _split(text: str) -> list[tuple[str, str]]:
    parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def _matches(expected: str, printed: str) -> bool:
    parts = [re.escape(part).replace("…", ".*") for part in re.split(r"^\.\.\.\n", expected, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(parts), printed) is not None


def command_output(command: str, stdin: bytes) -> str:
    """What a command prints, on both streams, and how it ends."""
    words = shlex.split(command)
    assert words[0] == "netwright", command
    out = io.StringIO()
    code = main(words[1:], Console(out=out, err=out, input=io.BytesIO(stdin)))
    return out.getvalue() + (f"[exit {code}]\n" if code else "")


def needs_keras(path: Path) -> bool:
    """Whether a document compiles something."""
    return "$ netwright compile" in path.read_text("utf-8")
