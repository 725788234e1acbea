"""The attendings of many applicants: who owes how many letters, and since when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lorplan.plan.applicant_plan import tell_apart
from lorplan.reference.attending_names import same_attending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Letter
    from lorplan.rules.letter_history import Status


class WriterLetter(NamedTuple):
    """A letter that is asked for, or is to be: whose it is, and how far. `asked` is the day of the asking."""

    attending: str
    email: str | None
    file: str
    applicant: str | None
    rotation: str
    status: Status
    asked: date | None


class Writer(NamedTuple):
    """One attending with the letters for all applicants, which are at least one."""

    letters: tuple[WriterLetter, ...]

    @property
    def attending(self) -> str:
        """The name as first typed."""
        return self.letters[0].attending

    @property
    def email(self) -> str | None:
        """The first e-mail address that a file gives."""
        return next((one.email for one in self.letters if one.email), None)

    @property
    def owed(self) -> int:
        """How many letters are promised and not uploaded."""
        return self._count("agreed", "requested")

    @property
    def asked(self) -> int:
        """How many letters were asked for and have no answer."""
        return self._count("asked")

    @property
    def delivered(self) -> int:
        """How many letters are uploaded, in this season or an earlier one."""
        return self._count("carried", "uploaded", "assigned")

    @property
    def planned(self) -> int:
        """How many letters are still to be asked for."""
        return self._count("planned")

    @property
    def oldest(self) -> date | None:
        """The first day on which a letter was asked for that is not uploaded yet."""
        waiting = (one.asked for one in self.letters if one.status in {"asked", "agreed", "requested"} and one.asked)
        return min(waiting, default=None)

    @property
    def applicants(self) -> list[str]:
        """The applicants whose letters these are, each once, told apart by their files where need be."""
        by_file = {one.file: one.applicant for one in self.letters}
        return tell_apart([(name, file) for file, name in by_file.items()])

    def _count(self, *statuses: Status) -> int:
        return sum(one.status in statuses for one in self.letters)


def list_letters(applicant_plan: ApplicantPlan) -> list[WriterLetter]:
    """List the letters of a plan that are asked for, or are to be, in file order."""
    letters = sorted(applicant_plan.plan.letters, key=lambda letter: letter.candidate.position)
    return [_writer_letter(letter, applicant_plan) for letter in letters if letter.counts]


def _writer_letter(letter: Letter, applicant_plan: ApplicantPlan) -> WriterLetter:
    return WriterLetter(
        attending=letter.attending,
        email=letter.rotation.attending.email,
        file=applicant_plan.file,
        applicant=applicant_plan.plan.applicant.name,
        rotation=letter.id,
        status=letter.status,
        asked=letter.history.asked,
    )


def find_writers(letters: Sequence[WriterLetter]) -> list[Writer]:
    """Put the letters of each attending together, whoever owes most first, then whoever owes longest.

    The same attending: the same name, unless both have e-mail addresses that differ, or the same address (WHO-10).
    """
    by_person: dict[int, list[WriterLetter]] = {}
    for person, letter in zip(same_attending((one.attending, one.email) for one in letters), letters, strict=True):
        by_person.setdefault(person, []).append(letter)
    return sorted((Writer(tuple(own)) for own in by_person.values()), key=_urgency)


def _urgency(writer: Writer) -> tuple[object, ...]:
    first = writer.letters[0]
    oldest = writer.oldest or date.max
    return -writer.owed, -writer.asked, oldest, writer.attending.casefold(), first.file, first.rotation
