"""A diagram on a page: drawn in the page's look, with everything it says written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handouts.charts.diagram import draw_diagram
from handouts.charts.drawing import ChartStyle, Drawing
from handouts.diagnostics import InvalidInput, did_you_mean, error
from handouts.markdown.blocks import Component
from handouts.models.diagram import DRUGS, Diagram
from handouts.models.record import Record
from handouts.rendering.words import Words


@dataclass(frozen=True, slots=True)
class DiagramFigure:
    """A diagram with the words under it."""

    drawing: Drawing
    caption: str


def diagram_figure(
    component: Component,
    diagrams: Mapping[str, Record[Diagram]],
    words: Words,
    style: ChartStyle,
    language: str,
) -> DiagramFigure | None:
    """The diagram that a component names; None where it can't be had, and a problem says why.

    Args:
        component: ``::: diagram name=… view=…``.
        diagrams: records by id.
        words: writes down what the drawing says.
        style: look of the drawing.
        language: of its labels.
    """
    name, view = component.argument("name") or "", component.argument("view") or ""
    record = diagrams.get(name)
    message, known = f"there is no diagram `{name}`", list(diagrams)
    if record is not None:
        diagram = record.value
        if view in diagram.views and language in diagram.languages:
            return _drawn(record, view, words, style, language)
        message, known = f"diagram `{name}` has no view `{view}`", list(diagram.views)
        if view in diagram.views:
            message, known = f"diagram `{name}` has no labels in language `{language}`", []
    code = "broken-record" if words.book.is_broken(name) else "unknown-diagram"
    problem = error(
        code, message, path=words.path, line=component.line, column=1,
        hint=did_you_mean(view if record else name, known),
    )  # fmt: skip
    words.ledger.problems.append(problem)
    return None


_MOST_DRAWINGS = 64
_drawings: dict[tuple[object, ...], tuple[Record[Diagram], Drawing]] = {}


def _drawing(
    record: Record[Diagram], view: str, language: str, style: ChartStyle, unverified_word: str
) -> Drawing:
    """A view of a diagram; it is drawn once for all documents that show it.

    Raises:
        InvalidInput: as ``draw_diagram``.
    """
    key = (id(record), view, language, style, unverified_word)
    known = _drawings.get(key)
    if known is None:
        drawing = draw_diagram(
            record, view, language, style, name=f"{record.id}-{view}",
            unverified_word=unverified_word,
        )  # fmt: skip
        while len(_drawings) >= _MOST_DRAWINGS:
            del _drawings[next(iter(_drawings))]
        known = _drawings[key] = record, drawing  # the record is held: no other gets its id
    return known[1]


def _drawn(
    record: Record[Diagram], view: str, words: Words, style: ChartStyle, language: str
) -> DiagramFigure | None:
    diagram = record.value
    words.ledger.diagrams.append(record.path)
    try:
        drawing = _drawing(record, view, language, style, words.writing.translate("no source yet"))
    except InvalidInput as invalid:
        words.ledger.problems.extend(invalid.diagnostics)
        return None
    shown = diagram.views[view].layout(style.label_pt)
    drugs = [key for key in shown.nodes if diagram.nodes[key].shape in DRUGS]
    for key in (*shown.marks, *drugs):
        words.drawn(f"{record.id}.{key}", drawing.alt)
    return DiagramFigure(drawing, diagram.views[view].caption[language])
