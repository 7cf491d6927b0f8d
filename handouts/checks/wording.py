"""Nothing is lost on the way: the words of the HTML are on the page, and in the PDF's text.

Three steps, as each can fail by itself. What the HTML says is compared with the boxes that were laid
out, in order; the boxes, page by page, with what the glyphs in the file stand for; and that with
the text that another program (PDFium) reads. White space does not count, nor do characters that
never print.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from os.path import commonpath
from typing import TYPE_CHECKING

import pypdfium2

from handouts.checks.printed import printed
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.composed import composed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handouts.checks.content import PrintedPage
    from handouts.rendering.layout import PageLayout
    from handouts.rendering.pdf import PdfDocument

_HYPHENS = str.maketrans("\x02\ufffe\u2010\u2011", "----")
_UNPRINTED = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
_GAP = "\n"


def check_text(document: PdfDocument, html: str, *, path: str | None = None) -> list[Diagnostic]:
    """``text-lost``: the composed text, the laid out text and the PDF's text are the same.

    Args:
        document: to check.
        html: what it was made from.
        path: the file that diagnostics name.
    """
    return [
        error("text-lost", message, path=path)
        for message in (*_between_html_and_boxes(document, html), *_between_boxes_and_pdf(document))
    ]


def _between_html_and_boxes(document: PdfDocument, html: str) -> list[str]:
    layout = document.layout
    words = composed(html, without=layout.running)
    laid_out = [
        run.text[:-1] if run.hyphenated else run.text
        for page in layout.pages
        for run in page.runs
        if not (run.in_margin or run.generated or run.repeated)
    ]
    drawings = [
        text for page in layout.pages for picture in page.pictures for text in picture.texts
    ]
    messages = []
    if _joined(words.pieces) != _joined(laid_out):
        missing, more = _unmatched(words.pieces, _joined(laid_out))
        messages += [f"`{_start(each)}` is not on the page" for each in missing[:1]]
        if more and not missing:
            runs = sorted(laid_out, key=len, reverse=True)
            run = next((each for each in runs if _plain(each) and _plain(each) in more), more)
            messages.append(f"the page says `{_start(run)}` where the document does not")
    missing, _ = _unmatched(words.drawings, _GAP.join(map(_plain, drawings)))
    return messages + [f"`{_start(each)}` is not in the drawing" for each in missing[:1]]


def _between_boxes_and_pdf(document: PdfDocument) -> list[str]:
    messages = []
    pages = printed(document.data).pages
    texts = extracted_text(document.data)
    for layout, page, text in zip(document.layout.pages, pages, texts, strict=True):
        found = _page_difference(layout, page) or _reading_difference(page, text)
        messages += [f"page {page.number} of the PDF {each}" for each in found]
    return messages


def _page_difference(layout: PageLayout, page: PrintedPage) -> list[str]:
    """Between the runs of text that were set and the groups of glyphs in the file."""
    pieces = [run.text for run in layout.runs]
    pieces += ["".join(picture.texts) for picture in layout.pictures]
    wanted = Counter(_plain(piece, folded=False) for piece in pieces)
    groups: dict[int, str] = {}
    for shown in page.shown:
        groups[shown.group] = groups.get(shown.group, "") + shown.text
    given = Counter(_plain(group, folded=False) for group in groups.values())
    for piece in pieces:
        if (wanted - given)[_plain(piece, folded=False)]:
            return [f"does not say `{_start(piece)}`"]
    for group in groups.values():
        if (given - wanted)[_plain(group, folded=False)]:
            return [f"says `{_start(group)}` where the page does not"]
    return []


def _reading_difference(page: PrintedPage, text: str) -> list[str]:
    """Between what the glyphs stand for and what another program makes of them.

    The order may differ where text runs from right to left.
    """
    glyphs = _plain("".join(shown.text for shown in page.shown), folded=False)
    read = _plain(text, folded=False)
    if Counter(glyphs) == Counter(read):
        return []
    place = len(commonpath([glyphs, read]))
    return [f"is read as `{read[place : place + 30]}`, not `{glyphs[place : place + 30]}`"]


def extracted_text(data: bytes) -> tuple[str, ...]:
    """The text of each page as PDFium reads it, with hyphens at line ends as they are printed."""
    document = pypdfium2.PdfDocument(data)
    try:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range())
            text_page.close()
            page.close()
    finally:
        document.close()
    return tuple(texts)


def _unmatched(pieces: Iterable[str], text: str) -> tuple[list[str], str]:
    """Strike each piece out of a text: the pieces that are not there, and what is left of the text.

    The longest go first, so that a short one does not take a part of a longer one.
    """
    plain = [(_plain(piece), piece) for piece in pieces]
    missing: list[tuple[int, str]] = []
    order = sorted(range(len(plain)), key=lambda index: -len(plain[index][0]))
    for index in order:
        needle, piece = plain[index]
        if not needle:
            continue
        before, found, after = text.partition(needle)
        if found:
            text = f"{before}{_GAP}{after}"
        else:
            missing.append((index, piece))
    return [piece for _, piece in sorted(missing)], text.replace(_GAP, "")


def _joined(pieces: Sequence[str]) -> str:
    return _plain("".join(pieces))


def _plain(text: str, *, folded: bool = True) -> str:
    """A text without white space, in one form of Unicode; without case, if CSS may change it."""
    text = unicodedata.normalize("NFC", _UNPRINTED.sub("", text.translate(_HYPHENS)))
    return text.casefold() if folded else text


def _start(text: str) -> str:
    """The first words."""
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
