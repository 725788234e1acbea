"""Templates that would run for ever or fill the memory end with an error at their place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader

from lorplan.storage.templates import template_loader
from lorplan.text.templates import TemplateFailureError, render_template

if TYPE_CHECKING:
    from pathlib import Path

DOUBLING = "{% set ns = namespace(x='ab') %}{% for _ in range(64) %}{% set ns.x = ns.x OP ns.x %}{% endfor %}"

BLOCKS = (
    "{% set ns = namespace(x='ab') %}{% for _ in range(64) %}"
    "{% set y %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = y %}{% endfor %}"
)
"""Texts that are twice as long after each round."""


def render(text: str) -> str:
    """Render a template that may include itself as `a.txt`."""
    return render_template("a.txt", {"name": "Ann", "days": [1, 2]}, DictLoader({"a.txt": text}))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("{% for a in range(99999) %}" * 3 + "{% endfor %}" * 3, "steps", id="loops_in_loops"),
        pytest.param("{% for a in days %}" * 21 + "{% endfor %}" * 21, "nested", id="21_loops"),
        pytest.param("{% for a in days recursive %}{{ loop(days) }}{% endfor %}", "calls itself", id="recursive_loop"),
        pytest.param("{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}", "", id="macro_of_itself"),
        pytest.param(
            "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}", "steps", id="tree"
        ),
        pytest.param("{% include 'a.txt' %}{% include 'a.txt' %}", "", id="includes_itself"),
        pytest.param("{{ 'x' * 999999999 }}", "characters", id="repeated_text"),
        pytest.param("{{ [1] * 999999999 }}", "characters", id="repeated_list"),
        pytest.param("{{ 9 ** 99999 }}", "power", id="power"),
        pytest.param("{{ '%999999999d' % 1 }}", "width", id="wide_number"),
        pytest.param("{{ '%999999999d' | format(1) }}", "width", id="wide_number_by_filter"),
        pytest.param("{{ '{:999999999}'.format(1) }}", "width", id="wide_number_by_method"),
        pytest.param("{{ '{:{w}}'.format(1, w=999999999) }}", "width", id="wide_number_by_argument"),
        pytest.param("{{ 'x' | center(999999999) }}", "width", id="centred"),
        pytest.param("{{ 'x\ny' | indent(999999999) }}", "width", id="indented"),
        pytest.param(DOUBLING.replace("OP", "+"), "characters", id="doubled"),
        pytest.param(DOUBLING.replace("OP", "~"), "characters", id="joined"),
        pytest.param(DOUBLING.replace("ns.x OP ns.x", "ns.x | replace('a', 'aab')"), "characters", id="replaced"),
        pytest.param(
            BLOCKS,
            "characters",
            id="block",
        ),
    ],
)
def test_template_without_bounds_is_an_error_with_its_place(text: str, why: str) -> None:
    """In a moment, and in little memory."""
    with pytest.raises(TemplateFailureError, match=r"the template .* cannot be used: ") as failed:
        render(text)
    assert why in str(failed.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% for a in days %}{{ loop.index }}/{{ loop.length }}:{{ a }} {% endfor %}", "1/2:1 2/2:2 "),
        ("{% for a in days if a > 1 %}{{ a }}{% else %}none{% endfor %}", "2"),
        ("{% set x = 'a' * 3 ~ name %}{{ x | center(11) }}", "   aaaAnn  "),
        ("{% set x %}{{ name }}{% endset %}{{ x }} {{ 2 ** 3 }} {{ '%5.1f' % 1.25 }}", "Ann 8   1.2"),
        ("{% set x | upper %}{{ name }}{% endset %}{{ x }} {{ '{:>5}'.format(name) }}", "ANN   Ann"),
        ("{{ '%s' | format(name) }} {{ [1] + days }} {{ 1 + 2 }} {{ 3 * 4 }}", "Ann [1, 1, 2] 3 12"),
    ],
)
def test_usual_template_is_rendered_as_before(text: str, expected: str) -> None:
    """Bounds are far from what anybody writes."""
    assert render(text) == expected


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe without a writer, a device without an end, a folder, a file that is too large."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "large.txt").write_text("x" * 1_048_577)
    for name, why in (("pipe", "regular"), ("device", "regular"), ("folder", "regular"), ("large", "larger than")):
        with pytest.raises(TemplateFailureError, match=why):
            render_template(f"{name}.txt", {}, template_loader(tmp_path))
