"""A template environment in which no template, whoever wrote it, runs for long or fills the memory.

jinja2's sandbox keeps a template away from everything but its facts. Here the steps that it takes are counted as well,
and the texts that it makes have a longest length.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jinja2 import TemplateRuntimeError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_STEPS: Final = 200_000
"""Rounds of loops, calls and inclusions of one text; the page of a thousand rotations takes fewer."""

MAX_TEXT: Final = 4 * 1024 * 1024
"""Characters that one value of a template may have."""

_MAX_WIDTH: Final = 4
"""Digits of a number in a form such as %5d."""

_MAX_POWER: Final = 1_000


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox, with bounds. `begin` starts the counting for one text anew."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._steps = 0
        self.filters |= {name: self._bounded_filter(self.filters[name]) for name in ("center", "format", "indent")}
        self.filters |= {"counted": self._count, "bounded": _bounded}

    def begin(self) -> None:
        """Count from here on."""
        self._steps = 0

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            message = f"it takes more than {MAX_STEPS:,} steps"
            raise TemplateRuntimeError(message)

    def _count(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self._step()
            yield value

    def _bounded_filter(self, function: Any) -> Any:
        def check(value: Any, *args: Any, **options: Any) -> Any:
            _refuse_widths(value, *args, *options.values())
            return function(value, *args, **options)

        return check

    # --- jinja2's hooks ---------------------------------------------------------------------------------------

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        """Count the rounds of every loop of a template, and bound every value that it keeps."""
        for loop in source.find_all(nodes.For):
            if loop.recursive:
                message = "a loop that calls itself is not allowed"
                raise TemplateSyntaxError(message, loop.lineno)
            loop.iter = _filtered(loop.iter, "counted")
        for kept in source.find_all(nodes.Assign):
            kept.node = _filtered(kept.node, "bounded")
        for block in source.find_all(nodes.AssignBlock):
            block.filter = _filtered(block.filter, "bounded", block.lineno)
        generated: str = super()._generate(source, *args, **options)
        return generated

    def get_template(self, *args: Any, **options: Any) -> Any:
        """Count an inclusion."""
        self._step()
        return super().get_template(*args, **options)

    def call(self, *args: Any, **options: Any) -> Any:
        """Count a call."""
        self._step()
        return super().call(*args, **options)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse what would make a huge number or text."""
        if operator == "**" and isinstance(right, (int, float)) and abs(right) > _MAX_POWER:
            message = f"the power {right} is too large"
            raise TemplateRuntimeError(message)
        if operator == "*":
            sizes = [len(one) if isinstance(one, (str, list, tuple)) else one for one in (left, right)]
            _refuse_size(
                sizes[0] * sizes[1] if any(isinstance(one, (str, list, tuple)) for one in (left, right)) else 0
            )
        if operator == "%":
            _refuse_widths(left)
        return _bounded(super().call_binop(context, operator, left, right))

    def wrap_str_format(self, value: Any) -> Any:
        """Refuse a form that would make a huge text."""
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None

        def check(*args: Any, **options: Any) -> Any:
            _refuse_widths(value.__self__, *args, *options.values())
            return wrapped(*args, **options)

        return check


def _filtered(node: Any, name: str, lineno: int | None = None) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=lineno or node.lineno)


def _bounded(value: Any) -> Any:
    _refuse_size(len(value) if isinstance(value, (str, list, tuple)) else 0)
    return value


def _refuse_size(size: float) -> None:
    if size > MAX_TEXT:
        message = f"a text of more than {MAX_TEXT:,} characters"
        raise TemplateRuntimeError(message)


def _refuse_widths(*values: Any) -> None:
    """Refuse a width of many digits, in a form or as a number."""
    for value in values:
        text = str(value) if isinstance(value, (str, int)) else ""
        if re.search(rf"\d{{{_MAX_WIDTH + 1}}}", text) and (isinstance(value, int) or "%" in text or "{" in text):
            message = "a width of more than four digits"
            raise TemplateRuntimeError(message)
