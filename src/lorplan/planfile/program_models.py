"""The programs of a plan file as frozen values: what the page of each asks for, and what became of it."""

# Annotations are values here: pydantic reads them all, and one that it must evaluate from text first takes longer.

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from lorplan.planfile.base_model import CheckError, Model, OneOrMore, check
from lorplan.planfile.field_types import MOST_LETTERS, Day, Id, Line, LongLine, Note, NumberOrAll, Whole
from lorplan.reference.specialties import TRANSITIONAL, canonical

MAX_MONTHS: Final = 120
"""Ten years: no program asks for letters that are older still."""

_Number = Annotated[Whole, Field(ge=0, le=MOST_LETTERS)]
COUNTED: Final = ("letters", "in_specialty", "us", "chair", "standardized", "hands_on")
"""What a number of letters is asked for, in the order in which it is told."""


class Requirements(Model):
    """What the page of a program says about its letters, the dean's letter (MSPE) not counted."""

    letters: _Number | None = Field(
        None, description="the least number of letters, the dean's letter not counted (default: `want` of the policy)"
    )
    in_specialty: _Number = Field(0, description="how many must count for its specialty, or for each if it is combined")
    us: NumberOrAll = Field(0, description="how many must come from the US; or `all`")
    chair: _Number = Field(0, description="how many must come from a chair or program director")
    standardized: _Number = Field(0, description="how many must be standardized (SLOE)")
    hands_on: NumberOrAll = Field(0, description="how many must come from hands-on work; or `all`")
    months: Annotated[Whole, Field(ge=1, le=MAX_MONTHS)] | None = Field(
        None, description="how many months old a letter may be on the deadline"
    )

    def number(self, key: str) -> int:
        """Return how many letters a key asks for; `all` asks for no number."""
        found = getattr(self, key)
        return 0 if found is None or found == "all" else int(found)


class Program(Model):
    """One program that the applicant applies to."""

    name: Line = Field(description="the program's name; unique together with specialty and track")
    specialty: Line = Field(description="the target that it belongs to")
    track: Line | None = Field(None, description="categorical, preliminary ... where a name has several programs")
    requires: Requirements = Field(Requirements(), description="what its page says that letters must be")
    prefers: Requirements = Field(Requirements(), description="what its page says that letters should be")
    max: Annotated[Whole, Field(ge=1, le=MOST_LETTERS)] | None = Field(
        None, description="the most letters that it takes (default: what the service takes)"
    )
    deadline: Day | None = Field(None, description="the day that its page prints; leave out if it prints none")
    also: OneOrMore[LongLine] = Field((), description="what else its page wants, which nothing here can check")
    applied: Day | None = Field(None, description="the day you applied; what is assigned is final from then on")
    assigned: OneOrMore[Line] = Field((), description="the ids of the letters that are assigned to it in the portal")
    choice: Literal["skip"] | None = Field(None, description="skip: you do not apply after all")
    read: Day | None = Field(None, description="the day you read its page")
    url: LongLine | None = Field(None, description="the address of its page")
    notes: Note | None = Field(None, description="anything you want to remember")
    id: Id | None = Field(None, description="the program's name on the command line (default: from its name)")

    @check("requires", "max")
    def _check_numbers(self) -> Iterator[CheckError]:
        for key in COUNTED:
            number = self.requires.number(key)
            if self.max is not None and number > self.max:
                yield CheckError(("requires", key), f"{key} {number} is more than max {self.max}")

    @check("specialty", "requires", "prefers")
    def _check_transitional(self) -> Iterator[CheckError]:
        if canonical(self.specialty) != TRANSITIONAL:
            return
        for key in ("requires", "prefers"):
            if getattr(self, key).in_specialty:
                yield CheckError((key, "in_specialty"), "a transitional year has no specialty that letters come from")

    @check(entries=("assigned",))
    def _check_assigned(self) -> Iterator[CheckError]:
        for index, letter in enumerate(self.assigned):
            if letter in self.assigned[:index]:
                yield CheckError(("assigned", index), f'"{letter}" is assigned twice')

    @property
    def skipped(self) -> bool:
        """Whether the user does not apply after all."""
        return self.choice == "skip"
