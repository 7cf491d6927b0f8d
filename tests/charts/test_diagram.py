from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import pytest
from fontTools.ttLib import TTFont

from handouts.charts.diagram import draw_diagram
from handouts.charts.drawing import ChartStyle, Drawing
from handouts.diagnostics import InvalidInput
from handouts.loading.library import load_library
from handouts.models.diagram import Diagram
from handouts.models.layout import Layout
from handouts.models.record import Record
from tests.charts import PT_PER_MM, ROOT, STYLE, texts, tree

NO_SOURCE = "no source yet"
DRAWN = [("full", 8.0), ("simple", 10.5), ("simple", 18.0)]
IDS = [f"{view} {size:g} pt" for view, size in DRAWN]
every_drawing = pytest.mark.parametrize(("view", "size"), DRAWN, ids=IDS)


@cache
def pathways() -> Record[Diagram]:
    return load_library(ROOT / "content", ROOT).diagrams["her2-pathways"]


def style(size: float) -> ChartStyle:
    return replace(STYLE, label_pt=size)


@cache
def drawn(view: str, size: float) -> Drawing:
    return draw_diagram(
        pathways(), view, "en", style(size), name="pathways", unverified_word=NO_SOURCE
    )


def layout_of(view: str, size: float) -> Layout:
    return pathways().value.views[view].layout(size)


@dataclass(frozen=True)
class Text:
    """A text of the drawing with the box of its letters, in mm."""

    words: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    def meets(self, other: Text) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, at: tuple[float, float]) -> bool:
        return self.left < at[0] < self.right and self.top < at[1] < self.bottom

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@cache
def _advances(weight: str) -> dict[str, float]:
    font = TTFont(ROOT / f"styles/fonts/source-sans-3/SourceSans3-{weight}.ttf")
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    return {chr(code): widths[name][0] / font["head"].unitsPerEm for code, name in glyphs.items()}


@cache
def boxes(drawing: Drawing) -> list[Text]:
    """Every text, measured by the widths in the font file."""
    found = []
    for each in tree(drawing).iter("text"):
        words = each.text or ""
        size = float(each.get("font-size", "").removesuffix("px")) / PT_PER_MM
        widths = _advances("Bold" if each.get("font-weight") == "700" else "Regular")
        width = sum(widths[sign] for sign in words) * size
        x, y = (float(each.get(name, "nan")) / PT_PER_MM for name in ("x", "y"))
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[each.get("text-anchor", "")]
        found.append(Text(words, left, y - 0.66 * size, left + width, y + 0.2 * size, size))
    return found


def changed(view: str, index: int = 0, **fields: object) -> Record[Diagram]:
    """The diagram with one of its layouts changed; boxes named with ``nodes`` are added."""
    record = pathways()
    layouts = list(record.value.views[view].layouts)
    layouts[index] = replace(layouts[index], **fields)  # type: ignore[arg-type]
    views = {**record.value.views, view: replace(record.value.views[view], layouts=tuple(layouts))}
    return replace(record, value=replace(record.value, views=views))


def problems(record: Record[Diagram], view: str, size: float) -> list[tuple[str, int | None]]:
    with pytest.raises(InvalidInput) as caught:
        draw_diagram(record, view, "en", style(size), name="x", unverified_word=NO_SOURCE)
    return [(each.code, each.line) for each in caught.value.diagnostics]


def line_of(view: str, *at: str | int) -> int:
    return pathways().place(("views", view, "layouts", 0, *at))[0]


class TestWords:
    @every_drawing
    def test_every_word_of_the_view_is_text(self, view: str, size: float) -> None:
        diagram, chosen = pathways().value, pathways().value.views[view]
        said = " ".join(texts(drawn(view, size)))
        for name in layout_of(view, size).nodes:
            node = diagram.nodes[name]
            assert chosen.labels.get(name, node.label)["en"] in said
            sub = chosen.subs.get(name, node.sub)
            assert sub is None or sub["en"] in said
        for name in layout_of(view, size).zones:
            assert chosen.labels.get(name, diagram.zones[name].label)["en"] in said

    @every_drawing
    def test_no_two_texts_meet(self, view: str, size: float) -> None:
        for one, other in itertools.combinations(boxes(drawn(view, size)), 2):
            assert not one.meets(other), (one.words, other.words)

    @every_drawing
    def test_no_line_runs_through_words(self, view: str, size: float) -> None:
        layout = layout_of(view, size)
        for name in layout.edges:
            route = layout.route(name, pathways().value.edges)
            for (x, y), (to_x, to_y) in itertools.pairwise(route):
                for step in range(201):
                    at = x + (to_x - x) * step / 200, y + (to_y - y) * step / 200
                    for text in boxes(drawn(view, size)):
                        assert not text.holds(at), (name, text.words)

    @every_drawing
    def test_no_text_leaves_the_drawing(self, view: str, size: float) -> None:
        drawing = drawn(view, size)
        for text in boxes(drawing):
            assert text.left >= 0, text
            assert text.top >= 0, text
            assert text.right <= drawing.width_mm, text
            assert text.bottom <= drawing.height_mm, text

    @every_drawing
    def test_the_words_of_a_node_lie_in_its_box(self, view: str, size: float) -> None:
        layout = layout_of(view, size)
        labels = {
            pathways().value.views[view].labels.get(name, pathways().value.nodes[name].label)["en"]
            for name in layout.nodes
        }
        areas = [layout.area(name) for name in layout.nodes]
        for text in boxes(drawn(view, size)):
            if text.words in labels:
                assert any(
                    area.x <= text.left
                    and text.right <= area.right
                    and area.y <= text.top
                    and text.bottom <= area.bottom
                    for area in areas
                ), text

    @every_drawing
    def test_all_labels_have_the_size_of_the_style(self, view: str, size: float) -> None:
        sizes = {each.get("font-size") for each in tree(drawn(view, size)).iter("text")}
        assert sizes == {f"{size:g}px"}

    @every_drawing
    def test_the_alt_text_is_of_a_length_people_listen_to(self, view: str, size: float) -> None:
        assert 20 <= len(drawn(view, size).alt) <= 250


class TestMarks:
    def test_each_is_drawn_once_and_touches_its_node(self) -> None:
        diagram, layout = pathways().value, layout_of("full", 8.0)
        texts_at = {text.words: text.middle for text in boxes(drawn("full", 8.0))}
        said = texts(drawn("full", 8.0))
        for number, (name, mark) in enumerate(diagram.marks.items(), 1):
            assert said.count(str(number)) == 1
            if mark.at is not None:
                away = layout.area(mark.at).distance(texts_at[str(number)])
                assert away <= layout.mark_radius, name

    def test_one_without_a_place_is_named_in_the_key(self) -> None:
        said = texts(drawn("full", 8.0))
        assert "KMT2C: place not known" in said
        (number,) = (text for text in boxes(drawn("full", 8.0)) if text.words == "1")
        key = layout_of("full", 8.0).key
        assert key is not None
        assert float(key[1]) <= number.middle[1] <= float(key[1] + key[3])

    def test_patients_see_none(self) -> None:
        assert not [each for each in texts(drawn("simple", 10.5)) if each.isdigit()]


class TestWhatHasNoSource:
    def test_it_is_dashed_and_the_key_says_so(self) -> None:
        diagram, layout = pathways().value, layout_of("full", 8.0)
        unseen = [
            each
            for group in ("nodes", "edges", "marks")
            for name in getattr(layout, group)
            if (each := getattr(diagram, group)[name]).is_unverified
        ]
        kinases = [each for each in unseen if getattr(each, "part_of", None)]
        dashed = [e for e in tree(drawn("full", 8.0)).iter() if e.get("stroke-dasharray")]
        # A kinase has a neck through the membrane; and there is the sample in the key.
        assert len(dashed) == len(unseen) + len(kinases) + 1
        assert NO_SOURCE in texts(drawn("full", 8.0))

    def test_where_all_is_sourced_nothing_is(self) -> None:
        for size in (10.5, 18.0):
            assert "stroke-dasharray" not in drawn("simple", size).svg
            assert NO_SOURCE not in texts(drawn("simple", size))


def _lightness(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class TestPrint:
    @every_drawing
    def test_words_and_lines_can_be_told_from_every_ground_without_colour(
        self, view: str, size: float
    ) -> None:
        root = tree(drawn(view, size))
        grounds = {STYLE.paper, STYLE.panel, STYLE.tint}
        inks = {e.get("fill") for e in root.iter("text")} | {e.get("stroke") for e in root.iter()}
        for ink in inks - {None, "none"}:
            for ground in grounds:
                dark, light = sorted((_lightness(ink or ""), _lightness(ground)))
                assert (light + 0.05) / (dark + 0.05) >= 3.0, (ink, ground)

    @every_drawing
    def test_it_has_no_colours_but_those_of_the_style(self, view: str, size: float) -> None:
        used = set(re.findall(r"#[0-9a-f]{6}\b", drawn(view, size).svg))
        known = {STYLE.ink, STYLE.line, STYLE.fill, STYLE.tint, STYLE.panel, STYLE.paper}
        assert used <= known

    @every_drawing
    def test_no_line_is_finer_than_a_printer_can_draw(self, view: str, size: float) -> None:
        widths = [
            float(each.get("stroke-width", "1"))
            for each in tree(drawn(view, size)).iter()
            if each.get("stroke") and each.get("stroke") != "none"
        ]
        assert min(widths) >= 0.8

    def test_it_fits_where_it_is_used(self) -> None:
        full = drawn("full", 8.0)
        assert (full.width_mm, full.height_mm) == pytest.approx((180, 62))
        for size, live_width in ((10.5, 170), (18.0, 160)):
            assert drawn("simple", size).width_mm == pytest.approx(live_width)


class TestTheLayout:
    def test_large_print_has_its_own(self) -> None:
        assert drawn("simple", 18.0).height_mm > drawn("simple", 10.5).height_mm

    def test_labels_between_two_sizes_have_the_room_of_the_smaller(self) -> None:
        assert layout_of("simple", 11.0) == layout_of("simple", 10.5)
        assert layout_of("simple", 6.0) == layout_of("simple", 10.5)

    def test_another_width_stretches_it(self) -> None:
        wide = draw_diagram(
            pathways(), "full", "en", style(8.0), width_mm=185.9, name="x",
            unverified_word=NO_SOURCE,
        )  # fmt: skip
        assert (wide.width_mm, wide.height_mm) == pytest.approx((185.9, 62))
        places = [
            {text.words: text.middle for text in boxes(each)} for each in (drawn("full", 8.0), wide)
        ]
        assert places[1]["mTOR"][0] == pytest.approx(places[0]["mTOR"][0] * 185.9 / 180, abs=0.05)
        assert places[1]["mTOR"][1] == pytest.approx(places[0]["mTOR"][1], abs=0.01)


class TestWhatDoesNotFit:
    def test_a_label_wider_than_its_box_is_told_at_the_box(self) -> None:
        layout = layout_of("full", 8.0)
        x, y, _, height = layout.nodes["mtor"]
        narrow = changed("full", nodes={**layout.nodes, "mtor": (x, y, height, height)})
        assert problems(narrow, "full", 8.0) == [
            ("label-too-wide", line_of("full", "nodes", "mtor"))
        ]

    def test_so_is_one_that_takes_too_many_lines(self) -> None:
        layout = layout_of("simple", 10.5)
        x, y, width, height = layout.nodes["tucatinib"]
        low = changed("simple", nodes={**layout.nodes, "tucatinib": (x, y, width, height / 2)})
        place = line_of("simple", "nodes", "tucatinib")
        assert problems(low, "simple", 10.5) == [("label-too-wide", place)]

    def test_a_key_without_room_is_told(self) -> None:
        key = layout_of("full", 8.0).key
        assert key is not None
        small = changed("full", key=(*key[:3], key[3] / 2))
        assert problems(small, "full", 8.0) == [("label-too-wide", line_of("full", "key"))]

    def test_words_over_other_words_are_told(self) -> None:
        zones = layout_of("simple", 10.5).zones
        both = changed(
            "simple", zones={**zones, "inside": replace(zones["inside"],
                                                        label=zones["outside"].label)}
        )  # fmt: skip
        assert [code for code, _ in problems(both, "simple", 10.5)] == ["overlapping-labels"]

    def test_so_is_a_mark_over_words(self) -> None:
        layout = layout_of("full", 8.0)
        x, y = layout.area("akt").centre
        moved = replace(layout.marks["pik3ca"], at=(Decimal(str(x)), Decimal(str(y))))
        over = changed("full", marks={**layout.marks, "pik3ca": moved})
        assert {code for code, _ in problems(over, "full", 8.0)} == {"overlapping-labels"}

    def test_words_that_leave_the_drawing_are_told(self) -> None:
        zones = layout_of("simple", 10.5).zones
        inside = replace(zones["inside"], label=(Decimal(160), Decimal(60)))
        out = changed("simple", zones={**zones, "inside": inside})
        assert [code for code, _ in problems(out, "simple", 10.5)] == ["outside-canvas"]

    def test_larger_type_than_there_is_room_for_is_told(self) -> None:
        codes = {code for code, _ in problems(pathways(), "full", 10.5)}
        assert "label-too-wide" in codes


@every_drawing
def test_the_same_bytes_come_out_each_time(view: str, size: float) -> None:
    again = draw_diagram(
        pathways(), view, "en", style(size), name="pathways", unverified_word=NO_SOURCE
    )
    assert again.svg == drawn(view, size).svg
