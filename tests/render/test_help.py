"""The help as a page; whole pages are golden texts."""

from __future__ import annotations

from lorplan.render.help import HelpPage, render_help
from render.rendering import to_text


def test_help_without_examples_has_no_such_section() -> None:
    """There are no empty sections."""
    page = HelpPage("lorplan x", ("Does it.",), (), (("Options", (("--y", "Yes."),)),), ())
    assert to_text(render_help(page, width=80), 80).splitlines() == [
        "Usage: lorplan x",
        "",
        "Does it.",
        "",
        "Options",
        "  --y  Yes.",
    ]
