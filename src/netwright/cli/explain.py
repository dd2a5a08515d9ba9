"""`netwright explain`: what a diagnostic means, with a bad and a good example."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from netwright import checks
from netwright.cli.console import Console, Exit
from netwright.explanations import Explanation, explain
from netwright.nearest import nearest


def declare(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("code", nargs="?", metavar="CODE", help="a code or name (C501); none lists all of them")


def run(args: Namespace, console: Console) -> Exit:
    """Print one explanation, or the list of all diagnostics."""
    every = checks.every()
    if args.code is None:
        for check in every:
            print(f"{check.code}  {check.severity.value:7}  {check.name}", file=console.out)
        return Exit.CLEAN
    wanted = args.code.lower()
    for check in every:
        if wanted in (check.code.lower(), check.name):
            console.out.write(_page(explain(check)))
            return Exit.CLEAN
    near = nearest(args.code, [word for check in every for word in (check.code, check.name)])
    console.error(f"there is no diagnostic `{args.code}`" + (f"; did you mean `{near}`?" if near else ""))
    return Exit.USAGE


def _page(explanation: Explanation) -> str:
    check = explanation.check
    parts = [
        f"{check.severity.value}[{check.code}]: {check.name}",
        explanation.title,
        explanation.text,
        f"If you ignore it: {check.keras.value}." if check.keras else "",
        f"Bad:\n\n{_indented(explanation.bad.shown)}",
        f"Good:\n\n{_indented(explanation.good.shown)}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())
