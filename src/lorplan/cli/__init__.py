"""The command line: each command in a file of its own, and the one place that turns errors into exit statuses."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import Annotated, Any, Final, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from lorplan import __version__
from lorplan.cli.help_page import Explained
from lorplan.cli.terminal import complain, make_streams_robust, refuse, refuse_files, silence
from lorplan.errors import LorplanError, OutputError, PipeClosedError, PlanFileError, UsageError

GROUPS: Final = {
    "Start": ("init", "add", "check"),
    "Every day": ("due", "draft", "done", "mark"),
    "The plan": ("plan", "why", "programs", "export"),
    "Many applicants": ("cohort",),
    "Reference": ("rules", "season", "schema", "help"),
}
COMMANDS: Final = tuple(command for commands in GROUPS.values() for command in commands)
"""In the order of the help. Each is the function of the same name in the module of that name."""

_SETTINGS: Final = {"help_option_names": ["-h", "--help"]}


class _Command(Explained, TyperCommand):
    """A command with our help and our errors."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            extra = super().parse_args(ctx, args)
        except typer.TyperException as error:
            vars(error).update(ctx=ctx)  # not every one of typer's has it
            raise
        if extra and not ctx.resilient_parsing:
            from lorplan.cli.usage_errors import explain_extra_words  # rarely needed, here and below

            raise UsageError(*explain_extra_words(extra, ctx))
        return extra


class _Commands(Explained, TyperGroup):
    """The commands, each loaded when it is called, so that a script does not wait for the others."""

    commands_in_groups = GROUPS

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        return ["COMMAND ..."]

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            self.add_command(_load_command(cmd_name))
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            from lorplan.cli.usage_errors import explain_unknown_command

            raise UsageError(*explain_unknown_command(args[0], COMMANDS))
        return super().resolve_command(ctx, args)


def _load_command(name: str) -> Any:
    settings = {**_SETTINGS, "allow_extra_args": True}  # we refuse them ourselves
    one = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=settings)
    one.command(cls=_Command)(getattr(import_module(f"lorplan.cli.{name}"), name))
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

    Examples:
      lorplan init
      lorplan due
      lorplan help mark
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
        refuse_files(error)
        sys.exit(1)
    except (PipeClosedError, BrokenPipeError):
        silence(sys.stdout)
        sys.exit(0)
    except OutputError as error:
        _fail_to_write(str(error))
    except LorplanError as error:
        refuse(str(error), error.way_out)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _fail_to_write(f"cannot write to standard output: {error.strerror}")  # the version, which typer prints


def _run() -> int:
    """Run the command and return its exit status; typer gives none if all went well."""
    try:
        if os.environ.get("_LORPLAN_COMPLETE") == "complete_bash":
            from lorplan.cli.bash_words import offer  # it is bash that asks

            offer(lambda: app(standalone_mode=False))
        return app(standalone_mode=False) or 0
    finally:
        sys.stdout.flush()


def _refuse_usage(error: Any) -> NoReturn:
    """Report wrong usage that typer noticed; without a command, that is the help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        complain(error.message.splitlines(), whole=True)
    else:
        from lorplan.cli.usage_errors import explain_usage_error

        refuse(*explain_usage_error(error))
    sys.exit(error.exit_code)


def _fail_to_write(message: str) -> NoReturn:
    refuse(message)
    silence(sys.stdout)
    sys.exit(1)
