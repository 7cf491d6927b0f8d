"""What someone who reads only "Your HER2CLIMB treatment" can answer, and where."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree as ET

import pytest
import weasyprint

from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.composed import composed_text
from tests.projects import our_page

SHEET = Edition(
    "your-her2climb-treatment", Kind.PATIENT, "en", Format.STANDARD, Paper.A4, "default"
)  # fmt: skip

ANSWERS = {
    "How to take your medicines": {
        "When do I take tucatinib?": "every morning and evening, about 12 hours apart",
        "Must I eat with tucatinib?": "with or without food",
        "When do I take capecitabine?": (
            "on days 1 to 14, in the morning and evening, within 30 minutes after a meal"
        ),
        "How much capecitabine?": "Take the dose your team has given you.",
        "May I crush a tablet?": "Do not chew, crush or split tucatinib.",
        "May I take a new herb?": "Ask your pharmacist before you take any new medicine or herb.",
    },
    "Your 21-day calendar": {
        "When is the next cycle?": "After day 21, the next cycle starts with day 1.",
    },
    "If you miss a dose": {
        "I missed tucatinib, or vomited it": (
            "take no extra dose. Take the next at its usual time. Never double it."
        ),
        "I missed capecitabine": "Capecitabine, missed or vomited: ask your team what to do.",
    },
    "Call us, day or night, if you have": {
        "When is diarrhoea too much?": (
            "4 or more extra stools (poos) in a day, or diarrhoea at night: call early"
        ),
    },
    "Call the emergency number for": {
        "When is it an emergency?": "swelling of the face, lips or throat",
    },
    "Side effects": {
        "How many have severe diarrhoea?": "Severe diarrhoea 13 of 100 8 of 100 Call us early",
    },
    "Tests on the way": {
        "Which tests do I have?": "Liver blood tests, before you start, then about every 3 weeks.",
    },
    "Pregnancy and breast-feeding": {
        "How long birth control?": "Trastuzumab 7 months 7 months",
    },
    "The main points": {
        "May I stop?": (
            "Do not stop your medicines on your own. Capecitabine has its own rule, below."
        ),
    },
}
"""By heading: what a patient would ask, and the words that answer it."""


@cache
def page() -> ET.Element:
    root: ET.Element = weasyprint.HTML(string=our_page(SHEET).html).etree_element
    return root


@cache
def sections() -> dict[str, str]:
    """The words under each heading of the sheet."""
    html = our_page(SHEET).html
    headings = {composed_text(f"<p>{each}</p>") for each in re.findall(r"<h2>(.*?)</h2>", html)}
    found: dict[str, list[str]] = {"": []}
    for line in composed_text(html).splitlines():
        if line in headings:
            found[line] = []
        else:
            list(found.values())[-1].append(line)
    return {heading: " ".join(lines).replace("\u00a0", " ") for heading, lines in found.items()}


def text_of(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize(
    ("place", "question"), [(place, each) for place, asked in ANSWERS.items() for each in asked]
)
def test_a_question_is_answered_where_one_looks(place: str, question: str) -> None:
    assert ANSWERS[place][question] in sections()[place]


def test_no_dose_of_capecitabine_is_printed() -> None:
    printed = {each.fact.address for each in our_page(SHEET).ledger.printed}
    assert "her2climb.dose-tucatinib" in printed
    assert "her2climb.dose-capecitabine" not in printed
    assert "mg/m" not in our_page(SHEET).html


def test_the_calendar_ticks_the_days_that_its_words_say() -> None:
    ticked: dict[str, list[int]] = {}
    for week in page().iter("table"):
        if week.get("class") != "calendar__week":
            continue
        days = [int(text_of(each).split()[-1]) for each in week.findall("thead/tr/th")[1:]]
        for row in week.findall("tbody/tr"):
            marks = [text_of(each) for each in row.findall("td")]
            assert set(marks) <= {"", "✓"}
            taken = [day for day, mark in zip(days, marks, strict=True) if mark]
            ticked.setdefault(text_of(row[0]), []).extend(taken)
    assert ticked == {
        "Tucatinib": list(range(1, 22)),
        "Capecitabine": list(range(1, 15)),
        "Trastuzumab": [1],
    }
    assert "Capecitabine: on days 1 to 14, then none until" in sections()["Your 21-day calendar"]


def test_the_calendar_and_the_side_effects_name_their_rows_and_columns() -> None:
    tables = [
        each for each in page().iter("table")
        if each.get("class") in {"calendar__week", "side-effects__table"}
    ]  # fmt: skip
    assert len(tables) == 4
    for table in tables:
        assert {each.get("scope") for each in table.findall("thead/tr/th")} == {"col"}
        assert all(row[0].get("scope") == "row" for row in table.findall("tbody/tr"))


def test_a_number_that_was_not_seen_is_named() -> None:
    assert "81 of 100 not in the sources we read" in sections()["Side effects"]


def test_steps_are_a_numbered_list_that_begins_with_what_to_do() -> None:
    (steps,) = [each for each in page().iter("div") if each.get("class") == "steps"]
    words = [text_of(each) for each in steps.findall("ol/li")]
    assert 1 <= len(words) <= 7
    assert [each.split()[0] for each in words] == ["Take", "Take", "Swallow", "Come", "Ask"]
