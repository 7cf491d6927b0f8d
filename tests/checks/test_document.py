from __future__ import annotations

from handouts.checks.document import Limits, check_pdf
from handouts.diagnostics import Diagnostic
from tests.rendering.samples import HANDOUT, page, rendered


def codes(found: tuple[Diagnostic, ...]) -> set[str]:
    return {each.code for each in found}


def test_a_good_document_passes_all_checks() -> None:
    assert codes(check_pdf(rendered(HANDOUT), limits=Limits(pages=3, paper="a4"))) == {"page-fill"}


def test_every_check_has_its_say() -> None:
    html = page(
        "<h1>A</h1><p style='font-size: 5pt'>中 small</p><img src='no.svg' alt='Picture'>"
        f"<p style='white-space: nowrap'>{'far ' * 60}</p><p class='x'>gone</p>"
        "<p style='opacity: 0.5; break-before: page'>faint</p>",
        style="@page { size: A5 } h1 { bookmark-level: none; colour: red } .x { display: none }",
        title=" ",
    )
    found = check_pdf(rendered(html), limits=Limits(pages=1, families=("Other",)), path="a")
    assert codes(found) == {
        "foreign-font",
        "low-contrast",
        "missing-glyph",
        "missing-picture",
        "page-fill",
        "pdf-a",
        "pdf-marks",
        "pdf-metadata",
        "pdf-structure",
        "pdf-ua",
        "text-lost",
        "text-off-page",
        "too-many-pages",
        "type-too-small",
        "weasyprint",
        "wrong-bookmarks",
        "wrong-page-size",
    }
    assert list(found) == sorted(found, key=lambda each: each.sort_key)
