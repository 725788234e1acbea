"""What each key of a plan file means, in a line: for the schema, the starter file and the questions of `init`."""

from __future__ import annotations

from typing import Final

from lorplan.reference import policy_numbers

PLAN_FILE: Final = {
    "applicant": "who applies, to what, and when",
    "policy": "your own numbers for the rules, by the names that `lorplan rules` shows",
    "rotations": "the rotations, one for each attending at each site",
}
APPLICANT: Final = {
    "name": "your name, for headings and messages",
    "email": "your e-mail address, for messages",
    "season": "the year of the Match; you apply in the autumn before",
    "deadline": "the day programs begin to read, once it is published",
    "targets": "the specialties you apply to, the first choice first",
    "holidays": "further days on which you are off, each a day or from and to",
}
TARGET: Final = {
    "specialty": "a specialty you apply to",
    "in_specialty": "how many letters it needs from the specialty itself",
}
ATTENDING: Final = {
    "name": "the attending's name, as messages should address it",
    "email": "the attending's e-mail address, which the portal and messages use",
    "role": "attending, fellow or resident: programs want attendings",
}
DAYS: Final = {
    "from": "the first day",
    "to": "the last day",
}
ROTATION: Final = {
    "attending": "who would write: a name, or name, email and role",
    "specialty": "the specialty of the rotation",
    "start": "the first day",
    "end": "the last day",
    "weeks": "how many weeks, instead of the last day",
    "hospital": "the hospital or clinic",
    "last_day": "the attending's last day with you, if it is before the end",
    "days": "the weekdays you are there, else Monday to Friday",
    "away": "days on which the attending is not there, each a day or from and to",
    "worked": "federal holidays on which you work all the same",
    "experience": "hands-on, observership, telehealth or research",
    "us": "whether it is in the United States",
    "residency_affiliated": "whether residents train there; leave it out while you do not know",
    "img_friendly": "whether they take international graduates; leave it out while you do not know",
    "letterhead": "whether the attending writes on letterhead or teaches at a university",
    "performance": "how it went: excellent, good, fair or poor; leave it out while you do not know",
    "contact": "how often you work together: daily, weekly or rarely",
    "offered": "the day the attending offered to write",
    "meeting": "the day agreed for the talk",
    "choice": "your own decision, whatever the rules say: ask or skip",
    "letter": "what has happened to the letter, each event with its day",
    "id": "what you call the rotation on the command line, else taken from the name",
    "notes": "whatever you want to remember",
}
LETTER: Final = {
    "asked": "you asked for the letter",
    "agreed": "the attending agreed",
    "packet": "you sent your CV, statement and dates",
    "requested": "you entered the attending in the portal, which sent the link",
    "reminded": "you wrote again: a list of days",
    "uploaded": "the letter is in the portal",
    "thanked": "you thanked the attending",
    "assigned": "you assigned the letter to the programs",
    "declined": "the attending declined",
}
POLICY: Final = {number.name: number.meaning for number in policy_numbers.ALL}
