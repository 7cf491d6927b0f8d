"""Does a diagram agree with itself? Names, languages, places: every disagreement, at its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from handouts.diagnostics import Diagnostic, did_you_mean, error
from handouts.evidence.facts import DataPath, PlaceOf
from handouts.models.diagram import Diagram, Shape, View, texts_of
from handouts.models.layout import Area, Layout, area_of

_Problem = tuple[str, str, str | None, DataPath]


def diagram_problems(diagram: Diagram, path: str, place: PlaceOf) -> Iterator[Diagnostic]:
    """What in the record contradicts itself, or can't be drawn."""
    problems = list(_named(diagram))
    if not problems:  # places can be compared once every name leads somewhere
        problems = list(_placed(diagram))
    problems += _worded(diagram)
    for code, message, hint, at in problems:
        line, column = place(at)
        yield error(code, message, path=path, line=line, column=column, hint=hint)


def _named(diagram: Diagram) -> Iterator[_Problem]:
    """Ids that stand for two things, and names that lead nowhere."""
    yield from _taken_twice(diagram)
    yield from _ends(diagram)
    for name, view in diagram.views.items():
        at: DataPath = ("views", name)
        for field in ("labels", "subs"):
            for each in getattr(view, field):
                yield from _unknown(each, {**diagram.nodes, **diagram.zones}, (*at, field, each))
        for index, layout in enumerate(view.layouts):
            yield from _named_in_layout(diagram, layout, (*at, "layouts", index))
        yield from _layouts_differ(view, at)


def _taken_twice(diagram: Diagram) -> Iterator[_Problem]:
    groups = ("zones", "nodes", "edges", "marks")
    taken: dict[str, str] = {}
    for group in groups:
        for name in getattr(diagram, group):
            first = taken.setdefault(name, group)
            if first != group:
                hint = "ids are unique in a diagram: rename one of the two"
                yield "duplicate-id", f"`{name}` is also one of the {first}", hint, (group, name)


def _ends(diagram: Diagram) -> Iterator[_Problem]:
    """What parts, edges and marks belong to."""
    ends = {**diagram.nodes, **diagram.edges}
    for name, node in diagram.nodes.items():
        if node.part_of is not None:
            yield from _unknown(node.part_of, diagram.nodes, ("nodes", name, "part_of"))
    for name, edge in diagram.edges.items():
        yield from _unknown(edge.from_, diagram.nodes, ("edges", name, "from"))
        yield from _unknown(edge.to, ends, ("edges", name, "to"))
        if edge.to in diagram.edges and diagram.edges[edge.to].to not in diagram.nodes:
            message = f"edge `{edge.to}` does not lead to a node itself"
            yield "unknown-node", message, "lines end on nodes, or on lines between nodes", (
                "edges", name, "to",
            )  # fmt: skip
    for name, mark in diagram.marks.items():
        if mark.at is not None:
            yield from _unknown(mark.at, ends, ("marks", name, "at"))


def _named_in_layout(diagram: Diagram, layout: Layout, at: DataPath) -> Iterator[_Problem]:
    for group in ("zones", "nodes", "edges", "marks"):
        for name in getattr(layout, group):
            yield from _unknown(name, getattr(diagram, group), (*at, group, name))
    shown = {**layout.nodes, **layout.edges}
    for name in layout.edges:
        if (edge := diagram.edges.get(name)) is not None:
            for end in (edge.from_, edge.to):
                yield from _not_shown(name, end, shown, (*at, "edges", name))
    for name, place in layout.marks.items():
        mark = diagram.marks.get(name)
        if mark is None:
            continue
        if mark.at is not None:
            yield from _not_shown(name, mark.at, shown, (*at, "marks", name))
        if (mark.at is None) != (place.at is None):
            known = "no place" if mark.at is None else "a place"
            message = f"mark `{name}` has {known} in the diagram, but not here"
            hint = "where its place is not known it is written `{}`"
            yield "mark-off-node", message, hint, (*at, "marks", name)


def _unknown(name: str, known: Iterable[str], at: DataPath) -> Iterator[_Problem]:
    names = list(known)
    if name not in names:
        yield "unknown-node", f"there is no `{name}` here", did_you_mean(name, names), at


def _not_shown(name: str, end: str, shown: Iterable[str], at: DataPath) -> Iterator[_Problem]:
    if end not in shown:
        message = f"`{name}` needs `{end}`, which this layout does not show"
        yield "unknown-node", message, "give it a place here, or leave out both", at


def _layouts_differ(view: View, at: DataPath) -> Iterator[_Problem]:
    """Large print shows what the standard format shows."""
    first = view.layouts[0]
    for index, layout in enumerate(view.layouts[1:], 1):
        for group in ("zones", "nodes", "edges", "marks"):
            there, here = set(getattr(first, group)), set(getattr(layout, group))
            if there != here:
                names = ", ".join(f"`{each}`" for each in sorted(there ^ here))
                yield (
                    "layouts-differ",
                    f"not every layout of this view shows {names}",
                    "the layouts of a view show the same, each in its own place",
                    (*at, "layouts", index, group),
                )


def _placed(diagram: Diagram) -> Iterator[_Problem]:
    """Boxes that leave the canvas or lie over each other, marks beside their node, a lost key."""
    for name, view in diagram.views.items():
        for index, layout in enumerate(view.layouts):
            at: DataPath = ("views", name, "layouts", index)
            yield from _outside(layout, at)
            yield from _overlaps(diagram, layout, at)
            yield from _marks(diagram, layout, at)
            yield from _key(diagram, layout, at)


def _outside(layout: Layout, at: DataPath) -> Iterator[_Problem]:
    boxes = [(("nodes", name), area_of(box)) for name, box in layout.nodes.items()]
    boxes += [(("zones", name), area_of(zone.box)) for name, zone in layout.zones.items()]
    if layout.key is not None:
        boxes.append((("key", ""), area_of(layout.key)))
    for (group, name), area in boxes:
        if not layout.canvas.holds(area):
            size = f"{layout.width} by {layout.height} mm"
            message = f"`{name or group}` leaves the drawing of {size}"
            yield "outside-canvas", message, None, (*at, group, *filter(None, (name,)))


def _overlaps(diagram: Diagram, layout: Layout, at: DataPath) -> Iterator[_Problem]:
    for one, other in combinations(layout.nodes, 2):
        first, second = layout.area(one), layout.area(other)
        if first.overlaps(second) and not _may_hold(diagram, layout, one, other):
            message = f"the boxes of `{one}` and `{other}` overlap"
            yield "overlapping-nodes", message, "move one of them", (*at, "nodes", other)


def _may_hold(diagram: Diagram, layout: Layout, one: str, other: str) -> bool:
    """Whether one of two is a part or a member of the other, and lies wholly in it."""
    for outer, inner in ((one, other), (other, one)):
        belongs = diagram.nodes[inner].part_of == outer or diagram.nodes[outer].shape is Shape.GROUP
        if belongs and layout.area(outer).holds(layout.area(inner)):
            return True
    return False


def _marks(diagram: Diagram, layout: Layout, at: DataPath) -> Iterator[_Problem]:
    for name, place in layout.marks.items():
        target = diagram.marks[name].at
        if place.at is None or target is None:
            continue
        x, y = float(place.at[0]), float(place.at[1])
        if target in layout.nodes:
            away = layout.area(target).distance((x, y))
        else:
            route = layout.route(target, diagram.edges)
            away = min(Area(*spot).distance((x, y)) for spot in _along(route))
        if away > layout.mark_radius:
            message = f"mark `{name}` does not touch `{target}`"
            yield "mark-off-node", message, f"it is {away:.1f} mm away", (*at, "marks", name)


def _along(route: tuple[tuple[float, float], ...]) -> Iterator[tuple[float, float]]:
    """Points of a line, near together."""
    for (x, y), (to_x, to_y) in pairwise(route):
        for step in range(101):
            yield x + (to_x - x) * step / 100, y + (to_y - y) * step / 100


def _key(diagram: Diagram, layout: Layout, at: DataPath) -> Iterator[_Problem]:
    if layout.key is not None:
        return
    shown = [diagram.nodes[each] for each in layout.nodes]
    others = [diagram.edges[each] for each in layout.edges]
    marks = [diagram.marks[each] for each in layout.marks]
    if any(each.is_unverified for each in (*shown, *others, *marks)) or any(
        each.at is None for each in marks
    ):
        message = "this layout shows what has no source yet, or no place, and has no key to say so"
        yield "missing-key", message, "give `key`, a box for it", at


def _worded(diagram: Diagram) -> Iterator[_Problem]:
    """Every word there is, is there in every language of the diagram, and in no other."""
    for words, at in texts_of(diagram):
        for language in diagram.languages:
            if language not in words:
                yield "missing-label", f"there are no words in `{language}` here", None, at
        for language in words:
            if language not in diagram.languages:
                hint = "add it to `languages`; every other label then needs it too"
                message = f"`{language}` is not a language of this diagram"
                yield "unknown-language", message, hint, (*at, language)
