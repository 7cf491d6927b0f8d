"""Pictures that a page may show: small enough when unpacked, and nothing but a drawing."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

from PIL import Image

MOST_PIXELS = 25_000_000
"""An A4 page at 500 dots per inch has 24 million."""

MOST_ELEMENTS = 50_000
DEEPEST = 60
"""Elements of an SVG one in another."""

_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")


def check_picture(content: bytes) -> None:
    """See that a picture can be shown; what is no picture at all is left to whoever reads it.

    Raises:
        ValueError: too many pixels or elements, an entity, or nested too deeply.
    """
    if content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        _check_svg(content)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content)) as image:
                width, height = image.size
    except Image.DecompressionBombError:
        raise ValueError(_TOO_LARGE) from None
    except Exception:
        return
    if width * height > MOST_PIXELS:
        raise ValueError(_TOO_LARGE)


_TOO_LARGE = f"it has more than {MOST_PIXELS // 1_000_000} million pixels"


def _check_svg(content: bytes) -> None:
    parser = expat.ParserCreate()
    depth = elements = 0

    def started(*_: Any) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > DEEPEST:
            raise ValueError(f"more than {DEEPEST} elements stand one in another")
        if elements > MOST_ELEMENTS:
            raise ValueError(f"it has more than {MOST_ELEMENTS} elements")

    def ended(*_: Any) -> None:
        nonlocal depth
        depth -= 1

    def declared(*_: Any) -> None:
        raise ValueError("it declares entities")

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(content, True)
        root = ET.fromstring(content)  # noqa: S314  (it declares no entities)
    except (expat.ExpatError, ET.ParseError):
        return
    if _drawn(root) > MOST_ELEMENTS:
        raise ValueError(f"it draws more than {MOST_ELEMENTS} elements")


def _drawn(root: ET.Element) -> int:
    """How many elements are drawn, those that ``use`` repeats each time; a circle has no end."""
    named = {name: each for each in root.iter() if (name := each.get("id"))}
    counts: dict[ET.Element, int | None] = {}

    def count(element: ET.Element) -> int:
        if element in counts:
            known = counts[element]
            return MOST_ELEMENTS + 1 if known is None else known
        counts[element] = None
        total = 1 + sum(map(count, element))
        for key in _HREFS:
            used = named.get(element.get(key, "").removeprefix("#"))
            if used is not None and str(element.tag).rpartition("}")[2] == "use":
                total += count(used)
        counts[element] = min(total, MOST_ELEMENTS + 1)
        return total

    return count(root)
