"""The content of a PDF's pages: glyphs shown, marked content, what is outside of it.

Coordinates are points, from the lower left corner of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import repeat
from math import hypot
from struct import unpack
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from handouts.checks.embedded import PrintedFont, PrintedFonts

Matrix = tuple[float, float, float, float, float, float]

_NUMBER = frozenset([int, Decimal])
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_PAINTING = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"])
_PLACING = frozenset(["BT", "Td", "TD", "Tm"])
_SHOWING = frozenset(["Tj", "TJ"])
_OPERATORS = " ".join(
    [
        *["q", "Q", "cm", "Tf", "BMC", "BDC", "EMC", "Do", "BI", "ID", "EI"],
        *sorted(_PLACING | _SHOWING | (_PAINTING - {"INLINE IMAGE"})),
    ]
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Glyphs shown by one operator.

    Attributes:
        font: None if the page has no such font.
        glyphs: their numbers.
        size: effective type size in points.
        start: where the base line begins.
        end: where it ends.
        mark: number of the marked content they are in; None in artifacts, or in nothing.
        artifact: whether they are in an artifact.
        group: which marked content or artifact they are in, counted through the page; WeasyPrint
            makes one for each run of text and each drawing.
        text: what the glyphs stand for; U+FFFD for one that stands for nothing.
    """

    font: PrintedFont | None
    glyphs: tuple[int, ...]
    size: float
    start: tuple[float, float]
    end: tuple[float, float]
    mark: int | None
    artifact: bool
    group: int

    text: str


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page's content.

    Attributes:
        number: from 1.
        size: width and height of its media box.
        shown: glyphs in order of painting.
        marks: numbers of its marked content, in order.
        unmarked: operators that paint outside of marked content and artifacts.
        artifacts: type of each artifact: ``Pagination``, or empty.
        marks_in_forms: numbers inside of form XObjects, where no page's structure reaches.
        nested: how many marks and artifacts stand inside of another one.
        unbalanced: whether one begins and does not end in its stream, or ends without beginning.
    """

    number: int
    size: tuple[float, float]
    shown: tuple[Shown, ...]
    marks: tuple[int, ...]
    unmarked: tuple[str, ...]
    artifacts: tuple[str, ...]
    marks_in_forms: tuple[int, ...]
    nested: int
    unbalanced: bool


@dataclass(slots=True)
class _State:
    """The graphics state that matters here."""

    matrix: Matrix
    font: PrintedFont | None = None
    size: float = 0


class PageReader:
    """Walks the content of a page and of the form XObjects it paints."""

    def __init__(self, number: int, page: Any, fonts: PrintedFonts) -> None:
        self._number, self._page, self._fonts = number, page, fonts
        self._shown: list[Shown] = []
        self._marks: list[int] = []
        self._unmarked: list[str] = []
        self._artifacts: list[str] = []
        self._marks_in_forms: list[int] = []
        self._open: list[tuple[bool, int | None]] = []
        self._groups = 0
        self._nested, self._unbalanced = 0, False

    def read(self) -> PrintedPage:
        """Read it all."""
        page = self._page
        self._walk(page, page.get("/Resources", pikepdf.Dictionary()), _IDENTITY, in_form=False)
        left, low, right, high = (float(each) for each in page.mediabox)
        return PrintedPage(
            self._number,
            (right - left, high - low),
            tuple(self._shown),
            tuple(self._marks),
            tuple(self._unmarked),
            tuple(self._artifacts),
            tuple(self._marks_in_forms),
            self._nested,
            self._unbalanced,
        )

    def _walk(self, content: Any, resources: Any, matrix: Matrix, *, in_form: bool) -> None:
        fonts = self._fonts.of(resources)
        state, stack = _State(matrix), list[_State]()
        line = here = _IDENTITY
        depth = len(self._open)
        for operands, sign in pikepdf.parse_content_stream(content, _OPERATORS):
            operator = str(sign)
            if operator == "q":
                stack.append(_State(state.matrix, state.font, state.size))
            elif operator == "Q" and stack:
                state = stack.pop()
            elif operator == "cm":
                state.matrix = _product(_matrix(operands), state.matrix)
            elif operator in _PLACING:
                line = here = _placed(operator, operands, line)
            elif operator == "Tf":
                state.font, state.size = fonts.get(str(operands[0])), float(operands[1])
            elif operator in _SHOWING:
                here = self._show(operands[0], state, here)
            elif operator in ("BMC", "BDC"):
                self._begin(operands, in_form=in_form)
            elif operator == "EMC":
                self._end(depth)
            elif operator == "Do":
                self._paint(resources["/XObject"][operands[0]], state.matrix)
            elif operator in _PAINTING:
                self._note_unmarked(operator)
        if len(self._open) > depth:
            self._unbalanced = True
            del self._open[depth:]

    def _begin(self, operands: Any, *, in_form: bool) -> None:
        properties = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
        known = isinstance(properties, pikepdf.Dictionary)
        artifact = operands[0] == "/Artifact"
        number = int(properties["/MCID"]) if known and "/MCID" in properties else None
        if artifact:
            self._artifacts.append(str(properties.get("/Type", "/"))[1:] if known else "")
        elif number is not None:
            (self._marks_in_forms if in_form else self._marks).append(number)
        if (artifact or number is not None) and self._is_marked:
            self._nested += 1
        self._open.append((artifact, number))
        self._groups += 1

    def _end(self, depth: int) -> None:
        if len(self._open) > depth:
            self._open.pop()
        else:
            self._unbalanced = True

    def _paint(self, target: Any, matrix: Matrix) -> None:
        if target.get("/Subtype") != "/Form":
            self._note_unmarked("Do")
            return
        own = _matrix(target["/Matrix"]) if "/Matrix" in target else _IDENTITY
        resources = target.get("/Resources", pikepdf.Dictionary())
        self._walk(target, resources, _product(own, matrix), in_form=True)

    def _show(self, operand: Any, state: _State, here: Matrix) -> Matrix:
        """Note the glyphs; return the text matrix after them."""
        strings: list[bytes] = []
        kerned = 0.0
        for part in operand if isinstance(operand, pikepdf.Array) else (operand,):
            if type(part) in _NUMBER:
                kerned += float(part)
            else:
                strings.append(bytes(part))
        codes = b"".join(strings)
        glyphs = unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2])
        width = (state.font.widths if state.font else {}).get
        texts = (state.font.texts if state.font else {}).get
        advance = sum(map(width, glyphs, repeat(1000))) - kerned
        after = _product((1, 0, 0, 1, advance * state.size / 1000, 0), here)
        if glyphs:
            self._note_unmarked("text")
            start, end = _product(here, state.matrix), _product(after, state.matrix)
            artifact = any(artifact for artifact, _ in self._open)
            numbers = [number for _, number in self._open if number is not None]
            self._shown.append(
                Shown(
                    state.font,
                    glyphs,
                    state.size * hypot(start[2], start[3]),
                    start[4:],
                    end[4:],
                    numbers[-1] if numbers and not artifact else None,
                    artifact,
                    self._groups,
                    "".join(map(texts, glyphs, repeat("\ufffd"))),
                )
            )
        return after

    def _note_unmarked(self, operator: str) -> None:
        if not self._is_marked:
            self._unmarked.append(operator)

    @property
    def _is_marked(self) -> bool:
        return any(artifact or number is not None for artifact, number in self._open)


def _placed(operator: str, operands: Any, line: Matrix) -> Matrix:
    """The matrix of a text line after an operator that begins or moves it."""
    if operator == "BT":
        return _IDENTITY
    if operator == "Tm":
        return _matrix(operands)
    return _product((1, 0, 0, 1, float(operands[0]), float(operands[1])), line)


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)
    return a, b, c, d, e, f


def _product(first: Matrix, second: Matrix) -> Matrix:
    """The transformation that does ``first``, then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
