"""What one applies to: its parts, the service that takes the letters, and what else it wants of them."""

from __future__ import annotations

import pytest

from lorplan.reference import sources
from lorplan.reference.specialties import canonical, counted_for, is_known, is_year
from lorplan.reference.targets import (
    Part,
    most_letters,
    parts_of,
    prefers_standardized,
    service_of,
    source_of,
    special_note,
    wants_standardized,
)


def needed(target: str) -> list[int]:
    """List how many letters each part of a target needs by default."""
    return [part.needed for part in parts_of(target, None)]


class TestParts:
    @pytest.mark.parametrize(
        ("target", "in_specialty", "parts"),
        [
            pytest.param("IM", None, [("internal medicine", 2)], id="specialty_by_an_alias"),
            pytest.param("IM", 0, [("internal medicine", 0)], id="specialty_with_a_number"),
            pytest.param("Tropical Medicine", None, [("tropical medicine", 1)], id="unknown_specialty"),
            pytest.param("transitional year", None, [], id="transitional_year_needs_no_specialty"),
            pytest.param("TY", 2, [], id="transitional_year_with_a_number"),
            pytest.param("prelim medicine", None, [("internal medicine", 0)], id="preliminary_year"),
            pytest.param("preliminary surgery", 1, [("general surgery", 1)], id="preliminary_year_with_a_number"),
            pytest.param("med-peds", None, [("internal medicine", 1), ("pediatrics", 1)], id="combined_program"),
            pytest.param("med-peds", 2, [("internal medicine", 2), ("pediatrics", 2)], id="combined_with_a_number"),
            pytest.param("triple board", None, [("pediatrics", 1), ("psychiatry", 1)], id="triple_board"),
        ],
    )
    def test_target_has_a_part_for_each_specialty_that_its_letters_come_from(
        self, target: str, in_specialty: int | None, parts: list[tuple[str, int]]
    ) -> None:
        """A number of the user holds for each part."""
        assert parts_of(target, in_specialty) == tuple(Part(*part) for part in parts)

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("Medicine/Pediatrics", "medicine-pediatrics"),
            ("internal medicine and pediatrics", "medicine-pediatrics"),
            ("Internal Medicine/Psychiatry", "medicine-psychiatry"),
            ("Family Medicine/Psychiatry", "family medicine-psychiatry"),
            ("EM/IM", "emergency medicine-internal medicine"),
            ("Transitional", "transitional year"),
            ("Preliminary Internal Medicine", "preliminary medicine"),
        ],
    )
    def test_combined_program_or_year_is_known_by_its_everyday_names(self, typed: str, name: str) -> None:
        """People write them in many ways."""
        assert (canonical(typed), is_known(typed)) == (name, True)

    def test_letter_from_a_combined_program_counts_for_each_of_its_specialties(self) -> None:
        """Its attending is certified in both."""
        assert counted_for("med-peds") == {"medicine-pediatrics", "internal medicine", "pediatrics"}

    @pytest.mark.parametrize(
        ("name", "year"),
        [("TY", True), ("prelim surgery", True), ("internal medicine", False), ("med-peds", False), ("??", False)],
    )
    def test_only_preliminary_and_transitional_years_are_years(self, name: str, *, year: bool) -> None:
        """They are programs, and nobody rotates in them as a specialty."""
        assert is_year(name) is year


class TestService:
    @pytest.mark.parametrize(
        ("target", "service", "most"),
        [
            pytest.param("internal medicine", "ERAS", 4, id="eras"),
            pytest.param("transitional year", "ERAS", 4, id="year"),
            pytest.param("OB/GYN", "ResidencyCAS", 4, id="residencycas"),
            pytest.param("emergency medicine", "ResidencyCAS", 4, id="residencycas_too"),
            pytest.param("ophthalmology", "SF Match", 3, id="sf_match"),
        ],
    )
    def test_target_is_applied_for_through_a_service_with_its_number_of_places(
        self, target: str, service: str, most: int
    ) -> None:
        """SF Match takes three letters, the others as many as the policy says."""
        assert (service_of(target), most_letters(target, 4)) == (service, most)

    @pytest.mark.parametrize(("policy", "most"), [(2, 2), (3, 3), (4, 3), (10, 3)])
    def test_sf_match_takes_three_letters_or_fewer_if_the_policy_says_so(self, policy: int, most: int) -> None:
        """A policy of more cannot add a place."""
        assert most_letters("ophthalmology", policy) == most

    @pytest.mark.parametrize(
        ("target", "prefers", "wants"),
        [
            ("EM", True, True),
            ("ob-gyn", True, True),
            ("EM/IM", False, True),
            ("internal medicine", False, False),
            ("orthopedic surgery", False, False),
        ],
    )
    def test_emergency_medicine_and_ob_gyn_want_standardized_letters(
        self, target: str, *, prefers: bool, wants: bool
    ) -> None:
        """A combined program wants one for its part."""
        assert (prefers_standardized(target), wants_standardized(target)) == (prefers, wants)


class TestLettersNeeded:
    @pytest.mark.parametrize(
        ("target", "letters", "source"),
        [
            ("internal medicine", 2, sources.BU_INTERNAL_MEDICINE),
            ("family medicine", 1, sources.UW_FAMILY_MEDICINE),
            ("pediatrics", 1, sources.AAP_PEDIATRICS),
            ("psychiatry", 1, sources.UIC_PSYCHIATRY),
            ("neurology", 1, sources.UIC_NEUROLOGY),
            ("pathology", 1, sources.PATHOLOGY_FORUM),
            ("anesthesiology", 1, sources.UIC_ANESTHESIOLOGY),
            ("diagnostic radiology", 1, sources.SIR_RADIOLOGY),
            ("general surgery", 2, sources.INDIANA_SURGERY),
            ("emergency medicine", 2, sources.CORD_SLOE),
            ("obstetrics and gynecology", 2, sources.ACOG_TRANSITION),
            ("orthopedic surgery", 2, sources.AOA_ESLOR),
            ("dermatology", 1, sources.JUDGEMENT),
            ("tropical medicine", 1, sources.JUDGEMENT),
        ],
    )
    def test_target_has_its_number_of_letters_with_a_source(
        self, target: str, letters: int, source: sources.Source
    ) -> None:
        """Without a page that gives the number it is one, by our judgement."""
        assert needed(target) == [letters]
        assert source_of(target) == source

    @pytest.mark.parametrize("target", ["preliminary medicine", "TY"])
    def test_year_before_a_specialty_has_the_source_of_years(self, target: str) -> None:
        """A program's own manual says that it wants fewer, not the specialty's organization."""
        assert source_of(target) is sources.MARYLAND_MANUAL

    @pytest.mark.parametrize(
        ("typed", "letters"),
        [("IM", 2), ("OB/GYN", 2), ("Surgery", 2), ("orthopaedics", 2), ("cardiology", 1)],
    )
    def test_number_of_letters_is_the_same_for_every_name_of_a_specialty(self, typed: str, letters: int) -> None:
        """An alias has the number of its specialty; a subspecialty does not have that of its core."""
        assert needed(typed) == [letters]


class TestSpecialNote:
    @pytest.mark.parametrize(
        ("target", "words"),
        [
            pytest.param("IM", ["department"], id="department_letter"),
            pytest.param("pediatrics", ["department"], id="department_letter_varies"),
            pytest.param("neurology", ["chair"], id="chair_encouraged"),
            pytest.param("anesthesiology", ["chair"], id="chair_if_possible"),
            pytest.param("surgery", ["chair", "not agree"], id="chair_usual"),
            pytest.param("EM", ["SLOE", "two", "2020", "ResidencyCAS"], id="standardized_letters"),
            pytest.param("OB/GYN", ["SLOE", "ResidencyCAS"], id="mix_of_letters"),
            pytest.param("ortho", ["eSLOR", "no other"], id="one_letter_is_enough"),
            pytest.param("ophthalmology", ["SF Match", "three"], id="another_match_with_fewer_letters"),
        ],
    )
    def test_note_says_what_else_a_target_wants(self, target: str, words: list[str]) -> None:
        """A sentence says what a number cannot say, such as that a letter has a fixed form."""
        note = special_note(target) or ""
        assert note.endswith(".")
        assert [word for word in words if word not in note] == []

    @pytest.mark.parametrize("target", ["family medicine", "dermatology", "tropical medicine"])
    def test_target_without_a_known_custom_has_no_note(self, target: str) -> None:
        """Nothing is invented for a specialty without a custom of its own."""
        assert special_note(target) is None
