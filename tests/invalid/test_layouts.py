"""Pages that spoil what they say: each is refused, by the right code and with the right words.

Each file of ``layouts/`` is what stands in the body of a handout, as a template might write it. The
comment at its top says what the gate says about it: all errors and warnings, one a line. Of a
message that names an inner detail of a standard the beginning will do; it then ends with ``…``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from handouts.checks.document import Limits, check_pdf
from handouts.diagnostics import Severity
from handouts.rendering.compose import StateWords
from handouts.rendering.pdf import PdfDocument, renderer_for
from tests.projects import ROOT

FOLDER = Path(__file__).parent / "layouts"
LAYOUTS = sorted(path.stem for path in FOLDER.glob("*.html"))
STYLES = ROOT / "styles"
FOOTER = "MU-PT-01-EN · Version 2.1 · 0a1b2c3d"
BANNER = "Draft. No clinician has checked this page."
LIMITS = Limits(3, "a4", state=StateWords((BANNER,), ("MU-PT-01-EN", "2.1", "0a1b2c3d")))

PAGE = f"""<!DOCTYPE html>
<html lang="en" dir="ltr"><head><title>A layout</title>
<meta name="author" content="A library"><meta name="description" content="A layout">
<meta name="keywords" content="layout"></head>
<body class="patient">
<main data-footer="{FOOTER}" data-page="Page" data-of="of" data-banner="{BANNER}">
<p class="draft-banner"><span><strong>{BANNER}</strong></span></p>
<h1>A layout</h1>
<p class="lead">For people who take part in this test.</p>
<p>Words before it. They stand where words stand on any sheet, and say what a sheet may say.</p>
%s
<p>Words after it. They have to stay where they are, and all of them have to be seen.</p>
</main></body></html>
"""


@cache
def rendered(body: str) -> PdfDocument:
    """A body in the look of patient handouts."""
    sheets = [STYLES / "patient.css", STYLES / "patient.a4.css"]
    return renderer_for(sheets, folders=[STYLES], root=ROOT).render(
        PAGE % body, base_url=ROOT / "templates", path="sheet.md"
    )


def told_of(body: str) -> list[str]:
    """All errors and warnings of the gate, as the comment of a file has them."""
    found = check_pdf(rendered(body), limits=LIMITS, path="sheet.md")
    return [
        f"{each.severity} [{each.code}] {each.message}"
        for each in found
        if each.severity is not Severity.NOTE
    ]


def expected_of(text: str) -> list[str]:
    comment = text.removeprefix("<!--").partition("-->")[0]
    return [line.strip() for line in comment.strip().splitlines()]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_hostile_layout_is_refused_and_its_place_is_named(name: str) -> None:
    text = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    told, expected = told_of(text.partition("-->\n")[2]), expected_of(text)
    assert any(each.startswith("error ") for each in expected)
    assert len(told) == len(expected), told
    for message, start in zip(told, expected, strict=True):
        assert message.startswith(start[:-1]) if start.endswith("…") else message == start


def test_the_page_around_them_is_good() -> None:
    assert told_of("") == []
