"""`netwright compile`: build a spec and save the model, all or nothing."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from time import perf_counter

from netwright.backends.keras.artifact import TargetInUse, TooLarge, check_target, current, resolved, write
from netwright.backends.keras.build import Progress, WrongBackend
from netwright.backends.keras.formats import DEFAULT, NAMES, CantConvert, in_order
from netwright.backends.keras.quiet import start
from netwright.cli.console import Console, Exit
from netwright.cli.documents import analysed, declare_limits, declare_seed, declare_settings, has_tensorflow
from netwright.render import text
from netwright.words import printable


def declare(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("spec", metavar="SPEC", help="a spec, or - for standard input")
    parser.add_argument(
        "-o", "--output", required=True, metavar="DIR", help="the directory to write; an earlier artifact is replaced"
    )
    declare_seed(parser)
    parser.add_argument(
        "--format",
        type=_formats,
        action="extend",
        metavar="NAME,...",
        help=f"what to write, any of {', '.join(NAMES)} (default: {','.join(DEFAULT)})",
    )
    parser.add_argument("--force", action="store_true", help="build also if the artifact is up to date")
    parser.add_argument("--verbose", action="store_true", help="also print Keras' own table of the model")
    declare_settings(parser)
    declare_limits(parser)


def _formats(text: str) -> tuple[str, ...]:
    try:
        return in_order(text.split(","))
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def run(args: Namespace, console: Console) -> Exit:
    """Validate, build, save, and say what was written."""
    work = analysed(args.spec, console, args)
    if work is None:
        return Exit.FAILURE
    console.err.write(text.render([work], colour=console.coloured(console.err)))
    if work.model is None:
        return Exit.PROBLEMS
    if not has_tensorflow(console, "compile"):
        return Exit.FAILURE
    stages, formats = Stages(console), args.format or DEFAULT
    try:
        target = resolved(Path(args.output))
        artifact = None if args.force else current(work.model, target, seed=args.seed, formats=formats)
        if artifact is not None:
            print(printable(f"{args.output} is up to date"), file=console.out)
            return Exit.CLEAN
        check_target(target)
        stages.begin("starting TensorFlow")
        start()
        artifact = write(work.model, target, seed=args.seed, formats=formats, progress=stages)
    except Exception as error:
        stages.end()
        message = _failure(error)
        if message is None:
            raise
        console.error(message)
        return Exit.FAILURE
    stages.end()
    if args.verbose:
        artifact.model.summary(print_fn=lambda line, **_: print(line, file=console.out))
    for name, size in _grouped(artifact.files).items():
        print(printable(f"wrote {args.output.rstrip('/')}/{name} ({_sized(size)})"), file=console.out)
    return Exit.CLEAN


def _failure(error: Exception) -> str | None:
    """What to say of an error that is nobody's defect; None if it is ours."""
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return "there is not enough memory to build this model"
    if isinstance(error, ImportError):
        return f"TensorFlow and Keras can't be started: {error}"
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    known = CantConvert | TargetInUse | TooLarge | WrongBackend | OSError
    return str(error) if isinstance(error, known) else None


class Stages(Progress):
    """The stages of a compilation, shown on a terminal with the seconds each took."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.stage = ""
        self.since = perf_counter()

    def begin(self, stage: str) -> None:
        """A stage begins, and the one before it ends."""
        self.end()
        self.stage, self.since = stage, perf_counter()
        self.console.status(f"{stage} ...")

    def node(self, done: int, total: int) -> None:
        """The number of nodes built, in place of the dots."""
        self.console.status(f"{self.stage}: {done} of {total} nodes")

    def end(self) -> None:
        """The last stage ends."""
        if self.stage and self.console.err.isatty():
            self.console.status(f"{self.stage}: {perf_counter() - self.since:.1f} s")
            self.console.err.write("\n")
        self.stage = ""


def _grouped(files: dict[str, int]) -> dict[str, int]:
    """The sizes of files and of top-level directories, which end in a slash."""
    sizes: dict[str, int] = {}
    for name, size in files.items():
        top, slash, _ = name.partition("/")
        sizes[top + slash] = sizes.get(top + slash, 0) + size
    return sizes


def _sized(size: int) -> str:
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.3g} {unit}" if unit != "bytes" else f"{size} bytes"
        size /= 1000  # type: ignore[assignment]  # from here on a figure for people
    return f"{size:.3g} GB"
