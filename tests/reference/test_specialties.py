"""Which specialty counts for which, under every name that people write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.reference import sources
from lorplan.reference.specialties import (
    ALIASES,
    STANDING_ALONE,
    SUBSPECIALTIES,
    basis_of_counting,
    canonical,
    counted_for,
    is_known,
    letters_needed,
    nearest,
    source_of,
    special_note,
)

if TYPE_CHECKING:
    from random import Random

NAMES = sorted({*SUBSPECIALTIES, *STANDING_ALONE, *(name for names in SUBSPECIALTIES.values() for name in names)})

LONGEST = "advanced heart failure and transplant cardiology"


def counts_for(specialty: str, target: str) -> bool:
    """Tell whether a letter from a specialty counts for a target."""
    return canonical(target) in counted_for(specialty)


def cores_of(specialty: str) -> set[str]:
    """Collect the core specialties that a letter from this one counts for."""
    return {core for core in SUBSPECIALTIES if counts_for(specialty, core)}


class TestCanonical:
    @pytest.mark.parametrize("name", NAMES)
    def test_leaves_a_name_as_it_is(self, name: str) -> None:
        """No alias takes a name away from its specialty, and no two specialties share their spellings."""
        assert canonical(name) == name
        assert is_known(name)

    @pytest.mark.parametrize(("alias", "name"), ALIASES.items())
    def test_resolves_each_alias_to_a_known_name(self, alias: str, name: str) -> None:
        """Every alias leads to the specialty it is listed for, and that specialty exists."""
        assert canonical(alias) == name
        assert name in NAMES

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
    def test_knows_everyday_names(self, typed: str, name: str) -> None:
        """What people call a specialty on the ward is understood."""
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
    def test_reads_british_spellings_in_any_word(self, typed: str, name: str) -> None:
        """Graduates from abroad write as they learnt to, also within longer names."""
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
    def test_takes_signs_between_words_for_and(self, typed: str) -> None:
        """A slash, an ampersand or a hyphen says "and", and short words stand for long ones."""
        assert canonical(typed) == "hematology and oncology"

    @pytest.mark.parametrize(
        ("typed", "folded"),
        [
            pytest.param("  Tropical \t Medicine\n", "tropical medicine", id="spaces_and_case"),
            pytest.param("Wound & Burn Care", "wound & burn care", id="sign_stays_where_it_leads_to_nothing"),
            pytest.param("Médecine  Générale", "médecine générale", id="accents_stay"),
            pytest.param("Me\u0301decine", "médecine", id="accent_typed_apart"),
            pytest.param("内科", "内科", id="other_script"),
            pytest.param("paediatric wound care", "pediatric wound care", id="spelling_of_a_known_word"),
            pytest.param("-", "-", id="no_word_at_all"),
            pytest.param("and", "and", id="nothing_but_and"),
        ],
    )
    def test_folds_an_unknown_name(self, typed: str, folded: str) -> None:
        """A name that we do not know is still the same however it is spaced and capitalized."""
        assert canonical(typed) == folded
        assert not is_known(typed)

    @given(
        st.sampled_from(NAMES),
        st.randoms(use_true_random=False),
        st.sampled_from([" ", "  ", "\t", "\u00a0"]),
    )
    def test_is_blind_to_case_and_spaces(self, name: str, random: Random, space: str) -> None:
        """Capitals and spaces never make another specialty of a name."""
        typed = "".join(random.choice((c.lower(), c.upper())) for c in name)
        assert canonical(space + typed.replace(" ", space) + space) == name


class TestCountsFor:
    @pytest.mark.parametrize(
        ("core", "subspecialty"),
        [(core, subspecialty) for core, names in SUBSPECIALTIES.items() for subspecialty in names],
    )
    def test_subspecialty_counts_for_its_core_and_not_the_other_way(self, core: str, subspecialty: str) -> None:
        """A cardiologist's letter is one in internal medicine; an internist's is none in cardiology."""
        assert counts_for(subspecialty, core)
        assert not counts_for(core, subspecialty)

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
    def test_one_subspecialty_can_count_for_several(self, specialty: str, cores: str) -> None:
        """Where several boards certify a subspecialty it counts for the specialty of each, and no other."""
        assert cores_of(specialty) == set(cores.split(", "))

    def test_no_other_subspecialty_counts_for_two(self) -> None:
        """Those above are all that are shared."""
        assert sorted(name for name in NAMES if len(cores_of(name)) > 1) == [
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

    @pytest.mark.parametrize("specialty", STANDING_ALONE)
    def test_specialty_that_stands_alone_counts_for_itself_only(self, specialty: str) -> None:
        """Surgery on the eye is no general surgery, and nuclear medicine no internal medicine."""
        assert counts_for(specialty, specialty)
        assert cores_of(specialty) == set()

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
    def test_goes_by_the_specialty_and_not_by_the_words(
        self, specialty: str, target: str, *, expected: bool
    ) -> None:
        """The same specialty and its own subspecialties count, under any name, and nothing else."""
        assert counts_for(specialty, target) is expected


class TestCountedFor:
    @pytest.mark.parametrize(
        ("specialty", "names"),
        [
            pytest.param("IM", {"internal medicine"}, id="core_by_an_alias"),
            pytest.param("Cardiology", {"cardiovascular disease", "internal medicine"}, id="one_core"),
            pytest.param("geriatrics", {"geriatric medicine", "internal medicine", "family medicine"}, id="two"),
            pytest.param("urology", {"urology"}, id="stands_alone"),
            pytest.param("Tropical  Medicine", {"tropical medicine"}, id="unknown"),
        ],
    )
    def test_is_the_specialty_and_its_cores_by_their_one_name(self, specialty: str, names: set[str]) -> None:
        """However it was typed, the answer has the names that `canonical` gives."""
        assert counted_for(specialty) == names


class TestBasisOfCounting:
    @pytest.mark.parametrize(
        ("specialty", "target", "basis"),
        [
            pytest.param("cardiology", "IM", "guidance", id="documented_for_internal_medicine"),
            pytest.param("pediatric cardiology", "pediatrics", "judgement", id="elsewhere_our_judgement"),
            pytest.param("peds", "pediatrics", "guidance", id="the_specialty_itself_needs_no_custom"),
        ],
    )
    def test_tells_custom_from_judgement(self, specialty: str, target: str, basis: str) -> None:
        """That a subspecialist counts is called guidance only where a page says so."""
        assert basis_of_counting(specialty, target) == basis


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
            ("obstetrics and gynecology", 3, sources.ACOG_TRANSITION),
            ("orthopedic surgery", 2, sources.AOA_ESLOR),
            ("dermatology", 1, sources.JUDGEMENT),
            ("tropical medicine", 1, sources.JUDGEMENT),
        ],
    )
    def test_is_what_the_specialty_wants(self, target: str, letters: int, source: sources.Source) -> None:
        """Each target has its number and whoever says so; where nobody does it is one, by our judgement."""
        assert letters_needed(target) == letters
        assert source_of(target) == source

    @pytest.mark.parametrize(
        ("typed", "letters"),
        [("IM", 2), ("OB/GYN", 3), ("Surgery", 2), ("orthopaedics", 2), ("cardiology", 1)],
    )
    def test_goes_by_the_specialty_under_any_name(self, typed: str, letters: int) -> None:
        """An alias has the number of its specialty; a subspecialty does not have that of its core."""
        assert letters_needed(typed) == letters


class TestSpecialNote:
    @pytest.mark.parametrize(
        ("target", "words"),
        [
            pytest.param("IM", ["department"], id="department_letter"),
            pytest.param("pediatrics", ["department"], id="department_letter_varies"),
            pytest.param("neurology", ["chair"], id="chair_encouraged"),
            pytest.param("anesthesiology", ["chair"], id="chair_if_possible"),
            pytest.param("surgery", ["chair", "not agree"], id="chair_usual"),
            pytest.param("EM", ["SLOE", "two", "ResidencyCAS"], id="standardized_letters"),
            pytest.param("OB/GYN", ["SLOE", "ResidencyCAS"], id="mix_of_letters"),
            pytest.param("ortho", ["eSLOR", "alone"], id="stands_alone"),
            pytest.param("ophthalmology", ["SF Match", "three"], id="another_match_with_fewer_places"),
        ],
    )
    def test_tells_what_else_is_wanted(self, target: str, words: list[str]) -> None:
        """What a number cannot say, such as a letter of a set form, is said in a sentence."""
        note = special_note(target) or ""
        assert note.endswith(".")
        assert [word for word in words if word not in note] == []

    @pytest.mark.parametrize("target", ["family medicine", "dermatology", "tropical medicine"])
    def test_is_none_where_nothing_is_known(self, target: str) -> None:
        """No note is made up for a specialty without a custom of its own."""
        assert special_note(target) is None


class TestNearest:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            pytest.param("Interal Medicine", "internal medicine", id="letter_left_out"),
            pytest.param("cardiologgy", "cardiology", id="alias_as_people_write_it"),
            pytest.param("paediatric cardiolgy", "pediatric cardiology", id="british_and_misspelt"),
            pytest.param("oncologist", "oncology", id="doctor_for_the_specialty"),
            pytest.param("Famly Medecine", "family medicine", id="two_slips"),
        ],
    )
    def test_finds_what_was_meant(self, typed: str, meant: str) -> None:
        """A slip of the pen leads to the name it was meant for, and that name is known."""
        assert nearest(typed) == meant
        assert is_known(meant)

    @pytest.mark.parametrize(
        "typed",
        [
            pytest.param("podiatry", id="another_trade"),
            pytest.param("surgeon", id="less_than_three_quarters_shared"),
            pytest.param("gin", id="short_word_near_a_short_alias"),
            pytest.param("", id="nothing"),
        ],
    )
    def test_suggests_nothing_where_nothing_is_close(self, typed: str) -> None:
        """A wrong guess would help less than none."""
        assert nearest(typed) is None

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            pytest.param(f"{LONGEST}{'y' * 12}", LONGEST, id="sixty_letters"),
            pytest.param(f"{LONGEST}{'y' * 13}", None, id="sixty-one_letters"),
        ],
    )
    def test_compares_no_name_of_more_than_sixty_letters(self, typed: str, meant: str | None) -> None:
        """A text of any length in the wrong place costs no time."""
        assert nearest(typed) == meant
