"""Nothing is lost on the way: the words of the HTML are on the page, and in the PDF's text.

Three steps, as each can fail by itself. What the HTML says is compared with the boxes that were
laid out, element by element; the boxes, page by page, with what the glyphs in the file stand for;
and that with the text that another program (PDFium) reads. White space does not count, nor do
characters that never print.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handouts.checks.extracted import extracted_text
from handouts.checks.letters import letters, plain
from handouts.checks.printed import printed
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.isolation import reads_right_to_left

if TYPE_CHECKING:
    from handouts.checks.content import PrintedPage
    from handouts.rendering.composed import ComposedText
    from handouts.rendering.layout import PageLayout
    from handouts.rendering.pdf import PdfDocument


def check_text(
    document: PdfDocument, words: ComposedText, *, path: str | None = None
) -> list[Diagnostic]:
    """``text-lost``: the composed text, the laid out text and the PDF's text are the same.

    Args:
        document: to check.
        words: of the HTML it was made from, but for what stands in page headers and footers.
        path: the file that diagnostics name.
    """
    return [
        error("text-lost", message, path=path)
        for message in (
            *_between_html_and_boxes(document, words),
            *_between_boxes_and_pdf(document),
        )
    ]


def _between_html_and_boxes(document: PdfDocument, words: ComposedText) -> list[str]:
    layout = document.layout
    laid_out: dict[int, str] = {}
    for run in (run for page in layout.pages for run in page.runs):
        if not (run.in_margin or run.generated or run.repeated):
            text = run.text[:-1] if run.hyphenated else run.text
            laid_out[run.index] = laid_out.get(run.index, "") + text
    for index in sorted(words.pieces.keys() | laid_out.keys()):
        message = _text_difference(words.pieces.get(index, ""), laid_out.get(index, ""))
        if message:
            return [message]
    pictures = [picture for page in layout.pages for picture in page.pictures]
    drawn = Counter(plain(text) for picture in pictures for text in picture.texts)
    for text, count in Counter(words.drawings).items():
        if drawn[plain(text)] < count:
            return [f"`{_start(text)}` is not in the drawing"]
    return []


def _text_difference(composed_text: str, laid_out: str) -> str | None:
    """How one element's words differ, if they do; CSS may change their case."""
    wanted, given = plain(composed_text).casefold(), plain(laid_out).casefold()
    if wanted == given:
        return None
    if not given:
        return f"`{_start(composed_text)}` is not on the page"
    if not wanted:
        return f"the page says `{_start(laid_out)}` where the document does not"
    place = _shared(wanted, given)
    return f"the page says `{given[place : place + 30]}` for `{wanted[place : place + 30]}`"


def _between_boxes_and_pdf(document: PdfDocument) -> list[str]:
    messages = []
    pages = printed(document.data).pages
    texts = extracted_text(document.data)
    for layout, page, text in zip(document.layout.pages, pages, texts, strict=True):
        found = _page_difference(layout, page) or _reading_difference(page, text)
        messages += [f"page {page.number} of the PDF {each}" for each in found]
    return messages


def _page_difference(layout: PageLayout, page: PrintedPage) -> list[str]:
    """Between the runs of text that were set and the groups of glyphs in the file.

    On a page with text from right to left the order of a run is not compared: glyphs stand in the
    file from left to right, and so do the signs around a Latin name.
    """
    pieces = [run.text for run in layout.runs]
    pieces += ["".join(picture.texts) for picture in layout.pictures]
    groups: dict[int, str] = {}
    for shown in page.shown:
        groups[shown.group] = groups.get(shown.group, "") + shown.text
    key = letters if any(map(reads_right_to_left, pieces)) else plain
    wanted = Counter(filter(None, map(key, pieces)))
    given = Counter(filter(None, map(key, groups.values())))
    missing, more = wanted - given, given - wanted
    if missing:
        return [f"does not say `{_start(next(each for each in pieces if missing[key(each)]))}`"]
    if more:
        text = next(each for each in groups.values() if more[key(each)])
        return [f"says `{_start(text)}` where the page does not"]
    return []


def _reading_difference(page: PrintedPage, text: str) -> list[str]:
    """Between what the glyphs stand for and what another program makes of them.

    The order may differ where text runs from right to left.
    """
    glyphs = plain("".join(shown.text for shown in page.shown))
    read = plain(text)
    if Counter(letters(glyphs)) == Counter(letters(read)):
        return []
    place = _shared(glyphs, read)
    return [f"is read as `{read[place : place + 30]}`, not `{glyphs[place : place + 30]}`"]


def _shared(first: str, second: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(first), len(second)))


def _start(text: str) -> str:
    """The first words."""
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
