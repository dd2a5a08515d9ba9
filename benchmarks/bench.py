"""Whole processes, cold, side by side: rounds in which each command runs once, then medians and ratios.

Machines are noisy and differ, so only the ratios of one run mean anything. `--rounds` sets how many rounds there are
(the slow commands run in a quarter of them), `--json` prints the figures for a program.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
BIN = Path(sys.executable).parent
SPEC = REPOSITORY / "specs/regression_and_classification.json"


@dataclass
class Contender:
    """A command, how often it runs (`every` so many rounds), and the seconds it took each time."""

    name: str
    command: list[str]
    every: int = 1
    seconds: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Run it once, in a process of its own."""
        environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "2"}
        start = perf_counter()
        subprocess.run(self.command, check=True, capture_output=True, env=environment)
        self.seconds.append(perf_counter() - start)


def contenders() -> dict[str, Contender]:
    """What is compared."""
    python = sys.executable
    schema = REPOSITORY / "schema/netwright.schema.json"
    found = [
        Contender("import pydantic", [python, "-c", "from pydantic import BaseModel"]),
        Contender("netwright validate", [str(BIN / "netwright"), "validate", str(SPEC)]),
        Contender("check-jsonschema", [str(BIN / "check-jsonschema"), "--schemafile", str(schema), str(SPEC)]),
        Contender("by hand: fit", [python, str(HERE / "by_hand_fit.py")], every=4),
    ]
    return {one.name: one for one in found}


RATIOS = (
    ("netwright validate", "import pydantic", None),
    ("netwright validate", "check-jsonschema", "at most 0.75"),
    ("by hand: fit", "netwright validate", "at least 30"),
)


def main() -> None:
    """Run the rounds and print the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    every = contenders()
    for one in every.values():
        one.run()
        one.seconds.clear()
    for number in range(args.rounds):
        for one in every.values():
            if number % one.every == 0:
                one.run()
            if sys.stderr.isatty():
                print(f"\r\x1b[Kround {number + 1}: {one.name}", end="", file=sys.stderr)
    medians = {name: median(one.seconds) for name, one in every.items()}
    ratios = [(a, b, medians[a] / medians[b], goal) for a, b, goal in RATIOS]
    if args.json:
        print(json.dumps({"medians": medians, "ratios": [list(one) for one in ratios]}, indent=2))
        return
    print("\nmedian seconds of a whole process")
    for name, one in every.items():
        spread = f"{min(one.seconds):.3f} to {max(one.seconds):.3f}"
        print(f"  {name:20} {medians[name]:8.3f}   ({len(one.seconds)} runs, {spread})")
    print("ratios")
    for a, b, ratio, goal in ratios:
        print(f"  {a} / {b}: {ratio:.2f}" + (f"   (goal: {goal})" if goal else ""))


if __name__ == "__main__":
    main()
