"""A clinic's logo, made harmless: whatever its file holds, a page gets a still picture of its own.

An SVG keeps shapes, colours and gradients. What runs or leads elsewhere is left out, and said; what
would come out differently without it is an error. PNG and JPEG are decoded and written anew.
"""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from handouts.diagnostics import Diagnostic, InvalidInput, error, warning
from handouts.rendering.logo_pixels import on_white
from handouts.rendering.logo_values import addresses, strange_number, with_bare_references

MOST_BYTES = 1_000_000
"""Of the file of a logo."""

MOST_ELEMENTS = 5000
DEEPEST = 32

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_KEPT = _SHAPES | {
    "svg", "g", "defs", "title", "desc", "clipPath", "linearGradient", "radialGradient", "stop",
    "style",
}  # fmt: skip
_LEFT_OUT = frozenset({"script", "metadata", "set", "animate", "animateTransform",
                       "animateMotion", "handler", "listener"})  # fmt: skip
"""What runs, moves or leads elsewhere; the picture is the same without it."""

_CURES = {
    "text": "turn its letters into paths in the drawing program",
    "tspan": "turn its letters into paths in the drawing program",
    "image": "draw it, or give the logo as PNG",
}
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*>", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|pc|mm|cm|in)?\s*")
_PIXELS = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
"""Units of a length in user units of SVG (CSS Values 3, 5.2)."""

_NAMES = frozenset({"id", "class", "href"})
"""Attributes whose words are no numbers, whatever they look like."""

_SMALLEST_BOX, _LARGEST_BOX = 1e-3, 1e6

_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}


@dataclass(frozen=True, slots=True)
class LogoPicture:
    """A logo to put on a page.

    Attributes:
        uri: the picture as a ``data:`` address.
        problems: warnings of what was left out.
    """

    uri: str
    problems: tuple[Diagnostic, ...] = ()


def logo_picture(data: bytes, shown: str) -> LogoPicture:
    """The picture in a logo's file.

    Args:
        data: the file.
        shown: its path as diagnostics print it; its ending says what it is.

    Raises:
        InvalidInput: ``file-too-large``, ``not-utf8`` or ``bad-logo``.
    """
    if len(data) > MOST_BYTES:
        message = f"the logo has {len(data) / 1e6:.1f} MB, the most is {MOST_BYTES / 1e6:g} MB"
        raise _invalid(error("file-too-large", message, path=shown, hint="make it smaller"))
    suffix = PurePath(shown).suffix.lower()
    if suffix == ".svg":
        return _vector(data, shown)
    try:
        return LogoPicture(_uri("image/png", on_white(data, _FORMATS[suffix])))
    except ValueError as problem:
        raise _bad(str(problem), shown, "save it anew") from problem


def _vector(data: bytes, shown: str) -> LogoPicture:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _invalid(error("not-utf8", "it is not UTF-8 text", path=shown)) from None
    text = _DOCTYPE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)  # lines stay
    if "<!doctype" in text.lower() or "<!entity" in text.lower():
        raise _bad("it defines entities", shown, "save it as plain SVG")
    root = _root(text, shown)
    if root.tag != f"{{{_SVG}}}svg":
        raise _bad("it is no SVG picture", shown, "its first element is `svg` in the SVG namespace")
    cleaned = _Cleaning(shown)
    cleaned.clean(root)
    _sized(root, shown)
    ET.register_namespace("", _SVG)
    left_out = sorted(cleaned.left_out)
    problems = (
        (
            warning(
                "logo-cleaned",
                f"left out of the logo: {', '.join(f'`{each}`' for each in left_out)}",
                path=shown,
                hint="save it as plain SVG, without scripts, links and metadata",
            ),
        )
        if left_out
        else ()
    )
    return LogoPicture(_uri("image/svg+xml", ET.tostring(root, encoding="utf-8")), problems)


def _root(text: str, shown: str) -> ET.Element:
    """The tree of an SVG, read while it is counted.

    Raises:
        InvalidInput: ``bad-logo``.
    """
    parser: Any = ET.XMLPullParser(("start", "end"))
    depth = count = 0
    root: ET.Element | None = None
    try:
        for start in range(0, len(text), 65536):
            parser.feed(text[start : start + 65536])
            for event, element in parser.read_events():
                root = element if root is None else root
                depth += 1 if event == "start" else -1
                count += event == "start"
                if depth > DEEPEST or count > MOST_ELEMENTS:
                    limit = f"{MOST_ELEMENTS} elements, {DEEPEST} deep"
                    raise _bad("it is too large a drawing", shown, f"the most is {limit}")
        parser.close()
    except ET.ParseError as problem:
        line, column = problem.position
        raise _invalid(
            error("bad-logo", "the logo can't be read as XML", path=shown, line=line,
                  column=column + 1)
        ) from None  # fmt: skip
    if root is None:
        raise _bad("it holds nothing", shown, None)
    return root


@dataclass(slots=True)
class _Cleaning:
    shown: str
    left_out: set[str]

    def __init__(self, shown: str) -> None:
        self.shown, self.left_out = shown, set()

    def clean(self, element: ET.Element) -> None:
        """Keep what draws, and nothing else."""
        self._clean_attributes(element)
        for child in list(element):
            name = self._name(child)
            if name is None:
                element.remove(child)
            elif name not in _KEPT:
                cure = _CURES.get(name, "save it as plain SVG, with shapes only")
                raise _bad(f"a logo can't have `<{name}>`", self.shown, cure)
            elif name == "style" and not self._is_plain(child.text or ""):
                raise _bad("its styles load something or have rules with @", self.shown,
                           "save it with colours as attributes")  # fmt: skip
            else:
                if name == "style":
                    child.text = self._value(child.text or "", name)
                self.clean(child)

    def _name(self, child: ET.Element) -> str | None:
        """The name of an element of SVG; None if it goes."""
        namespace, _, name = str(child.tag).rpartition("}")
        if namespace != f"{{{_SVG}":
            return None  # what a drawing program remembers for itself
        if name in _LEFT_OUT:
            self.left_out.add(f"<{name}>")
            return None
        return name

    def _clean_attributes(self, element: ET.Element) -> None:
        for name, value in list(element.attrib.items()):
            bare = name.rpartition("}")[2]
            if name in {_XLINK, "href"}:
                if not value.startswith("#"):
                    self._drop(element, name, bare)
            elif name.startswith("{"):
                del element.attrib[name]
            elif bare.lower().startswith("on") or not self._is_plain(value):
                self._drop(element, name, bare)
            elif name not in _NAMES and not name.startswith(("data-", "aria-")):
                element.attrib[name] = self._value(value, bare)

    def _value(self, css: str, name: str) -> str:
        """A style or value as the layout engine reads it: references without quotes and blanks.

        Raises:
            InvalidInput: ``bad-logo``, a number would be none in a PDF.
        """
        if number := strange_number(css):
            raise _bad(f"`{number}` in its `{name}` is no number to draw with", self.shown,
                       "save it anew")  # fmt: skip
        return with_bare_references(css)

    def _drop(self, element: ET.Element, name: str, bare: str) -> None:
        del element.attrib[name]
        self.left_out.add(bare)

    def _is_plain(self, css: str) -> bool:
        """Whether a style, or the value of an attribute, loads nothing."""
        if "\\" in css or "@" in css:
            return False
        return all(each.startswith("#") for each in addresses(css))


def _sized(root: ET.Element, shown: str) -> None:
    """The outermost element with a view box and without a size: the slot has the size.

    Raises:
        InvalidInput: ``bad-logo``, it has neither.
    """
    sides = [_LENGTH.fullmatch(root.attrib.pop(name, "")) for name in ("width", "height")]
    if "viewBox" not in root.attrib:
        width, height = (
            float(each[1]) * _PIXELS[each[2] or "px"] if each else 0.0 for each in sides
        )
        if not width or not height:
            raise _bad("it has no size", shown, "give its `svg` a `viewBox`")
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    values = re.split(r"[\s,]+", root.attrib["viewBox"].strip())
    try:
        numbers = [float(each) for each in values]
    except ValueError:
        numbers = []
    if (
        len(numbers) != 4
        or not all(abs(each) < _LARGEST_BOX for each in numbers)
        or not all(each > _SMALLEST_BOX for each in numbers[2:])
    ):
        raise _bad("its `viewBox` is no box", shown, "four numbers, such as `0 0 120 40`")


def _uri(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def _bad(what: str, shown: str, hint: str | None) -> InvalidInput:
    return _invalid(error("bad-logo", f"the logo can't be used: {what}", path=shown, hint=hint))


def _invalid(diagnostic: Diagnostic) -> InvalidInput:
    return InvalidInput((diagnostic,))
