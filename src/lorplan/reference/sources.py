"""The pages that the rules and the season days rest on, and what each says, in our words."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

READ_ON = date(2026, 11, 22)
"""The day on which most of the pages below were read, as stored copies."""

_LATER = date(2026, 11, 25)


class Source(NamedTuple):
    """A page: `title` names it and its publisher, `read` is the day we read it.

    `address` is the page; it is empty for our own judgement.
    `confidence`: high for the page of the body that decides; medium for a school, a society or several that agree; low
    for a blog, a vendor or a single old page. `says` is what it says, in our words.
    """

    title: str
    address: str
    confidence: Literal["high", "medium", "low"]
    says: str
    read: date = READ_ON

    @property
    def named(self) -> str:
        """The title and, if there is one, the address."""
        return f"{self.title}, {self.address}" if self.address else self.title


JUDGEMENT = Source(
    title="Our own judgement",
    address="",
    confidence="low",
    says="We found no page that says this. It is our reasoning, or worked out from what other pages say.",
)

# The advice the product starts from

IMG_ROTATIONS_ARTICLE = Source(
    title="IMG Rotations, Ash Eighaei Sedeh MD: the best time to ask for a letter during hands-on experience",
    address="https://imgrotations.com/post/best-lor-us-hands-on-clinical-experience",
    confidence="low",
    says="Ask in the final week, after good work that the doctor has seen, in a short talk or by e-mail, "
    "and never leave without asking; accept an offer at once. Two or three strong letters beat one "
    "from every rotation: at least one from the US and one in the specialty, best from hands-on work "
    "at a place that takes graduates from abroad or trains residents, on its letterhead or from "
    "someone with an academic post.",
)

# Letters in ERAS

AAMC_LETTER_WRITERS = Source(
    title="AAMC: questions and answers for ERAS letter writers",
    address="https://aamc.org/services/eras-institutions/eras-letter-writers-faq",
    confidence="high",
    says="A program can be assigned at most four letters. From the 2027 season on, a portal of its own "
    "e-mails the writer a secure link; requests left open in the old portal have to be made again.",
)
AAMC_DOCUMENTS_FAQ = Source(
    title="AAMC: questions and answers on MyERAS documents, for fellowship applicants",
    address="https://students-residents.aamc.org/eras-tools-and-worksheets-fellowship-applicants/"
    "frequently-asked-questions-eras-fellowship-applicants?topic=myeras-documents",
    confidence="high",
    says="Any number of letters can be uploaded, but a program receives four of them at most. Whatever "
    "arrives later has to be assigned to each program anew.",
)
AAMC_LETTERS_CHAPTER = Source(
    title="AAMC: applying to residencies with ERAS, the chapter on letters of recommendation",
    address="https://students-residents.aamc.org/applying-residencies-eras/publication-chapters/letters-recommendation",
    confidence="high",
    says="An entry names the writer, the e-mail address, the specialty, the form of the letter, whether a "
    "chair writes it and whether you waive reading it; once confirmed it cannot be changed, and an "
    "applicant who waived may never see the letter. Letter IDs and request forms served until 31 May 2026.",
)
AAMC_OLD_LETTER_PORTAL = Source(
    title="AAMC: the ERAS letter of recommendation portal in use until May 2026",
    address="https://aamc.org/services/eras-for-institutions/lor-portal",
    confidence="high",
    says="A letter is one PDF file of up to 1 MB, letterhead advised. This describes the old portal.",
)
AAMC_REPEAT_APPLICANTS = Source(
    title="AAMC: history and imports for those who apply again",
    address="https://students-residents.aamc.org/applying-residency/history-and-imports-repeat-eras-applicants-faq",
    confidence="high",
    says="Letters of a submitted application can be used again for up to seven years; programs see the "
    "day of the upload.",
)
ECFMG_DOCUMENTS = Source(
    title="ECFMG: questions and answers for ERAS applicants",
    address="https://ecfmg.org/eras/applicants-faq.html",
    confidence="medium",  # their own page; but that it holds for letters is our reading
    says="Documents of international graduates take up to five business days to process. The page does "
    "not say so of letters in particular.",
)
EFDO_DOCUMENTS = Source(
    title="ERAS Fellowships Documents Office: submitting documents",
    address="https://www.erasfellowshipdocuments.org/Instructions/DocumentSubmission/DocumentSubmission",
    confidence="medium",
    says="Whatever is uploaded, letters in their portal included, takes up to five business days. It "
    "speaks of fellowships; residencies are not mentioned.",
)
UW_CAREER_ADVISING = Source(
    title="University of Washington School of Medicine, career advising: letters",
    address="https://education.uwmedicine.org/career-advising/resources/letters-of-recommendation/",
    confidence="medium",
    says="The portal takes letters only once the season has opened; until then the writer keeps the "
    "letter. A letter can come after you applied and is then assigned program by program. SF Match "
    "takes at most three. A resident or fellow may help, but not write it.",
)
MARYLAND_MANUAL = Source(
    title="University of Maryland School of Medicine: residency application manual, letters",
    address="https://medschool.umaryland.edu/osa-dev/advising/residency-application-manual/application-parts/lors",
    confidence="medium",
    says="A letter once assigned cannot be taken back. Keep a place free for a strong letter that comes "
    "late instead of filling it for the time being. Tell a writer early that you hope for a letter; 1 September is the "
    "date that this school gives its writers. For a preliminary or transitional year one letter from medicine or from "
    "surgery is recommended, not required.",
)
RESIDENCY_SUPPORT_BLOG = Source(
    title="Residency Support blog, September 2015",
    address="https://residencysupport.blogspot.com/2015/09/",
    confidence="low",
    says="A letter that arrives after applying has to be assigned to every program by hand.",
)
LIAISON_RESIDENCYCAS = Source(
    title="Liaison: help pages of ResidencyCAS, evaluations",
    address="https://help.liaisonedu.com/ResidencyCAS_Applicant_Help_Center/"
    "Filling_Out_Your_ResidencyCAS_Application/Materials_Library/ResidencyCAS_Materials_Library",
    confidence="high",
    says="ResidencyCAS, which obstetrics and gynecology (since 2024-25) and emergency medicine (since 2025-26) apply "
    "through, takes at most four letters. In 2025 it opened on 4 June, applications could be submitted from "
    "3 September, and programs looked at them from 1 October.",
)

BU_SF_MATCH = Source(
    title="Boston University, career planning: the match application process",
    address="https://bumc.bu.edu/camed/student-affairs/career-planning/match-application-process",
    confidence="medium",
    says="Ophthalmology applies through SF Match: registration about 1 July, the target date about 1 September, the "
    "match about 1 February. It takes three letters.",
    read=_LATER,
)
AAMC_PORTAL_FAQ = Source(
    title="AAMC: questions and answers on the Letter Writer Portal",
    address="https://aamc.org/services/aamc-letter-writer-portal/faqs",
    confidence="high",
    says="A link that does not arrive was sent to a wrong address, lies in the spam folder or was held back by the "
    "institution; the applicant can send it again.",
    read=_LATER,
)
AAMC_DOCUMENTS_CHAPTER = Source(
    title="AAMC: applying to residencies with ERAS, the chapter on documents",
    address="https://students-residents.aamc.org/applying-residencies-eras/publication-chapters/documents",
    confidence="high",
    says="An assignment is final once you have applied to the program; before that, on saved programs, it can be "
    "changed. One document can be assigned to the whole list of programs at once.",
    read=_LATER,
)
FEINBERG_FAQ = Source(
    title="Northwestern University, Feinberg School of Medicine: questions on the residency application process",
    address="https://feinberg.northwestern.edu/md-education/student-support/career-development/"
    "residency-application-process/faq.html",
    confidence="medium",
    says="A writer who supports you in two specialties writes a letter for each, entered and labelled apart.",
    read=_LATER,
)

# What an international graduate adds to the season

ECFMG_TOKEN = Source(
    title="ECFMG: ERAS support services, the token",
    address="https://ecfmg.org/eras/",
    confidence="high",
    says="An international graduate needs a token of ECFMG before entering anything in the application. It was "
    "released 15 to 21 days after the opening: 21 June 2018, 23 June 2020, 24 June 2021, 28 June 2023.",
    read=_LATER,
)
ECFMG_EARLY_LETTERS = Source(
    title="ECFMG: submitting letters of recommendation early",
    address="https://ecfmg.org/eras/applicants-submit-lors-early.html",
    confidence="medium",  # their own page; whether it holds for the new portal is unconfirmed
    says="With the token of the running season a letter for the next one can be uploaded early, if the application is "
    "certified and submitted before the season ends. This describes the old portal.",
    read=_LATER,
)
ECFMG_PROCESSING = Source(
    title="ECFMG: MyIntealth update, 7 October 2025",
    address="https://ecfmg.org/news/2025/10/07/myintealth-update-where-we-are-whats-next",
    confidence="high",
    says="In the autumn of 2025 processing would run past 24 September, the day programs began to review.",
    read=_LATER,
)
IMGPREP_TOKEN = Source(
    title="IMGPrep: how to obtain the ERAS token for the 2021 season",
    address="https://imgprep.com/how-to-obtain-the-eras-token-for-the-2021-application-season",
    confidence="medium",
    says="Tokens of the 2021 season were released on 23 June 2020.",
    read=_LATER,
)

# Season days

AAMC_PROGRAM_TIMELINE = Source(
    title="AAMC: ERAS timeline for program staff, seasons of 2020 and 2021",
    address="https://aamc.org/services/eras-institutions/program-staff/timeline",
    confidence="high",
    says="Lists the days of the 2020 and 2021 seasons: opening, first applications, start of review.",
)
AAMC_SCHOOL_TIMELINE = Source(
    title="AAMC: ERAS timeline for medical schools, season of 2023",
    address="https://aamc.org/services/eras-for-institutions/medical-schools/timeline",
    confidence="high",
    says="The 2023 season opened on 8 June 2022, took applications from 7 September, with review from the 28th.",
)
AAMC_ERAS_TIMELINE = Source(
    title="AAMC: applying to residencies with ERAS, the timeline of the 2026 season",
    address="https://students-residents.aamc.org/applying-residencies-eras/publication-chapters/eras-timeline",
    confidence="high",
    says="The 2026 season opened on 4 June 2025, took applications from 3 September, with review from the 24th.",
)
MEDCLERKSHIPS_TIMELINE = Source(
    title="MedClerkships: residency timeline for IMGs, season of 2022",
    address="https://medclerkships.com/residency-timeline-for-imgs-eras-2022/",
    confidence="medium",
    says="The 2022 season opened on 9 June 2021, took applications from 1 September, with review from the 29th.",
)
INSPIRA_TIMELINE = Source(
    title="Inspira Advantage: ERAS residency timeline, 25 April 2024",
    address="https://inspiraadvantage.com/blog/eras-residency-timeline",
    confidence="medium",
    says="Cites the AAMC: the 2024 season opened on 7 June 2023, took applications from 6 September, with review from "
    "the 27th.",
    read=_LATER,
)
TTUHSC_FAQ = Source(
    title="Texas Tech University Health Sciences Center El Paso, family medicine residency: questions and answers",
    address="https://ttuhscep.edu/som/family/residency/faq.aspx",
    confidence="medium",
    says="Review of the 2025 season began on 25 September 2024. That it opened on 5 June is on the AAMC's pages; "
    "4 September for the first applications follows the rule of the other seasons.",
    read=_LATER,
)
LELAND_TIMELINE = Source(
    title="Leland: ERAS residency timeline, season of 2027",
    address="https://joinleland.com/library/a/eras-residency-timeline",
    confidence="low",
    says="Second hand: the 2027 season opens on 3 June 2026, with applications from 2 and review from 23 September.",
)
WIKIPEDIA_MATCH_DAY = Source(
    title="Wikipedia: Match Day (medicine)",
    address="https://en.wikipedia.org/wiki/Match_Day_(medicine)",
    confidence="medium",
    says="Match Day is the third Friday of March.",
)
NRMP_MATCH_DAY = Source(
    title="NRMP: Match Day 2026",
    address="https://nrmp.org/about/news/2025/09/medical-school-welcome-newsletter-2",
    confidence="high",
    says="Match Day of 2026 was 20 March, the third Friday.",
)
FIVE_USC_6103 = Source(
    title="United States Code, title 5, section 6103: holidays",
    address="https://www.law.cornell.edu/uscode/text/5/6103",
    confidence="high",
    says="Names the eleven legal public holidays. For a Monday to Friday week one that falls on a Saturday"
    " is kept on the Friday before, and by executive order one on a Sunday on the Monday after.",
)

PENN_HOLIDAYS = Source(
    title="University of Pennsylvania, Perelman School of Medicine: holidays of students",
    address="https://www.med.upenn.edu/student/holidays.html",
    confidence="high",
    says="Students in clinics are off on a handful of holidays, not on all federal ones.",
    read=_LATER,
)
UMKC_HOLIDAYS = Source(
    title="University of Missouri-Kansas City, School of Medicine: student personal holiday policy",
    address="https://med.umkc.edu/sa/student-personal-holiday-policy/",
    confidence="high",
    says="Its hospitals keep New Year's Day, Memorial Day, Independence Day, Labor Day, Thanksgiving and Christmas.",
    read=_LATER,
)

# Letters by specialty

BU_INTERNAL_MEDICINE = Source(
    title="Boston University: applying in internal medicine, planning your fourth year",
    address="https://bumc.bu.edu/im-student-education/applying-in-internal-medicine/planning-your-fourth-year/",
    confidence="medium",
    says="Internal medicine wants three or four letters, two of them from the field, where subspecialists count.",
)
AAIM_EVALUATION_LETTER = Source(
    title="Alliance for Academic Internal Medicine: the structured evaluative letter",
    address="https://www.im.org/resources/ume-gme-program-resources/resources-guidelines-im-sel",
    confidence="medium",
    says="Many departments of medicine write one letter of their own, in a set form.",
)
UW_FAMILY_MEDICINE = Source(
    title="University of Washington, family medicine: letters of recommendation that impress",
    address="https://familymedicine.uw.edu/education/advising/apply/impressing-letters-of-recommendation/",
    confidence="medium",
    says="Three letters, one from family medicine. Ask four or five people, give each at least four weeks,"
    " ask whether the letter can be a strong one, and remind after a month.",
)
AAP_PEDIATRICS = Source(
    title="American Academy of Pediatrics: the residency application process and timeline",
    address="https://aap.org/en/career-resources/medical-students/the-residency-application-process-and-timeline/",
    confidence="high",
    says="Pediatrics wants three letters, one from a pediatrician; whether a department letter is wanted varies.",
)
UIC_PSYCHIATRY = Source(
    title="University of Illinois College of Medicine, career advising: psychiatry",
    address="https://medicine.uic.edu/students/career-advising/psychiatry",
    confidence="medium",
    says="Psychiatry wants three or four letters, one or two from psychiatrists.",
)
UIC_NEUROLOGY = Source(
    title="University of Illinois College of Medicine, career advising: neurology",
    address="https://medicine.uic.edu/students/career-advising/neurology",
    confidence="medium",
    says="Neurology wants three letters, one or two from neurologists; one from the chair is encouraged.",
)
UIC_ANESTHESIOLOGY = Source(
    title="University of Illinois College of Medicine, career advising: anesthesiology",
    address="https://medicine.uic.edu/students/career-advising/anesthesiology",
    confidence="medium",
    says="Anesthesiology wants three or four letters, one or two from the field, the chair's where possible.",
)
PATHOLOGY_FORUM = Source(
    title="Reddit, pathology: a thread that quotes the program directors' guide of 2025",
    address="https://www.reddit.com/r/pathology/comments/1m0p872/",
    confidence="low",
    says="Pathology wants three letters, and as a rule at least one from a pathologist.",
)
SIR_RADIOLOGY = Source(
    title="Society of Interventional Radiology, residents and fellows: letters for applicants, 2014",
    address="https://rfs.sirweb.org/2014/06/07/letters-of-recommendation-101-for-ir-residency-applicants/",
    confidence="low",
    says="Radiology wants three letters, one from a radiologist.",
)
INDIANA_SURGERY = Source(
    title="Indiana University School of Medicine, career development: letters of recommendation",
    address="https://md.mednet.iu.edu/support-services/career-development/letters-of-reccomendation/",
    confidence="low",
    says="General surgery wants three or four letters, two from surgeons; a chair letter is usual.",
)
CORD_SLOE = Source(
    title="Council of Residency Directors in Emergency Medicine: the SLOE, questions of medical students",
    address="https://cordem.org/resources/residency-management/sloe/sloe-faq-medical-students/",
    confidence="high",
    says="Emergency medicine is applied for with standardized letters of evaluation from its own rotations.",
)
CUREUS_SLOE_IMGS = Source(
    title="Cureus: international graduates applying in emergency medicine",
    address="https://doi.org/10.7759/cureus.10130",
    confidence="medium",
    says="International graduates need at least two standardized letters for emergency medicine.",
)
ACOG_TRANSITION = Source(
    title="American College of Obstetricians and Gynecologists: transition to residency, 2023-24",
    address="https://acog.org/education-and-events/creog/transition-to-residency",
    confidence="medium",
    says="For 2023-24 four letters: one standardized letter of evaluation, two more in the field and one other. "
    "Program pages of 2024 ask for fewer from the field.",
)
AOA_ESLOR = Source(
    title="American Orthopaedic Association: the standardized electronic letter (eSLOR)",
    address="https://www.aoassn.org/eslor-instructions/",
    confidence="high",
    says="Orthopedic surgery uses a standardized electronic letter that needs no other letter beside it.",
)
ABMS_BOARDS = Source(
    title="American Board of Medical Specialties: specialties and subspecialties by board",
    address="https://www.abms.org/member-boards/specialty-subspecialty-certificates/",
    confidence="high",
    says="Lists the subspecialties that each board certifies; several boards certify sleep, pain, critical"
    " care, hospice, sports and addiction medicine.",
)

# Timing and manners

OKLAHOMA_HOW_TO_ASK = Source(
    title="University of Oklahoma College of Medicine: how to ask for a letter",
    address="https://medicine.ouhsc.edu/current-learners/md-program-okc/career-advising/resources/"
    "how-to-ask-for-an-lor",
    confidence="medium",
    says="Ask an attending, best of all one who knows you well, towards the end of your time together.",
)
MEDFOOLS_LETTERS = Source(
    title="Medfools: letters of recommendation",
    address="https://medfools.com/match/lettersofrec.php",
    confidence="medium",
    says="Ask in the last days of the rotation.",
)
UNR_LETTERS = Source(
    title="University of Nevada, Reno: letters of recommendation for fourth-year students",
    address="https://med.unr.edu/student-affairs/career-advising/year-4-medical-students/letters-of-recommendation",
    confidence="medium",
    says="Find four writers and one or two in reserve. Make an appointment to ask; hand over the CV and "
    "the personal statement, and scores or a transcript if they are asked for.",
)
PS_OFFICE_OF_EDUCATION = Source(
    title="Columbia University P&S, Office of Education: letters of recommendation, 2018",
    address="https://psofficeofed.uservoice.com/knowledgebase/articles/1163527",
    confidence="medium",
    says="Do not ask for a letter that you are not going to use.",
)
GWU_LETTERS = Source(
    title="George Washington University: applying for residency, letters of recommendation",
    address="https://smhs.gwu.edu/clinical-translational-research/tips/"
    "applying-residency-information-item-7-letters-recommendation-lors",
    confidence="medium",
    says="Letters come from faculty; residents and fellows cannot write them. Ask whether the letter can "
    "be a strong one: that gives the writer a polite way out.",
)
RESIDENTS_MEDICAL = Source(
    title="Residents Medical: letters of recommendation",
    address="https://residentsmedical.com/articles/getting-prepared-for-eras",
    confidence="low",
    says="A vendor's view: a letter should be no older than six months to a year.",
)
MATCH_A_RESIDENT = Source(
    title="Match A Resident: a guide to letters of recommendation",
    address="https://blog.matcharesident.com/guide-medical-residency-letters-of-recommendation/",
    confidence="low",
    says="A vendor's view: programs look for letters of the last year.",
)
USA_HEALTH_OBSERVERSHIPS = Source(
    title="USA Health: residency questions and answers",
    address="https://usahealthsystem.com/faqs-6466",
    confidence="medium",
    says="This program takes no letters from observerships.",
)
GRAND_STRAND_OBSERVERSHIPS = Source(
    title="Grand Strand Medical Center: internal medicine residency, international graduates",
    address="https://grandstrandmed.com/professionals/graduate-medical-education/internal-medicine/"
    "international-medical-graduates.dot",
    confidence="medium",
    says="This program does count observerships as clinical experience.",
)
DOCTORS_LIFE_BLOG = Source(
    title="A doctor's life: requesting a letter of recommendation, August 2012",
    address="https://doctorslife.blogspot.com/2012/08/requesting-letter-of-recommendation.html",
    confidence="low",
    says="A writer's view: about somebody seen for less than a couple of weeks there is little to say.",
    read=_LATER,
)
AAFP_LETTERS = Source(
    title="American Academy of Family Physicians: references and letters for residency applications",
    address="https://www.aafp.org/students-residents/medical-students/become-a-resident/applying-to-residency/"
    "references.html",
    confidence="medium",
    says="Told from the start that you hope for a letter, an attending can write a more deliberate one: in a September "
    "rotation bring it up at the beginning. Send no more letters than a program asks for: some read only the first.",
    read=_LATER,
)
SUCCESSFUL_MATCH_BLOG = Source(
    title="The Successful Match blog, December 2009",
    address="https://thesuccessfulmatch.blogspot.com/2009/12/",
    confidence="low",
    says="Thank the people who wrote for you.",
)
PROGRAM_DIRECTOR_SURVEY = Source(
    title="Match A Resident blog: the NRMP program director survey of 2018",
    address="https://blog.matcharesident.com/2018-nrmp-program-director-survey-program-directors-like-see/",
    confidence="medium",
    says="In 2018 letters in the specialty were named by 86 % of program directors and weighed at 4.2 of 5.",
)

ALL: tuple[Source, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Source))
"""Every source above, in the order of this page."""
