"""The timeline of a plan: a row for each rotation, today, the season's days, and labels that never collide."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from builders import plan, rotation
from lorplan.render.layout import NARROW
from lorplan.render.timeline import ASCII, UNICODE, Glyphs, render_timeline
from lorplan.render.timeline_data import EVENT_SYMBOLS, extent_of_letters

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Json

MONTH: Final = re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
ROW: Final = re.compile(
    r"(ask|reserve|hold|skip|silent|planned|asked|agreed|requested|uploaded|assigned|to import) +\S"
)
NAMES: Final = (
    "Dr. Wei Chen",
    "陈伟 王小明 李华 张三",
    "X",
    "Dr. 😀 Émilie",
    "Dr. Maximiliana Konstantinopoulou the Younger",
)
WIDTHS = st.integers(NARROW, 220)


def render(found: Plan, width: int = 100, glyphs: Glyphs = UNICODE) -> list[str]:
    """Render a timeline as a terminal of that width shows it, without colour."""
    console = Console(width=width, color_system=None, force_terminal=False, highlight=False, legacy_windows=False)
    with console.capture() as page:
        for part in render_timeline(found, width, glyphs):
            console.print(part)
    return [line.rstrip() for line in page.get().splitlines()]


def rows_of(lines: list[str]) -> list[str]:
    """Give the lines of the rotations."""
    return [line for line in lines if ROW.match(line)]


def cells(line: str) -> str:
    """Spread a line over its columns: a wide character takes two."""
    return "".join(character + "\0" * (cell_len(character) - 1) for character in line if cell_len(character))


def margin_of(lines: list[str]) -> int:
    """Give the column in which the axis begins: after the days to ask."""
    heading = next(line for line in lines if "Ask on" in line)
    found = re.search(r"Ask on +(?=\S)", heading)
    assert found is not None
    return found.end()


def bars(lines: list[str]) -> list[str]:
    """Give the part of each row that is on the axis."""
    return [cells(row)[margin_of(lines) :] for row in rows_of(lines)]


def legend_of(lines: list[str]) -> str:
    """Give the lines below the rows on one line."""
    return " ".join(lines[lines.index(rows_of(lines)[-1]) + 1 :])


def three_rotations(as_of: str = "2027-03-08", **applicant: Any) -> Plan:  # noqa: ANN401 - any key of an applicant
    """Make the plan of three rotations, not in the order of their starts."""
    return plan(
        rotation("Dr. Luis Rossi", start="2027-05-03", end="2027-05-28"),
        rotation("Dr. Wei Chen"),
        rotation("Dr. Ana Petrov", start="2027-06-07", end="2027-07-02", choice="skip"),
        as_of=as_of,
        **applicant,
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan of a few rotations within two years, as of a day near them or decades away."""
    rows = []
    for number in range(draw(st.integers(1, 4))):
        start = date(2026, 6, 1) + timedelta(7 * draw(st.integers(0, 70)))
        name = f"{draw(st.sampled_from(NAMES))} {number}"
        rows.append(rotation(name, start=start.isoformat(), weeks=draw(st.integers(1, 12))))
    near, far = st.dates(date(2026, 5, 1), date(2028, 6, 30)), st.dates(date(1990, 1, 1), date(2100, 1, 1))
    return plan(*rows, as_of=draw(near | far).isoformat())


# --- rows ---------------------------------------------------------------------------------------------------


def test_rotations_have_a_row_each_with_verdict_attending_specialty_and_day_to_ask() -> None:
    """The rows are in the order of the starts; the months are at even distances."""
    assert render(three_rotations(), 80) == [
        "          Attending      Rotation  Ask on  Mar  Apr  May  Jun  Jul  Aug  Sep",
        "ask       Dr. Wei Chen   neurology Mar 24  ━━━◆━             ┊           ┊  ┊",
        "ask       Dr. Luis Rossi neurology May 26   │        ━━━━◆   ┊           ┊  ┊",
        "skip      Dr. Ana Petrov neurology          │              ─────         ┊  ┊",
        "┊ portal Jun 23, submit Sep 1, review Sep 22 (estimated)   │ today",
        "◆ the day to ask",
    ]


@given(plans(), WIDTHS)
def test_any_timeline_has_a_row_for_every_rotation_in_the_order_of_the_starts(found: Plan, width: int) -> None:
    """Whatever the width, no rotation is left out."""
    verdicts = [row.split()[0] for row in rows_of(render(found, width))]
    by_start = sorted(found.letters, key=lambda letter: letter.rotation.start)
    assert verdicts == [letter.verdict for letter in by_start]


@given(plans(), st.integers(20, 220))
def test_no_line_of_any_timeline_is_wider_than_the_terminal(found: Plan, width: int) -> None:
    """Neither of the drawing nor of the dated list."""
    assert max(map(cell_len, render(found, width))) <= width


@pytest.mark.parametrize(("glyphs", "ellipsis"), [(UNICODE, "…"), (ASCII, "~")], ids=["unicode", "ascii"])
def test_names_longer_than_there_is_room_for_are_cut_with_an_ellipsis(glyphs: Glyphs, ellipsis: str) -> None:
    """One sees that there is more of it; the months keep two columns each."""
    row = rotation("Dr. Maximiliana Konstantinopoulou", specialty="interventional radiology and angiology")
    lines = render(plan(row), 80, glyphs)
    assert rows_of(lines)[0].startswith(
        f"ask       Dr. Maximiliana Konsta{ellipsis} interventional radiolo{ellipsis} Mar 24"
    )
    assert "Mar May Jul" in lines[0]


def test_names_are_whole_where_there_is_room() -> None:
    """A wide terminal is for that, too."""
    row = rotation("Dr. Maximiliana Papadopoulou", specialty="geriatric psychiatry")
    assert rows_of(render(plan(row), 100))[0].startswith(
        "ask       Dr. Maximiliana Papadopoulou geriatric psychiatry Mar 24"
    )


@pytest.mark.parametrize(
    ("row", "as_of", "stage"),
    [
        pytest.param({}, "2027-03-01", "ask", id="to_be_asked"),
        pytest.param({"choice": "skip"}, "2027-03-01", "skip", id="skipped"),
        pytest.param({"letter": {"asked": "2027-03-24"}}, "2027-03-25", "asked", id="asked"),
        pytest.param({"letter": {"asked": "2027-03-24"}}, "2027-08-25", "silent", id="without_an_answer"),
        pytest.param({"letter": {"uploaded": "2027-07-24"}}, "2027-08-25", "uploaded", id="in_the_portal"),
    ],
)
def test_row_says_first_where_the_letter_stands(row: Json, as_of: str, stage: str) -> None:
    """How far it is matters more than that it is kept."""
    assert rows_of(render(plan(rotation(**row), as_of=as_of)))[0].split()[0] == stage


@pytest.mark.parametrize(("glyphs", "bar", "ask"), [(UNICODE, "━", "◆"), (ASCII, "=", "*")], ids=["unicode", "ascii"])
def test_rotation_to_be_asked_has_a_bar_with_the_day_to_ask(glyphs: Glyphs, bar: str, ask: str) -> None:
    """The day is on top of the bar."""
    lines = render(plan(rotation(), as_of="2027-02-22", deadline="2027-04-21"), 200, glyphs)
    assert set(bars(lines)[0].strip(f" {glyphs.today}{glyphs.season}")) == {bar, ask}


def test_skipped_rotation_has_a_thin_bar_and_no_day_to_ask() -> None:
    """It looks different without colour, too."""
    skipped = bars(render(three_rotations(), 120))[2]
    assert "─" in skipped
    assert not {"━", "◆"} & set(skipped)


@pytest.mark.parametrize(("event", "symbol"), EVENT_SYMBOLS.items())
def test_event_is_a_symbol_in_its_row_and_in_the_legend(event: str, symbol: str) -> None:
    """What has happened is in the timeline."""
    day = "2027-03-22"
    before = {"asked": "2027-03-15"} if event in {"packet", "reminded", "sent", "thanked"} else {}
    before |= {"uploaded": "2027-03-15"} if event == "imported" else {}
    recorded: Json = {"letter": {**before, event: [day] if event == "reminded" else day}}
    row = {event: day} if event in {"notice", "feedback", "offered"} else recorded
    lines = render(plan(rotation("Xx Xx", **row), as_of="2027-03-31", deadline="2027-04-21"), 200)
    assert symbol in bars(lines)[0]
    assert f"{symbol} {event}" in legend_of(lines)


THREE_EVENTS: Final[Json] = {"letter": {"asked": "2027-03-24", "agreed": "2027-03-25", "packet": "2027-03-26"}}


@pytest.mark.parametrize(
    ("found", "width"),
    [
        pytest.param(three_rotations("2027-03-08"), 100, id="during_a_rotation"),
        pytest.param(three_rotations("2027-06-23"), 100, id="today_on_a_day_of_the_season"),
        pytest.param(plan(rotation(**THREE_EVENTS), as_of="2027-04-01"), 72, id="three_events_in_one_column"),
        pytest.param(plan(rotation(start="1999-03-01", end="1999-03-26")), 72, id="all_days_in_one_column"),
    ],
)
def test_legend_explains_exactly_the_symbols_of_the_rows(found: Plan, width: int) -> None:
    """What is not in the drawing is not explained."""
    lines = render(found, width)
    shown = set("".join(bars(lines))) - set(" │┊━─")
    known = "◆" + "".join(EVENT_SYMBOLS.values())
    assert {character for character in known if re.search(rf"(^| ){character} [a-z]", legend_of(lines))} == shown


def test_events_in_one_column_show_the_furthest_stage_of_the_letter() -> None:
    """Of asked, agreed and packet, agreed says how far the letter is."""
    assert "Y" in bars(render(plan(rotation(**THREE_EVENTS), as_of="2027-04-01"), 72))[0]


# --- today and the season -----------------------------------------------------------------------------------


@given(plans(), WIDTHS)
def test_today_is_in_any_timeline_exactly_if_it_is_among_its_days(found: Plan, width: int) -> None:
    """The heading of the page has the day anyway."""
    first, last = extent_of_letters(found)
    assert ("│ today" in legend_of(render(found, width))) == (first <= found.as_of <= last)


@pytest.mark.parametrize("as_of", ["2027-04-14", "2027-06-23", "2027-09-01"])
def test_line_of_today_goes_through_every_row(as_of: str) -> None:
    """It covers the season's lines, as one looks for it first."""
    drawn = [bar.ljust(100) for bar in bars(render(three_rotations(as_of), 100))]
    columns = [place for place in range(100) if any(bar[place] == "│" for bar in drawn)]
    assert len(columns) == 1
    assert {bar[columns[0]] for bar in drawn} <= set("│━─◆")


@pytest.mark.parametrize("as_of", ["2027-04-14", "2027-06-23"])
def test_line_of_a_season_day_does_not_break_a_bar(as_of: str) -> None:
    """A rotation across a day of the season is drawn in one piece."""
    found = plan(rotation("A B", start="2027-05-03", end="2027-06-25", choice="skip"), as_of=as_of)
    assert "┊" not in bars(render(found, 200))[0].strip(" │┊")


def test_legend_names_the_days_of_the_season_as_estimated_or_not() -> None:
    """What is published is a fact."""
    assert legend_of(render(three_rotations())).startswith("┊ portal Jun 23, submit Sep 1, review Sep 22 (estimated)")
    published = plan(rotation(start="2025-03-03", end="2025-03-28"), season=2026, as_of="2025-03-01")
    assert "(estimated)" not in legend_of(render(published))


def test_legend_names_a_deadline_that_is_not_the_review_day() -> None:
    """Both days are drawn."""
    lines = render(three_rotations(deadline="2027-10-13"), 160)
    assert "review Sep 22, deadline Oct 13" in legend_of(lines)
    assert bars(lines)[0].count("┊") == len(("portal", "submit", "review", "deadline"))


LABEL: Final = re.compile(rf"(?:\d{{4}}|{MONTH.pattern})")


@given(plans(), WIDTHS)
def test_labels_of_any_timeline_are_complete_and_do_not_touch(found: Plan, width: int) -> None:
    """Years and months can each be read."""
    lines = render(found, width)
    margin = margin_of(lines)
    for line in lines[: lines.index(rows_of(lines)[0])]:
        assert LABEL.sub("", line[margin:]).strip() == "", line
        assert not re.search(r"\d{5}|[a-z][A-Z]", line[margin:]), f"two labels touch in {line!r}"


@given(plans(), WIDTHS)
def test_month_labels_of_any_timeline_are_evenly_spaced(found: Plan, width: int) -> None:
    """If not every month has room for its name, those that are named are at equal distances."""
    lines = render(found, width)
    line = lines[lines.index(rows_of(lines)[0]) - 1][margin_of(lines) :]
    order = MONTH.pattern.split("|")
    months = [order.index(name) for name in MONTH.findall(line)]
    assert len({(later - earlier) % 12 for earlier, later in pairwise(months)}) <= 1, line


def test_years_are_named_above_the_months_where_there_are_several() -> None:
    """A month alone would say too little."""
    lines = render(plan(rotation(start="2026-11-02", end="2026-11-27")), 100)
    assert lines[0].split() == ["2026", "2027"]
    assert lines[1].split()[:5] == ["Attending", "Rotation", "Ask", "on", "Nov"]


@given(plans(), WIDTHS)
def test_ascii_version_of_any_timeline_has_the_same_marks_in_the_same_places(found: Plan, width: int) -> None:
    """Each drawing character has its ASCII counterpart."""
    table = str.maketrans(dict(zip("━─◆│┊…", "=-*|:~", strict=True)))
    assert render(found, width, ASCII) == [line.translate(table) for line in render(found, width)]


# --- unusual plans ------------------------------------------------------------------------------------------


def test_rotation_of_one_day_has_a_mark() -> None:
    """The axis is one of days."""
    lines = render(plan(rotation(start="2027-09-22", end="2027-09-22", choice="ask"), as_of="2027-09-22"), 100)
    assert "◆" in rows_of(lines)[0]
    assert lines[0].endswith("Sep")


@pytest.mark.parametrize("width", [72, 100, 200])
def test_thirty_years_are_drawn_with_both_ends(width: int) -> None:
    """The first rotation is at the left edge, and the last one is there; the years take the place of the months."""
    found = plan(
        rotation("A B", start="1997-03-03", end="1997-03-28"),
        rotation("C D", start="2027-03-01", end="2027-03-26"),
        as_of="2027-03-31",
    )
    lines = render(found, width)
    early, late = bars(lines)
    assert early[0] != " "
    assert late.strip(" │┊")
    assert lines[0][margin_of(lines) :].startswith("1997")


@pytest.mark.parametrize("as_of", ["1990-01-01", "2100-12-31"])
def test_as_of_day_decades_away_leaves_the_drawing_as_it_is(as_of: str) -> None:
    """It is not drawn."""
    assert render(three_rotations(as_of), 100)[0] == render(three_rotations("2027-03-01"), 100)[0]


# --- the dated list -----------------------------------------------------------------------------------------


def test_terminal_below_72_columns_gets_a_list_of_all_days() -> None:
    """Rotations, days to ask, events, the season and today, by date."""
    found = plan(
        rotation(letter={"asked": "2027-03-24"}),
        rotation("Dr. Luis Rossi", start="2027-05-03", end="2027-05-28"),
        as_of="2027-04-01",
    )
    assert render(found, 71) == [
        "Mar 1         Dr. Wei Chen begins, until Mar 26 (asked)",
        "Mar 24        Dr. Wei Chen: asked",
        "Apr 1         today",
        "May 3         Dr. Luis Rossi begins, until May 28 (ask)",
        "May 26        ask: Dr. Luis Rossi",
        "Jun 2         season: opens",
        "Jun 23        season: token",
        "Sep 1         season: submit",
        "Sep 22        season: review, deadline",
        "Mar 1, 2028   season: rank list",
        "Mar 17, 2028  season: Match Day",
        "May 31, 2028  season: ends",
    ]


def test_dated_list_has_today_wherever_it_is() -> None:
    """A list has room for a day decades away."""
    assert "Dec 31        today" in render(three_rotations("2100-12-31"), 60)
