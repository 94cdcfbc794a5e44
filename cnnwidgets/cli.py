"""The command line: assign, grade, explore, train, demo. It reads arguments; the work is done elsewhere."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

EPILOG = """\
in the order of a course:
  cnnwidgets explore                 look at the widgets in a browser
  cnnwidgets assign 02-correlation   write the learners' version to exercises/ and pack it to hand out
  cnnwidgets grade 02-correlation    grade submitted/*/02-correlation/ and write feedback
  cnnwidgets train                   train a LeNet on Fashion-MNIST, on a GPU where there is one
  cnnwidgets demo                    all of it, on a class made up for the purpose
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status: 0 where everything went well."""
    parser = build_parser()
    given = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int] | None = getattr(given, "command", None)
    if command is None:
        parser.print_help()
        return 0
    from cnnwidgets.grading.problem import Problem

    try:
        return command(given)
    except Problem as problem:
        print(f"cnnwidgets: {problem}", file=sys.stderr)
        return 2
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        print(f"cnnwidgets: {error.strerror or error}{where}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("cnnwidgets: stopped; run the same command again to go on", file=sys.stderr)
        return 130


def build_parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    from cnnwidgets import __version__

    parser = argparse.ArgumentParser(
        prog="cnnwidgets",
        description="Teach convolutional neural networks: release, grade and explore the course's notebooks.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"cnnwidgets {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    assign = _command(commands, "assign", _assign, "generate, prove and pack what learners get")
    assign.add_argument("names", metavar="NAME", nargs="*", help="assignments (all that the course has)")
    assign.add_argument("--check", action="store_true", help="write nothing; fail unless exercises/ is up to date")
    _course(assign)

    grade = _command(commands, "grade", _grade, "grade what learners handed in")
    grade.add_argument("name", metavar="NAME", help="the assignment")
    grade.add_argument("--force", action="store_true", help="grade again what is graded already")
    grade.add_argument("--json", metavar="FILE", help="write the results as data too ('-': to standard output)")
    grade.add_argument("--workers", type=_positive, metavar="N", help="submissions side by side (one a core)")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="grade on the Dask cluster with this scheduler")
    grade.add_argument(
        "--unsafe-no-sandbox", action="store_true", help="let learners' code do whatever you can do on this machine"
    )
    _course(grade)

    export = _command(commands, "export", _export, "write a notebook as a web page whose widgets stay alive")
    export.add_argument("notebook", type=Path, metavar="NOTEBOOK", help="the notebook, saved with its widgets' state")
    export.add_argument("--into", type=Path, metavar="FILE", help="the page (NOTEBOOK's name with .html)")
    export.add_argument("--run", action="store_true", help="run a copy of the notebook first")
    export.add_argument("--mathjax", action="store_true", help="set formulas with MathJax, from the network")

    explore = _command(commands, "explore", _explore, "open the widgets in a browser, no notebook needed")
    explore.add_argument("--into", type=Path, metavar="FOLDER", help="only write the page to FOLDER")
    explore.add_argument("--port", type=int, default=0, metavar="N", help="port on this machine (any that is free)")
    explore.add_argument("--no-browser", action="store_true", help="serve the page, but open no browser")

    train = _command(commands, "train", _train, "train a LeNet on Fashion-MNIST and keep its weights")
    train.add_argument("--net", choices=("deck", "modern"), default="modern", help="which LeNet (modern)")
    train.add_argument(
        "--epochs", type=_positive, metavar="N", help="how often it sees all images (10 deck, 12 modern)"
    )
    train.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (auto: a GPU where there is one)")
    train.add_argument("--data", type=Path, metavar="FOLDER", help="where Fashion-MNIST lies (found, or downloaded)")
    train.add_argument("--sample", action="store_true", help="the small sample that comes with cnnwidgets")
    train.add_argument("--precision", choices=("float32", "bfloat16"), default="float32", help="(float32)")
    train.add_argument("--seed", type=int, default=0, metavar="N", help="of all random numbers (0)")
    train.add_argument("--into", type=Path, metavar="FILE", help="the weights (lenet-NET.safetensors)")
    train.add_argument("--picture", type=Path, metavar="FILE", help="draw what it gets wrong, as PNG, PDF or SVG")

    demo = _command(commands, "demo", _demo, "assign, grade and explore with a made-up class")
    demo.add_argument("--into", type=Path, metavar="FOLDER", help="where to build it (build/demo in the course)")
    _course(demo)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    function: Callable[[argparse.Namespace], int],
    about: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
    parser.set_defaults(command=function)
    return parser


def _course(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--course", type=Path, default=Path(), metavar="DIR", help="the course's folder (the current one)"
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _assign(given: argparse.Namespace) -> int:
    from cnnwidgets.grading.problem import require_nbgrader

    require_nbgrader()
    from cnnwidgets.grading.commands import assign

    return assign(given.course, given.names, check=given.check)


def _grade(given: argparse.Namespace) -> int:
    from cnnwidgets.grading.problem import require_nbgrader

    require_nbgrader()
    from cnnwidgets.grading.commands import grade

    return grade(
        given.course,
        given.name,
        force=given.force,
        json_to=given.json,
        workers=given.workers,
        sandbox=not given.unsafe_no_sandbox,
        scheduler=given.scheduler,
    )


def _export(given: argparse.Namespace) -> int:
    from cnnwidgets.export import export

    return export(given.notebook, given.into, run=given.run, mathjax=given.mathjax)


def _explore(given: argparse.Namespace) -> int:
    from cnnwidgets.explore import explore

    return explore(given.into, given.port, browser=not given.no_browser)


def _train(given: argparse.Namespace) -> int:
    from cnnwidgets.train import train

    return train(
        given.net,
        epochs=given.epochs,
        device=given.device,
        data=given.data,
        sample=given.sample,
        seed=given.seed,
        precision=given.precision,
        into=given.into,
        picture=given.picture,
    )


def _demo(given: argparse.Namespace) -> int:
    from cnnwidgets.grading.problem import require_nbgrader

    require_nbgrader()
    from cnnwidgets.demo.run import demo

    return demo(given.course, given.into)


if __name__ == "__main__":
    sys.exit(main())
