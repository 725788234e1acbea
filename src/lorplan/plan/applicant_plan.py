"""A plan and the file it was made from, as pages, exports and lists of due actions take it; or that there is none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lorplan.text.file_names import display_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lorplan.plan.model import Plan


class ApplicantPlan(NamedTuple):
    """A plan and the name of its file, which may be STANDARD_INPUT.

    `is_default`: the commands find the file without being told.
    """

    plan: Plan
    file: str
    is_default: bool = False

    @property
    def file_to_name(self) -> str | None:
        """The file as a command must name it; None if it need not."""
        return None if self.is_default else self.file

    @property
    def key(self) -> str:
        """Whose plan it is, as far as the file says: the name, else the e-mail address, else the file's name."""
        applicant = self.plan.applicant
        return applicant.name or applicant.email or self.file.replace("\\", "/").rpartition("/")[2]

    @property
    def file_name(self) -> str:
        """The file's name as a page shows it."""
        return display_name(self.file)

    @property
    def who(self) -> str:
        """The applicant's name, else the file's, as a title names it among others."""
        return self.plan.applicant.name or self.file_name


class UnusableFile(NamedTuple):
    """A file of which no plan can be made: how many problems it has; `is_read` if it could be read at all."""

    file: str
    problems: int
    is_read: bool


def tell_apart(applicants: Sequence[tuple[str | None, str]]) -> list[str]:
    """Name applicants, each given by name and file, so that no two look the same.

    By name, with the file if the name is another's too; by the file alone if there is no name.
    """
    keys = [" ".join((name or "").casefold().split()) for name, _ in applicants]
    times = Counter(keys)
    return [_label(*one, is_shared=times[key] > 1) for one, key in zip(applicants, keys, strict=True)]


def _label(name: str | None, file: str, *, is_shared: bool) -> str:
    shown = display_name(file)
    if name is None:
        return shown
    return f"{name} ({shown})" if is_shared else name
