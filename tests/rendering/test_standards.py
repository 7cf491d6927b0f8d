from __future__ import annotations

import base64
import hashlib
import io
from itertools import count

import pikepdf
import pydyf  # type: ignore[import-untyped, unused-ignore]
import pytest
from PIL import Image

from handouts.checks.conformance import check_pdf_a, check_pdf_ua
from handouts.rendering import standards
from tests.rendering.samples import HANDOUT, ROOT, page, rendered, renderer


def test_a_document_keeps_both_standards() -> None:
    assert check_pdf_ua(rendered(HANDOUT)) == check_pdf_a(rendered(HANDOUT)) == []


def test_what_fails_pdf_a_is_caught() -> None:
    (only,) = check_pdf_a(rendered(page("<h1>A</h1><p>中</p>")), path="a.md")
    assert (only.code, only.path) == ("pdf-a", "a.md")
    assert "NOTDEF" in only.message


def test_its_colours_are_those_of_one_profile() -> None:
    with pikepdf.open(io.BytesIO(rendered(HANDOUT).data)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert (intent.S, intent.OutputConditionIdentifier) == ("/GTS_PDFA1", "sRGB2014")
        profile = intent.DestOutputProfile.read_bytes()
    digest = "384b832de3412066743b52a75ee906b6fb9fb8d9e09e936fc2c43223815c6e0a"
    assert hashlib.sha256(profile).hexdigest() == digest


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "png"), ("RGBA", "png"), ("P", "png"), ("L", "jpeg")]
)
def test_pictures_made_of_dots_keep_both_standards(mode: str, kind: str) -> None:
    file = io.BytesIO()
    Image.new(mode, (9, 9)).save(file, kind)
    source = f"data:image/{kind};base64,{base64.b64encode(file.getvalue()).decode()}"
    document = rendered(page(f"<h1>A</h1><p><img alt='A square' src='{source}'></p>"))
    assert check_pdf_ua(document) == check_pdf_a(document) == []


def test_a_stream_that_ends_like_a_line_keeps_its_length() -> None:
    standards.install()
    for content, end in ((b"x\r", b"x\r\r\nendstream"), (b"x\n", b"x\n\nendstream")):
        stream = pydyf.Stream([content])
        assert stream.data.endswith(end)
        assert b"/Length 2>>" in stream.data


def test_a_document_with_such_a_stream_keeps_pdf_a() -> None:
    pages = (page(f"<h1>{number}</h1>") for number in count(150))
    documents = (renderer().render(html, base_url=ROOT) for html in pages)
    document = next(each for each in documents if b"\r\r\nendstream" in each.data)
    assert check_pdf_a(document) == check_pdf_ua(document) == []
