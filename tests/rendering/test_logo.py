"""A logo is a still picture on the page, whatever its file tries."""

from __future__ import annotations

import base64
import io
import struct
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops

from handouts.diagnostics import InvalidInput
from handouts.rendering import logo
from handouts.rendering.logo import logo_picture
from handouts.rendering.pdf import Renderer
from tests.rendering.samples import page

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
GRADIENT = (
    '<linearGradient id="a"><stop offset="0" stop-color="#0f0"/>'
    '<stop offset="1" stop-color="#0f0"/></linearGradient>'
)
CIRCLE = '<circle cx="5" cy="5" r="4" fill="#123456"/>'


def svg(inside: str = CIRCLE, attributes: str = 'viewBox="0 0 10 10"') -> bytes:
    return f"{HEAD} {attributes}>{inside}</svg>".encode()


def cleaned(data: bytes) -> str:
    return base64.b64decode(logo_picture(data, "l.svg").uri.partition(",")[2]).decode()


def refused(data: bytes, shown: str = "l.svg") -> tuple[str, str]:
    with pytest.raises(InvalidInput) as caught:
        logo_picture(data, shown)
    (problem,) = caught.value.diagnostics
    return problem.code, f"{problem.message} {problem.hint}"


def picture(mode: str = "RGB", size: tuple[int, int] = (40, 20), form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, (10, 20, 30, 0)[: len(mode)]).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("inside", "gone"),
    [
        (f"<script>steal()</script>{CIRCLE}", "steal"),
        (f'<set attributeName="r" to="99"/>{CIRCLE}', "99"),
        (f"<metadata><x/></metadata>{CIRCLE}", "metadata"),
        ('<circle r="4" onclick="steal()"/>', "steal"),
        ('<circle r="4" style="fill: url(http://host.example/a)"/>', "host"),
        ('<circle r="4" fill="url(&quot;file:///etc/passwd&quot;)"/>', "passwd"),
        ('<circle r="4" fill="u\\72l(//host.example)"/>', "host"),
        ('<linearGradient xlink:href="http://host.example/#a"/>', "host"),
        ('<linearGradient href="../other.svg#a"/>', "other"),
    ],
)
def test_what_runs_or_leads_elsewhere_is_left_out_and_said(inside: str, gone: str) -> None:
    found = logo_picture(svg(inside), "l.svg")
    assert gone not in cleaned(svg(inside))
    assert [each.code for each in found.problems] == ["logo-cleaned"]


def test_shapes_gradients_and_plain_styles_stay() -> None:
    inside = (
        '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        f'<style>.b {{ fill: url(#a) }}</style><g class="b">{CIRCLE}</g>'
    )
    assert logo_picture(svg(inside), "l.svg").problems == ()
    assert 'fill="#123456"' in cleaned(svg(inside))
    assert "url(#a)" in cleaned(svg(inside))


def test_what_a_drawing_program_remembers_goes_without_a_word() -> None:
    inside = f'<x:grid xmlns:x="urn:x" x:a="b"/><g xmlns:x="urn:x" x:label="1">{CIRCLE}</g>'
    assert logo_picture(svg(inside), "l.svg").problems == ()
    assert "urn:x" not in cleaned(svg(inside))


@pytest.mark.parametrize(
    "reference", ["url('#a')", 'url("#a")', "url( #a )", "url( '#a' )", "URL(#a)", "url(#a)"]
)
def test_a_reference_stays_however_it_is_written(reference: str) -> None:
    written = reference.replace('"', "&quot;")
    inside = (
        f'{GRADIENT}<rect width="10" height="10" fill="{written}"/>'
        f'<rect style="stroke:none;fill:{written};opacity:1"/>'
        f"<style>.b {{ fill: {written.replace('&quot;', chr(34))} }}</style>"
    )
    assert logo_picture(svg(inside), "l.svg").problems == ()
    assert cleaned(svg(inside)).count("url(#a)") == 3


@pytest.mark.parametrize("reference", ["url('#a')", "url( #a )", "url(#a)"])
def test_a_shape_is_painted_with_what_it_refers_to(reference: str) -> None:
    logo = svg(f'{GRADIENT}<rect width="10" height="10" fill="{reference}"/>')
    uri = logo_picture(logo, "l.svg").uri
    html = page(f'<h1>A</h1><p><img src="{uri}" alt="L" style="width: 50mm; height: 50mm">')
    document = Renderer([], folders=[]).render(html, base_url="file:///")
    drawn = pypdfium2.PdfDocument(document.data)[0].render().to_pil().convert("RGB")
    red, green, blue = (
        band.point([255 * (at > 250) for at in range(256)]) for band in drawn.split()
    )
    assert ImageChops.subtract(green, ImageChops.lighter(red, blue)).getbbox() is not None


def test_its_size_becomes_a_view_box_in_the_units_of_its_shapes() -> None:
    assert 'viewBox="0 0 120 40"' in cleaned(svg(attributes='width="120" height="40px"'))
    assert 'viewBox="0 0 151.181 37.7953"' in cleaned(svg(attributes='width="40mm" height="1cm"'))
    assert 'viewBox="0 0 96 16"' in cleaned(svg(attributes='width="72pt" height="1pc"'))
    assert 'viewBox="0 0 192 96"' in cleaned(svg(attributes='width="2in" height="1in"'))


def test_a_document_type_without_entities_is_dropped() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">'
    assert "DOCTYPE" not in cleaned(doctype + svg())


def test_a_mistake_is_said_in_its_line_whatever_is_left_out_above() -> None:
    doctype = b'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC\n  "-//W3C"\n  "http://www.w3.org">\n'
    with pytest.raises(InvalidInput) as caught:
        logo_picture(doctype + b"<svg>\n<g></svg>", "l.svg")
    assert [each.line for each in caught.value.diagnostics] == [6]


@pytest.mark.parametrize(
    ("inside", "where"),
    [
        ('<g transform="translate(1e400)"/>', "`transform`"),
        ('<g transform="matrix(1 0 0 1 nan 0)"/>', "`transform`"),
        ('<linearGradient gradientTransform="scale(-inf)"/>', "`gradientTransform`"),
        ('<circle r="Infinity"/>', "`r`"),
        ('<path d="M0 0L1e999,3"/>', "`d`"),
        ('<g style="stroke-width: 1e400"/>', "`style`"),
        ("<style>.a { stroke-width: nan }</style>", "`style`"),
    ],
)
def test_a_number_that_is_none_in_a_pdf_is_refused(inside: str, where: str) -> None:
    code, said = refused(svg(inside))
    assert (code, f"in its {where} is no number" in said) == ("bad-logo", True), said


@pytest.mark.parametrize(
    "box", ["nan inf 10 10", "0 0 inf 10", "1e9 0 10 10", "0 0 1e-300 10", "0 0 10", "0 0 -1 5"]
)
def test_a_view_box_that_is_no_box_is_refused(box: str) -> None:
    code, said = refused(svg(attributes=f'viewBox="{box}"'))
    assert (code, "viewBox" in said) == ("bad-logo", True), said


def test_names_and_colours_that_look_like_numbers_stay() -> None:
    inside = (
        '<style>.inf { fill: #1e9999 }</style><g id="nan" class="inf" fill="#1e9999"'
        ' clip-path="url(#nan)" transform="translate(-1.5e3 .5)"><path d="M-32768 0L1e3.5.5"/></g>'
    )
    assert logo_picture(svg(inside), "l.svg").problems == ()


BOMB = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BOMB + svg("<g>&b;</g>"), "entities"),
        (OUTSIDE + svg("<g>&a;</g>"), "entities"),
        (svg("<text>Clinic</text>"), "paths"),
        (svg('<image xlink:href="data:image/png;base64,AAAA"/>'), "PNG"),
        (svg('<g id="a"/><use xlink:href="#a"/>'), "<use>"),
        (svg("<foreignObject/>"), "foreignObject"),
        (svg("<style>@import 'http://host.example/a.css';</style>"), "styles"),
        (svg("<g>" * 40 + "</g>" * 40), "deep"),
        (svg(CIRCLE * 5001), "elements"),
        (svg(attributes=""), "viewBox"),
        (svg(attributes='viewBox="0 0 nan 4"'), "viewBox"),
        (b"<html/>", "no SVG"),
        (b"<svg", "XML"),
        (b"", "XML"),
    ],
)
def test_what_would_come_out_differently_is_an_error(data: bytes, words: str) -> None:
    code, said = refused(data)
    assert (code, words in said) == ("bad-logo", True), said


def test_a_logo_in_another_encoding_is_refused() -> None:
    assert refused(svg().decode().encode("utf-16"))[0] == "not-utf8"


def test_a_file_that_is_too_large_is_not_looked_into() -> None:
    assert refused(b"x" * (logo.MOST_BYTES + 1))[0] == "file-too-large"


@pytest.mark.parametrize(("mode", "form"), [("RGB", "PNG"), ("RGBA", "PNG"), ("RGB", "JPEG")])
def test_pixels_come_out_on_white_and_without_anything_else(mode: str, form: str) -> None:
    shown = f"l.{form.lower()}"
    uri = logo_picture(picture(mode, form=form), shown).uri
    found = Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2])))
    assert (found.format, found.mode, found.size, found.info) == ("PNG", "RGB", (40, 20), {})
    corner: Any = found.getpixel((0, 0))
    assert (corner == (255, 255, 255)) is (mode == "RGBA")


def decoded(data: bytes, shown: str) -> Image.Image:
    uri = logo_picture(data, shown).uri
    return Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2])))


def test_sixteen_bits_of_grey_come_out_as_grey() -> None:
    greys = Image.frombytes("I;16", (3, 1), struct.pack("<3H", 0, 0x8000, 0xFFFF))
    out = io.BytesIO()
    greys.save(out, "PNG")
    found = decoded(out.getvalue(), "l.png")
    assert [found.getpixel((x, 0)) for x in range(3)] == [(0,) * 3, (128,) * 3, (255,) * 3]


def test_a_grey_of_sixteen_bits_may_stand_for_nothing() -> None:
    greys = Image.frombytes("I;16", (3, 1), struct.pack("<3H", 0x1234, 0x1235, 0x1334))
    out = io.BytesIO()
    greys.save(out, "PNG", transparency=0x1234)
    found = decoded(out.getvalue(), "l.png")
    assert [found.getpixel((x, 0)) for x in range(3)] == [(255,) * 3, (0x12,) * 3, (0x13,) * 3]


def test_a_photograph_stands_the_right_way_up() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # it was taken with the camera on its side
    out = io.BytesIO()
    Image.new("RGB", (40, 20)).save(out, "JPEG", exif=turned)
    assert decoded(out.getvalue(), "l.jpeg").size == (20, 40)


def test_a_picture_with_too_many_pixels_is_not_unpacked() -> None:
    assert "million pixels" in refused(picture(size=(4000, 1001)), "l.png")[1]


@pytest.mark.parametrize("data", [b"", b"GIF89a", picture()[:60], picture(form="JPEG")])
def test_what_is_no_png_is_refused(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint sets it
    assert refused(data, "l.png")[0] == "bad-logo"
