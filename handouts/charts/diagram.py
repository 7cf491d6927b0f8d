"""A diagram of a signalling pathway, drawn from its record at its final size.

Ends of lines are those of the field: an arrow activates, a bar blocks (SBGN
Activity Flow, level 1). What has no source yet is dashed, and the key in the drawing says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from handouts.charts.diagram_key import APART_EM, SAMPLE_EM, Placed, arranged, key_entries
from handouts.charts.diagram_lettering import LINE_EM, Lettering, Line
from handouts.charts.diagram_shapes import Pen
from handouts.charts.drawing import ChartStyle, Drawing, canvas, finish
from handouts.diagnostics import Diagnostic, InvalidInput, error, in_order
from handouts.models.diagram import Diagram, Mark, Node, Shape, View, ZoneKind
from handouts.models.layout import Area, Layout, Side, Spot, area_of
from handouts.models.record import Record

_BOLD = frozenset(
    {Shape.RECEPTOR, Shape.STUB, Shape.PROTEIN, Shape.ANTIBODY, Shape.TABLET, Shape.OUTCOME}
)
_ANTIBODY_EM = 1.7
"""Width that the sign of an antibody takes from the words in its box."""

_TABLET_EM = 0.35
"""What the round ends of a tablet take from either side of its words."""

_HALF_CAPITAL_EM = 0.33
"""From the middle of a capital down to its base line."""


def draw_diagram(
    record: Record[Diagram], view: str, language: str, style: ChartStyle, *,
    width_mm: float | None = None, name: str, unverified_word: str,
) -> Drawing:  # fmt: skip
    """A view of a diagram.

    Args:
        record: the diagram; problems are told at their places in it.
        view: id of one of its views.
        language: of the labels.
        style: colours and font; its size of labels chooses the layout.
        width_mm: width of the drawing; None for that of the layout.
        name: unique on a page; ids inside the SVG begin with it.
        unverified_word: what the key says of dashed things, such as "no source yet".

    Raises:
        InvalidInput: ``label-too-wide``, ``overlapping-labels``, ``outside-canvas``.
    """
    chosen = record.value.views[view]
    layout = chosen.layout(style.label_pt)
    index = chosen.layouts.index(layout)
    if width_mm is not None:
        layout = layout.stretched(width_mm)
    size = float(layout.width), float(layout.height)
    with canvas(*size, style) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, size[0])
        axes.set_ylim(size[1], 0)
        axes.set_axis_off()
        letters = Lettering(axes, style)
        picture = _Picture(
            record, chosen, layout, ("views", view, "layouts", index), language, unverified_word,
            Pen(axes, style, letters.em), letters,
        )  # fmt: skip
        picture.draw()
        return finish(figure, chosen.alt[language], name)


@dataclass(slots=True)
class _Picture:
    record: Record[Diagram]
    view: View
    layout: Layout
    at: tuple[str | int, ...]
    language: str
    unverified_word: str
    pen: Pen
    letters: Lettering
    circles: dict[str, Spot] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def draw(self) -> None:
        """Everything, from the back to the front.

        Raises:
            InvalidInput: words do not fit.
        """
        membrane_last = sorted(
            self.layout.zones, key=lambda each: self.diagram.zones[each].kind is ZoneKind.MEMBRANE
        )
        for name in membrane_last:
            self._zone(name)
        nodes = {name: self.diagram.nodes[name] for name in self.layout.nodes}
        behind = {node.part_of for node in nodes.values()}
        behind |= {name for name, node in nodes.items() if node.shape is Shape.GROUP}
        for name, node in nodes.items():
            if name in behind:
                self._node(name, node)
        for name, node in nodes.items():
            self._stem(name, node)
        for name in self.layout.edges:
            edge = self.diagram.edges[name]
            route = self.layout.route(name, self.diagram.edges)
            self.pen.edge(edge.kind, route, strong=edge.strong, dashed=edge.is_unverified)
        for name, node in nodes.items():
            if name not in behind:
                self._node(name, node)
        for name in self.layout.marks:
            self._mark(name)
        if self.layout.key is not None:
            self._key(area_of(self.layout.key))
        self._look_over()

    @property
    def diagram(self) -> Diagram:
        return self.record.value

    def _zone(self, name: str) -> None:
        place = self.layout.zones[name]
        zone = self.diagram.zones[name]
        self.pen.zone(zone.kind, area_of(place.box))
        if place.label is not None:
            x, y = place.label
            words = self.view.labels.get(name, zone.label)[self.language]
            self.letters.write(Line(words), (float(x), float(y)))

    def _stem(self, name: str, node: Node) -> None:
        """From a receptor to its part inside the cell."""
        if node.part_of is None or node.part_of not in self.layout.nodes:
            return
        receptor, part = self.layout.area(node.part_of), self.layout.area(name)
        if not receptor.holds(part):
            self.pen.stem(part.centre[0], receptor.bottom, part.y, dashed=node.is_unverified)

    def _node(self, name: str, node: Node) -> None:
        area = self.layout.area(name)
        self.pen.node(node.shape, area, dashed=node.is_unverified)
        inner = self._room_for_words(name, node, area)
        lines = self.letters.fitted(self._words(name, node), inner.width, inner.height)
        if not lines:
            self._too_wide(node.label[self.language], area, ("nodes", name))
        elif node.shape is Shape.GROUP:
            x, y = inner.x + 0.5 * self.letters.em, inner.y + 1.05 * self.letters.em
            for index, line in enumerate(lines):
                self.letters.write(line, (x, y + index * LINE_EM * self.letters.em))
        else:
            self.letters.centred(lines, inner)

    def _room_for_words(self, name: str, node: Node, area: Area) -> Area:
        """The part of a box that its words may use: over its parts, beside its sign."""
        if node.shape is Shape.ANTIBODY:
            taken = _ANTIBODY_EM * self.letters.em
            self.pen.antibody((area.x + 0.62 * taken, area.centre[1]))
            return Area(area.x + taken, area.y, area.width - taken, area.height)
        if node.shape is Shape.TABLET:
            return area.narrowed(_TABLET_EM * self.letters.em)
        parts = [
            self.layout.area(each).y
            for each in self.layout.nodes
            if self.diagram.nodes[each].part_of == name
            and area.holds(self.layout.area(each))
        ]  # fmt: skip
        return Area(area.x, area.y, area.width, min(parts, default=area.bottom) - area.y)

    def _words(self, name: str, node: Node) -> tuple[Line, ...]:
        label = self.view.labels.get(name, node.label)[self.language]
        sub = self.view.subs.get(name, node.sub)
        first = Line(label, bold=node.shape in _BOLD)
        return (first,) if sub is None else (first, Line(sub[self.language]))

    def _mark(self, name: str) -> None:
        place = self.layout.marks[name]
        if place.at is None:
            return  # it stands in the key
        x, y = float(place.at[0]), float(place.at[1])
        mark = self.diagram.marks[name]
        self._circle(name, mark, x, y)
        if place.words is not None:
            sign = 1 if place.words is Side.RIGHT else -1
            start = x + sign * (self.layout.mark_radius + APART_EM * self.letters.em)
            side = "left" if sign > 0 else "right"
            base = y + _HALF_CAPITAL_EM * self.letters.em
            self.letters.write(Line(mark.label[self.language]), (start, base), side)

    def _circle(self, name: str, mark: Mark, x: float, y: float) -> None:
        radius = self.layout.mark_radius
        self.pen.mark((x, y), radius, dashed=mark.is_unverified)
        number = Line(str(self.diagram.number(name)), bold=True)
        self.circles[number.text] = x, y
        self.letters.write(number, (x, y + _HALF_CAPITAL_EM * self.letters.em), "center")

    def _key(self, area: Area) -> None:
        entries = key_entries(self.diagram, self.layout, self.language, self.unverified_word)
        for each in arranged(entries, area, self.letters, self.layout.mark_radius):
            if not each.fits:
                self._too_wide(each.entry.word, area, ("key",))
                return
            self._sample(each)
            base = each.middle + _HALF_CAPITAL_EM * self.letters.em
            self.letters.write(Line(each.entry.word), (each.word_x, base))

    def _sample(self, placed: Placed) -> None:
        entry, em, x, y = placed.entry, self.letters.em, placed.x, placed.middle
        if entry.mark is not None:
            mark = self.diagram.marks[entry.mark]
            self._circle(entry.mark, mark, x + self.layout.mark_radius, y)
        elif entry.kind is not None:
            route = ((x, y), (x + SAMPLE_EM * em, y))
            self.pen.edge(entry.kind, route, strong=entry.strong)
        else:
            area = Area(x, y - 0.55 * em, SAMPLE_EM * em, 1.1 * em)
            self.pen.node(Shape.KINASE, area, dashed=True)

    def _too_wide(self, label: str, area: Area, at: tuple[str, ...]) -> None:
        size = f"{area.width:g} by {area.height:g} mm"
        self._problem(
            "label-too-wide",
            f"`{label}` does not fit its box of {size} at {self.letters.style.label_pt:g} pt",
            at,
            "shorten the words, or make the box larger",
        )

    def _look_over(self) -> None:
        """Refuse what would be cut off or stand over something else."""
        for written in self.letters.written:
            if not self.layout.canvas.holds(written.area):
                message = f"the words `{written.text}` leave the drawing"
                self._problem("outside-canvas", message, (), "move them inwards")
        for one, other in (*self.letters.overlaps(), *self._under_circles()):
            message = f"the words `{one}` and `{other}` stand over each other"
            self._problem("overlapping-labels", message, (), "move one of them")
        if self.problems:
            raise InvalidInput(in_order(self.problems))

    def _under_circles(self) -> Iterator[tuple[str, str]]:
        for number, spot in self.circles.items():
            for written in self.letters.written:
                if written.area.distance(spot) < self.layout.mark_radius and written.text != number:
                    yield number, written.text

    def _problem(self, code: str, message: str, at: tuple[str, ...], hint: str) -> None:
        line, column = self.record.place((*self.at, *at))
        self.problems.append(
            error(code, message, path=self.record.path, line=line, column=column, hint=hint)
        )
