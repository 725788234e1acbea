"""The first text of a plan file: made-up rotations around a day, each key explained, or what a user answered."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from lorplan.dates.business_days import federal_holidays
from lorplan.dates.eras_seasons import season_reviewing_from
from lorplan.planfile import descriptions
from lorplan.planfile.yaml_tree import as_scalar
from lorplan.text.templates import rendered

if TYPE_CHECKING:
    from jinja2 import BaseLoader

_MEANINGS: Final = {
    **descriptions.LETTER,
    **descriptions.ROTATION,
    **descriptions.APPLICANT,
    "policy": descriptions.PLAN_FILE["policy"],
}
_KEY: Final = re.compile(r"^( *)(?:# |- )?(\w+):.*$", re.MULTILINE)
_COMMENT_COLUMN: Final = 34
_ABOUT: Final = (
    "# `lorplan mark` records here what happens; `lorplan init OTHER.yaml` writes a file that explains every key."
)
_TIME_TO_ASK: Final = timedelta(42)
"""The example's season is one whose programs begin to read six weeks after its last rotation, or later."""


def starter(as_of: date, loader: BaseLoader) -> str:
    """A plan file with a rotation that is over, one that is going on and one to come, as of a day."""
    monday = as_of - timedelta(as_of.weekday())
    third = monday + timedelta(weeks=3)
    season = season_reviewing_from(third + timedelta(weeks=4) + _TIME_TO_ASK)
    known = {
        "as_of": as_of,
        "first": monday - timedelta(weeks=6),
        "second": monday - timedelta(weeks=2),
        "third": third,
        "season": season,
        "portal": max(season.opens, as_of),
        "holiday": next(day for year in (third.year, third.year + 1) for day in _holidays(year) if day >= third),
        "days": timedelta,
    }
    return _explained(rendered("starter.yaml", known, loader)) + "\n"


def _holidays(year: int) -> list[date]:
    return sorted(federal_holidays(year))


def _explained(text: str) -> str:
    """The text with the meaning of each key behind its first appearance, or above where there is no room."""
    seen: set[str] = set()

    def explain(line: re.Match[str]) -> str:
        indentation, key = line.groups()
        if key in seen or key not in _MEANINGS:
            return line[0]
        seen.add(key)
        comment = f"# {_MEANINGS[key]}"
        if len(line[0]) > _COMMENT_COLUMN:
            return f"{indentation}{comment}\n{line[0]}"
        return f"{line[0]:<{_COMMENT_COLUMN}}  {comment}"

    return _KEY.sub(explain, text)


def written(data: dict[str, Any]) -> str:
    """Plain data, of mappings, lists and words, as a plan file in block style."""
    return "\n".join([_ABOUT, *_lines(data)]) + "\n"


def _lines(data: Any) -> list[str]:  # noqa: ANN401 - a tree of plain values
    lines = []
    for key, value in data.items():
        if isinstance(value, str):
            lines.append(f"{key}: {as_scalar(value)}")
        elif isinstance(value, dict):
            lines += [f"{key}:", *(f"  {line}" for line in _lines(value))]
        else:
            lines += [f"{key}:", *(line for item in value for line in _item(item))] if value else [f"{key}: []"]
    return lines


def _item(item: Any) -> list[str]:  # noqa: ANN401 - a tree of plain values
    first, *others = [as_scalar(item)] if isinstance(item, str) else _lines(item)
    return [f"  - {first}", *(f"    {line}" for line in others)]
