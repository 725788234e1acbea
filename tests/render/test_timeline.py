"""The drawing of a plan: a row a rotation, today, the season's days, and labels that never run into each other."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from builders import plan, rotation
from lorplan.render.timeline import ASCII, NARROWEST, UNICODE, Glyphs, timeline
from lorplan.render.timeline_data import EVENT_LETTERS

if TYPE_CHECKING:
    from lorplan.plan.model import Plan

Plain = dict[str, Any]
Case = tuple[list[Plain], str]

SOME = settings(max_examples=40)
MONTH = re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
ROW = re.compile(r"(\d{4}-\d{2}-\d{2})  (.*?)  (ask|reserve|hold|skip|keep) *(?:  |$)")
NAMES = (
    "Dr. Wei Chen",
    "陈伟 王小明 李华 张三",
    "X",
    "Dr. 😀 Émilie",
    "Dr. Maximiliana Konstantinopoulou the Younger",
)


def drawn(found: Plan, width: int = 100, glyphs: Glyphs = UNICODE) -> list[str]:
    """Draw a timeline as a terminal of that width shows it, without colour."""
    console = Console(width=width, color_system=None, force_terminal=False, highlight=False, legacy_windows=False)
    with console.capture() as shown:
        for part in timeline(found, width, glyphs):
            console.print(part)
    return [line.rstrip() for line in shown.get().splitlines()]


def rows_of(lines: list[str]) -> list[str]:
    """Give the lines of the rotations."""
    return [line for line in lines if ROW.match(line)]


def cells(line: str) -> str:
    """Spread a line over its columns: a wide character leaves an empty column behind it."""
    return "".join(character + "\0" * (cell_len(character) - 1) for character in line if cell_len(character))


def drawing(line: str, margin: int) -> str:
    """Give the part of a row that is drawn to scale."""
    return cells(line)[margin:]


def margin_of(lines: list[str]) -> int:
    """Give the column in which the drawing begins: that of the axis."""
    return len(lines[0]) - len(lines[0].lstrip())


def column_of(lines: list[str], label: str) -> int:
    """Give the column of a mark's line, beside its label."""
    for line in lines:
        if (found := re.search(rf"([│┊|:]?){label}([│┊|:]?)(?![\w])", line)) and "" in found.groups():
            return found.start() if found[1] else found.end() - 1
    pytest.fail(f"no mark {label!r} in\n" + "\n".join(lines))


def usual(as_of: str = "2027-03-08", **applicant: Any) -> Plan:  # noqa: ANN401 - any key of an applicant
    """Plan three rotations, not in the order of their starts."""
    return plan(
        rotation("Dr. Luis Rossi", start="2027-05-03", end="2027-05-28"),
        rotation("Dr. Wei Chen"),
        rotation("Dr. Ana Petrov", start="2027-06-07", end="2027-07-02", choice="skip"),
        as_of=as_of,
        **applicant,
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a few rotations within two years, and a day near them or decades away."""
    rows = []
    for number in range(draw(st.integers(1, 4))):
        start = date(2026, 6, 1) + timedelta(7 * draw(st.integers(0, 70)))
        name = f"{draw(st.sampled_from(NAMES))} {number}"
        rows.append(rotation(name, start=start.isoformat(), weeks=draw(st.integers(1, 12))))
    day = draw(
        st.one_of(st.dates(date(2026, 5, 1), date(2028, 6, 30)), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
    )
    return rows, day.isoformat()


def planned(case: Case) -> Plan:
    """Plan what was drawn."""
    return plan(*case[0], as_of=case[1])


widths = st.integers(NARROWEST, 220)


# --- the rows ---------------------------------------------------------------------------------------------


def test_a_row_a_rotation_in_the_order_of_their_starts() -> None:
    """Each rotation has one row: its start, the attending, the verdict in words, and its stretch."""
    heads = [ROW.match(line) for line in rows_of(drawn(usual()))]
    assert [head.groups() for head in heads if head] == [
        ("2027-03-01", "Dr. Wei Chen  ", "ask"),
        ("2027-05-03", "Dr. Luis Rossi", "ask"),
        ("2027-06-07", "Dr. Ana Petrov", "skip"),
    ]


@SOME
@given(cases(), widths)
def test_every_rotation_has_its_row(case: Case, width: int) -> None:
    """No rotation is left out, whatever the width, and the rows are ordered by start."""
    found = planned(case)
    starts = [line[:10] for line in rows_of(drawn(found, width))]
    assert starts == sorted(str(letter.rotation.start) for letter in found.letters)


@SOME
@given(cases(), st.integers(20, 220))
def test_every_line_fits(case: Case, width: int) -> None:
    """No line of a drawing or of a dated list is wider than the terminal."""
    found = planned(case)
    assert max(map(cell_len, drawn(found, width))) <= width


@SOME
@given(cases(), widths)
def test_wide_characters_keep_the_columns(case: Case, width: int) -> None:
    """Names of wide characters move no column: the verdicts of all rows begin in the same one."""
    found = planned(case)
    lines = drawn(found, width)
    starts = {cell_len(head.group()[: head.start(3)]) for line in rows_of(lines) if (head := ROW.match(line))}
    assert len(starts) == 1
    assert starts == {margin_of(lines) - len("reserve  ")}


def test_a_long_name_is_cut_with_a_mark() -> None:
    """A name that has no room is cut, and one sees that it is."""
    lines = drawn(plan(rotation("Dr. Maximiliana Konstantinopoulou")), 80)
    assert "Dr. Maximiliana…" in rows_of(lines)[0]
    assert "Dr. Maximiliana~" in rows_of(drawn(plan(rotation("Dr. Maximiliana Konstantinopoulou")), 80, ASCII))[0]


@pytest.mark.parametrize(("glyphs", "picture"), [(UNICODE, "━▓◆"), (ASCII, "=#*")], ids=["box", "ascii"])
def test_the_window_and_the_day_to_ask_lie_on_the_rotation(glyphs: Glyphs, picture: str) -> None:
    """A rotation to be asked about shows its stretch, the days to ask, and the day itself."""
    found = plan(rotation(), as_of="2027-02-22", deadline="2027-04-21")
    lines = drawn(found, 200, glyphs)
    row = drawing(rows_of(lines)[0], margin_of(lines)).strip(f" {glyphs.today}{glyphs.season}")
    assert set(row) == set(picture)
    assert row.startswith(picture[0])


def test_a_rotation_not_to_be_asked_is_drawn_differently() -> None:
    """Hold and skip have another line, and no days to ask."""
    lines = drawn(usual(), 120)
    skipped = drawing(rows_of(lines)[2], margin_of(lines))
    assert "─" in skipped
    assert not {"━", "▓", "◆"} & set(skipped)


@pytest.mark.parametrize(("event", "sign"), EVENT_LETTERS.items())
def test_an_event_is_a_letter(event: str, sign: str) -> None:
    """What has happened stands in the row as a letter, and the legend says what it means."""
    day = "2027-03-22"
    before = {"asked": "2027-03-15"} if event in {"packet", "reminded", "thanked"} else {}
    told = (
        {"offered": day}
        if event == "offered"
        else {"letter": {**before, event: [day] if event == "reminded" else day}}
    )
    lines = drawn(plan(rotation("Xx Xx", **told), as_of="2027-03-31", deadline="2027-04-21"), 200)
    assert sign in drawing(rows_of(lines)[0], margin_of(lines))
    assert f"{sign} {event}" in " ".join(lines)


ASKED_AND_MORE: Plain = {"letter": {"asked": "2027-03-24", "agreed": "2027-03-25", "packet": "2027-03-26"}}


@pytest.mark.parametrize(
    ("found", "width"),
    [
        pytest.param(usual("2027-03-08"), 100, id="during a rotation"),
        pytest.param(usual("2027-06-02"), 100, id="today on a day of the season"),
        pytest.param(plan(rotation(**ASKED_AND_MORE), as_of="2027-04-01"), 72, id="three events in one column"),
        pytest.param(plan(rotation(start="1999-03-01", end="1999-03-26")), 72, id="all days in one column"),
    ],
)
def test_the_legend_explains_what_is_drawn_and_nothing_else(found: Plan, width: int) -> None:
    """The legend names each character of the rows, and none that is not there."""
    lines = drawn(found, width)
    signs = set("".join(drawing(row, margin_of(lines)) for row in rows_of(lines))) - set(" │┊")
    legend = " ".join(lines[lines.index("") :])
    explained = {sign for sign in "━─▓◆" + "".join(EVENT_LETTERS.values()) if re.search(rf" {sign} ", legend)}
    assert signs == explained


def test_the_furthest_event_is_seen_where_several_share_a_column() -> None:
    """Where there is room for one letter only, it is the one that says how far the letter is."""
    lines = drawn(plan(rotation(**ASKED_AND_MORE), as_of="2027-04-01"), 72)
    row = drawing(rows_of(lines)[0], margin_of(lines))
    assert "Y" in row


# --- today and the season ---------------------------------------------------------------------------------


@SOME
@given(cases(), widths)
def test_today_is_marked_or_said_to_be_far(case: Case, width: int) -> None:
    """Today has its mark, or the legend says that it is beyond the drawing."""
    found = planned(case)
    text = "\n".join(drawn(found, width))
    assert ("│today" in text or "today│" in text) != (f"Today, {found.as_of}, is far" in text)


@pytest.mark.parametrize(
    "as_of",
    [
        pytest.param("2027-04-14", id="a day like any other"),
        pytest.param("2027-06-02", id="the day the season opens"),
        pytest.param("2027-09-01", id="the day to submit"),
        pytest.param("2027-09-22", id="the deadline"),
        pytest.param("2027-09-02", id="the day after one"),
    ],
)
def test_today_runs_through_all_rows(as_of: str) -> None:
    """The line for today is in every row, on top of the season's: it is what one looks for first."""
    width = 100
    lines = drawn(usual(as_of), width)
    column = column_of(lines, "today")
    assert all(cells(row).ljust(width)[column] in "│━─▓◆" for row in rows_of(lines))
    free = [row for row in rows_of(lines) if cells(row).ljust(width)[column] == "│"]
    assert free, "at least one row has nothing on that day"


def test_today_cuts_the_rotation_that_is_going_on() -> None:
    """One sees where in the rotation one is."""
    lines = drawn(usual("2027-03-08"), 200)
    assert cells(rows_of(lines)[0])[column_of(lines, "today")] == "│"


@pytest.mark.parametrize("as_of", ["2027-04-14", "2027-06-02"])
def test_a_season_s_day_leaves_no_hole_in_a_rotation(as_of: str) -> None:
    """A rotation that runs across a day of the season is drawn in one piece."""
    found = plan(rotation("A B", start="2027-05-03", end="2027-06-25", choice="skip"), as_of=as_of)
    lines = drawn(found, 200)
    bar = drawing(rows_of(lines)[0], margin_of(lines)).strip(" │┊")
    assert "┊" not in bar


def test_the_season_s_days_within_are_marked_and_later_ones_told() -> None:
    """Days of the season within the drawing are marks; the later ones are named with their dates."""
    lines = drawn(usual(), 100)
    for label in ("opens", "submit", "review, deadline"):
        column_of(lines, label)
    assert "Later in the 2028 season: rank list 2028-03-01, Match Day 2028-03-17, ends 2028-05-31" in " ".join(
        lines
    )


def test_a_deadline_of_the_user_s_own_is_a_mark_of_its_own() -> None:
    """Where the deadline is not the review day, both are marked."""
    lines = drawn(usual(deadline="2027-10-13"), 160)
    assert column_of(lines, "review") < column_of(lines, "deadline")


@SOME
@given(cases(), widths)
def test_labels_do_not_run_into_each_other(case: Case, width: int) -> None:
    """A label of the axis is whole and stands apart; names of marks are whole and never overlap."""
    found = planned(case)
    lines = drawn(found, width)
    above = [line.strip() for line in lines[: lines.index(rows_of(lines)[0])]]
    words = r"review, deadline|deadline|review|opens|submit|rank list|Match Day|ends|today"
    label = re.compile(rf"(?:\d{{4}}|\d{{2}}|{MONTH.pattern}|[│┊](?:{words})|(?:{words})[│┊])")
    for line in above:
        rest = label.sub("", line)
        assert rest.strip() == "", f"{rest!r} is left of {line!r}"
        assert not re.search(r"\d{5}|[a-z][A-Z]", line.replace("Match Day", "")), f"two labels touch in {line!r}"


@SOME
@given(cases(), widths)
def test_labels_of_months_are_evenly_spaced(case: Case, width: int) -> None:
    """Where not every month has room for its name, those named are evenly spaced."""
    found = planned(case)
    line = next((line for line in drawn(found, width) if MONTH.match(line.strip())), "")
    order = MONTH.pattern.split("|")
    months = [order.index(name) for name in MONTH.findall(line)]
    steps = {(later - earlier) % 12 for earlier, later in pairwise(months[1:])}
    assert len(steps) <= 1, line


@SOME
@given(cases())
def test_the_days_shown_do_not_depend_on_the_width(case: Case) -> None:
    """With less width the unit changes, never the range: the same days are inside, the same are told."""
    found = planned(case)

    def told(width: int) -> tuple[list[str], list[str]]:
        lines = drawn(found, width)
        text = " ".join(lines)
        names = ("opens", "submit", "rank list", "Match Day", "ends")
        marks = [name for name in names if f"{name}┊" in text or f"┊{name}" in text]
        beyond = " ".join(lines[lines.index("") :]).partition("Later in")[2]
        return marks, re.findall(r"[a-zA-Z ]+ \d{4}-\d\d-\d\d|far outside", beyond)

    assert told(72) == told(100) == told(200)


# --- plans out of the ordinary ----------------------------------------------------------------------------


def test_a_rotation_of_one_day() -> None:
    """A single day is one mark wide at least, on a scale of days, with its labels whole."""
    found = plan(rotation(start="2027-09-22", end="2027-09-22"), as_of="2027-09-22")
    lines = drawn(found, 100)
    assert "◆" in rows_of(lines)[0]
    text = " ".join(lines)
    assert "= a day" in text
    assert all(label in text for label in ("2027", "Sep", "review, deadline", "today"))


def test_thirty_years() -> None:
    """A plan over thirty years is drawn, with both its ends inside."""
    found = plan(
        rotation("A B", start="1997-03-03", end="1997-03-28"),
        rotation("C D", start="2027-03-01", end="2027-03-26"),
        as_of="2027-03-31",
    )
    for width in (72, 100, 200):
        lines = drawn(found, width)
        early, late = (drawing(row, margin_of(lines)) for row in rows_of(lines))
        assert early[0] != " "
        assert late.strip(" │┊")
        assert lines[0].strip().startswith("1997")


@pytest.mark.parametrize("as_of", ["1990-01-01", "2100-12-31"])
def test_a_day_far_away_does_not_squeeze_the_drawing(as_of: str) -> None:
    """Looked at from decades away the drawing stays as it is, and says so."""
    far, near = drawn(usual(as_of), 100), drawn(usual("2027-03-01"), 100)
    assert f"Today, {as_of}, is far outside the drawing" in far
    assert far[0] == near[0]


def test_a_day_far_away_in_a_dated_list() -> None:
    """A dated list has room for today wherever it is."""
    assert "2100-12-31  today" in drawn(usual("2100-12-31"), 60)


def test_a_dated_list_has_every_day_of_the_drawing() -> None:
    """Below 72 columns the days are a list by date: rotations, days to ask, events, season, today."""
    found = plan(
        rotation(letter={"asked": "2027-03-24"}),
        rotation("Dr. Luis Rossi", start="2027-05-03", end="2027-05-28"),
        as_of="2027-04-01",
    )
    assert drawn(found, 71) == [
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


@SOME
@given(cases(), widths)
def test_ascii_says_the_same(case: Case, width: int) -> None:
    """The drawing without box characters has the same marks in the same places."""
    found = planned(case)
    table = str.maketrans(dict(zip("━─▓◆│┊…", "=-#*|:~", strict=True)))
    assert drawn(found, width, ASCII) == [line.translate(table) for line in drawn(found, width)]
