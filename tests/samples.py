"""Plan files as text, for tests that go the whole way from a file to an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

EXAMPLES: Final = Path(__file__).parent.parent / "examples"
EXAMPLE_DAYS: Final = [
    pytest.param("rotations.yaml", "2027-01-20", id="the_first_file"),
    pytest.param("mid-season.yaml", "2027-08-20", id="a_letter_in_every_state"),
    pytest.param("awkward.yaml", "2027-06-01", id="an_untidy_calendar"),
    pytest.param("bare-list.yaml", "2027-03-01", id="no_applicant"),
    pytest.param("programs.yaml", "2027-08-25", id="twenty_five_programs"),
]
"""Each example file with a day on which there is something to tell of it."""

AS_OF: Final = "2027-01-20"
"""The day on which the samples are looked at: Amina's first rotation is past its midpoint."""

AMINA: Final = """\
applicant: {name: Amina Rahman, email: amina@example.org, season: 2028, targets: [internal medicine]}
rotations:
  - {attending: Dr. Wei Chen, hospital: Mercy General, specialty: internal medicine,
     start: 2027-01-04, end: 2027-01-29}
  - {attending: Dr. Amaka Okafor, specialty: cardiology, start: 2027-02-01, end: 2027-02-26}
  - {attending: Dr. Luis Rossi, specialty: family medicine, start: 2027-03-01, end: 2027-03-26}
  - {attending: Dr. Maria Silva, specialty: neurology, start: 2027-03-29, weeks: 4, experience: observership}
  - {attending: Dr. Hana Sato, specialty: neurology, start: 2027-04-26, end: 2027-05-21, choice: skip}
"""
"""Chen, Okafor and Rossi are asked, Silva waits, Sato is skipped. Chen's feedback is due."""

LAKESIDE: Final = (
    AMINA
    + """\
programs:
  - {name: Lakeside Medical Center, specialty: internal medicine, requires: {us: all}, id: lakeside}
  - {name: Mercy, specialty: internal medicine, deadline: 2027-10-15, requires: {chair: 1}}
  - {name: Toledo, specialty: transitional year, requires: {letters: 2}, max: 3}
"""
)
"""Amina's file with programs: Mercy lacks a chair's letter."""

BENITO: Final = """\
applicant: {season: 2028}
rotations:
  - {attending: Dr. Ana Petrov, specialty: neurology, start: 2026-11-02, end: 2026-11-27, performance: good,
     letter: {asked: 2026-11-25, agreed: 2026-11-30}}
"""
"""No name of an applicant; the packet for Petrov is overdue."""

BAD: Final = """\
- attending: Dr. Wei Chen
  specialty: internal medicine
  start: 2027-01-04
  end: 2027-01-01
  hospitl: Mercy General
"""
"""Ends before it starts, and has an unknown key."""

ADVISED: Final = "- {attending: Dr. Wei Chen, specialty: frobnication, start: 2027-01-04, weeks: 4}\n"
"""A specialty that nobody knows: allowed, and probably not meant."""

HOSTILE: Final = """\
applicant: {name: "Amina [bold]R[/bold] [/IM]", season: 2028, targets: ["[/IM] :smile:"]}
rotations:
  - {attending: "Dr. [/IM] :b: {x} [a/b]", specialty: "[red]neurology[/red]", start: 2027-01-04, end: 2027-01-29,
     hospital: "Mercy [/] :x: {0} %s", performance: good}
  - {attending: "陈伟 王小明", specialty: internal medicine, start: 2027-02-01, end: 2027-02-26}
  - {attending: "Dr. 😀 Émilie", specialty: cardiology, start: 2027-03-01, end: 2027-03-26}
"""
"""Names that look like rich's markup, like emoji codes and templates, and wide characters."""

HOSTILE_NAMES: Final = ("Dr. [/IM] :b: {x} [a/b]", "陈伟 王小明", "Dr. 😀 Émilie")

BAD_REPORT: Final = """\
{file}:4:8: rotation "chen": end 2027-01-01 is before start 2027-01-04
      end: 2027-01-01
           ^
{file}:5:3: rotation "chen": unknown key "hospitl", did you mean "hospital"?
      hospitl: Mercy General
      ^
"""
"""What is said about BAD: where, what, the line, and a caret below the place."""

EVERY_KEY: Final = """\
applicant:
  name: Amina Rahman
  email: amina@example.org
  phone: +1 555 0100
  season: 2028
  token: 2027-06-24
  deadline: 2027-09-22
  targets: [internal medicine, {specialty: family medicine, in_specialty: 1}]
  holidays: [2026-12-24, {from: 2026-12-28, to: 2026-12-31}]
policy: {want: 4, spare: 0, max_per_program: 4, fresh_days: 300, min_days: 8, final_week_days: 7, lead_days: 28,
         processing_days: 5, remind_after_days: 28, remind_before_days: [10, 5], follow_up_days: 7,
         no_answer_days: 14, give_up_after: 2, thank_days: 7, assign_days: 7, packet_days: 3}
programs:
  - name: Lakeside Medical Center
    specialty: internal medicine
    track: categorical
    requires: {letters: 3, in_specialty: 1, us: All, chair: 0, standardized: 0, hands_on: yes, months: 120}
    prefers: {in_specialty: 2}
    max: 4
    deadline: 2027-10-15
    also: [a letter from the present supervisor]
    applied: 2027-09-08
    assigned: Chen_1
    choice: skip
    read: 2027-07-01
    url: https://example.org/im
    notes: free text
    id: lakeside
rotations:
  - attending: {name: Dr. Wei Chen, email: wei@example.org, role: fellow}
    hospital: 'Mercy [General] :b:'
    specialty: internal medicine
    start: 2027-01-04
    end: 2027-01-29
    last_day: 2027-01-22
    days: [mon, sat]
    away: [2027-01-20, {from: 2027-01-06, to: 2027-01-08}]
    worked: [2027-01-18]
    experience: observership
    us: No
    residency_affiliated: ON
    img_friendly: off
    letterhead: yes
    performance: good
    contact: daily
    for: [internal medicine, family medicine]
    standardized: no
    notice: 2027-01-05
    feedback: 2027-01-15
    offered: 2027-01-20
    meeting: 2027-01-27
    choice: ask
    letter:
      asked: 2027-01-27
      agreed: 2027-01-28
      packet: 2027-01-29
      requested: 2027-06-02
      reminded: [2027-07-14]
      sent: 2027-08-01
      uploaded: 2027-08-02
      imported: 2027-08-02
      thanked: 2027-08-03
      assigned: 2027-09-03
    id: Chen_1
    notes: |
      Two lines,
      \ttabs and all.
"""
"""Every key there is, as text."""
