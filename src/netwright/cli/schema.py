"""`netwright schema`: the JSON Schema for editors."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from netwright.cli.console import Console, Exit


def declare(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--manifest", action="store_true", help="that of `manifest.json` in what `compile` writes")


def run(args: Namespace, console: Console) -> Exit:
    """Print it."""
    if args.manifest:
        from netwright.artifacts.manifest import schema
    else:
        from netwright.schema import document as schema

    console.out.write(json.dumps(schema(), indent=2) + "\n")
    return Exit.CLEAN
