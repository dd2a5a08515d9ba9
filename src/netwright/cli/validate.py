"""`netwright validate`: say what is wrong with each spec; write nothing."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from importlib import import_module

from netwright.cli.console import Console, Exit, collect_garbage
from netwright.cli.documents import analysed, declare_limits, declare_settings, files_below, looks_like_a_spec
from netwright.compiler import Analysis
from netwright.words import counted

FORMATS = ("text", "json", "github", "sarif")


def declare(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a spec, a directory of specs, or - for standard input"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to report (default: text)")
    parser.add_argument(
        "--only-specs", action="store_true", help="leave out files without the key `netwright`, as in a directory"
    )
    parser.add_argument("--strict", action="store_true", help="let warnings fail as errors do")
    declare_settings(parser)
    declare_limits(parser)


def run(args: Namespace, console: Console) -> Exit:
    """Validate every file, report in one piece, and say by the exit code what was found."""
    found: list[Analysis] = []
    failed = False

    def unreadable(error: OSError) -> None:
        nonlocal failed
        failed = True
        console.error(f"{error.filename}: {error.strerror}")

    for number, (name, given) in enumerate(_names(args.files, unreadable)):
        if number == 1:
            collect_garbage()
        console.status(f"validating {name}")
        work = analysed(name, console, args)
        if work is None:
            failed = True
        elif (given and not args.only_specs) or looks_like_a_spec(work):
            found.append(work)
    console.status("")
    console.out.write(_rendered(args.format, found, console))
    _conclude(found, console)
    if failed:
        return Exit.FAILURE
    if not found and not args.only_specs:
        console.error("no spec found: no JSON file there has the key `netwright`")
        return Exit.USAGE
    problems = sum(work.errors + work.warnings * args.strict for work in found)
    return Exit.PROBLEMS if problems else Exit.CLEAN


def _names(files: list[str], failed: Callable[[OSError], None]) -> Iterator[tuple[str, bool]]:
    """Each file once, with whether it was named itself."""
    seen = set()
    for one in files:
        inside = os.path.isdir(one)  # noqa: PTH112 - Path.is_dir raises for a path that may not be looked at
        for name in files_below(one, failed) if inside else (one,):
            if name not in seen:
                seen.add(name)
                yield name, not inside


def _rendered(name: str, found: list[Analysis], console: Console) -> str:
    module = import_module(f"netwright.render.{name}")
    options = {"colour": console.coloured(console.out)} if name == "text" else {}
    report: str = module.render(found, **options)
    return report


def _conclude(found: list[Analysis], console: Console) -> None:
    """Say the result in a line, to people."""
    if not console.err.isatty() or not found:
        return
    errors, warnings = sum(work.errors for work in found), sum(work.warnings for work in found)
    told = [counted(number, noun) for number, noun in ((errors, "error"), (warnings, "warning")) if number]
    files = counted(len(found), "file")
    print(f"{' and '.join(told)} in {files}" if told else f"no problems in {files}", file=console.err)
