"""Pictures that a page may show: small enough when unpacked, and nothing but a drawing."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
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


def check_picture(content: bytes) -> bool:
    """See that a picture can be shown; what is no picture at all is left to whoever reads it.

    A file is looked at as both kinds, whatever it begins with: the layout engine does so too.

    Returns:
        Whether it is a picture.

    Raises:
        ValueError: too many pixels or elements, an entity, or nested too deeply.
    """
    is_drawing = _check_svg(content)
    return _check_pixels(content) or is_drawing


def _check_pixels(content: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content)) as image:
                width, height = image.size
    except Image.DecompressionBombError:
        raise ValueError(_TOO_LARGE) from None
    except Exception:
        return False
    if width * height > MOST_PIXELS:
        raise ValueError(_TOO_LARGE)
    return True


_TOO_LARGE = f"it has more than {MOST_PIXELS // 1_000_000} million pixels"


def _check_svg(content: bytes) -> bool:
    parser = expat.ParserCreate()
    depth = elements = 0

    def started(*_: Any) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > DEEPEST:
            raise ValueError(_TOO_DEEP)
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
    except (expat.ExpatError, ET.ParseError, LookupError):
        return False  # no XML, or in an encoding that nobody knows
    _check_drawn(root)
    return True


_TOO_DEEP = f"more than {DEEPEST} elements stand one in another"


@dataclass(slots=True)
class _Drawn:
    """What an element comes to: how many are drawn, and how deep they stand; 0 while it is open."""

    inside: list[ET.Element]
    elements: int = 0
    depth: int = 0
    seen: int = 0


def _check_drawn(root: ET.Element) -> None:
    """See how much is drawn, what ``use`` repeats each time; a circle has no end.

    Without recursion: a chain of ``use`` may be as long as the file.
    """
    named: dict[str, list[ET.Element]] = {}
    for each in root.iter():
        named.setdefault(each.get("id", ""), []).append(each)
    drawn = {root: _Drawn(_inside(root, named))}
    pending = [root]
    while pending:
        known = drawn[pending[-1]]
        if known.seen < len(known.inside):
            element = known.inside[known.seen]
            known.seen += 1
            if element not in drawn:
                drawn[element] = _Drawn(_inside(element, named))
                pending.append(element)
            continue
        inside = [drawn[each] for each in known.inside]
        known.elements = 1 + sum(each.elements or MOST_ELEMENTS for each in inside)
        known.depth = 1 + max((each.depth for each in inside), default=0)
        if known.elements > MOST_ELEMENTS:
            raise ValueError(f"it draws more than {MOST_ELEMENTS} elements")
        if known.depth > DEEPEST:
            raise ValueError(_TOO_DEEP)
        pending.pop()


def _inside(element: ET.Element, named: dict[str, list[ET.Element]]) -> list[ET.Element]:
    """The elements in it, and those that it repeats, by whatever address of the same file."""
    inside = list(element)
    if str(element.tag).rpartition("}")[2] == "use":
        for key in _HREFS:
            if name := element.get(key, "").strip().partition("#")[2]:
                inside += named.get(name, ())
    return inside
