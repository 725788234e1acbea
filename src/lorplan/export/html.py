"""Plans as one page (HTML) that needs nothing else: a drawn timeline, lists, and with several an overview."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from lorplan.export import svg as drawing
from lorplan.plan.due import most_urgent
from lorplan.render.summary import (
    coverage_mark,
    coverage_note,
    coverage_words,
    forecast,
    policy_line,
    season_line,
    when_to_ask,
    why_so,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from jinja2 import BaseLoader

    from lorplan.plan.applicant_plan import Dossier
    from lorplan.plan.model import Coverage, Letter

MARK: Final = '<meta name="generator" content="lorplan">'
"""By this a later export knows that it may replace the page."""


def page(dossiers: Sequence[Dossier], as_of: date, loader: BaseLoader) -> str:
    """The page; everything from a plan file is escaped, and nothing is fetched or run."""
    environment = Environment(loader=loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True)
    css = f"{drawing.CSS}\n{environment.get_template('page.css').render()}"
    title = dossiers[0].who if len(dossiers) == 1 else "Letters of recommendation"
    return environment.get_template("page.html").render(
        title=title,
        as_of=f"{as_of:%A}, {as_of}",
        css=Markup(css),  # noqa: S704 - our own text
        policy=_policy(css),
        level=1 if len(dossiers) == 1 else 2,
        sections=[_section(dossier) for dossier in dossiers],
    )


def _policy(css: str) -> str:
    """What the page may do: show itself in its own style, and nothing else."""
    digest = b64encode(sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _section(dossier: Dossier) -> dict[str, Any]:
    plan = dossier.plan
    return {
        "who": dossier.who,
        "file": dossier.name,
        "season": season_line(plan),
        "policy": policy_line(plan),
        "forecast": forecast(plan),
        "total": plan.forecast.total,
        "secured": plan.forecast.secured,
        "wanted": plan.wanted,
        "coverage": [_coverage(coverage) for coverage in plan.coverage if coverage.target is not None],
        "drawing": Markup(drawing.svg(plan, standalone=False)),  # noqa: S704 - built as elements, so it is escaped
        "legend": drawing.legend(plan),
        "letters": [_letter(letter) for letter in plan.letters],
        "actions": plan.actions,
        "next": most_urgent(plan.actions),
        "warnings": plan.cautions,
    }


def _coverage(coverage: Coverage) -> dict[str, str | None]:
    return {
        "target": coverage.target,
        "mark": coverage_mark(coverage),
        "words": coverage_words(coverage),
        "note": coverage_note(coverage),
    }


def _letter(letter: Letter) -> dict[str, Any]:
    return {
        "rank": letter.ranking.rank if letter.ranking else "",
        "verdict": letter.verdict,
        "attending": letter.attending,
        "when": when_to_ask(letter),
        "why": why_so(letter),
    }
