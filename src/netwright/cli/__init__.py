"""The command line: one command per file, each a thin layer over what the library does too.

Only the file of the command that runs is loaded.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from netwright.cli.console import Console, Exit

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence

COMMANDS = {
    "validate": "report every problem in specs",
    "compile": "build a spec and save the model",
    "verify": "say whether what `compile` wrote is whole and up to date",
    "summary": "show the layer table of a spec",
    "explain": "say what a diagnostic means",
    "schema": "print the JSON Schema for editors",
}


def entry() -> NoReturn:
    """The console script: a process of its own, which does one thing and ends.

    Looking for garbage while TensorFlow or Pydantic is imported finds none and takes a tenth of the time; taking the
    interpreter apart at the end takes another. Neither is done.
    """
    gc.disable()
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream:
                stream.flush()
        except (OSError, ValueError):
            code = code or Exit.FAILURE
    os._exit(code)


def main(argv: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Run a command; returns the exit code, one of `Exit`."""
    # This process is ours alone, and Pydantic reads the metadata of every installed package to look for plugins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    console = console or Console()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments, console)
    except BrokenPipeError:
        # The reader has seen enough; Python must not complain when it flushes at exit.
        console.abandon_output()
        return Exit.FAILURE
    except OSError as error:
        # A full disk behind standard output, say. What commands read and write, they tell themselves.
        console.error(str(error))
        return Exit.FAILURE
    except KeyboardInterrupt:
        console.error("interrupted")
        return Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - whatever it is, it is our defect, and no user's traceback
        return console.internal_error(error)


def _run(arguments: list[str], console: Console) -> int:
    parser = _parser(arguments)
    try:
        args = parser.parse_args(arguments)
    except SystemExit as stop:
        return Exit.USAGE if stop.code else Exit.CLEAN
    if not hasattr(args, "run"):
        parser.print_help(console.out)
        return Exit.USAGE
    code: int = args.run(args, console)
    console.out.flush()
    return code


def _parser(arguments: list[str]) -> ArgumentParser:
    """The parser of all commands; only the one that is asked for has its arguments."""
    from argparse import ArgumentParser

    from netwright.version import __version__

    parser = ArgumentParser(
        prog="netwright", description="Check and compile Keras models written as JSON.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"netwright {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    asked = next((word for word in arguments if not word.startswith("-")), None)
    for name, words in COMMANDS.items():
        description = f"{words[0].upper()}{words[1:]}."
        command = commands.add_parser(name, help=words, description=description, allow_abbrev=False)
        if name == asked:
            _declare(name, command)
    return parser


def _declare(name: str, command: ArgumentParser) -> None:
    module = import_module(f"netwright.cli.{name}")
    module.declare(command)
    command.set_defaults(run=module.run)


def parser_of(name: str) -> ArgumentParser:
    """The parser of one command alone."""
    from argparse import ArgumentParser

    parser = ArgumentParser(prog=f"netwright {name}")
    _declare(name, parser)
    return parser
