"""The first text of a plan file: an example around today with every key explained, or what the user answered."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from lorplan.dates.business_days import hospital_holidays
from lorplan.dates.eras_seasons import season_reviewing_from
from lorplan.planfile.models import Applicant, LetterEvents, PlanFile, Rotation
from lorplan.planfile.yaml_tree import write_scalar
from lorplan.text.templates import render_template

if TYPE_CHECKING:
    from jinja2 import BaseLoader

    from lorplan.planfile.yaml_tree import Tree

_KEY: Final = re.compile(r"^( *)(?:# |- )?(\w+):.*$", re.MULTILINE)
_COMMENT_COLUMN: Final = 34
_HEADER: Final = (
    "# `lorplan mark` records here what happens; `lorplan init OTHER.yaml` writes a file that explains every key."
)
_TIME_TO_ASK: Final = timedelta(42)
"""The example's programs begin to review at least six weeks after its last rotation."""


def write_starter(as_of: date, loader: BaseLoader) -> str:
    """Write a plan file with a rotation that is over, one that is running and one to come, as of a day."""
    monday = as_of - timedelta(as_of.weekday())
    third = monday + timedelta(weeks=3)
    season = season_reviewing_from(third + timedelta(weeks=4) + _TIME_TO_ASK)
    facts = {
        "as_of": as_of,
        "first": monday - timedelta(weeks=6),
        "second": monday - timedelta(weeks=2),
        "third": third,
        "season": season,
        "portal": max(season.token, as_of),
        "holiday": _first_holiday(third),
        "days": timedelta,
    }
    return _explain_keys(render_template("starter.yaml", facts, loader)) + "\n"


def _first_holiday(day: date) -> date:
    """Find the first hospital holiday on or after a day."""
    holidays = sorted(hospital_holidays(day.year) | hospital_holidays(day.year + 1))
    return next(holiday for holiday in holidays if holiday >= day)


def _meanings() -> dict[str, str]:
    """Return the meaning of every key of the example, from the models."""
    parts = (LetterEvents, Rotation, Applicant)
    described = {
        field.alias or name: field.description or "" for part in parts for name, field in part.model_fields.items()
    }
    return {**described, "policy": PlanFile.model_fields["policy"].description or ""}


def _explain_keys(text: str) -> str:
    """Add the meaning of each key where it first appears: after it, or above it if there is no room."""
    meanings = _meanings()

    def explain(line: re.Match[str]) -> str:
        indentation, key = line.groups()
        meaning = meanings.pop(key, None)
        if meaning is None:
            return line[0]
        if len(line[0]) > _COMMENT_COLUMN:
            return f"{indentation}# {meaning}\n{line[0]}"
        return f"{line[0]:<{_COMMENT_COLUMN}}  # {meaning}"

    return _KEY.sub(explain, text)


# --- from answers -------------------------------------------------------------------------------------------


def write_answers(data: dict[str, Any]) -> str:
    """Write plain data, of mappings, lists and words, as a plan file in block style."""
    return "\n".join([_HEADER, *_lines(data)]) + "\n"


def _lines(data: dict[str, Any]) -> list[str]:
    lines = []
    for key, value in data.items():
        if isinstance(value, str):
            lines.append(f"{key}: {write_scalar(value)}")
        elif isinstance(value, dict):
            lines += [f"{key}:", *(f"  {line}" for line in _lines(value))]
        else:
            lines += [f"{key}:", *(line for item in value for line in _item(item))] if value else [f"{key}: []"]
    return lines


def _item(item: Tree) -> list[str]:
    first, *others = _lines(item) if isinstance(item, dict) else [write_scalar(str(item))]
    return [f"  - {first}", *(f"    {line}" for line in others)]
