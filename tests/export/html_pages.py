"""Shared by the tests of HTML pages: pages of samples, and plans whose every field has a hostile value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from builders import plan, rotation
from export.exporting import export, in_file, sample
from samples import AMINA, BENITO, HOSTILE

if TYPE_CHECKING:
    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Plan

HOSTILE_VALUES: Final = {
    "element": '<img src=x onerror="alert(1)">',
    "script": "</title></style></svg><script>alert(1)</script>",
    "handler": '" onmouseover="alert(1)" x=\'',
    "another_handler": "' onfocus='alert(1)' autofocus x=\"",
    "comment": "<!-- --> ]]> <![CDATA[ <!--",
    "escaped_already": "&lt;script&gt; &#60;b&#62; &amp;amp;",
    "template": "{{ 7 * 7 }}{% raw %}{# x #}",
    "address": "javascript:alert(1)//https://example.org/",
}


def page_of(*plans: ApplicantPlan) -> str:
    """Export plans as a page."""
    return export("html", *plans).decode()


def three_applicants() -> tuple[ApplicantPlan, ...]:
    """Give three applicants: one with a name, one without, one with hostile names."""
    return sample(AMINA, "amina.yaml"), sample(BENITO, "benito.yaml"), sample(HOSTILE, "hostile.yaml")


def with_value(value: str, email: str = "a@example.org") -> Plan:
    """Make a plan with a value in every field that takes a text."""
    attending = {"name": value, "email": email}
    asked = {"asked": "2027-02-20"}
    return plan(
        rotation(attending, specialty=value, hospital=value, notes=value, id="one", letter=asked),
        rotation(f"{value} Two", specialty=value, start="2027-04-05", end="2027-04-30"),
        rotation(f"{value} Three", specialty="frobnication", start="2027-05-05", end="2027-05-30", choice="skip"),
        name=value,
        email=email,
        targets=[value, "neurology"],
    )


def hostile_page() -> str:
    """Make a page with an applicant for each hostile value."""
    return page_of(*(in_file(with_value(value), f"{value}.yaml") for value in HOSTILE_VALUES.values()))
