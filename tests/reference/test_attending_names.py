"""Ids made of attendings' names, and which entries are one person."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.reference.attending_names import Entry, derived_id, name_key, rotation_ids, same_attending

CHARACTERS = st.sampled_from("aAbBéßİ陳श्\u0131 -.,'1²ø\u0308\u200d") | st.integers(0, 0x10FFFF).map(chr)
NAMES = st.text(CHARACTERS, max_size=12) | st.sampled_from(
    ["Dr. Chen", "Chen", "Chen MD", "Lee", "Dr.", "chen-2027-01", "chen-2", "Chen-2027-01-2"]
)
MONTHS = st.sampled_from(["2027-01", "2027-02"])
WRITTEN = st.lists(
    st.none() | st.sampled_from(["chen", "Chen", "chen-2027-01", "chen-2027-01-2", "lee", "rotation"]),
    max_size=12,
).filter(lambda ids: len({*ids} - {None}) == len([id_ for id_ in ids if id_]))


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Draw rotations of which some have ids of their own, no two the same."""
    return [Entry(written, draw(NAMES), draw(MONTHS)) for written in draw(WRITTEN)]


def ids_of(*names: str, month: str = "2027-01") -> tuple[str, ...]:
    """Derive the ids of rotations that begin in one month."""
    return rotation_ids([Entry(None, name, month) for name in names])


class TestDerivedId:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            pytest.param("Wei Chen", "chen", id="last_word_in_lower_case"),
            pytest.param("  Wei   Chen  ", "chen", id="spaces_around"),
            pytest.param("Wei\u00a0Chen", "chen", id="no_break_space"),
            pytest.param("Dr. Chen", "chen", id="title_with_dot"),
            pytest.param("Dr.Chen", "chen", id="title_glued_by_its_dot"),
            pytest.param("Prof.Wei Chen", "chen", id="title_glued_to_a_first_name"),
            pytest.param("Chen Dr", "chen", id="title_behind"),
            pytest.param("Wei Chen MD", "chen", id="degree"),
            pytest.param("Wei Chen M.D.", "chen", id="degree_with_dots"),
            pytest.param("Wei Chen Ph.D. MBBS MBChB MPH MSc FACP DO", "chen", id="every_degree"),
            pytest.param("Wei Chen, MD, PhD", "chen", id="degrees_after_a_comma"),
            pytest.param("Chen, Wei", "chen", id="surname_first"),
            pytest.param("Martin King Jr.", "king", id="junior"),
            pytest.param("John Smith III", "smith", id="the_third"),
            pytest.param("John Smith Sr MD", "smith", id="senior_with_a_degree"),
            pytest.param("John Smith II", "smith", id="the_second"),
            pytest.param("John Smith IV", "iv", id="only_the_generations_that_are_named"),
            pytest.param("O'Hara", "ohara", id="apostrophe_falls_away"),
            pytest.param("José Álvarez-Núñez", "álvarez-núñez", id="hyphen_stays"),
            pytest.param("J. R. Lee_Park", "leepark", id="underscore_falls_away"),
            pytest.param("Anna Müller", "müller", id="umlaut"),
            pytest.param("Anna Mu\u0308ller", "müller", id="umlaut_in_two_characters"),
            pytest.param("陳大文", "陳大文", id="han"),
            pytest.param("Nguyễn Văn Nguyễn", "nguyễn", id="vietnamese"),
            pytest.param("राम शर्मा", "शर्मा", id="devanagari_with_its_marks"),
            pytest.param("محمد علي", "علي", id="arabic"),
            pytest.param("Attending 7", "7", id="digits"),
            pytest.param("Chen (Cardiology)", "cardiology", id="brackets_fall_away"),
            pytest.param("Chen -", "chen", id="a_hyphen_alone_is_no_word"),
            pytest.param("Chen ?!", "chen", id="marks_alone_are_no_word"),
            pytest.param("Dr.", "dr", id="a_title_where_nothing_else_is_left"),
            pytest.param("Dr. MD", "md", id="the_last_word_where_all_are_titles_and_degrees"),
            pytest.param("Do", "do", id="a_surname_that_is_spelt_like_a_degree"),
            pytest.param("Dr. Jr., MD", "jr", id="a_generation_where_nothing_else_is_left"),
            pytest.param("", "rotation", id="nothing"),
            pytest.param("?", "rotation", id="nothing_left"),
            pytest.param("-", "rotation", id="only_a_hyphen"),
            pytest.param(", Chen", "rotation", id="nothing_before_the_comma"),
        ],
    )
    def test_is_the_last_word_of_the_name(self, name: str, expected: str) -> None:
        """The id is the last word before any comma that is no title, generation or degree."""
        assert derived_id(name) == expected

    @given(NAMES)
    def test_is_made_of_letters_digits_and_hyphens(self, name: str) -> None:
        """The id shows something and holds nothing but letters, marks, digits and hyphens."""
        found = derived_id(name)
        assert all(c.isalnum() or c == "-" or unicodedata.category(c)[0] == "M" for c in found)
        assert any(c.isalnum() for c in found)


class TestRotationIds:
    def test_that_differ_stay_short(self) -> None:
        """A month is only there to tell equal ids apart."""
        assert ids_of("Wei Chen", "Ann Lee") == ("chen", "lee")

    def test_that_are_equal_each_get_the_month_of_the_start(self) -> None:
        """Both of two equal ids get the month, so that neither depends on the order."""
        entries = [Entry(None, "Wei Chen", "2027-01"), Entry(None, "Bo Chen", "2027-03")]
        assert rotation_ids(entries) == ("chen-2027-01", "chen-2027-03")

    def test_of_one_month_are_numbered_in_the_order_of_the_file(self) -> None:
        """The first keeps the month alone, the others count from two."""
        assert ids_of("Chen", "Chen", "Chen") == ("chen-2027-01", "chen-2027-01-2", "chen-2027-01-3")

    @pytest.mark.parametrize(
        ("written", "derived"),
        [
            pytest.param(["lee"], "chen", id="another_id_changes_nothing"),
            pytest.param(["chen"], "chen-2027-01", id="gives_way_with_the_month"),
            pytest.param(["chen", "chen-2027-01"], "chen-2027-01-2", id="and_with_a_number"),
            pytest.param(
                ["chen", "chen-2027-01", "chen-2027-01-2"], "chen-2027-01-3", id="that_nobody_has_written"
            ),
            pytest.param(["Chen"], "chen", id="case_makes_another_id"),
        ],
    )
    @pytest.mark.parametrize("written_first", [True, False])
    def test_derived_gives_way_to_written(self, written: list[str], derived: str, *, written_first: bool) -> None:
        """An id that the user wrote is never changed, wherever in the file it stands."""
        own = [Entry(id_, "Somebody Else", "2027-01") for id_ in written]
        chen = [Entry(None, "Wei Chen", "2027-01")]
        found = rotation_ids([*own, *chen] if written_first else [*chen, *own])
        assert found == ((*written, derived) if written_first else (derived, *written))

    def test_with_a_name_that_looks_like_a_month_stay_different(self) -> None:
        """An attending whose name is another's id with month does not take it away twice."""
        assert ids_of("Chen", "Chen", "X Chen-2027-01") == (
            "chen-2027-01",
            "chen-2027-01-2",
            "chen-2027-01-3",
        )

    def test_of_the_nameless_are_told_apart_too(self) -> None:
        """Names without a letter share a stem like any other."""
        assert ids_of("?", "!") == ("rotation-2027-01", "rotation-2027-01-2")

    @given(entries())
    def test_are_all_different(self, drawn: list[Entry]) -> None:
        """No two rotations can be called by one id."""
        assert len(set(rotation_ids(drawn))) == len(drawn)

    @given(entries())
    def test_written_never_change(self, drawn: list[Entry]) -> None:
        """Every id the user wrote is the rotation's id."""
        found = rotation_ids(drawn)
        assert all(entry.written in {None, id_} for entry, id_ in zip(drawn, found, strict=True))

    @given(entries())
    def test_derived_are_the_stem_with_month_and_number(self, drawn: list[Entry]) -> None:
        """A derived id is the name's, at most with the month and then a number behind it."""
        for entry, found in zip(drawn, rotation_ids(drawn), strict=True):
            if entry.written is None:
                tail = found.removeprefix(derived_id(entry.attending))
                assert re.fullmatch(rf"(-{entry.month})?(-[1-9]\d*)?", tail), found

    def test_of_twenty_thousand_equal_names_are_numbered_through(self) -> None:
        """A long file of equal names needs one step a rotation, and the last is numbered like the second."""
        found = ids_of(*["Wei Chen"] * 20_000)
        assert (len(set(found)), found[-1]) == (20_000, "chen-2027-01-20000")

    def test_of_twenty_thousand_names_around_written_ids_stay_different(self) -> None:
        """Numbers that the user wrote already are passed over, once."""
        own = [Entry(f"chen-2027-01-{number}", "A", "2027-01") for number in range(2, 10_002)]
        found = rotation_ids([*own, *[Entry(None, "Chen", "2027-01")] * 10_000])
        assert (len(set(found)), found[-1]) == (20_000, "chen-2027-01-20000")


class TestNameKey:
    @pytest.mark.parametrize(
        "spelling",
        [
            pytest.param("wei  CHEN", id="case_and_spaces"),
            pytest.param("Dr. Wei Chen", id="title"),
            pytest.param("Dr.Wei Chen", id="glued_title"),
            pytest.param("PROFESSOR Doctor Wei Chen", id="two_titles"),
            pytest.param("Mr Wei Chen", id="mr"),
            pytest.param("Mrs. Wei Chen", id="mrs"),
            pytest.param("Ms. Wei Chen", id="ms"),
            pytest.param("Miss Wei Chen", id="miss"),
            pytest.param("Prof Wei Chen", id="prof"),
            pytest.param("Wei Chen, MD", id="comma_and_degree"),
            pytest.param("Wei Chen M.D., Ph.D.", id="degrees_with_dots"),
            pytest.param("Wei, Chen", id="comma"),
            pytest.param("\uff37ei Chen", id="full_width_letter"),
        ],
    )
    def test_is_one_for_all_spellings_of_a_name(self, spelling: str) -> None:
        """Case, spaces, commas, titles in front and degrees at the end do not make another person."""
        assert name_key(spelling) == name_key("Wei Chen")

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param("Wei Chan", id="another_name"),
            pytest.param("Wei Chen Jr", id="the_son"),
            pytest.param("Chen Wei", id="another_order"),
            pytest.param("MD Wei Chen", id="degree_in_front_is_a_name"),
            pytest.param("Wei Dr Chen", id="title_in_the_middle_is_a_name"),
        ],
    )
    def test_differs_for_another_name(self, other: str) -> None:
        """Nothing else is passed over."""
        assert name_key(other) != name_key("Wei Chen")

    @pytest.mark.parametrize(
        "name",
        [
            pytest.param("Dr.", id="only_a_title"),
            pytest.param("MD", id="only_a_degree"),
            pytest.param("Dr. MD", id="title_and_degree"),
            pytest.param("Dr. Prof., MD, PhD", id="titles_and_degrees"),
            pytest.param(",", id="only_a_comma"),
        ],
    )
    def test_is_never_emptied(self, name: str) -> None:
        """None of what is passed over may empty the name."""
        assert name_key(name)

    def test_keeps_apart_two_names_that_would_be_emptied(self) -> None:
        """An attending entered as a title is not the same as one entered as a degree."""
        assert name_key("Dr.") != name_key("MD")


class TestSameAttending:
    @pytest.mark.parametrize(
        ("people", "same"),
        [
            pytest.param([("Wei Chen", None), ("Dr. wei chen, MD", None)], (0, 0), id="one_name"),
            pytest.param([("Wei Chen", None), ("Bo Chen", None)], (0, 1), id="two_names"),
            pytest.param([("Wei Chen", "a@x.org"), ("Wei Chen", None)], (0, 0), id="one_name_one_address"),
            pytest.param([("Wei Chen", "a@x.org"), ("Wei Chen", "b@x.org")], (0, 1), id="one_name_two_addresses"),
            pytest.param([("Wei Chen", "a@x.org"), ("W. Chen", "A@X.org")], (0, 0), id="one_address"),
            pytest.param(
                [("Wei Chen", "a@x.org"), ("Wei Chen", "b@x.org"), ("Wei Chen", None)],
                (0, 0, 0),
                id="one_without_address_is_the_same_as_both",
            ),
            pytest.param(
                [("Wei Chen", "a@x.org"), ("Bo Lee", "a@x.org"), ("Bo Lee", None), ("Wei Chen", "b@x.org")],
                (0, 0, 0, 3),
                id="by_address_then_by_name",
            ),
            pytest.param(
                [("A", "x@x"), ("B", "y@x"), ("C", "z@x"), ("B", "x@x"), ("C", "y@x")],
                (0, 1, 2, 0, 1),
                id="a_name_with_addresses_that_differ_joins_nobody",
            ),
            pytest.param(
                [("A", None), ("B", None), ("A", "x@x"), ("B", "x@x")],
                (0, 0, 0, 0),
                id="two_chains_meet_at_the_end",
            ),
            pytest.param([], (), id="nobody"),
        ],
    )
    def test_is_by_name_or_by_address(self, people: list[tuple[str, str | None]], same: tuple[int, ...]) -> None:
        """One address is one person; one name is too, unless both have addresses that differ."""
        assert same_attending(people) == same

    @given(
        st.lists(st.tuples(st.sampled_from("ABCDE"), st.none() | st.sampled_from(["a@x", "A@X", "b@x", "c@x"])))
    )
    def test_is_the_closure_of_the_pairs(self, people: list[tuple[str, str | None]]) -> None:
        """Whoever is the same as one of them is the same: the groups are those that pairs join, step by step."""
        group = list(range(len(people)))
        for _ in people:
            for one, (name, email) in enumerate(people):
                for other, (other_name, other_email) in enumerate(people):
                    both = (email or "").lower(), (other_email or "").lower()
                    by_name = name == other_name and (not all(both) or both[0] == both[1])
                    if by_name or (all(both) and both[0] == both[1]):
                        group[one] = group[other] = min(group[one], group[other])
        assert same_attending(people) == tuple(group)

    def test_of_a_long_chain_is_one_person(self) -> None:
        """Twenty thousand entries, each joined to the next by a name or an address, are one person."""
        links = range(7_000)
        people: list[tuple[str, str | None]] = [(f"N{n}", None) for n in links]
        people += [(f"N{n}", f"{n}@x") for n in links] + [(f"N{n + 1}", f"{n}@x") for n in links]
        assert set(same_attending(people)) == {0}
