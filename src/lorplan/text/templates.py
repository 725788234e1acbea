"""Texts from templates, which a user may replace: rendered in a sandbox, every mistake told with its place."""

from __future__ import annotations

import traceback
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, pass_context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lorplan.errors import LorplanError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jinja2 import BaseLoader
    from jinja2.runtime import Context

_MISTAKES: Final = (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
"""What a template of the user's own can do wrong while it is rendered."""


class DraftError(LorplanError):
    """A template that cannot be used as it is."""


def rendered(name: str, known: Mapping[str, Any], loader: BaseLoader) -> str:
    """The text of a template with what is known, `as_of` among it; a name that is not known is a mistake.

    Raises DraftError with the template, its line and what is wrong there.
    """
    try:
        return _environment(loader).get_template(name).render(known)
    except (TemplateError, *_MISTAKES) as error:
        message = f"the template {_place(error, name)} cannot be used: {str(error) or type(error).__name__}"
        raise DraftError(message) from error


@lru_cache(maxsize=1)
def _environment(loader: BaseLoader) -> ImmutableSandboxedEnvironment:
    """What templates are read and rendered in; kept, so that each is read once for all plans."""
    environment = ImmutableSandboxedEnvironment(loader=loader, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["date"] = _date
    environment.filters["day"] = _day
    return environment


@pass_context
def _date(context: Context, day: date) -> str:
    """A day as one writes it in a letter, with the year where it is another than today's."""
    return in_words(day, context["as_of"])


@pass_context
def _day(context: Context, day: date) -> str:
    """The same with its weekday."""
    return f"{day:%A}, {in_words(day, context['as_of'])}"


def in_words(day: date, as_of: date) -> str:
    """A day without its weekday, with the year where it is another than that of `as_of`."""
    return f"{day:%B} {day.day}" + ("" if day.year == as_of.year else f", {day.year}")


def _place(error: Exception, name: str) -> str:
    """The file and the line of a template in which an error arose, as far as they are known."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name or name}:{error.lineno}"
    ending = name[name.rindex(".") :]
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(ending)]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else name
