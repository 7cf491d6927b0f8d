"""Small pictures of pages."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from handouts.rendering.thumbnails import WIDTH, thumbnails_of
from tests.projects import TRIAL_PDF, Project


def test_each_page_is_a_small_picture_of_its_shape(built: Project) -> None:
    data = built.published[TRIAL_PDF]
    (picture,) = thumbnails_of(data)
    image = Image.open(BytesIO(picture))
    assert (image.format, image.width) == ("PNG", WIDTH)
    assert abs(image.height / image.width - 297 / 210) < 0.01
    assert len(image.convert("RGB").getcolors() or []) > 2
    assert len(picture) < 40_000
    assert thumbnails_of(data) == (picture,)
