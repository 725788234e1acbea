"""A plan with the file it comes from, as it goes out to calendars, tables and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from lorplan.plan.model import Plan


STANDARD_INPUT: Final = "-"
"""The name that stands for standard input."""


def shown_name(file: str) -> str:
    """A file's name as a person may see it."""
    return "standard input" if file == STANDARD_INPUT else on_one_line(file)


class Dossier(NamedTuple):
    """A plan and its file, which may be STANDARD_INPUT."""

    plan: Plan
    file: str

    @property
    def key(self) -> str:
        """Whose plan it is, as far as the file tells: the name, else the e-mail address, else the file's name."""
        return self.plan.applicant or self.plan.email or self.file.replace("\\", "/").rpartition("/")[2]

    @property
    def name(self) -> str:
        """The file's name as a page shows it."""
        return shown_name(self.file)

    @property
    def who(self) -> str:
        """The applicant's name, else the file, as a title names it among others."""
        return self.plan.applicant or self.name
