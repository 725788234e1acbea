"""Which specialty counts for which, by every name that people write, and what each wants of its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.reference.specialties import (
    ALIASES,
    COMBINED,
    INDEPENDENT,
    SUBSPECIALTIES,
    YEARS,
    basis_of_counting,
    canonical,
    counted_for,
    is_known,
    nearest,
)

if TYPE_CHECKING:
    from random import Random

CORES = (*SUBSPECIALTIES, *INDEPENDENT, *COMBINED, *YEARS)
NAMES = sorted({*CORES, *(name for names in SUBSPECIALTIES.values() for name in names)})

LONGEST = "advanced heart failure and transplant cardiology"


def counts_for(specialty: str, target: str) -> bool:
    """Whether a letter from a specialty counts for a target."""
    return canonical(target) in counted_for(specialty)


def cores_of(specialty: str) -> set[str]:
    """Collect the core specialties that a letter from this one counts for."""
    return {core for core in SUBSPECIALTIES if counts_for(specialty, core)}


class TestCanonical:
    def test_canonical_name_of_every_specialty_is_the_name_itself(self) -> None:
        """No alias has the name of another specialty, and no two specialties have a spelling in common."""
        assert [name for name in NAMES if canonical(name) != name or not is_known(name)] == []

    def test_canonical_name_of_every_alias_is_the_specialty_it_is_listed_for(self) -> None:
        """Every alias is a name of its specialty, and that specialty exists."""
        assert {alias: canonical(alias) for alias in ALIASES} == ALIASES
        assert set(ALIASES.values()) - set(NAMES) == set()

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("IM", "internal medicine"),
            ("FM", "family medicine"),
            ("Peds", "pediatrics"),
            ("psych", "psychiatry"),
            ("neuro", "neurology"),
            ("path", "pathology"),
            ("Anesthesia", "anesthesiology"),
            ("EM", "emergency medicine"),
            ("ortho", "orthopedic surgery"),
            ("orthopedics", "orthopedic surgery"),
            ("derm", "dermatology"),
            ("Radiology", "diagnostic radiology"),
            ("surgery", "general surgery"),
            ("ob-gyn", "obstetrics and gynecology"),
            ("OB/GYN", "obstetrics and gynecology"),
            ("obgyn", "obstetrics and gynecology"),
            ("OB & GYN", "obstetrics and gynecology"),
            ("PM&R", "physical medicine and rehabilitation"),
            ("physiatry", "physical medicine and rehabilitation"),
            ("Cardiology", "cardiovascular disease"),
            ("pulmonology", "pulmonary disease"),
            ("hepatology", "transplant hepatology"),
            ("oncology", "medical oncology"),
            ("geriatrics", "geriatric medicine"),
            ("neonatology", "neonatal-perinatal medicine"),
            ("stroke", "vascular neurology"),
            ("surgical oncology", "complex general surgical oncology"),
            ("ENT", "otolaryngology"),
            ("E.N.T.", "otolaryngology"),
            ("neurosurgery", "neurological surgery"),
            ("Infectious Diseases", "infectious disease"),
            ("Endocrinology Diabetes & Metabolism", "endocrinology"),
            ("child, adolescent psych", "child and adolescent psychiatry"),
            ("allergy+immunology", "allergy and immunology"),
            ("-Cardiology-", "cardiovascular disease"),
        ],
    )
    def test_everyday_name_is_understood(self, typed: str, name: str) -> None:
        """The names that people use on the ward are understood."""
        assert canonical(typed) == name

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("Paediatrics", "pediatrics"),
            ("paediatric cardiology", "pediatric cardiology"),
            ("Paediatric nephrology", "pediatric nephrology"),
            ("paediatric haematology & oncology", "pediatric hematology and oncology"),
            ("developmental-behavioural paediatrics", "developmental-behavioral pediatrics"),
            ("anaesthesiology", "anesthesiology"),
            ("anaesthetics", "anesthesiology"),
            ("paediatric anaesthesia", "pediatric anesthesiology"),
            ("orthopaedic surgery", "orthopedic surgery"),
            ("orthopaedics", "orthopedic surgery"),
            ("obstetrics and gynaecology", "obstetrics and gynecology"),
            ("gynaecologic oncology", "gynecologic oncology"),
            ("urogynaecology", "urogynecology"),
            ("maternal foetal medicine", "maternal-fetal medicine"),
            ("haematology", "hematology"),
            ("haematology and oncology", "hematology and oncology"),
            ("haematopathology", "hematopathology"),
        ],
    )
    def test_british_spelling_is_understood_in_any_word(self, typed: str, name: str) -> None:
        """Graduates from other countries may write as they learned to, in longer names too."""
        assert canonical(typed) == name

    @pytest.mark.parametrize(
        "typed",
        [
            "hematology/oncology",
            "Hematology & Oncology",
            "heme/onc",
            "Hem/Onc",
            "hematology-oncology",
            "haem onc",
        ],
    )
    def test_sign_between_words_means_and(self, typed: str) -> None:
        """A slash, an ampersand or a hyphen means "and", and short words are understood as the long ones."""
        assert canonical(typed) == "hematology and oncology"

    @pytest.mark.parametrize(
        ("typed", "folded"),
        [
            pytest.param("  Tropical \t Medicine\n", "tropical medicine", id="spaces_and_case"),
            pytest.param("Wound & Burn Care", "wound & burn care", id="sign_stays_in_an_unknown_name"),
            pytest.param("Médecine  Générale", "médecine générale", id="accents_stay"),
            pytest.param("Me\u0301decine", "médecine", id="accent_in_two_characters"),
            pytest.param("内科", "内科", id="other_script"),
            pytest.param("paediatric wound care", "pediatric wound care", id="spelling_of_a_known_word"),
            pytest.param("-", "-", id="only_a_sign"),
            pytest.param("and", "and", id="only_and"),
        ],
    )
    def test_unknown_name_is_the_same_in_any_case_and_with_any_spaces(self, typed: str, folded: str) -> None:
        """An unknown name is returned with its case and its spaces made uniform."""
        assert canonical(typed) == folded
        assert not is_known(typed)

    @given(
        st.sampled_from(NAMES),
        st.randoms(use_true_random=False),
        st.sampled_from([" ", "  ", "\t", "\u00a0"]),
    )
    def test_canonical_name_does_not_depend_on_case_and_spaces(self, name: str, random: Random, space: str) -> None:
        """Capitals and spaces never make another specialty of a name."""
        typed = "".join(random.choice((c.lower(), c.upper())) for c in name)
        assert canonical(space + typed.replace(" ", space) + space) == name


class TestCountsFor:
    def test_subspecialty_counts_for_its_core_and_not_the_other_way_round(self) -> None:
        """A cardiologist's letter counts for internal medicine; an internist's does not count for cardiology."""
        for core, names in SUBSPECIALTIES.items():
            assert [name for name in names if not counts_for(name, core) or counts_for(core, name)] == [], core

    @pytest.mark.parametrize(
        ("specialty", "cores"),
        [
            (
                "sleep medicine",
                "internal medicine, family medicine, pediatrics, psychiatry, neurology, anesthesiology",
            ),
            (
                "hospice and palliative medicine",
                (
                    "internal medicine, family medicine, pediatrics, psychiatry, neurology, general surgery, "
                    "anesthesiology, emergency medicine"
                ),
            ),
            (
                "pain medicine",
                (
                    "family medicine, psychiatry, neurology, anesthesiology, emergency medicine, "
                    "physical medicine and rehabilitation"
                ),
            ),
            (
                "sports medicine",
                (
                    "internal medicine, family medicine, pediatrics, emergency medicine, "
                    "physical medicine and rehabilitation"
                ),
            ),
            ("critical care medicine", "internal medicine, anesthesiology, emergency medicine"),
            ("addiction medicine", "internal medicine, family medicine, psychiatry, emergency medicine"),
            ("adolescent medicine", "internal medicine, family medicine, pediatrics"),
            ("geriatric medicine", "internal medicine, family medicine"),
            ("hospital medicine", "internal medicine, family medicine"),
            ("allergy and immunology", "internal medicine, pediatrics"),
            ("pediatric emergency medicine", "pediatrics, emergency medicine"),
            ("brain injury medicine", "neurology, physical medicine and rehabilitation"),
            ("dermatopathology", "pathology, dermatology"),
        ],
    )
    def test_subspecialty_of_several_boards_counts_for_the_specialty_of_each(self, specialty: str, cores: str) -> None:
        """A subspecialty that several boards certify counts for the specialty of each, and no other."""
        assert cores_of(specialty) == set(cores.split(", "))

    def test_no_other_subspecialty_counts_for_several(self) -> None:
        """The list of shared subspecialties is complete."""
        assert sorted(name for name in {*NAMES} - {*COMBINED} if len(cores_of(name)) > 1) == [
            "addiction medicine",
            "adolescent medicine",
            "allergy and immunology",
            "brain injury medicine",
            "critical care medicine",
            "dermatopathology",
            "geriatric medicine",
            "hospice and palliative medicine",
            "hospital medicine",
            "pain medicine",
            "pediatric emergency medicine",
            "sleep medicine",
            "sports medicine",
        ]

    def test_specialty_without_a_core_counts_for_itself_only(self) -> None:
        """Eye surgery is not general surgery, and nuclear medicine is not internal medicine."""
        assert [name for name in INDEPENDENT if not counts_for(name, name) or cores_of(name)] == []

    @pytest.mark.parametrize(
        ("specialty", "target", "expected"),
        [
            pytest.param("Cardiology", "IM", True, id="aliases_on_both_sides"),
            pytest.param("haematology/oncology", "Internal Medicine", True, id="british_and_slash"),
            pytest.param("Paediatric Cardiology", "peds", True, id="pediatric_for_pediatrics"),
            pytest.param("paediatric cardiology", "internal medicine", False, id="pediatric_for_adults"),
            pytest.param("cardiology", "pediatrics", False, id="adult_for_pediatrics"),
            pytest.param("cardiology", "nephrology", False, id="two_of_one_core"),
            pytest.param("interventional cardiology", "cardiology", False, id="subspecialty_of_a_subspecialty"),
            pytest.param("family medicine", "internal medicine", False, id="two_cores"),
            pytest.param("Tropical  Medicine", "tropical medicine", True, id="unknown_for_itself"),
            pytest.param("tropical medicine", "internal medicine", False, id="unknown_for_a_known"),
            pytest.param("internal medicine", "tropical medicine", False, id="known_for_an_unknown"),
        ],
    )
    def test_counting_depends_on_the_specialty_and_not_on_the_words(
        self, specialty: str, target: str, *, expected: bool
    ) -> None:
        """The same specialty and its own subspecialties count, by any name, and nothing else does."""
        assert counts_for(specialty, target) is expected


class TestCountedFor:
    @pytest.mark.parametrize(
        ("specialty", "names"),
        [
            pytest.param("IM", {"internal medicine"}, id="core_by_an_alias"),
            pytest.param("Cardiology", {"cardiovascular disease", "internal medicine"}, id="one_core"),
            pytest.param("geriatrics", {"geriatric medicine", "internal medicine", "family medicine"}, id="two"),
            pytest.param("urology", {"urology"}, id="without_a_core"),
            pytest.param("Tropical  Medicine", {"tropical medicine"}, id="unknown"),
        ],
    )
    def test_letter_counts_for_its_specialty_and_the_cores_of_it(self, specialty: str, names: set[str]) -> None:
        """However the specialty was typed, the answer has the names that `canonical` gives."""
        assert counted_for(specialty) == names


class TestBasisOfCounting:
    @pytest.mark.parametrize(
        ("specialty", "target", "basis"),
        [
            pytest.param("cardiology", "IM", "guidance", id="documented_for_internal_medicine"),
            pytest.param("pediatric cardiology", "pediatrics", "judgement", id="elsewhere_our_judgement"),
            pytest.param("peds", "pediatrics", "guidance", id="the_specialty_itself"),
        ],
    )
    def test_counting_is_guidance_only_if_a_page_says_so(self, specialty: str, target: str, basis: str) -> None:
        """That a subspecialist counts for a target is otherwise our own judgement."""
        assert basis_of_counting(specialty, target) == basis


class TestNearest:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            pytest.param("Interal Medicine", "internal medicine", id="letter_left_out"),
            pytest.param("cardiologgy", "cardiology", id="alias_as_people_write_it"),
            pytest.param("paediatric cardiolgy", "pediatric cardiology", id="british_and_misspelled"),
            pytest.param("oncologist", "oncology", id="doctor_for_the_specialty"),
            pytest.param("Famly Medecine", "family medicine", id="two_typos"),
        ],
    )
    def test_misspelled_name_finds_the_known_name_that_is_meant(self, typed: str, meant: str) -> None:
        """A typo finds the name or alias that was meant, and that name is known."""
        assert nearest(typed) == meant
        assert is_known(meant)

    @pytest.mark.parametrize(
        "typed",
        [
            pytest.param("podiatry", id="another_profession"),
            pytest.param("surgeon", id="less_than_three_quarters_shared"),
            pytest.param("gin", id="short_word_near_a_short_alias"),
            pytest.param("", id="nothing"),
        ],
    )
    def test_name_that_is_close_to_no_known_one_finds_nothing(self, typed: str) -> None:
        """A wrong guess would help less than none."""
        assert nearest(typed) is None

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            pytest.param(f"{LONGEST}{'y' * 12}", LONGEST, id="sixty_letters"),
            pytest.param(f"{LONGEST}{'y' * 13}", None, id="sixty-one_letters"),
        ],
    )
    def test_name_of_more_than_sixty_letters_is_not_compared(self, typed: str, meant: str | None) -> None:
        """A very long text costs no time."""
        assert nearest(typed) == meant
