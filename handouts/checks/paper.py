"""What is visible on the sheet: its size, the number of pages, type sizes, text off the page."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, sin
from typing import TYPE_CHECKING

from handouts.checks.letters import shortened
from handouts.checks.printed import printed
from handouts.diagnostics import Diagnostic, error
from handouts.rendering.layout import POINTS_PER_PIXEL, Area

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handouts.checks.content import Shown
    from handouts.rendering.layout import PageLayout
    from handouts.rendering.pdf import PdfDocument

PAPERS = {"a4": (210 / 25.4 * 72, 297 / 25.4 * 72), "letter": (612.0, 792.0)}
"""Width and height of each paper in points."""

_CARD = "letterhead__card"
"""It stands in the margin of the first page."""

_SPOILT = {
    "transform": "is moved by `transform`, nobody knows where to",
    "clip": "is cut off by `clip`",
    "z-index": "may lie below the page's background, by `z-index`",
    "text-decoration": "is struck through, by `text-decoration`",
    "letter-spacing": "has its letters over each other, by `letter-spacing`",
    "word-spacing": "has its words over each other, by `word-spacing`",
}

_HEADINGS = frozenset({"h1", "h2", "h3", "caption"})

PATIENT_FLOORS = {"text": 12.0, "margin": 10.0, "chart": 10.5}
LARGE_PRINT_FLOORS = {"text": 18.0}
CLINICIAN_FLOORS = {"text": 8.0}


def check_page_size(
    document: PdfDocument, *, path: str | None = None, paper: str | None = None
) -> list[Diagnostic]:
    """``wrong-page-size``: each page is exactly A4 or Letter, all the same.

    Args:
        document: to check.
        path: the file that diagnostics name.
        paper: ``a4`` or ``letter`` if only one of them will do.
    """
    allowed = [PAPERS[paper]] if paper else list(PAPERS.values())
    names = paper.capitalize() if paper else "A4 or Letter"
    found = []
    sizes = [page.size for page in printed(document.data).pages]
    for number, size in enumerate(sizes, start=1):
        if not any(_same(size, each) for each in allowed):
            found.append(
                error(
                    "wrong-page-size",
                    f"page {number} is {size[0]:.2f} × {size[1]:.2f} pt, not {names}",
                    path=path,
                )
            )
        elif not _same(size, sizes[0]):
            message = f"page {number} is of another size than page 1"
            found.append(error("wrong-page-size", message, path=path))
    return found


def check_page_count(
    document: PdfDocument, *, limit: int, path: str | None = None
) -> list[Diagnostic]:
    """``too-many-pages``: the document takes no more pages than it may."""
    count = document.page_count
    if count <= limit:
        return []
    over = (run.text for run in document.layout.pages[limit].runs if not run.in_margin)
    first = " ".join(" ".join(over).split())
    block = _last_heading(document.layout.pages[: limit + 1])
    return [
        error(
            "too-many-pages",
            f"takes {count} {_pages(count)}, may take {limit}",
            path=path,
            hint=f"it runs over{f' in `{block}`,' if block else ''} from `{first[:50]}` on: shorten"
            " words; in a record, `priority: low` lets a block be left off",
        )
    ]


def _last_heading(pages: Sequence[PageLayout]) -> str | None:
    """The heading or caption that the first words of the last of these pages stand under."""
    *before, last = pages
    runs = [run for page in before for run in page.runs]
    runs += [run for run in last.runs if not run.in_margin][:1]
    headed = [run for run in runs if run.tag in _HEADINGS and not run.in_margin]
    if not headed:
        return None
    words = (run.text for run in headed if run.index == headed[-1].index)
    return shortened("".join(words))


def check_type_size(
    document: PdfDocument, *, floors: Mapping[str, float], path: str | None = None
) -> list[Diagnostic]:
    """``type-too-small``: no printed text is below the floor of its role.

    Args:
        document: to check.
        floors: points by role: ``text`` (also for roles that are not named), ``margin`` for page
            headers and footers, ``chart`` for words in drawings, and the values of
            ``data-type-role`` attributes.
        path: the file that diagnostics name.
    """
    smallest: dict[tuple[str, float], tuple[int, str]] = {}
    for number, role, size, text in _sized(document):
        floor = floors.get(role, floors["text"])
        if size < floor - 0.01 and text.strip():
            smallest.setdefault((role, round(size, 2)), (number, text))
    return [
        error(
            "type-too-small",
            f"page {number} sets `{shortened(text)}` in {size:g} pt; "
            f"the least for {_role(role)} is {floors.get(role, floors['text']):g} pt",
            path=path,
        )
        for (role, size), (number, text) in smallest.items()
    ]


def check_text_inside(document: PdfDocument, *, path: str | None = None) -> list[Diagnostic]:
    """``text-off-page``: all text stands inside of the page's margins, and of its drawing.

    Text in page headers and footers may stand anywhere on the sheet, a clinic's card wherever
    printers reach.
    """
    found: list[str] = []
    for page in document.layout.pages:
        cards = [each for each in page.blocks if _CARD in each.classes]
        for run in page.runs:
            room = page.sheet if run.in_margin else page.area
            if any(card.index <= run.index <= card.last for card in cards):
                room = page.printable
            if run.text.strip() and not room.holds(run.area):
                room_name = "page" if run.in_margin else "page's text area"
                found.append(
                    f"page {page.number}: `{shortened(run.text)}` goes over the "
                    f"{_edge(room, run.area)} edge of the {room_name}"
                )
            elif run.text.strip() and run.spoilt_by:
                how = _SPOILT[run.spoilt_by]
                found.append(f"page {page.number}: `{shortened(run.text)}` {how}")
            elif run.text.strip() and run.window and not run.window.holds(run.area, tolerance=2):
                found.append(f"page {page.number}: `{shortened(run.text)}` is cut off by its box")
        drawings = [picture.area for picture in page.pictures]
        found += [
            f"page {page.number}: `{shortened(words.text)}` is not inside of its drawing"
            for words in _drawn(document, page)
            if not any(drawing.holds(words.area, tolerance=1) for drawing in drawings)
        ]
    return [error("text-off-page", message, path=path) for message in found]


@dataclass(slots=True)
class _Words:
    """Some text in a drawing: its base line, in CSS pixels, and its type size in points."""

    text: str
    size: float
    area: Area


def _drawn(document: PdfDocument, page: PageLayout) -> list[_Words]:
    """The words in the drawings of a page, read back from the PDF.

    SVG text is set letter by letter; letters on one line that follow one another are joined.
    """
    file = printed(document.data)
    figures = {mark for each in file.tree.elements if each.kind == "Figure" for mark in each.marks}
    found: list[_Words] = []
    last: tuple[float, ...] = ()
    for shown in file.pages[page.number - 1].shown:
        if shown.mark is None or (page.number, shown.mark) not in figures:
            continue
        area = _base_line(shown, page.height)
        line: tuple[float, ...] = (shown.mark, shown.size, *_line(shown))
        if line == last:
            found[-1].text += shown.text
            found[-1].area = _around(found[-1].area, area)
        else:
            found.append(_Words(shown.text, shown.size, area))
        last = line
    return found


def _line(shown: Shown) -> tuple[float, float]:
    """The direction of a base line, and its distance from the corner of the page."""
    (x, y), (to_x, to_y) = shown.start, shown.end
    angle = atan2(to_y - y, to_x - x)
    return round(angle, 2), round(x * sin(angle) - y * cos(angle), 1)


def _base_line(shown: Shown, page_height: float) -> Area:
    xs = sorted(x / POINTS_PER_PIXEL for x in (shown.start[0], shown.end[0]))
    ys = sorted(page_height - y / POINTS_PER_PIXEL for y in (shown.start[1], shown.end[1]))
    return Area(xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0])


def _around(first: Area, second: Area) -> Area:
    x, y = min(first.x, second.x), min(first.y, second.y)
    return Area(x, y, max(first.right, second.right) - x, max(first.bottom, second.bottom) - y)


def _sized(document: PdfDocument) -> Iterator[tuple[int, str, float, str]]:
    """Page, role, points and words of all text."""
    for page in document.layout.pages:
        for run in page.runs:
            yield page.number, run.role, run.size_pt, run.text
        for words in _drawn(document, page):
            yield page.number, "chart", words.size, words.text


def _same(first: tuple[float, float], second: tuple[float, float]) -> bool:
    return all(abs(a - b) < 0.01 for a, b in zip(first, second, strict=True))


def _edge(room: Area, area: Area) -> str:
    over = {
        "left": room.x - area.x,
        "upper": room.y - area.y,
        "right": area.right - room.right,
        "lower": area.bottom - room.bottom,
    }
    return max(over, key=lambda edge: over[edge])


def _role(role: str) -> str:
    names = {"text": "running text", "margin": "page headers and footers", "chart": "charts"}
    return names.get(role, f"`{role}`")


def _pages(count: int) -> str:
    return "page" if count == 1 else "pages"
