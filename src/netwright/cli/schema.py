"""`netwright schema`: the JSON Schema for editors."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from netwright.cli.console import Console, Exit


def declare(parser: ArgumentParser) -> None:
    """There are no arguments."""


def run(args: Namespace, console: Console) -> Exit:
    """Print it."""
    from netwright.schema import document

    console.out.write(json.dumps(document(), indent=2) + "\n")
    return Exit.CLEAN
