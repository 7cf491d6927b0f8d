"""Whoever reads only the handout can answer what a patient would ask."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.composed import composed_text
from tests.projects import ROOT, our_page

FILE = Path(__file__).with_name("questions.yaml")
QUESTIONS: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
EACH = [(handout, each) for handout, asked in QUESTIONS.items() for each in asked]
HEADING = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
AT_LEAST = 10


def named(value: str | dict[str, Any]) -> str:
    return value if isinstance(value, str) else str(value["ask"])


@cache
def sections(handout: str) -> dict[str, str]:
    """What stands on the paper below each heading, before the next one."""
    html = our_page(Edition(handout, Kind.PATIENT, "en", Format.STANDARD, Paper.A4, "default")).html
    headings = {plain(unescape(re.sub(r"<[^>]+>", "", each))) for each in HEADING.findall(html)}
    found: dict[str, str] = {}
    heading = ""
    for line in map(plain, composed_text(html).splitlines()):
        if line in headings:
            heading = line
        else:
            found[heading] = f"{found.get(heading, '')} {line}".strip()
    return found


def plain(text: str) -> str:
    return " ".join(re.sub(r" \((?:we have no source for this yet)\)", "", text).split())


def test_every_handout_is_asked_ten_questions() -> None:
    assert set(QUESTIONS) == {each.name for each in (ROOT / "content" / "patient").iterdir()}
    for handout, asked in QUESTIONS.items():
        assert len({each["ask"] for each in asked}) >= AT_LEAST, handout


@pytest.mark.parametrize(("handout", "question"), EACH, ids=named)
def test_the_sheet_answers(handout: str, question: dict[str, Any]) -> None:
    below = sections(handout)
    assert question["under"] in below, f"no such heading; there are: {sorted(below)}"
    assert question["says"] in below[question["under"]]


@pytest.mark.parametrize(
    ("handout", "question"), [each for each in EACH if "ask-whom" in each[1]], ids=named
)
def test_what_the_evidence_cannot_answer_names_whom_to_ask(
    handout: str, question: dict[str, Any]
) -> None:
    said = sections(handout)[question["under"]]
    asked_us = question["under"] == "Questions for your care team"
    assert asked_us or re.search(r"\b(?:[Aa]sk|[Tt]ell) (?:us|your)\b", said)
