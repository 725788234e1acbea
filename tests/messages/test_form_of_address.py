"""How a message addresses a physician: one title, no degrees, and the name as typed in between."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lorplan.reference.attending_names import TITLES, form_of_address, surname_last


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Dr. Wei Chen", "Dr. Wei Chen", id="title_stays"),
        pytest.param("Wei Chen", "Dr. Wei Chen", id="no_title"),
        pytest.param("Chen", "Dr. Chen", id="one_word"),
        pytest.param("Dr Chen", "Dr Chen", id="title_without_its_dot"),
        pytest.param("DR. CHEN", "DR. CHEN", id="capitals_as_typed"),
        pytest.param("dr. chen", "dr. chen", id="small_letters_as_typed"),
        pytest.param("Dr.Chen", "Dr. Chen", id="title_without_a_space"),
        pytest.param("Prof.Wei Chen", "Prof. Wei Chen", id="title_without_a_space_before_two_words"),
        pytest.param("Prof. Dr. Anna Müller", "Prof. Dr. Anna Müller", id="two_titles"),
        pytest.param("Doctor Okafor", "Doctor Okafor", id="title_in_full"),
        pytest.param("Ms. Ann Lee", "Ms. Ann Lee", id="not_a_doctor"),
        pytest.param("Wei Chen, MD", "Dr. Wei Chen", id="degree_instead_of_a_title"),
        pytest.param("Wei Chen MD", "Dr. Wei Chen", id="degree_without_a_comma"),
        pytest.param("Wei Chen,MD", "Dr. Wei Chen", id="degree_without_a_space"),
        pytest.param("Wei Chen , MD", "Dr. Wei Chen", id="comma_between_spaces"),
        pytest.param("Wei Chen, M.D., Ph.D., FACP", "Dr. Wei Chen", id="several_degrees"),
        pytest.param("Wei Chen, MD, FAAFP", "Dr. Wei Chen", id="unlisted_degree"),
        pytest.param("Dr. Wei Chen, MD", "Dr. Wei Chen", id="title_and_degree"),
        pytest.param("Dr. Wei Chen,", "Dr. Wei Chen", id="comma_at_the_end"),
        pytest.param("Bo Lee Jr., MD", "Dr. Bo Lee Jr.", id="junior"),
        pytest.param("John Smith III", "Dr. John Smith III", id="the_third"),
        pytest.param("MD", "Dr. MD", id="only_a_degree"),
        pytest.param("Dr.", "Dr.", id="only_a_title"),
        pytest.param("Thanh Do", "Dr. Thanh Do", id="family_name_spelled_like_a_degree"),
        pytest.param("Dr. Do", "Dr. Do", id="family_name_spelled_like_a_degree_after_a_title"),
        pytest.param("D. O. Brown", "Dr. D. O. Brown", id="initials_like_a_degree"),
        pytest.param("Drew Mister", "Dr. Drew Mister", id="begins_like_a_title"),
        pytest.param("Professor O'Hara [IM] :b:", "Professor O'Hara [IM] :b:", id="odd_characters"),
        pytest.param("  Wei \t  Chen ", "Dr. Wei Chen", id="spaces"),
        pytest.param("陈伟", "Dr. 陈伟", id="han"),
        pytest.param("Dr.陈伟", "Dr. 陈伟", id="han_after_a_title_without_a_space"),
        pytest.param("Ludwig van der Berg, MD", "Dr. Ludwig van der Berg", id="particles"),
        pytest.param("Fatima al-Sayed", "Dr. Fatima al-Sayed", id="article"),
        pytest.param("Maria de los Ángeles Núñez-Ortiz", "Dr. Maria de los Ángeles Núñez-Ortiz", id="long_name"),
        pytest.param("Siobhán D\u2019Angelo", "Dr. Siobhán D\u2019Angelo", id="apostrophe"),
    ],
)
def test_name_is_addressed_with_one_title_and_without_degrees(name: str, expected: str) -> None:
    """Nobody is greeted with degrees, and nobody without the family name."""
    assert form_of_address(name) == expected


WORDS = st.text(min_size=1).filter(lambda word: bool(word.strip(" ,")))


@given(st.lists(WORDS, min_size=1, max_size=4).map(" ".join))
def test_any_name_is_addressed_on_one_line_with_nothing_added_but_a_title(name: str) -> None:
    """Whatever the name, its form of address begins with a title and contains nothing else that is new."""
    assume("," not in name.split())
    words = form_of_address(name).split(" ")
    assert "".join(c for c in words[0] if c.isalnum()).casefold() in TITLES
    assert all(words) or not name.split()
    assert "".join(words).removeprefix("Dr.") in "Dr." + "".join((surname_last(name) or name).split())
    assert not words[-1].endswith(",")
