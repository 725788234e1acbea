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
from lorplan.render.timeline_data import EVENT_SYMBOLS

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Json

MONTH: Final = re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
ROW: Final = re.compile(r"(\d{4}-\d{2}-\d{2})  (.*?)  (ask|reserve|hold|skip|keep) *(?:  |$)")
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
    """Give the column in which the axis begins."""
    return len(lines[0]) - len(lines[0].lstrip())


def bars(lines: list[str]) -> list[str]:
    """Give the part of each row that is on the axis."""
    return [cells(row)[margin_of(lines) :] for row in rows_of(lines)]


def column_of(lines: list[str], label: str) -> int:
    """Give the column of a flag's line, which is beside its label."""
    for line in lines:
        if (found := re.search(rf"([│┊|:]?){label}([│┊|:]?)(?![\w])", line)) and "" in found.groups():
            return found.start() if found[1] else found.end() - 1
    pytest.fail(f"no flag {label!r} in\n" + "\n".join(lines))


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


def test_each_rotation_has_a_row_with_its_start_attending_and_verdict() -> None:
    """The rows are in the order of the starts."""
    rows = [ROW.match(line) for line in rows_of(render(three_rotations()))]
    assert [row.groups() for row in rows if row] == [
        ("2027-03-01", "Dr. Wei Chen  ", "ask"),
        ("2027-05-03", "Dr. Luis Rossi", "ask"),
        ("2027-06-07", "Dr. Ana Petrov", "skip"),
    ]


@given(plans(), WIDTHS)
def test_any_timeline_has_a_row_for_every_rotation_with_the_verdicts_in_one_column(found: Plan, width: int) -> None:
    """Whatever the width, no rotation is left out, and wide characters in a name move no column."""
    lines = render(found, width)
    starts = [line[:10] for line in rows_of(lines)]
    assert starts == sorted(str(letter.rotation.start) for letter in found.letters)
    verdicts = {cell_len(row.group()[: row.start(3)]) for line in rows_of(lines) if (row := ROW.match(line))}
    assert verdicts == {margin_of(lines) - len("reserve  ")}


@given(plans(), st.integers(20, 220))
def test_no_line_of_any_timeline_is_wider_than_the_terminal(found: Plan, width: int) -> None:
    """Neither of the drawing nor of the dated list."""
    assert max(map(cell_len, render(found, width))) <= width


@pytest.mark.parametrize(("glyphs", "ellipsis"), [(UNICODE, "…"), (ASCII, "~")], ids=["unicode", "ascii"])
def test_long_name_is_cut_with_an_ellipsis(glyphs: Glyphs, ellipsis: str) -> None:
    """One sees that there is more of it."""
    lines = render(plan(rotation("Dr. Maximiliana Konstantinopoulou")), 80, glyphs)
    assert f"Dr. Maximiliana{ellipsis}" in rows_of(lines)[0]


@pytest.mark.parametrize(("glyphs", "picture"), [(UNICODE, "━▓◆"), (ASCII, "=#*")], ids=["unicode", "ascii"])
def test_rotation_to_be_asked_has_a_bar_the_days_to_ask_and_the_day(glyphs: Glyphs, picture: str) -> None:
    """The days to ask are on top of the bar."""
    lines = render(plan(rotation(), as_of="2027-02-22", deadline="2027-04-21"), 200, glyphs)
    bar = bars(lines)[0].strip(f" {glyphs.today}{glyphs.season}")
    assert set(bar) == set(picture)
    assert bar.startswith(picture[0])


def test_skipped_rotation_has_a_thin_bar_and_no_days_to_ask() -> None:
    """It looks different without colour, too."""
    skipped = bars(render(three_rotations(), 120))[2]
    assert "─" in skipped
    assert not {"━", "▓", "◆"} & set(skipped)


@pytest.mark.parametrize(("event", "symbol"), EVENT_SYMBOLS.items())
def test_event_is_a_symbol_in_its_row_and_in_the_legend(event: str, symbol: str) -> None:
    """What has happened is in the timeline."""
    day = "2027-03-22"
    before = {"asked": "2027-03-15"} if event in {"packet", "reminded", "thanked"} else {}
    recorded: Json = {"letter": {**before, event: [day] if event == "reminded" else day}}
    row = {"offered": day} if event == "offered" else recorded
    lines = render(plan(rotation("Xx Xx", **row), as_of="2027-03-31", deadline="2027-04-21"), 200)
    assert symbol in bars(lines)[0]
    assert f"{symbol} {event}" in " ".join(lines)


THREE_EVENTS: Final[Json] = {"letter": {"asked": "2027-03-24", "agreed": "2027-03-25", "packet": "2027-03-26"}}


@pytest.mark.parametrize(
    ("found", "width"),
    [
        pytest.param(three_rotations("2027-03-08"), 100, id="during_a_rotation"),
        pytest.param(three_rotations("2027-06-02"), 100, id="today_on_a_day_of_the_season"),
        pytest.param(plan(rotation(**THREE_EVENTS), as_of="2027-04-01"), 72, id="three_events_in_one_column"),
        pytest.param(plan(rotation(start="1999-03-01", end="1999-03-26")), 72, id="all_days_in_one_column"),
    ],
)
def test_legend_explains_exactly_the_characters_of_the_rows(found: Plan, width: int) -> None:
    """What is not in the drawing is not explained."""
    lines = render(found, width)
    shown = set("".join(bars(lines))) - set(" │┊")
    legend = " ".join(lines[lines.index("") :])
    known = "━─▓◆" + "".join(EVENT_SYMBOLS.values())
    assert {character for character in known if re.search(rf" {character} ", legend)} == shown


def test_events_in_one_column_show_the_furthest_stage_of_the_letter() -> None:
    """Of asked, agreed and packet, agreed says how far the letter is."""
    assert "Y" in bars(render(plan(rotation(**THREE_EVENTS), as_of="2027-04-01"), 72))[0]


# --- today and the season -----------------------------------------------------------------------------------


@given(plans(), WIDTHS)
def test_today_of_any_timeline_is_a_flag_or_the_legend_says_that_it_is_far_outside(found: Plan, width: int) -> None:
    """Exactly one of the two."""
    text = "\n".join(render(found, width))
    assert ("│today" in text or "today│" in text) != (f"Today, {found.as_of}, is far" in text)


@pytest.mark.parametrize(
    "as_of",
    [
        pytest.param("2027-04-14", id="ordinary_day"),
        pytest.param("2027-06-02", id="season_opens"),
        pytest.param("2027-09-01", id="submit"),
        pytest.param("2027-09-22", id="deadline"),
        pytest.param("2027-09-02", id="day_after_submit"),
    ],
)
def test_line_of_today_goes_through_every_row(as_of: str) -> None:
    """It covers the season's lines, as one looks for it first."""
    width = 100
    lines = render(three_rotations(as_of), width)
    column = column_of(lines, "today")
    found = [cells(row).ljust(width)[column] for row in rows_of(lines)]
    assert set(found) <= set("│━─▓◆")
    assert "│" in found


def test_line_of_today_goes_through_the_bar_of_the_current_rotation() -> None:
    """One sees how far the rotation is."""
    lines = render(three_rotations("2027-03-08"), 200)
    assert cells(rows_of(lines)[0])[column_of(lines, "today")] == "│"


@pytest.mark.parametrize("as_of", ["2027-04-14", "2027-06-02"])
def test_line_of_a_season_day_does_not_break_a_bar(as_of: str) -> None:
    """A rotation across a day of the season is drawn in one piece."""
    found = plan(rotation("A B", start="2027-05-03", end="2027-06-25", choice="skip"), as_of=as_of)
    assert "┊" not in bars(render(found, 200))[0].strip(" │┊")


def test_season_days_are_flags_or_listed_below_if_they_are_later() -> None:
    """Every day of the season appears with its name."""
    lines = render(three_rotations(), 100)
    for label in ("opens", "submit", "review, deadline"):
        column_of(lines, label)
    later = "Later in the 2028 season: rank list 2028-03-01, Match Day 2028-03-17, ends 2028-05-31"
    assert later in " ".join(lines)


def test_deadline_that_is_not_the_review_day_has_a_flag_of_its_own() -> None:
    """Both days are flagged."""
    lines = render(three_rotations(deadline="2027-10-13"), 160)
    assert column_of(lines, "review") < column_of(lines, "deadline")


FLAG_WORDS: Final = r"review, deadline|deadline|review|opens|submit|rank list|Match Day|ends|today"
LABEL: Final = re.compile(rf"(?:\d{{4}}|\d{{2}}|{MONTH.pattern}|[│┊](?:{FLAG_WORDS})|(?:{FLAG_WORDS})[│┊])")


@given(plans(), WIDTHS)
def test_labels_of_any_timeline_are_complete_and_do_not_touch(found: Plan, width: int) -> None:
    """Years, months, days and flags can each be read."""
    lines = render(found, width)
    above = [line.strip() for line in lines[: lines.index(rows_of(lines)[0])]]
    for line in above:
        assert LABEL.sub("", line).strip() == "", line
        assert not re.search(r"\d{5}|[a-z][A-Z]", line.replace("Match Day", "")), f"two labels touch in {line!r}"


@given(plans(), WIDTHS)
def test_month_labels_of_any_timeline_are_evenly_spaced(found: Plan, width: int) -> None:
    """If not every month has room for its name, those that are named are at equal distances."""
    line = next((line for line in render(found, width) if MONTH.match(line.strip())), "")
    order = MONTH.pattern.split("|")
    months = [order.index(name) for name in MONTH.findall(line)]
    assert len({(later - earlier) % 12 for earlier, later in pairwise(months[1:])}) <= 1, line


@given(plans())
def test_flags_and_later_days_of_any_timeline_are_the_same_at_every_width(found: Plan) -> None:
    """With less width the unit changes, and never the days that are shown."""

    def find_days(width: int) -> tuple[list[str], list[str]]:
        lines = render(found, width)
        text = " ".join(lines)
        names = ("opens", "submit", "rank list", "Match Day", "ends")
        flags = [name for name in names if f"{name}┊" in text or f"┊{name}" in text]
        later = " ".join(lines[lines.index("") :]).partition("Later in")[2]
        return flags, re.findall(r"[a-zA-Z ]+ \d{4}-\d\d-\d\d|far outside", later)

    assert find_days(72) == find_days(100) == find_days(200)


@given(plans(), WIDTHS)
def test_ascii_version_of_any_timeline_has_the_same_marks_in_the_same_places(found: Plan, width: int) -> None:
    """Each drawing character has its ASCII counterpart."""
    table = str.maketrans(dict(zip("━─▓◆│┊…", "=-#*|:~", strict=True)))
    assert render(found, width, ASCII) == [line.translate(table) for line in render(found, width)]


# --- unusual plans ------------------------------------------------------------------------------------------


def test_rotation_of_one_day_has_a_mark_and_complete_labels() -> None:
    """The axis is one of days."""
    lines = render(plan(rotation(start="2027-09-22", end="2027-09-22"), as_of="2027-09-22"), 100)
    assert "◆" in rows_of(lines)[0]
    text = " ".join(lines)
    assert all(label in text for label in ("= a day", "2027", "Sep", "review, deadline", "today"))


@pytest.mark.parametrize("width", [72, 100, 200])
def test_thirty_years_are_drawn_with_both_ends(width: int) -> None:
    """The first rotation is at the left edge, and the last one is there."""
    found = plan(
        rotation("A B", start="1997-03-03", end="1997-03-28"),
        rotation("C D", start="2027-03-01", end="2027-03-26"),
        as_of="2027-03-31",
    )
    lines = render(found, width)
    early, late = bars(lines)
    assert early[0] != " "
    assert late.strip(" │┊")
    assert lines[0].strip().startswith("1997")


@pytest.mark.parametrize("as_of", ["1990-01-01", "2100-12-31"])
def test_as_of_day_decades_away_leaves_the_drawing_as_it_is(as_of: str) -> None:
    """The legend says that today is outside."""
    far, near = render(three_rotations(as_of), 100), render(three_rotations("2027-03-01"), 100)
    assert f"Today, {as_of}, is far outside the drawing" in far
    assert far[0] == near[0]


# --- the dated list -----------------------------------------------------------------------------------------


def test_terminal_below_72_columns_gets_a_list_of_all_days() -> None:
    """Rotations, days to ask, events, the season and today, by date."""
    found = plan(
        rotation(letter={"asked": "2027-03-24"}),
        rotation("Dr. Luis Rossi", start="2027-05-03", end="2027-05-28"),
        as_of="2027-04-01",
    )
    assert render(found, 71) == [
        "2027-03-01  Dr. Wei Chen begins, until 2027-03-26 (keep)",
        "2027-03-24  Dr. Wei Chen: asked",
        "2027-04-01  today",
        "2027-05-03  Dr. Luis Rossi begins, until 2027-05-28 (ask)",
        "2027-05-26  ask: Dr. Luis Rossi",
        "2027-06-02  season: opens",
        "2027-09-01  season: submit",
        "2027-09-22  season: review, deadline",
        "2028-03-01  season: rank list",
        "2028-03-17  season: Match Day",
        "2028-05-31  season: ends",
    ]


def test_dated_list_has_today_wherever_it_is() -> None:
    """A list has room for a day decades away."""
    assert "2100-12-31  today" in render(three_rotations("2100-12-31"), 60)
