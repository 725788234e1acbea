"""The ids of rotations: written by the user, else derived from the attendings' names, and all different."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.planfile.models import MAX_ROTATIONS
from lorplan.planfile.rotation_ids import IdParts, rotation_ids
from lorplan.reference.attending_names import id_from_name

CHARACTERS = st.sampled_from("aAbBéßİ陳श्\u0131 -.,'1²ø\u0308\u200d") | st.integers(0, 0x10FFFF).map(chr)
NAMES = st.text(CHARACTERS, max_size=12) | st.sampled_from(
    ["Dr. Chen", "Chen", "Chen MD", "Lee", "Dr.", "chen-2027-01", "chen-2", "Chen-2027-01-2"]
)
MONTHS = st.sampled_from(["2027-01", "2027-02"])
WRITTEN = st.lists(
    st.none() | st.sampled_from(["chen", "Chen", "chen-2027-01", "chen-2027-01-2", "lee", "rotation"]), max_size=12
).filter(lambda ids: len({*ids} - {None}) == len([one for one in ids if one]))


@st.composite
def rotations(draw: st.DrawFn) -> list[IdParts]:
    """Draw rotations, some with written ids, no two of these equal."""
    return [IdParts(written, draw(NAMES), draw(MONTHS)) for written in draw(WRITTEN)]


def ids_of(*names: str, month: str = "2027-01") -> tuple[str, ...]:
    """Derive the ids of rotations that begin in one month."""
    return rotation_ids([IdParts(None, name, month) for name in names])


class TestDerivedIds:
    def test_different_derived_ids_have_no_month(self) -> None:
        """The month is added only to ids that would be equal."""
        assert ids_of("Wei Chen", "Ann Lee") == ("chen", "lee")

    def test_later_one_of_two_equal_derived_ids_gets_the_month_of_the_start(self) -> None:
        """A namesake who is added at the end changes nobody's id."""
        chens = [IdParts(None, "Wei Chen", "2027-01"), IdParts(None, "Bo Chen", "2027-03")]
        assert rotation_ids(chens) == ("chen", "chen-2027-03")

    def test_equal_derived_ids_of_one_month_are_numbered_in_the_order_of_the_file(self) -> None:
        """The second has the month alone, the others count from two."""
        assert ids_of("Chen", "Chen", "Chen") == ("chen", "chen-2027-01", "chen-2027-01-2")

    def test_name_that_looks_like_an_id_with_month_gets_the_month_again(self) -> None:
        """An attending whose name is another's id with month does not get that id as well."""
        assert ids_of("Chen", "Chen", "X Chen-2027-01") == ("chen", "chen-2027-01", "chen-2027-01-2027-01")

    def test_names_without_a_letter_get_different_ids(self) -> None:
        """Their common stem gets month and number like any other."""
        assert ids_of("?", "!") == ("rotation", "rotation-2027-01")

    def test_as_many_equal_names_as_a_file_may_have_are_numbered_through(self) -> None:
        """The last of a long file of equal names is numbered like the second."""
        found = ids_of(*["Wei Chen"] * MAX_ROTATIONS)
        assert (len(set(found)), found[-1]) == (MAX_ROTATIONS, f"chen-2027-01-{MAX_ROTATIONS - 1}")


class TestWrittenIds:
    @pytest.mark.parametrize(
        ("written", "derived"),
        [
            pytest.param(["lee"], "chen", id="another_id_changes_nothing"),
            pytest.param(["chen"], "chen-2027-01", id="the_same_id_adds_the_month"),
            pytest.param(["chen", "chen-2027-01"], "chen-2027-01-2", id="the_id_with_month_adds_a_number"),
            pytest.param(["chen", "chen-2027-01", "chen-2027-01-2"], "chen-2027-01-3", id="the_next_free_number"),
            pytest.param(["Chen"], "chen", id="case_makes_another_id"),
        ],
    )
    @pytest.mark.parametrize("written_first", [True, False])
    def test_derived_id_changes_if_it_is_equal_to_a_written_one(
        self, written: list[str], derived: str, *, written_first: bool
    ) -> None:
        """An id that the user wrote stays, wherever it is in the file."""
        own = [IdParts(one, "Somebody Else", "2027-01") for one in written]
        chen = [IdParts(None, "Wei Chen", "2027-01")]
        found = rotation_ids([*own, *chen] if written_first else [*chen, *own])
        assert found == ((*written, derived) if written_first else (derived, *written))

    def test_many_written_numbers_are_skipped(self) -> None:
        """Numbers that the user wrote already are not used again."""
        half = MAX_ROTATIONS // 2
        own = [IdParts(f"chen-2027-01-{number}", "A", "2027-01") for number in range(2, half + 2)]
        found = rotation_ids([*own, *[IdParts(None, "Chen", "2027-01")] * half])
        assert (len(set(found)), found[-1]) == (2 * half, f"chen-2027-01-{2 * half - 1}")


class TestAllIds:
    @given(rotations())
    def test_ids_of_any_rotations_are_all_different(self, drawn: list[IdParts]) -> None:
        """No id names two rotations."""
        assert len(set(rotation_ids(drawn))) == len(drawn)

    @given(rotations())
    def test_written_ids_of_any_rotations_stay(self, drawn: list[IdParts]) -> None:
        """Every id that the user wrote is the rotation's id."""
        found = rotation_ids(drawn)
        assert all(parts.written in {None, one} for parts, one in zip(drawn, found, strict=True))

    @given(rotations())
    def test_derived_ids_of_any_rotations_are_the_stem_with_month_and_number(self, drawn: list[IdParts]) -> None:
        """A derived id is that of the name, at most followed by the month and then a number."""
        for parts, found in zip(drawn, rotation_ids(drawn), strict=True):
            if parts.written is None:
                tail = found.removeprefix(id_from_name(parts.attending))
                assert re.fullmatch(rf"(-{parts.month})?(-[1-9]\d*)?", tail), found
