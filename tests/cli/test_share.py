"""`--share`: what is shown to others has no judgement on a person in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from runner import Lorplan

PLAN: Final = """\
applicant: {name: Amina Rahman, season: 2028, targets: [internal medicine]}
rotations:
  - {attending: Dr. Wei Chen, specialty: internal medicine, start: 2027-01-04, end: 2027-01-29,
     performance: excellent, contact: daily, notes: xylophone}
  - {attending: Dr. Amaka Okafor, specialty: cardiology, start: 2027-02-01, end: 2027-02-26,
     performance: fair, contact: weekly, notes: zeppelin}
  - {attending: Dr. Luis Rossi, specialty: family medicine, start: 2027-03-01, end: 2027-03-26,
     performance: poor, notes: marmalade}
  - {attending: Dr. Maria Silva, specialty: neurology, start: 2027-03-29, weeks: 4, contact: rarely}
  - {attending: Dr. Hana Sato, specialty: neurology, start: 2027-04-26, end: 2027-05-21, choice: skip}
  - {attending: Dr. Ana Petrov, specialty: neurology, start: 2026-11-02, end: 2026-11-27, performance: good}
  - {attending: Dr. Ben Ortiz, specialty: neurology, start: 2026-10-05, end: 2026-10-30, performance: excellent}
  - {attending: Dr. Ida Falk, specialty: neurology, start: 2026-09-07, end: 2026-10-02, choice: ask}
programs:
  - {name: Lakeside, specialty: internal medicine, notes: gondola}
"""
TELLING: Final = (
    *("xylophone", "zeppelin", "marmalade", "gondola"),
    *("excellent", "fair", "poor", "daily", "weekly", "rarely"),
    *("performance", "contact", "rated", "weak", "you chose"),
)
"""What was planted, and the words in which a reason tells it."""

SHARED: Final = [
    *(("export", name) for name in ("html", "markdown", "csv")),
    *(("cohort", *options) for options in ((), ("--json",), ("--plain",), ("--writers",), ("--since", "2026-09-01"))),
]
DAYS: Final = ("2026-12-01", "2027-04-01", "2027-08-20")


def find_told(text: str) -> list[str]:
    """List the telling words that a text has."""
    return [word for word in TELLING if word in text.casefold()]


@pytest.fixture(autouse=True)
def files(lorplan: Lorplan) -> None:
    """Write a plan file with judgements of every kind, and the same for another applicant."""
    (lorplan.folder / "rotations.yaml").write_text(PLAN)
    (lorplan.folder / "second.yaml").write_text(PLAN.replace("Amina Rahman", "Li Wu"))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("args", SHARED, ids=" ".join)
def test_shared_output_tells_no_judgement(lorplan: Lorplan, args: tuple[str, ...], day: str) -> None:
    """Of one file and of several."""
    for names in (("rotations.yaml",), ("rotations.yaml", "second.yaml")):
        out = lorplan(*args, *names, "--share", "--as-of", day).out
        assert "Amina Rahman" in out or "--writers" in args or "--since" in args
        assert find_told(out) == []


@pytest.mark.parametrize("name", ["html", "markdown", "csv"])
def test_export_that_is_not_shared_tells_the_reasons(lorplan: Lorplan, name: str) -> None:
    """So that the words above are those to look for; notes are never exported."""
    told = find_told(lorplan("export", name, "--as-of", "2026-12-01").out)
    assert {"performance", "poor", "weak", "fair", "contact", "rarely", "you chose"} <= set(told)
    assert set(told) & {"xylophone", "zeppelin", "marmalade", "gondola"} == set()
    assert "not shared" in lorplan("export", name, "--share", "--as-of", "2026-12-01").out


@pytest.mark.parametrize("name", ["ics", "svg"])
def test_format_that_is_not_sent_to_people_cannot_be_shared(lorplan: Lorplan, name: str) -> None:
    """The message names those that can."""
    result = lorplan("export", name, "--share", status=2)
    assert result.err == f"lorplan: --share cannot be used with {name}\nwrite one of html, markdown or csv\n"
