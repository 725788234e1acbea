"""Texts from templates, which a user may replace: rendered in a sandbox, every mistake told with its place."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any, Final

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lorplan.errors import LorplanError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import BaseLoader

_MISTAKES: Final = (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
"""What a template of the user's own can do wrong while it is rendered."""


class DraftError(LorplanError):
    """A template that cannot be used as it is."""


def rendered(
    name: str,
    known: Mapping[str, Any],
    loader: BaseLoader,
    filters: Mapping[str, Callable[..., str]] | None = None,
) -> str:
    """The text of a template with what is known; a name that is not known is a mistake.

    Raises DraftError with the template, its line and what is wrong there.
    """
    environment = ImmutableSandboxedEnvironment(loader=loader, undefined=StrictUndefined, trim_blocks=True)
    environment.filters.update(filters or {})
    try:
        return environment.get_template(name).render(known)
    except (TemplateError, *_MISTAKES) as error:
        message = f"the template {_place(error, name)} cannot be used: {str(error) or type(error).__name__}"
        raise DraftError(message) from error


def _place(error: Exception, name: str) -> str:
    """The file and the line of a template in which an error arose, as far as they are known."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name or name}:{error.lineno}"
    ending = name[name.rindex(".") :]
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(ending)]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else name
