"""The command line: each command in a file of its own, and the one place where errors become exit statuses."""

from __future__ import annotations

import errno
import signal
import sys
from importlib import import_module
from io import StringIO
from typing import Annotated, Any, Final, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_command

from lorplan import __version__
from lorplan.cli.terminal import complain, robust_streams, silence
from lorplan.errors import LorplanError, OutputError, PlanFileError, ReaderGoneError, UsageError
from lorplan.render.problems import lines

COMMANDS: Final = ("init", "plan", "due", "why", "mark", "draft", "export", "check", "rules", "season", "schema")
"""In the order of the help; each is `COMMAND` in the module of its name."""

_INTERRUPTED: Final = 130
"""What shells make of the signal."""

_SETTINGS: Final = {"help_option_names": ["-h", "--help"]}


class _Commands(TyperGroup):
    """The commands, each loaded when it is asked for: a script that wants one does not wait for the others."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - typer keeps the context's type to itself
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - the same
        wanted = [cmd_name] if cmd_name in COMMANDS else COMMANDS  # typer compares a misspelt one with all it has
        for name in wanted:
            if name not in self.commands:
                self.add_command(_loaded(name))
        return super().get_command(ctx, cmd_name)


def _loaded(name: str) -> Any:  # noqa: ANN401 - the same
    one = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_SETTINGS)
    one.command()(import_module(f"lorplan.cli.{name}").COMMAND)
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:  # so far there was nothing to put away
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return get_command(one)


app = typer.Typer(
    name="lorplan",
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
)


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

    0 done, 1 a problem in a file or with the output, 2 wrong usage, 130 interrupted; a bug keeps its traceback.
    A closed pipe ends the program quietly.
    """
    try:
        robust_streams()
        sys.exit(_status())
    except typer.TyperException as error:
        _refuse(error)
    except PlanFileError as error:
        complain(lines(error.problems))
        sys.exit(1)
    except (ReaderGoneError, BrokenPipeError):
        silence(sys.stdout)
        sys.exit(0)
    except typer.Abort:
        complain(["Aborted!"])
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except OutputError as error:
        _fail_to_write(str(error))
    except LorplanError as error:
        complain([f"lorplan: {error}"])
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _fail_to_write(f"standard output cannot be written: {error.strerror}")  # help, which typer prints


def _status() -> int:
    """Run the command, and give its exit status; typer gives none where all went well."""
    try:
        return app(standalone_mode=False) or 0
    finally:
        sys.stdout.flush()


def _refuse(error: Any) -> NoReturn:  # noqa: ANN401 - typer keeps the type that can show itself to itself
    """Tell wrong usage in typer's words; what was typed may hold what must not reach a terminal."""
    told = StringIO()
    error.show(told)
    complain(told.getvalue().splitlines())
    sys.exit(error.exit_code)


def _fail_to_write(message: str) -> NoReturn:
    complain([message])
    silence(sys.stdout)
    sys.exit(1)
