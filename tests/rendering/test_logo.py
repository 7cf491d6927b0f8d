"""A logo is a still picture on the page, whatever its file tries."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image

from handouts.diagnostics import InvalidInput
from handouts.rendering import logo
from handouts.rendering.logo import logo_picture

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
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


def test_its_size_becomes_a_view_box() -> None:
    assert 'viewBox="0 0 120 40"' in cleaned(svg(attributes='width="120" height="40mm"'))


def test_a_document_type_without_entities_is_dropped() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">'
    assert "DOCTYPE" not in cleaned(doctype + svg())


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


def test_a_picture_with_too_many_pixels_is_not_unpacked() -> None:
    assert "million pixels" in refused(picture(size=(4000, 1001)), "l.png")[1]


@pytest.mark.parametrize("data", [b"", b"GIF89a", picture()[:60], picture(form="JPEG")])
def test_what_is_no_png_is_refused(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint sets it
    assert refused(data, "l.png")[0] == "bad-logo"
