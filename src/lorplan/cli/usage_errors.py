"""Wrong usage of the command line in our words: what is wrong, and what to type instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lorplan.cli.arguments import MAX_CANDIDATES
from lorplan.text.file_names import is_file_name, shell_word
from lorplan.text.wording import find_nearest, truncate

if TYPE_CHECKING:
    from collections.abc import Iterable

Explanation = tuple[str, str]
"""What is wrong, and what to type instead."""


def explain_usage_error(error: Any) -> Explanation:
    """Explain a usage error that typer noticed."""
    explain = _EXPLAIN.get(type(error).__name__)
    if explain is not None:
        return explain(error)
    if getattr(error, "param", None) is not None:
        return f"{_name(error.param)}: {error.message}", getattr(error, "way_out", "") or _see_help(error.ctx)
    return error.format_message().rstrip("."), _see_help(error.ctx)


def explain_unknown_command(word: str, commands: Iterable[str]) -> Explanation:
    """Explain that there is no such command; what is meant may be a similar one, or a file's plan."""
    near = find_nearest(word, commands)
    if near is None and is_file_name(word):
        near = f"lorplan plan {shell_word(word)}"
    return f'no command "{truncate(word)}"', f"did you mean {near}?" if near else "see all commands: lorplan help"


def explain_extra_words(words: list[str], context: Any) -> Explanation:
    """Explain that a command does not take so many words."""
    message, usage = f"too many words: {truncate(' '.join(words))}", _usage(context)
    if context.info_name == "plan":
        files = " ".join(shell_word(word) for word in (context.params["file"], *words))
        return "plan takes one file", f"for several: lorplan due {files} (or lorplan export html {files})"
    if is_file_name(words[-1]) and "file" in context.params:
        return message, f"name the file with -f: {usage} -f {shell_word(words[-1])}"
    return message, f"write: {usage}"


def explain_file_as_rotation(word: str, context: Any) -> Explanation:
    """Explain that a file is named with -f where a rotation is expected."""
    context.params["file"] = word
    usage = _usage(context, rotation=next(iter(_ids(context)), None))
    return f'"{truncate(word)}" is a file, not a rotation', f"write: {usage} -f {shell_word(word)}"


# --- what typer noticed -------------------------------------------------------------------------------------


def _explain_missing(error: Any) -> Explanation:
    ids = _ids(error.ctx) if error.param.name == "rotation" else []
    usage = _usage(error.ctx, rotation=ids[0] if ids else error.ctx.params.get("rotation"))
    more = f", and {len(ids) - MAX_CANDIDATES} more" if len(ids) > MAX_CANDIDATES else ""
    known = f": the file has {', '.join(ids[:MAX_CANDIDATES])}{more}" if ids else ""
    return f"{_name(error.param)} is missing{known}", f"write: {usage}"


def _explain_unknown_option(error: Any) -> Explanation:
    wrong, context = error.option_name, error.ctx
    message = f"no option {truncate(wrong)}"
    if context.parent is None and _is_of_a_command(wrong, context):
        return message, f"write it after the command: lorplan COMMAND {wrong}"
    near = find_nearest(wrong, _option_names(context.command, context))
    return message, f"did you mean {near}?" if near else _see_help(context)


def _is_of_a_command(option: str, context: Any) -> bool:
    group = context.command
    commands = (group.get_command(context, name) for name in group.list_commands(context))
    return any(option in _option_names(command, context) for command in commands)


def _option_names(command: Any, context: Any) -> list[str]:
    return [name for one in command.get_params(context) for name in one.opts if one.param_type_name == "option"]


def _explain_wrong_option(error: Any) -> Explanation:
    """Explain that an option lacks its value, or has one and takes none."""
    name, context = error.option_name, error.ctx
    metavar = next(one.metavar for one in context.command.get_params(context) if name in one.opts)
    if metavar is None:
        return f"{name} takes no value", f"write: {name}"
    return f"{name} needs a value", f"write: {name} {metavar}"


_EXPLAIN: Final = {
    "MissingParameter": _explain_missing,
    "NoSuchOption": _explain_unknown_option,
    "BadOptionUsage": _explain_wrong_option,
}
"""By the name of typer's exception, because it keeps the classes to itself."""


def _name(parameter: Any) -> str:
    """Name an argument as the help does, an option by its long form."""
    return str(parameter.metavar) if parameter.param_type_name == "argument" else max(parameter.opts, key=len)


def _ids(context: Any) -> list[str]:
    """List the ids of the plan file that the command would read; none if it cannot be used."""
    from lorplan.cli.complete import complete_rotation  # `--version` does not need the models

    return [id_ for id_, _ in complete_rotation(context, "")]


def _usage(context: Any, rotation: str | None = None) -> str:
    """Write how the command is called, without its options."""
    pieces = [piece for piece in context.command.collect_usage_pieces(context) if piece != "[OPTIONS]"]
    words = [rotation if piece == "ROTATION" and rotation else piece for piece in pieces]
    return " ".join(["lorplan", context.info_name, *words])


def _see_help(context: Any) -> str:
    command = [] if context.parent is None else [context.info_name]
    return " ".join(["see all options: lorplan help", *command])
