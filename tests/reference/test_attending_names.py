"""Ids made of attendings' names, and which entries are one person."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.reference.attending_names import id_from_name, name_key, namesakes, same_attending, surname_last

CHARACTERS = st.sampled_from("aAbBéßİ陳श्\u0131 -.,'1²ø\u0308\u200d") | st.integers(0, 0x10FFFF).map(chr)
NAMES = st.text(CHARACTERS, max_size=12) | st.sampled_from(["Dr. Chen", "Chen MD", "Lee", "Dr.", "MD", "-"])


class TestIdFromName:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            pytest.param("Wei Chen", "chen", id="last_word_in_lower_case"),
            pytest.param("  Wei   Chen  ", "chen", id="spaces_around"),
            pytest.param("Wei\u00a0Chen", "chen", id="no_break_space"),
            pytest.param("Dr. Chen", "chen", id="title_with_dot"),
            pytest.param("Dr.Chen", "chen", id="title_glued_by_its_dot"),
            pytest.param("Prof.Wei Chen", "chen", id="title_glued_to_a_first_name"),
            pytest.param("Chen Dr", "chen", id="title_at_the_end"),
            pytest.param("Wei Chen MD", "chen", id="degree"),
            pytest.param("Wei Chen M.D.", "chen", id="degree_with_dots"),
            pytest.param("Wei Chen Ph.D. MBBS MBChB MPH MSc FACP DO", "chen", id="every_degree"),
            pytest.param("Wei Chen, MD, PhD", "chen", id="degrees_after_a_comma"),
            pytest.param("Chen, Wei", "chen", id="surname_first"),
            pytest.param("Martin King Jr.", "king", id="junior"),
            pytest.param("John Smith III", "smith", id="the_third"),
            pytest.param("John Smith Sr MD", "smith", id="senior_with_a_degree"),
            pytest.param("John Smith II", "smith", id="the_second"),
            pytest.param("John Smith IV", "iv", id="a_generation_that_is_not_in_the_list"),
            pytest.param("O'Hara", "ohara", id="apostrophe_is_left_out"),
            pytest.param("José Álvarez-Núñez", "álvarez-núñez", id="hyphen_stays"),
            pytest.param("J. R. Lee_Park", "leepark", id="underscore_is_left_out"),
            pytest.param("Anna Müller", "müller", id="umlaut"),
            pytest.param("Anna Mu\u0308ller", "müller", id="umlaut_in_two_characters"),
            pytest.param("陳大文", "陳大文", id="han"),
            pytest.param("Nguyễn Văn Nguyễn", "nguyễn", id="vietnamese"),
            pytest.param("राम शर्मा", "शर्मा", id="devanagari_with_its_marks"),
            pytest.param("محمد علي", "علي", id="arabic"),
            pytest.param("Attending 7", "7", id="digits"),
            pytest.param("Chen (Cardiology)", "cardiology", id="brackets_are_left_out"),
            pytest.param("Chen -", "chen", id="a_hyphen_alone_is_not_a_word"),
            pytest.param("Chen ?!", "chen", id="marks_alone_are_not_a_word"),
            pytest.param("Dr.", "dr", id="a_title_where_nothing_else_is_left"),
            pytest.param("Dr. MD", "md", id="the_last_word_where_all_are_titles_and_degrees"),
            pytest.param("Do", "do", id="a_surname_that_is_spelled_like_a_degree"),
            pytest.param("Dr. Kim Do", "do", id="a_surname_after_a_first_name"),
            pytest.param("Kim DO", "kim", id="a_degree_as_usually_spelled"),
            pytest.param("Kim D.O.", "kim", id="a_short_degree_with_dots"),
            pytest.param("Dr. Kim Do, do", "do", id="a_surname_and_a_degree_after_a_comma"),
            pytest.param("Wei Chen phd", "phd", id="a_degree_in_another_spelling_is_a_word"),
            pytest.param("Dr. Jr., MD", "jr", id="a_generation_where_nothing_else_is_left"),
            pytest.param("", "rotation", id="nothing"),
            pytest.param("?", "rotation", id="nothing_left"),
            pytest.param("-", "rotation", id="only_a_hyphen"),
            pytest.param(", Chen", "rotation", id="nothing_before_the_comma"),
        ],
    )
    def test_id_is_the_last_word_of_the_name(self, name: str, expected: str) -> None:
        """Titles, generations, degrees and what follows a comma are left out, unless nothing else is there."""
        assert id_from_name(name) == expected

    @given(NAMES)
    def test_id_of_any_name_has_only_letters_digits_and_hyphens(self, name: str) -> None:
        """The id shows something, and consists of letters, marks, digits and hyphens."""
        found = id_from_name(name)
        assert all(c.isalnum() or c == "-" or unicodedata.category(c)[0] == "M" for c in found)
        assert any(c.isalnum() for c in found)


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
            pytest.param("Wei Chen, do", id="degree_in_any_case_after_a_comma"),
            pytest.param("Wei Chen DO", id="degree_as_usually_spelled"),
            pytest.param("\uff37ei Chen", id="full_width_letter"),
        ],
    )
    def test_name_key_is_the_same_for_all_spellings_of_a_name(self, spelling: str) -> None:
        """Case, spaces, commas, titles at the start and degrees at the end do not make another person."""
        assert name_key(spelling) == name_key("Wei Chen")

    @pytest.mark.parametrize("spelling", ["Dr. Chen", "Chen, MD", "Prof. Chen Ph.D.", "CHEN"])
    def test_name_key_of_a_surname_alone_is_the_same_for_all_its_spellings(self, spelling: str) -> None:
        """One word is left without titles and degrees."""
        assert name_key(spelling) == name_key("Chen")

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param("Wei Chan", id="another_name"),
            pytest.param("Wei Chen Jr", id="the_son"),
            pytest.param("Chen Wei", id="another_order"),
            pytest.param("MD Wei Chen", id="degree_at_the_start_is_a_name"),
            pytest.param("Wei Dr Chen", id="title_in_the_middle_is_a_name"),
            pytest.param("Wei Chen Do", id="a_surname_that_is_spelled_like_a_degree"),
        ],
    )
    def test_name_key_differs_for_another_name(self, other: str) -> None:
        """Every other difference makes another person."""
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
    def test_name_key_is_never_empty(self, name: str) -> None:
        """A name of titles and degrees only keeps one of them."""
        assert name_key(name)

    def test_name_key_differs_between_a_title_and_a_degree(self) -> None:
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
                id="a_name_with_different_addresses_joins_nobody",
            ),
            pytest.param(
                [("A", None), ("B", None), ("A", "x@x"), ("B", "x@x")],
                (0, 0, 0, 0),
                id="two_chains_meet_at_the_end",
            ),
            pytest.param([], (), id="nobody"),
        ],
    )
    def test_same_attending_is_found_by_name_or_by_address(
        self, people: list[tuple[str, str | None]], same: tuple[int, ...]
    ) -> None:
        """One address is one person; so is one name, unless both entries have different addresses."""
        assert same_attending(people) == same

    @given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.none() | st.sampled_from(["a@x", "A@X", "b@x", "c@x"]))))
    def test_same_attending_joins_all_entries_that_pairs_connect(self, people: list[tuple[str, str | None]]) -> None:
        """An entry that is the same person as one of a group belongs to the whole group."""
        group = list(range(len(people)))
        for _ in people:
            for one, (name, email) in enumerate(people):
                for other, (other_name, other_email) in enumerate(people):
                    both = (email or "").lower(), (other_email or "").lower()
                    by_name = name == other_name and (not all(both) or both[0] == both[1])
                    if by_name or (all(both) and both[0] == both[1]):
                        group[one] = group[other] = min(group[one], group[other])
        assert same_attending(people) == tuple(group)

    def test_long_chain_of_names_and_addresses_is_one_person(self) -> None:
        """Thousands of entries, each connected to the next by a name or an address, are one person."""
        links = range(1_000)
        people: list[tuple[str, str | None]] = [(f"N{n}", None) for n in links]
        people += [(f"N{n}", f"{n}@x") for n in links] + [(f"N{n + 1}", f"{n}@x") for n in links]
        assert set(same_attending(people)) == {0}


class TestNamesakes:
    @pytest.mark.parametrize(
        ("people", "earlier"),
        [
            pytest.param([("Wei Chen", "a@x.org"), ("Dr. Wei Chen", "b@x.org")], (None, 0), id="two_addresses"),
            pytest.param([("Wei Chen", "a@x.org"), ("Wei Chen", "A@x.org")], (None, None), id="one_address"),
            pytest.param([("Wei Chen", "a@x.org"), ("Wei Chen", None)], (None, None), id="one_without_an_address"),
            pytest.param([("Wei Chen", "a@x.org"), ("Bo Lee", "b@x.org")], (None, None), id="two_names"),
            pytest.param(
                [("Wei Chen", "a@x.org"), ("Wei Chen", "b@x.org"), ("Wei Chen", "b@x.org")],
                (None, 0, 0),
                id="each_later_one",
            ),
            pytest.param([], (), id="nobody"),
        ],
    )
    def test_namesake_is_the_earlier_entry_that_is_taken_for_another_person(
        self, people: list[tuple[str, str | None]], earlier: tuple[int | None, ...]
    ) -> None:
        """One name with two addresses is two people, who may be one after all."""
        assert namesakes(people) == earlier


class TestSurnameLast:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            pytest.param("Smith, John", "John Smith", id="surname_first"),
            pytest.param("Dr. Smith, John", "Dr. John Smith", id="with_a_title"),
            pytest.param("Smith, Dr. John", "Dr. John Smith", id="with_a_title_after_the_comma"),
            pytest.param("Smith, John, MD", "John Smith", id="with_a_degree"),
            pytest.param("Smith, J.", "J. Smith", id="initial"),
            pytest.param("John Smith", None, id="usual_order"),
            pytest.param("John Smith, MD, FACP", None, id="degrees"),
            pytest.param("John Smith, Jr.", None, id="generation"),
            pytest.param("Jane Roe, DNP, FNP-BC", None, id="degrees_that_are_not_in_the_list"),
            pytest.param("Smith,", None, id="nothing_after_the_comma"),
            pytest.param(", John", None, id="nothing_before_the_comma"),
        ],
    )
    def test_surname_before_a_comma_is_put_last(self, name: str, expected: str | None) -> None:
        """What follows the comma is a given name unless it is a degree or a generation."""
        assert surname_last(name) == expected
