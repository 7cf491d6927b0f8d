"""Documents that are good pass the gate, whatever is in them and in whatever order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.build.folders import Folders
from handouts.build.gate import check_words
from handouts.build.job import look_of
from handouts.build.typesetting import Typesetter
from handouts.checks.document import Limits, check_pdf
from handouts.diagnostics import Severity
from handouts.loading.library import load_library
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.compose import compose
from tests.projects import ROOT, Project

SHEET = "content/patient/component-gallery/en.md"
MANY_PAGES = 40

VOCABULARY = (
    "call us today when you feel ill the nurse knows what to do and will help with your tablets",
    "water hands sleep pain questions about treatment longest straightforward",
)
WORDS = st.lists(st.sampled_from(" ".join(VOCABULARY).split()), min_size=1, max_size=30).map(
    lambda words: " ".join(words).capitalize() + "."
)
ITEMS = st.lists(WORDS, min_size=1, max_size=7).map(
    lambda items: "\n".join(f"- {item}" for item in items)
)
HEADING = WORDS.map(lambda words: f"## {words[:50].rstrip('. ')}")


def table(rows: list[tuple[str, str]]) -> str:
    body = "\n".join(f"| {one[:40]} | {other} |" for one, other in rows)
    return f"| Word | What it means |\n|---|---|\n{body}"


PARTS = st.one_of(
    HEADING,
    WORDS,
    ITEMS,
    st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=7).map(table),
    st.just('::: risk-pair fact=made-up.alive first="With the drug" second="With the dummy"\n:::'),
    st.just("::: diagram name=signal view=simple\n:::"),
    st.just(
        '::: calendar cycle=gallery.cycle first="Tablet" first-days=gallery.tablet-days'
        ' second="Drip" second-days=gallery.drip-day\n:::'
    ),
    st.just('::: words-to-know terms="protein, scan"\n:::'),
    WORDS.map(lambda words: f"::: write-in\n**Your own rule.** {words}\n:::"),
    st.lists(WORDS, min_size=1, max_size=7).map(
        lambda steps: (
            "::: steps\n"
            + "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
            + "\n:::"
        )
    ),
    ITEMS.map(lambda items: f'::: evidence-group certainty="Seen in nobody"\n{items}\n:::'),
)
BODY = st.tuples(ITEMS, ITEMS, ITEMS, st.lists(PARTS, min_size=1, max_size=12), ITEMS)


def sheet(front: str, body: tuple[str, str, str, list[str], str]) -> str:
    main, signs, emergencies, parts, questions = body
    middle = "\n\n".join(["## What this is about", *parts])
    return (
        f"{front}\n::: main-points\n{main}\n:::\n\n::: call-us\n{signs}\n\n"
        f"### Call the emergency number for\n\n{emergencies}\n:::\n\n{middle}\n\n"
        f"::: questions\n{questions}\n:::\n"
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(ROOT / "tests" / "gallery").copied_to(tmp_path_factory.mktemp("random") / "one")


def check(project: Project, body: tuple[str, str, str, list[str], str], format_: Format) -> None:
    front = Project(ROOT / "tests" / "gallery").text(SHEET).split("\n::: main-points")[0]
    project.write(SHEET, sheet(front, body))
    library = load_library(project.path("content"), project.root)
    assert library.problems == (), library.problems
    folders = Folders(ROOT, ROOT / "content", ROOT / "output")
    look = look_of(folders)
    edition = Edition("component-gallery", Kind.PATIENT, "en", format_, Paper.A4, "default")
    document = compose(edition, library, look, date(2026, 11, 20), Path.read_bytes)
    pdf = Typesetter(folders, look).render(document, edition, Path.read_bytes)
    limits = Limits(MANY_PAGES, "a4", state=document.state_words)
    found = (
        *check_words(document, library.names("en")),
        *check_pdf(pdf, limits=limits, path=SHEET),
    )
    wrong = [str(each) for each in found if each.severity is not Severity.NOTE]
    assert not wrong, "\n".join(wrong)


LOOSE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=LOOSE)
@given(body=BODY, format_=st.sampled_from([Format.STANDARD, Format.LARGE_PRINT]))
def test_random_good_sheets_pass(
    project: Project, body: tuple[str, str, str, list[str], str], format_: Format
) -> None:
    check(project, body, format_)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=LOOSE)
@given(body=BODY, format_=st.sampled_from([Format.STANDARD, Format.LARGE_PRINT]))
def test_two_hundred_random_good_sheets_pass(
    project: Project, body: tuple[str, str, str, list[str], str], format_: Format
) -> None:
    check(project, body, format_)
