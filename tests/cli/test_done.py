"""`lorplan done`: what is recorded for each kind of action, and what is refused."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from lorplan.plan.action_kinds import LETTER_KINDS
from samples import AMINA, AS_OF

if TYPE_CHECKING:
    from runner import Lorplan, Result

ROW = "- {{attending: Dr. Wei Chen, specialty: neurology, start: 2027-01-04, weeks: 4{more}}}\n"
LATE_ROW = "- {{attending: Dr. Wei Chen, specialty: neurology, start: 2027-08-02, weeks: 4, performance: good{more}}}\n"
PROMISED = ", letter: {{asked: 2027-01-15, agreed: {agreed}{more}}}"

RECORDS = [
    pytest.param("notice", LATE_ROW, "", "2027-08-03", "notice: 2027-08-03", id="notice"),
    pytest.param("feedback", ROW, "", AS_OF, f"feedback: {AS_OF}", id="feedback"),
    pytest.param("book", ROW, "", AS_OF, "meeting: 2027-01-27", id="book_on_the_day_proposed"),
    pytest.param("ask", ROW, "", "2027-01-27", "asked: 2027-01-27", id="ask"),
    pytest.param("follow-up", ROW, ", letter: {asked: 2027-01-15}", AS_OF, f"reminded: [{AS_OF}]", id="follow_up"),
    pytest.param("packet", ROW, PROMISED.format(agreed=AS_OF, more=""), AS_OF, f"packet: {AS_OF}", id="packet"),
    pytest.param(
        "renew", ROW, PROMISED.format(agreed=AS_OF, more=""), "2027-06-09", "reminded: [2027-06-09]", id="renew"
    ),
    pytest.param(
        "request", ROW, PROMISED.format(agreed=AS_OF, more=""), "2027-06-24", "requested: 2027-06-24", id="request"
    ),
    pytest.param(
        "remind",
        ROW,
        PROMISED.format(agreed=AS_OF, more=", requested: 2027-06-24"),
        "2027-08-02",
        "reminded: [2027-08-02]",
        id="remind",
    ),
    pytest.param(
        "trace",
        ROW,
        PROMISED.format(agreed=AS_OF, more=", requested: 2027-06-24, sent: 2027-07-01"),
        "2027-07-12",
        "reminded: [2027-07-12]",
        id="trace",
    ),
    pytest.param("import", ROW, ", letter: {uploaded: 2027-03-01}", "2027-06-24", "imported: 2027-06-24", id="import"),
    pytest.param("thank", ROW, ", letter: {uploaded: 2027-07-01}", "2027-07-02", "thanked: 2027-07-02", id="thank"),
    pytest.param("assign", ROW, ", letter: {uploaded: 2027-07-01}", "2027-09-01", "assigned: 2027-09-01", id="assign"),
    pytest.param(
        "assign",
        ROW,
        ", letter: {uploaded: 2026-08-03, assigned: 2026-09-09, imported: 2027-06-24}",
        "2027-09-01",
        "assigned: 2027-09-01",
        id="assign_a_letter_of_last_season",
    ),
]
"""A kind of action, the rotation and what it has besides, the day, and the record that is made."""

WITH_RESERVE = """\
applicant: {season: 2028}
rotations:
  - {attending: Dr. A, specialty: neurology, start: 2027-01-04, weeks: 4, letter: {uploaded: 2027-07-01}}
  - {attending: Dr. B, specialty: neurology, start: 2027-02-01, weeks: 4, letter: {uploaded: 2027-07-01}}
  - {attending: Dr. C, specialty: neurology, start: 2027-03-01, weeks: 4, letter: {requested: 2027-07-20}}
  - {attending: Dr. D, specialty: neurology, start: 2027-04-05, weeks: 4, performance: good}
"""
"""Dr. D is in reserve."""


@pytest.fixture(autouse=True)
def amina(lorplan: Lorplan) -> None:
    """Write Amina's plan file where the command looks for it."""
    (lorplan.folder / "rotations.yaml").write_text(AMINA)


def done(lorplan: Lorplan, *args: str, status: int = 0, as_of: str = AS_OF) -> Result:
    """Run the command as of the day of the samples, or another."""
    return lorplan("done", *args, "--as-of", as_of, status=status)


def text(lorplan: Lorplan) -> str:
    """Read the plan file."""
    return (lorplan.folder / "rotations.yaml").read_text()


def test_most_pressing_action_is_recorded_as_done(lorplan: Lorplan) -> None:
    """As of the day, and the page is that of `mark`."""
    out = done(lorplan, "chen").out
    assert f"feedback: {AS_OF}" in text(lorplan)
    assert out.splitlines()[1] == f"Recorded: feedback on {AS_OF}."
    assert out.splitlines()[-1] == "To take it back: lorplan mark chen feedback --unset"


@pytest.mark.parametrize(("kind", "row", "more", "as_of", "record"), RECORDS)
def test_kind_is_recorded_as_mark_would(  # noqa: PLR0913, PLR0917 - parameters
    lorplan: Lorplan, kind: str, row: str, more: str, as_of: str, record: str
) -> None:
    """Whether it is due or still to come."""
    (lorplan.folder / "rotations.yaml").write_text(row.format(more=more))
    done(lorplan, "chen", kind, as_of=as_of)
    assert record in text(lorplan)


def test_backup_is_recorded_as_asked(lorplan: Lorplan) -> None:
    """For the rotation that the plan names."""
    (lorplan.folder / "rotations.yaml").write_text(WITH_RESERVE)
    done(lorplan, "d", "backup", as_of="2027-08-10")
    assert "performance: good, letter: {asked: 2027-08-10}}" in text(lorplan)


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(("book", "--meeting", "fri"), id="book"),
        pytest.param(("--meeting", "2027-01-22"), id="kind_left_out"),
    ],
)
def test_day_of_the_talk_may_be_given(lorplan: Lorplan, args: tuple[str, ...]) -> None:
    """A weekday is the next one; whoever names the day means the talk."""
    out = done(lorplan, "chen", *args).out
    assert "Recorded: meeting on 2027-01-22.\n" in out
    assert "Changed: the day to ask Dr. Wei Chen is Fri Jan 22.\n" in out
    assert "meeting: 2027-01-22" in text(lorplan)


def test_day_of_the_talk_that_the_plan_proposes_is_named_as_such(lorplan: Lorplan) -> None:
    """With the command for another day, which works."""
    out = done(lorplan, "chen", "book").out
    assert "Recorded: meeting on 2027-01-27, the day that the plan proposes.\n" in out
    [command] = [line for line in out.splitlines() if line.startswith("On another day: ")]
    words = shlex.split(command.partition(": ")[2].replace("DATE", "2027-01-28"))
    lorplan(*words[1:], "--as-of", AS_OF)
    assert "meeting: 2027-01-28" in text(lorplan)


def test_how_it_went_needs_a_word(lorplan: Lorplan) -> None:
    """Nothing is guessed, and what to type is said."""
    err = done(lorplan, "chen", "rate", status=2).err
    assert err == (
        "lorplan: how it went with Dr. Wei Chen needs a word\n"
        "write: lorplan mark chen performance=good (or excellent, fair, poor)\n"
    )
    assert text(lorplan) == AMINA


def test_every_kind_of_action_is_tried_above() -> None:
    """A new kind has to be added."""
    kinds = {"rate", "backup", *(str(param.values[0]) for param in RECORDS)}
    assert kinds == set(LETTER_KINDS)


@pytest.mark.parametrize(
    ("args", "day"),
    [
        pytest.param(("--on", "2027-01-18"), "2027-01-18", id="iso"),
        pytest.param(("--on", "Jan 18 2027"), "2027-01-18", id="month_in_letters"),
        pytest.param(("--on", "mon"), "2027-01-18", id="last_monday"),
        pytest.param(("--on", "yesterday"), "2027-01-19", id="yesterday"),
    ],
)
def test_day_may_be_given(lorplan: Lorplan, args: tuple[str, ...], day: str) -> None:
    """It was done earlier."""
    done(lorplan, "chen", *args)
    assert f"feedback: {day}" in text(lorplan)


def test_dry_run_shows_the_change_and_writes_nothing(lorplan: Lorplan) -> None:
    """As with `mark`."""
    out = done(lorplan, "chen", "--dry-run").out
    assert any(line.startswith("+") and f"feedback: {AS_OF}" in line for line in out.splitlines())
    assert text(lorplan) == AMINA


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(
            ("rossi",),
            "nothing is due for Dr. Luis Rossi before Fri Mar 12\nif it is done already: lorplan done rossi feedback\n",
            id="nothing_yet",
        ),
        pytest.param(
            ("sato",),
            "nothing is due for Dr. Hana Sato: you chose to skip it\nsee lorplan why sato\n",
            id="nothing_at_all",
        ),
        pytest.param(
            ("chen", "packet", "-f", "rotations.yaml"),
            'the plan has no "packet" for Dr. Wei Chen, only feedback, book, rate and ask\n'
            "to record it all the same: lorplan mark chen packet -f rotations.yaml\n",
            id="kind_that_the_letter_has_not",
        ),
        pytest.param(
            ("sato", "ask"),
            'the plan has no "ask" for Dr. Hana Sato, and nothing else to do: you chose to skip it\n'
            "to record it all the same: lorplan mark sato asked\n",
            id="kind_of_a_letter_with_nothing_to_do",
        ),
        pytest.param(("chen", "asl"), 'unknown kind "asl"\ndid you mean ask?\n', id="misspelled"),
        pytest.param(("chen", "xyzzy"), 'unknown kind "xyzzy"\nchoose from notice, feedback, ', id="unknown"),
        pytest.param(
            ("chen", "ask", "--on", "tomorrow"),
            "asked 2027-01-21 is in the future as of 2027-01-20\n"
            "to record it anyway: lorplan mark chen asked=2027-01-21 --force\n",
            id="day_to_come",
        ),
        pytest.param(("chen", "--on", "20.1.2027"), "write YYYY-MM-DD, such as", id="day_in_another_form"),
        pytest.param(
            ("chen", "book", "--on", "fri"),
            "for book, the day to give is that of the talk\nwrite: lorplan done chen book --meeting fri\n",
            id="day_of_booking",
        ),
        pytest.param(
            ("chen", "ask", "--meeting", "fri"),
            "--meeting goes with book only, and this is ask\nwrite: lorplan done chen ask\n",
            id="talk_of_another_kind",
        ),
        pytest.param(("nobody",), 'no rotation matches "nobody"', id="no_rotation"),
        pytest.param(("chen", "-f", "-"), "standard input", id="standard_input"),
    ],
)
def test_wrong_usage_is_refused_with_the_way_out(lorplan: Lorplan, args: tuple[str, ...], message: str) -> None:
    """And nothing is written."""
    assert message in done(lorplan, *args, status=2).err
    assert text(lorplan) == AMINA
