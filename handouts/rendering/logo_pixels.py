"""The pixels of a clinic's logo, decoded and written anew."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageFile, ImageOps

MOST_PIXELS = 4_000_000
"""Of a PNG or JPEG: some 2000 by 2000, more than any printer shows in a masthead."""


def on_white(data: bytes, form: str) -> bytes:
    """A PNG of our own with the same pixels, the right way up, on white.

    Args:
        data: the file.
        form: ``PNG`` or ``JPEG``.

    Raises:
        ValueError: it is none, is damaged, or has too many pixels; the message says so.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(data), formats=[form])
        width, height = picture.size
        layer = _decoded(picture) if width * height <= MOST_PIXELS else None
    except MemoryError:
        raise
    except Exception as problem:  # Pillow lets through whatever its readers raise
        raise ValueError(f"it can't be read as {form}") from problem
    if layer is None:
        most = f"the most is {MOST_PIXELS // 1_000_000} million pixels"
        raise ValueError(f"it has {width} by {height} pixels, {most}")
    whole = Image.new("RGB", layer.size, "white")
    whole.paste(layer, mask=layer.getchannel("A"))
    out = io.BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def _decoded(picture: Image.Image) -> Image.Image:
    with _whole_pictures_only():
        return _in_eight_bits(ImageOps.exif_transpose(picture)).convert("RGBA")


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """A picture in 65,536 greys in 256; Pillow would take all but the darkest for white."""
    if picture.mode != "I;16":
        return picture
    data, clear = picture.tobytes(), picture.info.get("transparency")
    low, high = (Image.frombytes("L", picture.size, data[first::2]) for first in (0, 1))
    if not isinstance(clear, int):
        return high
    is_clear = ImageChops.multiply(
        low.point([255 * (each == clear % 256) for each in range(256)]),
        high.point([255 * (each == clear // 256) for each in range(256)]),
    )
    return Image.merge("LA", (high, ImageChops.invert(is_clear)))


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """WeasyPrint has Pillow take pictures that are cut off, in the whole process."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
