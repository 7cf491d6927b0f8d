"""Pictures of pages: as wide as a screen wants them, whatever the shape of the page."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from handouts.preview.pictures import HEIGHT, WIDTH, pictures_of


def sizes(*pages: tuple[float, float]) -> list[tuple[int, int]]:
    """Of the pictures of pages of these sizes, in points."""
    document = pypdfium2.PdfDocument.new()
    for width, height in pages:
        document.new_page(width, height)
    target = BytesIO()
    document.save(target)
    document.close()
    return [Image.open(BytesIO(each)).size for each in pictures_of(target.getvalue())]


def test_each_page_has_one_as_wide_as_the_others() -> None:
    a4, letter = sizes((595.276, 841.89), (612, 792))
    assert [a4[0], letter[0]] == pytest.approx([WIDTH, WIDTH], abs=1)
    assert a4[1] == pytest.approx(WIDTH * 297 / 210, abs=1)
    assert letter[1] == pytest.approx(WIDTH * 11 / 8.5, abs=1)


def test_a_narrow_page_has_no_picture_without_end() -> None:
    [(width, height)] = sizes((80, 1440))
    assert height <= HEIGHT
    assert width == pytest.approx(HEIGHT * 80 / 1440, abs=1)
