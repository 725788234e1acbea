"""The examination of a wrong file agrees with the models about whether anything is wrong."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from lorplan.planfile.models import PlanFile
from lorplan.planfile.validation import find_errors
from lorplan.planfile.yaml_tree import from_python, read_tree, to_python
from oracle.strategies import plans, to_yaml

if TYPE_CHECKING:
    from lorplan.planfile.yaml_tree import Tree

KEYS = (
    *("applicant", "policy", "rotations", "name", "email", "season", "deadline", "targets", "holidays"),
    *("specialty", "in_specialty", "want", "remind_before_days", "lead_days", "attending", "role", "hospital"),
    *("start", "end", "weeks", "last_day", "days", "away", "from", "to", "worked", "us", "experience", "choice"),
    *("letter", "asked", "agreed", "packet", "requested", "reminded", "uploaded", "thanked", "assigned", "declined"),
    *("id", "notes", "first", "last", "x", ""),
    *("programs", "track", "requires", "prefers", "letters", "chair", "hands_on", "months", "max", "also", "applied"),
)
WORDS = (
    *("", "x", "im", "IM", "internal medicine", "Wei Chen", "a@b", "chen", "no such value!", "\u202e", "\u200b"),
    *("2027-01-04", "2027-01-29", "2027-02-30", "1989-12-31", "05/11/2026", "2027-01-18", "all", "lakeside"),
    *("0", "1", "4", "11", "105", "2028", "-1", "yes", "no", "maybe", "mon", "sun", "good", "skip", "hands-on"),
)
SCALARS = st.none() | st.sampled_from(WORDS)
PARTS: list[Tree] = [
    {},
    [],
    ["mon", "x"],
    ["x"],
    ["2027-01-04", None],
    ["im", "IM"],
    ["7", "x"],
    {"name": "Lee"},
    {"specialty": "im"},
    {"asked": "2027-01-04", "agreed": "2027-01-03"},
    {"packet": "2027-01-04"},
    {"declined": "2027-01-04", "uploaded": "2027-01-04"},
    {"from": "2027-01-04", "to": "2027-01-05"},
    {"from": "2027-01-05", "to": "2027-01-04"},
    {"first": "2027-01-04", "last": "2027-01-05"},
    [{"from": "1990-01-01", "to": "2100-12-31"}],
    ["1"] * 1001,
    {"attending": "Wei Chen", "specialty": "im", "start": "2027-01-18", "end": "2027-01-18"},
    {"attending": "Wei Chen", "specialty": "im", "start": "2027-01-04", "end": "2027-01-29", "weeks": "4"},
    {"name": "Lakeside", "specialty": "im", "requires": {"us": "all", "chair": "1"}, "max": "3"},
    {"name": "Mercy", "specialty": "ty", "prefers": {"in_specialty": "1"}},
    [{"name": "A", "specialty": "im", "assigned": ["chen"]}, {"name": "a", "specialty": "IM"}],
]
"""Parts that are right in one place and wrong in another."""

ANY_DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=15,
)


def owners_in(data: Any) -> list[Any]:  # noqa: ANN401 - any part of a plan
    """List every mapping and list in a plan that is not empty."""
    if not isinstance(data, (dict, list)) or not data:
        return []
    values = data.values() if isinstance(data, dict) else data
    return [data, *(owner for value in values for owner in owners_in(value))]


@st.composite
def nearly_plans(draw: st.DrawFn) -> Tree:
    """Draw a valid plan in which up to four values are replaced, removed, repeated or added."""
    root = read_tree(to_yaml(draw(plans()))).root
    assert root is not None
    data = to_python(root)
    for _ in range(draw(st.integers(0, 4))):
        owners = owners_in(data)
        if not owners:
            break
        owner = draw(st.sampled_from(owners))
        key = draw(st.sampled_from(list(owner) if isinstance(owner, dict) else range(len(owner))))
        change = draw(st.sampled_from(["replace", "remove", "add"]))
        value = draw(SCALARS | st.sampled_from(PARTS).map(deepcopy))
        if change == "remove":
            del owner[key]
        elif change == "replace":
            owner[key] = value
        elif isinstance(owner, dict):
            owner[draw(st.sampled_from(KEYS))] = value
        else:
            owner.append(draw(st.sampled_from([value, deepcopy(owner[key])])))
    return data


def is_refused_by_the_models(data: Tree) -> bool:
    """Whether pydantic finds anything wrong."""
    try:
        PlanFile.model_validate(data)
    except ValidationError:
        return True
    return False


@given(nearly_plans() | ANY_DATA)
@example(None)
@example("")
@example([])
@example([{}] * 1001)
@example({"applicant": {"targets": [["x"], "im", "IM"]}})
@example({"rotations": [{"attending": "A", "specialty": "im", "start": "2027-01-18", "end": "2027-01-18"}]})
@example({"applicant": {"holidays": ["x"]}, "rotations": [{"attending": "A", "days": []}]})
@example({"policy": {"remind_before_days": ["1"] * 13}})
def test_errors_are_found_exactly_if_the_models_refuse_the_data(data: Tree) -> None:
    """No refused file is without a problem, and no valid file has one."""
    assert bool(find_errors(from_python(data))) == is_refused_by_the_models(data)
