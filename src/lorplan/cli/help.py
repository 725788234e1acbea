"""`lorplan help`."""

from __future__ import annotations

from typing import Annotated

import typer

from lorplan.cli.complete import complete_command
from lorplan.cli.help_page import print_help
from lorplan.errors import UsageError


def help(  # noqa: A001 - each command is the function of its name
    context: typer.Context,
    command: Annotated[
        str | None,
        typer.Argument(
            metavar="COMMAND", help="The command to explain.", autocompletion=complete_command, show_default=False
        ),
    ] = None,
) -> None:
    """Show help, in general or about one command.

    Examples:
      lorplan help
      lorplan help mark
    """
    root = context.parent
    if root is None or command is None:
        print_help((root or context).command, root or context)
        return
    group = root.command
    found = group.get_command(root, command)  # type: ignore[attr-defined]
    if found is None:
        from lorplan.cli.usage_errors import explain_unknown_command  # rarely needed

        raise UsageError(*explain_unknown_command(command, group.list_commands(root)))  # type: ignore[attr-defined]
    print_help(found, typer.Context(found, info_name=command, parent=root))
