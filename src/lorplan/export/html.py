"""Plans as one page (HTML) that needs nothing else: a timeline, lists, and before several plans the cohort."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from lorplan.export import svg
from lorplan.export.formats import HEAD_BYTES
from lorplan.plan.applicant_plan import tell_apart
from lorplan.plan.cohort import assess, assess_unusable, worst_first
from lorplan.plan.due import by_urgency
from lorplan.render.program_matrix import make_matrix
from lorplan.render.summary import (
    coverage_mark,
    coverage_note,
    describe_coverage,
    describe_forecast,
    describe_policy,
    describe_programs,
    describe_reason,
    describe_season,
    describe_standing,
    describe_when,
    when_to_ask,
)
from lorplan.text.templates import render_template

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lorplan.export.formats import ExportOptions
    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.cohort import CohortLine
    from lorplan.plan.model import Action, Coverage, Letter, Plan

_SIGNATURE: Final = '<meta name="generator" content="lorplan">'


def write(plans: Sequence[ApplicantPlan], options: ExportOptions) -> bytes:
    """Write the page; everything from a plan file is escaped, and nothing is fetched or run."""
    style = render_template("page.css", {"as_of": options.as_of}, options.loader)
    css = f"{svg.PAGE_CSS}\n{style}"
    lines = _cohort(plans, options)
    title = "Letters of recommendation" if lines else plans[0].who
    facts = {
        "title": title,
        "as_of": options.as_of,
        "day": f"{options.as_of:%A}, {options.as_of}",
        "css": Markup(css),  # noqa: S704 - nothing in it comes from a plan file
        "policy": _content_security_policy(css),
        "level": 2 if lines else 1,
        "cohort": lines,
        "sections": [_section(applicant_plan) for applicant_plan in plans],
    }
    return render_template("page.html", facts, options.loader).encode()


def is_ours(content: bytes) -> bool:
    """Whether a file is one of these pages."""
    return _SIGNATURE.encode() in content[:HEAD_BYTES]


def _content_security_policy(css: str) -> str:
    """Let the page show itself in its own style, and nothing else."""
    digest = b64encode(sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _cohort(plans: Sequence[ApplicantPlan], options: ExportOptions) -> list[dict[str, Any]]:
    """Write a line for each file, worst first, with the number of its section; none for a single file."""
    if len(plans) + len(options.unusable) == 1:
        return []
    sections = {one.file: number for number, one in enumerate(plans, start=1)}
    found = worst_first([*map(assess, plans), *map(assess_unusable, options.unusable)])
    labels = tell_apart([(one.applicant, one.file) for one in found])
    return [_line(one, label, sections.get(one.file)) for one, label in zip(found, labels, strict=True)]


def _line(one: CohortLine, label: str, section: int | None) -> dict[str, Any]:
    action, dates = one.next, one.dates
    return {
        "who": label,
        "section": section,
        "wrong": one.wrong,
        "is_overdue": one.overdue > 0,
        "counts": one.forecast,
        "wanted": one.wanted,
        "gaps": len(one.gaps),
        "short": one.programs["short"],
        "next": {"when": describe_when(action, dates), "title": action.title} if action and dates else None,
    }


def _section(applicant_plan: ApplicantPlan) -> dict[str, Any]:
    plan, spoken = applicant_plan.plan, applicant_plan.plan.dates.write_days_in
    return {
        "who": applicant_plan.who,
        "file": applicant_plan.file_name,
        "season": spoken(describe_season(plan)),
        "policy": describe_policy(plan),
        **_now(plan),
        "forecast": spoken(describe_forecast(plan)),
        "coverage": [_coverage(coverage) for coverage in plan.coverage if coverage.target is not None],
        "drawing": Markup(svg.draw(plan, standalone=False)),  # noqa: S704 - made of elements, so it is escaped
        "legend": spoken(svg.legend(plan)),
        "letters": [_letter(letter, spoken) for letter in plan.letters],
        "programs": describe_programs(plan),
        "matrix": make_matrix(plan) if plan.programs else None,
        "actions": plan.actions,
        "warnings": [spoken(text) for text in plan.warning_texts],
    }


def _now(plan: Plan) -> dict[str, Any]:
    """Say what is to be done now, else why nothing is, and what comes next."""
    actions = by_urgency(plan.actions)
    now = [_action(action, plan) for action in actions if action.is_due]
    later = next((_action(action, plan) for action in plan.actions if not action.is_due), None)
    return {"now": now, "standing": describe_standing(plan), "later": later}


def _action(action: Action, plan: Plan) -> dict[str, str]:
    return {"state": action.state, "when": describe_when(action, plan.dates), "title": action.title}


def _coverage(coverage: Coverage) -> dict[str, str | None]:
    return {
        "target": coverage.target,
        "mark": coverage_mark(coverage),
        "words": describe_coverage(coverage),
        "note": coverage_note(coverage),
    }


def _letter(letter: Letter, spoken: Callable[[str], str]) -> dict[str, Any]:
    return {
        "rank": letter.rank or "",
        "verdict": letter.verdict,
        "attending": letter.attending,
        "when": spoken(when_to_ask(letter)),
        "why": spoken(describe_reason(letter)),
    }
