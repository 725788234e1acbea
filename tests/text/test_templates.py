"""Templates: escaped where they are HTML, in a sandbox, and every mistake reported with its place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from jinja2 import FileSystemLoader

from lorplan.text.templates import TemplateFailureError, date_in_words, render_template

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = date(2027, 1, 20)
FACTS = {"as_of": AS_OF, "name": "Wei <b> & Co", "day": date(2027, 2, 3), "next": date(2028, 1, 1), "list": [1, 2]}


@pytest.fixture(params=["page.html", "message.txt"])
def name(request: pytest.FixtureRequest) -> str:
    """Name a template of each kind."""
    return str(request.param)


def render(folder: Path, name: str, text: str) -> str:
    """Render a template of a folder with FACTS."""
    (folder / name).write_text(text, encoding="utf-8")
    return render_template(name, FACTS, FileSystemLoader(folder))


class TestRendering:
    def test_values_are_escaped_in_html(self, tmp_path: Path) -> None:
        """A name cannot bring markup into a page."""
        assert render(tmp_path, "page.html", "<p>{{ name }}</p>") == "<p>Wei &lt;b&gt; &amp; Co</p>"

    def test_values_are_not_escaped_in_a_message(self, tmp_path: Path) -> None:
        """A message shows the name as it is."""
        assert render(tmp_path, "message.txt", "<p>{{ name }}</p>") == "<p>Wei <b> & Co</p>"

    def test_part_that_a_page_includes_is_escaped_by_its_own_name(self, tmp_path: Path) -> None:
        """An included HTML part is escaped like the page."""
        (tmp_path / "part.html").write_text("{{ name }}", encoding="utf-8")
        assert render(tmp_path, "page.html", '{% include "part.html" %}') == "Wei &lt;b&gt; &amp; Co"

    def test_line_with_only_a_block_leaves_no_empty_line(self, tmp_path: Path, name: str) -> None:
        """The line end after a block is removed."""
        assert render(tmp_path, name, "{% if true %}\nx\n{% endif %}\ny") == "x\ny"

    def test_date_filter_leaves_out_the_current_year(self, tmp_path: Path, name: str) -> None:
        """A date has its year only if it is another than that of `as_of`."""
        assert render(tmp_path, name, "{{ day | date }}; {{ next | date }}") == "February 3; January 1, 2028"

    def test_day_filter_adds_the_weekday(self, tmp_path: Path, name: str) -> None:
        """A day has its weekday before the date."""
        text = render(tmp_path, name, "{{ day | day }}; {{ next | day }}")
        assert text == "Wednesday, February 3; Saturday, January 1, 2028"


@pytest.mark.parametrize(
    ("day", "as_of", "words"),
    [
        pytest.param(date(2027, 2, 3), date(2027, 12, 31), "February 3", id="same_year"),
        pytest.param(date(2028, 1, 1), date(2027, 12, 31), "January 1, 2028", id="next_year"),
        pytest.param(date(2026, 12, 31), date(2027, 1, 1), "December 31, 2026", id="year_before"),
    ],
)
def test_date_in_words_has_its_year_unless_it_is_the_current_one(day: date, as_of: date, words: str) -> None:
    """A letter names the year only if it is another one."""
    assert date_in_words(day, as_of) == words


class TestSandbox:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("{{ name.__class__ }}", id="attribute"),
            pytest.param('{{ name["__class__"] }}', id="item"),
            pytest.param('{{ name | attr("__class__") }}', id="filter"),
            pytest.param('{{ "{0.__class__}".format(name) }}', id="format"),
            pytest.param('{{ ("{0.__class__}" | safe).format(name) }}', id="format_of_markup"),
            pytest.param("{{ cycler.__init__.__globals__ }}", id="global"),
            pytest.param("{{ self.__init__ }}", id="template"),
            pytest.param("{{ list.append(3) }}", id="changes_a_list"),
            pytest.param("{{ range(1000000000) }}", id="huge_range"),
        ],
    )
    def test_template_cannot_leave_the_sandbox(self, tmp_path: Path, name: str, text: str) -> None:
        """Python's internals are refused, and so are changes of the facts, in pages as in messages."""
        with pytest.raises(TemplateFailureError) as failure:
            render(tmp_path, name, f"first line\n{text}")
        assert str(failure.value).startswith(f"the template {tmp_path / name}:2 cannot be used: ")

    def test_refused_attribute_is_named(self, tmp_path: Path, name: str) -> None:
        """The message says which attribute is refused."""
        with pytest.raises(TemplateFailureError, match=r": .*__class__"):
            render(tmp_path, name, "{{ name.__class__ }}")


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "named"),
        [
            pytest.param("{{ nobody }}", "nobody", id="undefined_name"),
            pytest.param("{{ day.nothing }}", "nothing", id="undefined_attribute"),
            pytest.param("{% if %}", "", id="syntax"),
            pytest.param("{{ name | shout }}", "shout", id="unknown_filter"),
            pytest.param("{{ 1 / 0 }}", "", id="arithmetic"),
            pytest.param("{{ name() }}", "", id="type"),
            pytest.param("{{ day.replace(year=0) }}", "", id="value"),
            pytest.param('{{ "%(key)s" % {} }}', "key", id="lookup"),
            pytest.param("{{ name | date }}", "", id="date_of_something_else"),
            pytest.param("{% include 'missing.txt' %}", "missing.txt", id="missing_part"),
            pytest.param("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "", id="endless_recursion"),
        ],
    )
    def test_mistake_is_reported_with_its_line_and_reason(
        self, tmp_path: Path, name: str, text: str, named: str
    ) -> None:
        """Whatever is wrong in a template, the message has the file, the line, the reason and the name in question."""
        with pytest.raises(TemplateFailureError) as failure:
            render(tmp_path, name, f"first line\n{text}")
        start, _, reason = str(failure.value).partition(" cannot be used: ")
        assert start == f"the template {tmp_path / name}:2"
        assert reason.strip()
        assert named in reason

    @pytest.mark.parametrize("text", ["{{ nobody }}", "{% if %}"], ids=["undefined_name", "syntax"])
    def test_mistake_in_an_included_part_is_reported_with_the_part(self, tmp_path: Path, text: str) -> None:
        """The place is in the part, not in the template that includes it."""
        part = tmp_path / "part.txt"
        part.write_text(f"\n\n{text}", encoding="utf-8")
        with pytest.raises(TemplateFailureError) as failure:
            render(tmp_path, "message.txt", '{% include "part.txt" %}')
        assert str(failure.value).startswith(f"the template {part}:3 cannot be used: ")

    def test_missing_template_is_reported_with_its_name(self, tmp_path: Path) -> None:
        """A template that no folder has is named."""
        with pytest.raises(TemplateFailureError, match=r"^the template nothing\.txt cannot be used: .*nothing\.txt"):
            render_template("nothing.txt", FACTS, FileSystemLoader(tmp_path))
