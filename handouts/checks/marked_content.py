"""All that is painted is marked: as content of the structure, or as an artifact to pass over.

The rules are those of ISO 32000-1, 14.6 to 14.8, and of ISO 14289-1 (PDF/UA-1), 7.1 and 7.8.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handouts.checks.letters import letters, plain, shortened
from handouts.checks.printed import printed
from handouts.checks.structure import told
from handouts.rendering.isolation import reads_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.checks.content import PrintedPage
    from handouts.diagnostics import Diagnostic
    from handouts.rendering.layout import PageLayout
    from handouts.rendering.pdf import PdfDocument


def check_marks(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``pdf-marks``: all that is painted is in one mark or artifact; numbers are used once a page.

    No mark stands inside of another one, or in a form XObject, where no structure reaches.
    """
    problems = [each for page in printed(document.data).pages for each in _wrong_marks(page)]
    hint = "what is drawn with effects, such as `opacity`, loses its mark: use a plain colour"
    return told("pdf-marks", problems, path=path, hint=hint)


def check_artifacts(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``pdf-artifact``: the words that a screen reader passes over are those of the page's margins.

    All of them are, and no other words and drawings.
    """
    pages = zip(document.layout.pages, printed(document.data).pages, strict=True)
    figures = Counter(
        page
        for element in printed(document.data).tree.elements
        if element.kind == "Figure"
        for page, _ in element.marks
    )
    problems = [
        problem
        for layout, page in pages
        for problem in (
            *_wrong_artifacts(layout, page),
            *_hidden_drawings(layout, figures[page.number]),
        )
    ]
    hint = "page headers, footers and the banner are artifacts, and nothing else"
    return told("pdf-artifact", problems, path=path, hint=hint)


def _wrong_marks(page: PrintedPage) -> Iterator[str]:
    if page.unmarked:
        kinds = ", ".join(dict.fromkeys(page.unmarked))
        yield f"page {page.number} paints outside of the structure ({kinds})"
    if page.marks_in_forms:
        yield f"page {page.number} has marked content in a form"
    if page.nested:
        yield f"page {page.number} has marked content or an artifact inside of another"
    if page.unbalanced:
        yield f"page {page.number} has marked content without a beginning or an end"
    for number, times in sorted(Counter(page.marks).items()):
        if times > 1:
            yield f"page {page.number} has content {number} more than once"


def _wrong_artifacts(layout: PageLayout, page: PrintedPage) -> Iterator[str]:
    """Compares words in artifacts with those of the margins, as often as they stand there."""
    runs = [run.text for run in layout.runs if run.in_margin]
    runs += ["".join(picture.texts) for picture in layout.pictures if picture.in_margin]
    groups: dict[int, str] = {}
    for shown in page.shown:
        if shown.artifact:
            groups[shown.group] = groups.get(shown.group, "") + shown.text
    key = letters if any(map(reads_right_to_left, runs)) else plain
    wanted = Counter(filter(None, map(key, runs)))
    given = Counter(filter(None, map(key, groups.values())))
    for text in groups.values():
        if given[key(text)] > wanted[key(text)]:
            given[key(text)] -= 1
            yield f"page {page.number}: no screen reader reads `{shortened(text)}`"
    for text in runs:
        if wanted[key(text)] > given[key(text)]:
            wanted[key(text)] -= 1
            yield f"page {page.number}: `{shortened(text)}` in the margin is read as running text"


def _hidden_drawings(layout: PageLayout, figures: int) -> Iterator[str]:
    drawings = sum(not picture.in_margin for picture in layout.pictures)
    if figures < drawings:
        missing = drawings - figures
        yield f"page {layout.number}: no screen reader is told of {missing} of {drawings} drawings"
