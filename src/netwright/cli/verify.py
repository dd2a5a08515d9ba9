"""`netwright verify`: say whether an artifact is whole, what its spec says, and up to date."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from netwright.artifacts.manifest import Manifest, manifest_of
from netwright.artifacts.verify import as_json, as_text, out_of_date, verify
from netwright.artifacts.whole import Problem
from netwright.cli.console import Console, Exit, collect_garbage
from netwright.cli.documents import analysed, declare_limits, declare_seed, declare_settings, has_tensorflow
from netwright.compiler import CheckedModel
from netwright.render import text
from netwright.words import counted, printable


def declare(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("directory", metavar="DIR", help="the directory that `compile` wrote")
    parser.add_argument("--spec", metavar="SPEC", help="ask also whether it is up to date with this spec")
    declare_seed(parser)
    parser.add_argument(
        "--load", action="store_true", help="also load the files with Keras and TensorFlow, and compare (slow)"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to report (default: text)")
    declare_settings(parser)
    declare_limits(parser)


def run(args: Namespace, console: Console) -> Exit:
    """Read the artifact, compare, and say what is wrong."""
    model = None
    if args.spec is not None:
        work = analysed(args.spec, console, args)
        if work is None:
            return Exit.FAILURE
        console.err.write(text.render([work], colour=console.coloured(console.err)))
        if work.model is None:
            return Exit.PROBLEMS
        model = work.model
    if args.load and not has_tensorflow(console, "verify --load"):
        return Exit.FAILURE
    directory = Path(args.directory)
    try:
        manifest, problems = verify(directory)
    except OSError as error:
        console.error(f"{args.directory}: {error.strerror or error}")
        return Exit.FAILURE
    if manifest is not None:
        problems += tuple(_asked(args, manifest, model, whole=not problems))
    if args.format == "json":
        console.out.write(as_json(args.directory, manifest, problems))
    else:
        console.out.write(as_text(args.directory, problems) or _clean(args, manifest))
    return Exit.PROBLEMS if problems else Exit.CLEAN


def _asked(args: Namespace, manifest: Manifest, model: CheckedModel | None, *, whole: bool) -> Iterator[Problem]:
    """What only some ask."""
    if model is not None:
        wanted = manifest_of(model, seed=args.seed, formats=manifest.formats, unstable=manifest.unstable)
        yield from out_of_date(manifest, wanted)
    if args.load and whole:
        from netwright.backends.keras import load
        from netwright.backends.keras.quiet import start

        start()
        collect_garbage()
        yield from load.problems(Path(args.directory), manifest)


def _clean(args: Namespace, manifest: Manifest | None) -> str:
    """What to say if nothing is wrong."""
    assert manifest is not None
    files = counted(len(manifest.files) + 1, "file")
    told = "what its spec says, and up to date" if args.spec is not None else "and what its spec says"
    return printable(f"{args.directory} is whole ({files}), {told}") + "\n"
