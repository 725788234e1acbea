"""The command line: each command in a file of its own, and the one place that turns errors into exit statuses."""

from __future__ import annotations

import errno
import sys
from importlib import import_module
from io import StringIO
from typing import Annotated, Any, Final, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_command

from lorplan import __version__
from lorplan.cli.terminal import complain, make_streams_robust, silence
from lorplan.errors import LorplanError, OutputError, PipeClosedError, PlanFileError, UsageError
from lorplan.render.problems import problem_lines

COMMANDS: Final = ("init", "plan", "due", "why", "mark", "draft", "export", "check", "rules", "season", "schema")
"""In the order of the help. Each is the function of the same name in the module of that name."""

_SETTINGS: Final = {"help_option_names": ["-h", "--help"]}


class _Commands(TyperGroup):
    """The commands, each loaded when it is called, so that a script does not wait for the others."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        wanted = [cmd_name] if cmd_name in COMMANDS else COMMANDS  # typer compares a misspelled one with all
        for name in wanted:
            if name not in self.commands:
                self.add_command(_load_command(name))
        return super().get_command(ctx, cmd_name)


def _load_command(name: str) -> Any:
    one = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_SETTINGS)
    one.command()(getattr(import_module(f"lorplan.cli.{name}"), name))
    return get_command(one)


app = typer.Typer(
    name="lorplan",
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
)


def _print_version(asked: bool) -> None:  # noqa: FBT001 - typer's signature
    if asked:
        typer.echo(f"lorplan {__version__}")
        raise typer.Exit


@app.callback()
def lorplan(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Plan whom to ask for a residency letter of recommendation, and when.

    Begin with: lorplan init
    """


def main() -> None:
    """Run the command line and exit with its status.

    0 done, 1 a problem in a file or with the output, 2 wrong usage, 130 interrupted; a bug keeps its traceback. A
    closed pipe ends the program quietly.
    """
    try:
        make_streams_robust()
        sys.exit(_run())
    except typer.TyperException as error:
        _refuse_usage(error)
    except PlanFileError as error:
        complain(problem_lines(error.problems))
        sys.exit(1)
    except (PipeClosedError, BrokenPipeError):
        silence(sys.stdout)
        sys.exit(0)
    except OutputError as error:
        _fail_to_write(str(error))
    except LorplanError as error:
        complain([f"lorplan: {error}"])
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _fail_to_write(f"cannot write to standard output: {error.strerror}")  # help, which typer prints


def _run() -> int:
    """Run the command and return its exit status; typer gives none if all went well."""
    try:
        return app(standalone_mode=False) or 0
    finally:
        sys.stdout.flush()


def _refuse_usage(error: Any) -> NoReturn:
    """Report wrong usage in typer's words; what was typed may contain what must not reach a terminal."""
    text = StringIO()
    error.show(text)
    complain(text.getvalue().splitlines())
    sys.exit(error.exit_code)


def _fail_to_write(message: str) -> NoReturn:
    complain([message])
    silence(sys.stdout)
    sys.exit(1)
