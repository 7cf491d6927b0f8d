"""One drawing for both papers: what is moved looks as if it had been laid out there."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy
import pikepdf
import pypdfium2
import pytest

from handouts.rendering.identity import Identity
from handouts.rendering.papers import Move, move_between
from handouts.rendering.pdf import Renderer, StyleText
from tests.rendering.samples import FONTS, HANDOUT, ROOT, STYLE, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.rendering.pdf import PdfDocument

STYLES = ROOT / "styles"
A4 = "@page { size: A4; margin: 23mm 20mm 33mm; }"
LETTER = "@page { size: letter; margin: 16mm 22.95mm 22.4mm; }"
IN_MARGINS = "@page { @top-left { vertical-align: bottom } @bottom-center { vertical-align: top } }"
IDENTITY = Identity("HER2-PT-01.en", "1", "abc", "a/letter.pdf")
LINKED = HANDOUT.replace("<h1>", '<h1 id="top">').replace(
    "<h2>The end</h2>", '<h2>The end</h2><p>Back <a href="#top">to the top</a>.</p>'
)


def renderer(paper: str, style: str = "") -> Renderer:
    common = STYLE.replace("size: A4;\n  margin: 20mm;", "") + IN_MARGINS
    sheets = [StyleText("common.css", common + style), StyleText("paper.css", paper)]
    return Renderer(sheets, folders=[FONTS], root=ROOT)


def the_move() -> Move:
    move = move_between(A4, LETTER)
    assert move is not None
    return move


def moved(html: str, style: str = "") -> PdfDocument | None:
    return renderer(A4, style).render_moved(html, the_move(), base_url=ROOT, identity=IDENTITY)


@pytest.mark.parametrize("name", [each.name for each in sorted(STYLES.glob("*.a4.css"))])
def test_our_papers_differ_by_a_move(name: str) -> None:
    of_layout = (STYLES / name).read_text(encoding="utf-8")
    of_paper = (STYLES / name.replace(".a4.", ".letter.")).read_text(encoding="utf-8")
    move = move_between(of_layout, of_paper)
    assert move is not None
    assert (move.width, move.height) == (816, 1056)
    assert move.right == pytest.approx((215.9 - 210) / 2 / 25.4 * 96, abs=0.01)


@pytest.mark.parametrize(
    "of_paper",
    [
        LETTER.replace("22.95mm", "22mm"),
        LETTER.replace("22.4mm", "22mm"),
        LETTER.replace("16mm", "1em"),
        LETTER.replace("16mm", "5%"),
        LETTER.replace("size: letter;", ""),
        LETTER.replace("size: letter", "size: letter landscape"),
        LETTER.replace("size: letter", "size: b5"),
        LETTER.replace("margin", "padding"),
        LETTER.replace("22.4mm", "22.4mm !important"),
        LETTER.replace("22.4mm;", "22.4mm; @top-left { content: none }"),
        LETTER.replace("22.4mm;", "22.4mm; color: red"),
        LETTER + "p { color: red }",
        LETTER + ":root { --gap: 1mm }",
        LETTER + "@import 'more.css';",
        LETTER + "@page :first { margin-top: 9mm }",
        "",
    ],
)
def test_whatever_else_a_paper_says_is_no_move(of_paper: str) -> None:
    assert move_between(A4, LETTER) is not None
    assert move_between(A4, of_paper) is None


def test_pages_of_their_own_move_with_the_others_or_not_at_all() -> None:
    first = "@page wide:first { margin-top: %s }"
    assert move_between(A4 + first % "43mm", LETTER + first % "36mm") is not None
    assert move_between(A4 + first % "43mm", LETTER + first % "37mm") is None
    assert (
        move_between(A4 + first % "43mm", LETTER + first.replace("wide", "other") % "36mm") is None
    )


def test_lengths_may_be_in_any_unit_and_sizes_in_numbers() -> None:
    in_numbers = (
        "/* Letter */ @page { size: 8.5in 612pt; size: 21.59cm 27.94cm; margin: 16mm 22.95mm;"
    )
    move = move_between(A4, f"{in_numbers} margin-bottom: 2.24cm }}")
    assert move is not None
    assert (move.width, move.height) == pytest.approx((816, 1056))
    assert (move.right, move.down) == pytest.approx((the_move().right, the_move().down))


def pictures(data: bytes) -> Iterator[numpy.ndarray]:
    for sheet in pypdfium2.PdfDocument(data):
        yield numpy.asarray(sheet.render(scale=2).to_pil().convert("L")).astype(int)


def test_a_moved_document_looks_as_if_it_had_been_laid_out_there() -> None:
    there = renderer(LETTER).render(LINKED, base_url=ROOT, identity=IDENTITY)
    here = moved(LINKED)
    assert here is not None
    assert here.page_count == there.page_count > 1
    assert here.page_sizes_pt == there.page_sizes_pt == ((612, 792),) * here.page_count
    for mine, other in zip(pictures(here.data), pictures(there.data), strict=True):
        assert mine.shape == other.shape
        assert (abs(mine - other) > 16).mean() < 1e-4


def numbers(data: bytes) -> list[tuple[str, list[float]]]:
    """Every place that a file gives outside of its drawing."""
    found = []
    with pikepdf.open(BytesIO(data)) as pdf:
        held = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        held += [each.A for each in held if isinstance(each.get("/A"), pikepdf.Dictionary)]
        for name in ("/MediaBox", "/TrimBox", "/BleedBox", "/Rect", "/BBox"):
            found += [(name, list(map(float, each[name]))) for each in held if name in each]
        targets = [each.Dest for each in held if isinstance(each.get("/Dest"), pikepdf.Array)]
        names = pdf.Root.Names.Dests.Names
        targets += [each for each in names if isinstance(each, pikepdf.Array)]
        found += [("target", [float(each[2]), float(each[3])]) for each in targets]
    return found


def test_links_targets_and_figures_move_along() -> None:
    there = renderer(LETTER).render(LINKED, base_url=ROOT, identity=IDENTITY)
    here = moved(LINKED)
    assert here is not None
    mine, others = numbers(here.data), numbers(there.data)
    kinds = {"/MediaBox", "/TrimBox", "/BleedBox", "/Rect", "/BBox", "target"}
    assert {name for name, _ in mine} == kinds
    assert [name for name, _ in mine] == [name for name, _ in others]
    for (_, values), (_, expected) in zip(mine, others, strict=True):
        assert values == pytest.approx(expected, abs=0.01)


def test_where_everything_stands_is_told_for_the_other_paper() -> None:
    there = renderer(LETTER).render(LINKED, base_url=ROOT).layout
    here = moved(LINKED)
    assert here is not None
    for mine, other in zip(here.layout.pages, there.pages, strict=True):
        assert (mine.width, mine.height) == (other.width, other.height)
        assert vars_of(mine.area) == pytest.approx(vars_of(other.area))
        assert [each.text for each in mine.runs] == [each.text for each in other.runs]
        for run, twin in zip(mine.runs, other.runs, strict=True):
            assert vars_of(run.area) == pytest.approx(vars_of(twin.area))


def vars_of(area: object) -> list[float]:
    return [getattr(area, name) for name in ("x", "y", "width", "height")]


def test_the_bytes_of_a_paper_do_not_depend_on_what_was_asked_for_before() -> None:
    warm = renderer(A4)
    alone = moved(LINKED)
    assert alone is not None
    first = warm.render(LINKED, base_url=ROOT, identity=IDENTITY)
    second = warm.render_moved(LINKED, the_move(), base_url=ROOT, identity=IDENTITY)
    assert second is not None
    assert second.data == alone.data
    assert warm.render(LINKED, base_url=ROOT, identity=IDENTITY).data == first.data
    assert renderer(A4).render(LINKED, base_url=ROOT, identity=IDENTITY).data == first.data


@pytest.mark.parametrize(
    "style",
    [
        "@page { background: #eee }",
        "@page { bleed: 3mm }",
        "@page { box-shadow: 0 0 1mm #000 }",
        "h2 { page: wide } @page wide { margin-left: 30mm }",
        "h1 { background: linear-gradient(#000, #fff) }",
        "@page { @bottom-center { vertical-align: bottom } }",
        "h2 { page: other } @page other { size: a5 }",
    ],
)
def test_what_belongs_to_its_own_sheet_stays_there(style: str) -> None:
    assert moved(LINKED) is not None
    assert moved(LINKED, style) is None


def test_a_picture_that_changes_is_drawn_anew(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="9"></svg>'
    file = tmp_path / "a.svg"
    file.write_text(svg.format(9), encoding="utf-8")
    html = page('<h1>A</h1><img src="a.svg" alt="A square">')
    warm = Renderer([StyleText("a4.css", A4)], folders=[tmp_path, FONTS], root=ROOT)
    before = warm.render(html, base_url=tmp_path)
    file.write_text(svg.format(90), encoding="utf-8")
    after = warm.render_moved(html, the_move(), base_url=tmp_path)
    assert after is not None
    assert after.layout.pages[0].pictures[0].area.width == 90
    assert before.layout.pages[0].pictures[0].area.width == 9


def test_a_sheet_that_is_cut_from_a_larger_one_keeps_its_sizes() -> None:
    style = "@page { bleed: 3mm 3mm 6mm }"
    data = renderer(A4, style).render(LINKED, base_url=ROOT).data
    with pikepdf.open(BytesIO(data)) as pdf:
        sheet = pdf.pages[0]
        trim, media = (list(map(float, box)) for box in (sheet.trimbox, sheet.mediabox))
    assert trim == pytest.approx([0, 0, 595.28, 841.89], abs=0.01)
    points = 72 / 25.4
    assert media == pytest.approx(
        [-3 * points, -3 * points, 595.28 + 3 * points, 841.89 + 6 * points], abs=0.01
    )
