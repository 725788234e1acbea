"""The help of typer's commands in our form: in groups, without the types of Python, each example on its own line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import typer

from lorplan.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lorplan.render.help import Group, HelpPage

WIDEST: Final = 100
"""Columns beyond which lines of text are hard to read."""

IN_PIPE: Final = 80
"""Columns of a help that goes to a file or a pipe."""

FILE_AND_DAY: Final = "File and day"
OUTPUT: Final = "Output"
A_PROGRAM: Final = "A program"
GROUP_NAMES: Final = ("Arguments", "Options", A_PROGRAM, FILE_AND_DAY, OUTPUT)
"""The groups of what a command takes, in this order. `rich_help_panel` names that of an option, if not `Options`."""

_TEXTS: Final = {
    "--help": "Show this help.",
    "--install-completion": "Let your shell complete commands, ids and events with the Tab key.",
    "--show-completion": "Print what --install-completion would install.",
}
"""Texts for the options that typer adds."""

_EXAMPLES: Final = re.compile(r"Examples?:\s*")


class Explained:
    """A command, or the program as a whole, with our help instead of typer's."""

    commands_in_groups: Mapping[str, tuple[str, ...]] = {}

    def collect_usage_pieces(self: Any, ctx: Any) -> list[str]:
        """Write the arguments, those that may be left out in brackets, and then that there are options."""
        pieces = [piece for one in self.params if not one.hidden for piece in one.get_usage_pieces(ctx)]
        return [*(piece.replace("{", "").replace("}", "") for piece in pieces), "[OPTIONS]"]

    def get_help(self: Any, ctx: Any) -> str:
        """Write the help without colour, for those who typed no command."""
        return "\n".join(Terminal("page", "never").draw(_render(self, ctx, IN_PIPE), IN_PIPE))

    def get_help_option(self: Any, ctx: Any) -> Any:
        """Make `--help` print our help."""
        option = super().get_help_option(ctx)  # type: ignore[misc] # of the class that this is mixed into
        option.callback = _print_if_asked
        option.rich_help_panel = None if self.commands_in_groups else OUTPUT
        return option


def print_help(command: Any, context: Any) -> None:
    """Print the help of a command on standard output."""
    terminal = Terminal("page", "auto")
    width = min(terminal.width or IN_PIPE, WIDEST)
    terminal.print_page(_render(command, context, width), width=width)


def _print_if_asked(context: Any, _: Any, asked: bool) -> None:  # noqa: FBT001 - typer's signature
    if asked and not context.resilient_parsing:
        print_help(context.command, context)
        raise typer.Exit


def _render(command: Any, context: Any, width: int) -> Iterator[Any]:
    from lorplan.render.help import render_help  # slow to load, and needed for a help only

    return render_help(_read_help(command, context), width=width)


def _read_help(command: Any, context: Any) -> HelpPage:
    """Read what the help of a command says from its docstring and its parameters."""
    from lorplan.render.help import HelpPage

    paragraphs = (command.help or "").split("\n\n")  # without docstrings there is none
    about = tuple(" ".join(text.split()) for text in paragraphs if not _EXAMPLES.match(text))
    texts = [_EXAMPLES.sub("", text, count=1) for text in paragraphs if _EXAMPLES.match(text)]
    examples = tuple(line.strip() for text in texts for line in text.splitlines())
    named = ["lorplan"] if context.parent is None else ["lorplan", context.info_name]  # however it was started
    usage = " ".join([*named, *command.collect_usage_pieces(context)])
    commands, parameters = tuple(_command_groups(command, context)), tuple(_parameter_groups(command, context))
    return HelpPage(usage, about, commands, parameters, examples)


def _command_groups(command: Any, context: Any) -> Iterator[Group]:
    for title, names in command.commands_in_groups.items():
        yield title, tuple((name, _first_paragraph(command.get_command(context, name))) for name in names)


def _first_paragraph(command: Any) -> str:
    return " ".join((command.help or "").split("\n\n")[0].split())


def _parameter_groups(command: Any, context: Any) -> Iterator[Group]:
    for title in GROUP_NAMES:
        shown = (one for one in command.get_params(context) if not one.hidden)
        rows = tuple(_row(one) for one in shown if _group_of(one) == title)
        if rows:
            yield title, rows


def _group_of(parameter: Any) -> str:
    default = GROUP_NAMES[parameter.param_type_name == "option"]
    return getattr(parameter, "rich_help_panel", None) or default


def _row(parameter: Any) -> tuple[str, str]:
    """Write the names of a parameter with the placeholder of its value, and its text."""
    if parameter.param_type_name == "argument":
        return parameter.metavar, parameter.help
    names = ", ".join(sorted(parameter.opts, key=len))
    text = next((_TEXTS[name] for name in parameter.opts if name in _TEXTS), parameter.help)
    return f"{names} {parameter.metavar or ''}".strip(), text
