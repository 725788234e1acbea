"""The command line: each command in a file of its own, and the one place where errors become exit statuses."""

from __future__ import annotations

import errno
import sys
from typing import Annotated, NoReturn

import typer

from lorplan import __version__
from lorplan.cli import check, draft, due, export, init, mark, plan, rules, schema, season, why
from lorplan.cli.terminal import complain, robust_streams, silence_output
from lorplan.errors import LorplanError, OutputError, PlanFileError, ReaderGoneError, UsageError
from lorplan.render_problems import lines

app = typer.Typer(
    name="lorplan",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (init, plan, due, why, mark, draft, export, check, rules, season, schema):
    app.command()(command.COMMAND)


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        typer.echo(f"lorplan {__version__}")
        raise typer.Exit


@app.callback()
def lorplan(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Plan whom to ask for a residency letter of recommendation, and when.

    Begin with: lorplan init
    """


def main() -> None:
    """Run the command line and leave with its exit status.

    0 done, 1 a problem in a file or with the output, 2 wrong usage; a bug keeps its traceback. A closed pipe
    ends the program quietly.
    """
    robust_streams()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except PlanFileError as error:
        complain(lines(error.problems))
        sys.exit(1)
    except UsageError as error:
        complain([f"lorplan: {error}"])
        sys.exit(2)
    except (ReaderGoneError, BrokenPipeError):
        silence_output()
        sys.exit(0)
    except OutputError as error:
        _fail_to_write(str(error))
    except LorplanError as error:
        complain([f"lorplan: {error}"])
        sys.exit(1)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _fail_to_write(f"standard output cannot be written: {error.strerror}")  # help, which typer prints


def _fail_to_write(message: str) -> NoReturn:
    complain([message])
    silence_output()
    sys.exit(1)
