"""Texts from templates, which a user may replace by their own. They are rendered in a sandbox.

An undefined name is an error, and so is everything else that a template can get wrong: it is reported with its place.
"""

from __future__ import annotations

import traceback
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, pass_context

from lorplan.errors import LorplanError
from lorplan.text.bounded_templates import BoundedEnvironment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jinja2 import BaseLoader
    from jinja2.runtime import Context

_ERRORS: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What a template can raise while it is rendered."""


class TemplateFailureError(LorplanError):
    """A template that cannot be used."""


def render_template(name: str, facts: Mapping[str, Any], loader: BaseLoader) -> str:
    """Render a template with the facts, among them `as_of`; values are escaped where the template is HTML.

    Raises TemplateFailureError with the template, the line and what is wrong there.
    """
    try:
        environment = _environment(loader)
        environment.begin()
        rendered: str = environment.get_template(name).render(facts)
    except (TemplateError, *_ERRORS) as error:
        message = f"the template {_find_place(error, name)} cannot be used: {str(error) or type(error).__name__}"
        raise TemplateFailureError(message) from error
    return rendered


@lru_cache(maxsize=1)
def _environment(loader: BaseLoader) -> BoundedEnvironment:
    """Make the jinja2 environment; cached so that each template is compiled once."""
    environment = BoundedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        trim_blocks=True,
        autoescape=lambda name: name is not None and name.endswith(".html"),
    )
    environment.filters["date"] = _date
    environment.filters["day"] = _day
    return environment


@pass_context
def _date(context: Context, day: date) -> str:
    """Write a date as in a letter, with the year unless it is the current one."""
    return date_in_words(day, context["as_of"])


@pass_context
def _day(context: Context, day: date) -> str:
    """Write a date with its weekday."""
    return f"{day:%A}, {date_in_words(day, context['as_of'])}"


def date_in_words(day: date, as_of: date) -> str:
    """Write a date without its weekday, with the year unless it is that of `as_of`."""
    return f"{day:%B} {day.day}" + ("" if day.year == as_of.year else f", {day.year}")


def _find_place(error: Exception, name: str) -> str:
    """Find the file and the line of a template in which an error arose, as far as they are known."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name or name}:{error.lineno}"
    ending = name[name.rindex(".") :]
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(ending)]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else name
