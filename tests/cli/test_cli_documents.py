"""The answers for scripts: one JSON document, or tab-separated records, with the documented fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lorplan.rules import BY_ID
from samples import ADVISED, AMINA, AS_OF, BAD, BENITO

if TYPE_CHECKING:
    from runner import Json, Lorplan, Result

LETTER_KEYS = (
    "id attending hospital specialty start last_day days_together for standardized status verdict pick rank strength"
    " tentative tight late silent fresh opens ask_on closes arrives_by on_time reasons decided_by would_change"
)
ACTION_KEYS = "id kind rotation attending on until state channel conditional title rules programs"
SOURCE_KEYS = "title address read confidence says"

TITLES = {"feedback": "how you are doing", "book": "Book", "rate": "Record", "ask": "strong letter"}
"""A part of the title of an action of each kind."""


@pytest.fixture(autouse=True)
def files(lorplan: Lorplan) -> None:
    """Write Amina's plan file where the commands look for it, Benito's, and one with problems."""
    for name, text in (("rotations", AMINA), ("benito", BENITO), ("bad", BAD), ("advised", ADVISED)):
        (lorplan.folder / f"{name}.yaml").write_text(text)


def keys(value: Json) -> str:
    """Join the keys of an object in their order."""
    return " ".join(value)


def key_sets(objects: list[Json]) -> set[str]:
    """Collect the keys of several objects, which must not be none."""
    assert objects
    return {keys(one) for one in objects}


def read_document(result: Result) -> Json:
    """Read exactly one JSON document on one line, with the version first."""
    assert result.out.count("\n") == 1, "one document, one line"
    assert "\x1b" not in result.out
    found = json.loads(result.out)
    assert isinstance(found, dict)
    assert next(iter(found)) == "format_version", "a reader looks at the version first"
    assert found["format_version"] == "1.1"
    return found


def read_records(result: Result) -> list[list[str]]:
    """Read tab-separated records."""
    return [line.split("\t") for line in result.out.splitlines()]


# --- plan ---------------------------------------------------------------------------------------------------


def test_plan_document_has_the_documented_keys_at_every_level(lorplan: Lorplan) -> None:
    """`plan --json` has exactly the documented keys, in their order, at every level."""
    found = read_document(lorplan("plan", "--json", "--as-of", AS_OF))
    assert keys(found) == (
        "format_version kind as_of file applicant season portal_from deadline needed_by latest_ask wanted"
        " asking_closed forecast letters actions coverage programs warnings"
    )
    assert (found["kind"], found["as_of"], found["file"]) == ("plan", AS_OF, "rotations.yaml")
    assert found["applicant"] == {"name": "Amina Rahman", "email": "amina@example.org"}
    assert keys(found["season"]) == "year opens token submit review rank_list match_day ends estimated guessed source"
    assert keys(found["forecast"]) == "secured promised asked planned late"
    assert key_sets(found["letters"]) == {LETTER_KEYS}
    assert key_sets(found["actions"]) == {ACTION_KEYS}
    assert key_sets(found["coverage"]) == {
        "target needed planned asked promised secured late parts service max letters"
    }
    assert key_sets(found["warnings"]) == {"code rotation target text programs requirement needed"}
    assert key_sets([reason for letter in found["letters"] for reason in letter["reasons"]]) == {"rule text"}
    assert key_sets([one["decided_by"] for one in found["letters"] if one["decided_by"]]) == {"rule than"}


def test_skipped_letter_in_a_plan_document_has_nulls_and_false_flags(lorplan: Lorplan) -> None:
    """A skipped letter comes last, has every key, and null where nothing was worked out for it."""
    letter = read_document(lorplan("plan", "--json", "--as-of", AS_OF))["letters"][-1]
    assert (letter["id"], letter["verdict"]) == ("sato", "skip")
    nulls = ("rank", "strength", "fresh", "opens", "ask_on", "closes", "arrives_by", "on_time", "decided_by")
    assert {name: letter[name] for name in nulls} == dict.fromkeys(nulls)
    flags = ("pick", "tentative", "tight", "late", "silent")
    assert {name: letter[name] for name in flags} == dict.fromkeys(flags, False)
    assert letter["reasons"][0]["rule"] == "WHO-12"


@pytest.mark.parametrize("text", ["[]", "rotations: []", "{applicant: {}, policy: {}, rotations: []}"])
def test_document_of_an_empty_plan_has_every_key(lorplan: Lorplan, text: str) -> None:
    """A plan with nothing in it is a document with every key; its lists are empty."""
    usual = read_document(lorplan("plan", "--json", "--as-of", AS_OF))
    found = read_document(lorplan("plan", "-", "--json", "--as-of", AS_OF, stdin=text))
    assert keys(found) == keys(usual)
    assert found["applicant"] == {"name": None, "email": None}
    assert (found["letters"], found["actions"]) == ([], [])
    assert [coverage["target"] for coverage in found["coverage"]] == [None]


def test_page_of_an_empty_plan_has_no_empty_sections(lorplan: Lorplan) -> None:
    """A plan with nothing in it has no timeline and no empty table, and says what to do first."""
    out = lorplan("plan", "-", "--as-of", AS_OF, stdin="[]").out
    assert "Attending" not in out
    assert "Now   add your rotations: lorplan add" in out


def test_plan_records_have_eleven_fields_and_no_days_for_a_skipped_letter(lorplan: Lorplan) -> None:
    """`plan --plain` is one letter a line; a skipped one has neither rank nor days."""
    rows = read_records(lorplan("plan", "--plain", "--as-of", AS_OF))
    assert {len(row) for row in rows} == {11}
    assert [(row[0], row[1], row[7]) for row in rows] == [
        ("1", "ask", "chen"),
        ("2", "ask", "okafor"),
        ("3", "ask", "rossi"),
        ("4", "reserve", "silva"),
        ("", "skip", "sato"),
    ]
    assert rows[0][:10] == [
        *("1", "ask", "planned", "2027-01-25", "2027-01-27", "2027-01-29", "2027-06-30"),
        *("chen", "Dr. Wei Chen", "internal medicine"),
    ]
    assert rows[4][3:7] == [""] * 4
    assert all(row[10].endswith(")") for row in rows), "the reason ends with its rule"


# --- due ----------------------------------------------------------------------------------------------------


def test_due_document_names_file_and_applicant_of_each_action(lorplan: Lorplan) -> None:
    """`due --json` has the actions of the plans, each with the file and the applicant."""
    found = read_document(lorplan("due", "rotations.yaml", "benito.yaml", "--json", "--as-of", AS_OF))
    assert keys(found) == "format_version kind as_of actions next"
    assert (found["kind"], found["as_of"]) == ("due", AS_OF)
    assert key_sets(found["actions"]) == {f"{ACTION_KEYS} file applicant"}
    owners = [(action["state"], action["file"], action["applicant"]) for action in found["actions"]]
    assert owners[:2] == [("overdue", "benito.yaml", None), ("due", "rotations.yaml", "Amina Rahman")]


def test_due_records_have_seven_fields(lorplan: Lorplan) -> None:
    """`due --plain` has the fields state, on, until, kind, rotation, attending, title."""
    rows = read_records(lorplan("due", "--plain", "--as-of", AS_OF))
    assert [row[:6] for row in rows] == [
        ["due", "2027-01-15", "2027-01-22", "feedback", "chen", "Dr. Wei Chen"],
        ["upcoming", "2027-01-25", "2027-01-26", "book", "chen", "Dr. Wei Chen"],
        ["upcoming", "2027-01-25", "2027-01-29", "rate", "chen", "Dr. Wei Chen"],
        ["upcoming", "2027-01-27", "2027-01-29", "ask", "chen", "Dr. Wei Chen"],
    ]
    assert {len(row) for row in rows} == {7}
    assert all(TITLES[row[3]] in row[6] for row in rows)


def test_due_records_of_several_files_end_with_the_file(lorplan: Lorplan) -> None:
    """With several files the file is the eighth field, and what is overdue comes first."""
    rows = read_records(lorplan("due", "rotations.yaml", "benito.yaml", "--plain", "--as-of", AS_OF))
    assert {len(row) for row in rows} == {8}
    assert rows[0][:6] == ["overdue", "2026-11-30", "2026-12-03", "packet", "petrov", "Dr. Ana Petrov"]
    assert [row[7] for row in rows] == ["benito.yaml", *["rotations.yaml"] * 4]


# --- why ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rotation", ["chen", "silva", "sato"])
def test_why_document_has_the_letter_of_the_plan_and_its_reasons(lorplan: Lorplan, rotation: str) -> None:
    """`why --json` is the letter as in the plan, and each reason with the rule's claim, basis and sources."""
    found = read_document(lorplan("why", rotation, "--json", "--as-of", AS_OF))
    assert keys(found) == "format_version kind as_of file letter reasons"
    assert (found["kind"], found["as_of"], found["file"]) == ("why", AS_OF, "rotations.yaml")
    assert found["letter"] in read_document(lorplan("plan", "--json", "--as-of", AS_OF))["letters"]
    assert key_sets(found["reasons"]) == {"rule side text claim basis sources"}
    assert key_sets([source for reason in found["reasons"] for source in reason["sources"]]) == {SOURCE_KEYS}


def test_why_records_have_five_fields(lorplan: Lorplan) -> None:
    """`why --plain` is one reason a line: rule, side, text, basis, source."""
    rows = read_records(lorplan("why", "chen", "--plain", "--as-of", AS_OF))
    assert {len(row) for row in rows} == {5}
    assert {row[1] for row in rows} <= {"for", "against", "unknown"}
    assert [row[3] for row in rows] == [BY_ID[row[0]].basis for row in rows]


# --- check --------------------------------------------------------------------------------------------------


def test_check_document_has_all_problems_and_all_advice(lorplan: Lorplan) -> None:
    """`check --json` has the problems and the advice of all files, and standard error stays empty."""
    result = lorplan("check", "bad.yaml", "advised.yaml", "gone.yaml", "--json", status=1)
    found = read_document(result)
    assert keys(found) == "format_version kind problems advice"
    assert found["kind"] == "check"
    assert key_sets(found["problems"] + found["advice"]) == {"file line column rotation message"}
    assert found["problems"][0] == {
        "file": "bad.yaml",
        "line": 4,
        "column": 8,
        "rotation": "chen",
        "message": "end 2027-01-01 is before start 2027-01-04",
    }
    gone = found["problems"][-1]
    assert (gone["file"], gone["line"], gone["column"], gone["rotation"]) == ("gone.yaml", None, None, None)
    assert [advice["file"] for advice in found["advice"]] == ["advised.yaml"]
    assert result.err == ""


def test_check_document_of_a_good_file_has_empty_lists(lorplan: Lorplan) -> None:
    """A good file gives a document, too."""
    found = read_document(lorplan("check", "rotations.yaml", "--json"))
    assert (found["problems"], found["advice"]) == ([], [])


def test_check_records_have_five_fields(lorplan: Lorplan) -> None:
    """`check --plain` is one problem a line: file, line, column, rotation, message."""
    rows = read_records(lorplan("check", "bad.yaml", "--plain", status=1))
    assert [row[:4] for row in rows] == [["bad.yaml", "4", "8", "chen"], ["bad.yaml", "5", "3", "chen"]]
    assert {len(row) for row in rows} == {5}


# --- rules and season ---------------------------------------------------------------------------------------


def test_rules_document_has_every_rule_with_numbers_and_sources(lorplan: Lorplan) -> None:
    """`rules --json` has every rule with its check, its places in the order, its numbers and its sources."""
    found = read_document(lorplan("rules", "--json"))
    assert keys(found) == "format_version kind rules"
    assert [rule["id"] for rule in found["rules"]] == list(BY_ID)
    assert key_sets(found["rules"]) == {"id claim check compared why basis sources numbers"}
    numbers = [number for rule in found["rules"] for number in rule["numbers"]]
    assert key_sets(numbers) == {"name default unit low high meaning source"}
    assert key_sets([source for rule in found["rules"] for source in rule["sources"]]) == {SOURCE_KEYS}


def test_rule_records_have_six_fields(lorplan: Lorplan) -> None:
    """`rules --plain` is one rule a line: id, basis, claim, numbers, sources, check."""
    rows = read_records(lorplan("rules", "--plain"))
    assert {len(row) for row in rows} == {6}
    assert [row[0] for row in rows] == list(BY_ID)
    assert {row[0]: row[3] for row in rows}["WHEN-7"] == "lead_days=28"


def test_season_document_of_a_named_year_has_no_day_and_no_file(lorplan: Lorplan) -> None:
    """`season YEAR --json` depends neither on the day nor on a plan file."""
    (lorplan.folder / "rotations.yaml").write_text(BAD)
    found = read_document(lorplan("season", "2028", "--json"))
    assert keys(found) == "format_version kind as_of file season"
    assert (found["as_of"], found["file"]) == (None, None)
    assert found["season"] == {
        "year": 2028,
        "opens": "2027-06-02",
        "token": "2027-06-23",
        "submit": "2027-09-01",
        "review": "2027-09-22",
        "rank_list": "2028-03-01",
        "match_day": "2028-03-17",
        "ends": "2028-05-31",
        "estimated": True,
        "guessed": False,
        "source": found["season"]["source"],
    }


def test_season_records_have_four_fields(lorplan: Lorplan) -> None:
    """`season --plain` is one day a line: year, name, day, published or estimated."""
    rows = read_records(lorplan("season", "2026", "--plain"))
    assert [row[1] for row in rows] == ["opens", "token", "submit", "review", "rank_list", "match_day", "ends"]
    assert rows[0] == ["2026", "opens", "2025-06-04", "published"]


# --- whatever the terminal is -------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--json", "--plain"])
@pytest.mark.parametrize("command", [("plan",), ("due",), ("why", "chen")], ids=lambda command: command[0])
def test_answers_for_scripts_do_not_depend_on_width_and_color(
    lorplan: Lorplan, command: tuple[str, ...], option: str
) -> None:
    """A document or a record is never styled and never wrapped."""
    args = (*command, option, "--as-of", AS_OF)
    usual = lorplan(*args).out
    for columns in ("20", "300", None):
        odd = {"COLUMNS": columns, "FORCE_COLOR": "1"}
        assert lorplan(*args, "--color", "always", env=odd).out == usual
    assert "\x1b" not in usual
