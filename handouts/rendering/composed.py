"""The words a page is made of: what its HTML says, before anything is set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import weasyprint

from handouts.rendering.boxes import SVG_NAMESPACE, svg_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_UNPRINTED = {
    "area", "base", "datalist", "head", "link", "meta", "noembed", "noframes", "noscript", "param",
    "rp", "script", "source", "style", "template", "title", "track",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd",
    "mark", "q", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    "wbr",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ComposedText:
    """The printed words of an HTML document, in its order.

    Attributes:
        pieces: the text of each element that has some of its own, by the element's place in the
            document, with the white space of the source.
        drawings: the ``<text>`` elements of its inline SVG.
        text: all of it for people: words divided by one space, blocks by a line end.
        pictures: what each drawing and image is, by the element's place in the document.
    """

    pieces: Mapping[int, str]
    drawings: tuple[str, ...]
    text: str
    pictures: Mapping[int, str]


@lru_cache(maxsize=2)
def html_root(html: str) -> Any:
    """The element ``html`` of a page; the last are kept, as several checks ask. Only to be read."""
    return weasyprint.HTML(string=html).etree_element


def composed_text(html: str) -> str:
    """The words a document prints, divided by spaces, each block on a line of its own.

    Titles and descriptions of SVG, scripts, styles, and elements that are ``hidden`` or have
    ``display: none`` in their own ``style`` are left out. What only CSS adds (list markers,
    ``content``, page numbers) is not in the HTML, so it is not here; what a stylesheet hides is.
    """
    return composed(html_root(html)).text


def composed(root: Any, without: Collection[int] = ()) -> ComposedText:
    """The words a document prints.

    Args:
        root: the page, as ``html_root`` gives it.
        without: places of elements to leave out, counted in document order from the root at 0.
    """
    indexes = {element: index for index, element in enumerate(root.iter())}
    left_out = {element for element, index in indexes.items() if index in without}
    pieces: dict[int, str] = {}
    drawings: list[str] = []
    text: list[str] = []
    for element, words in _parts(root, left_out):
        text.append(words)
        if element is _DRAWING:
            drawings.append(words)
            text.append("\n")
        elif element is not _BREAK:
            pieces[indexes[element]] = pieces.get(indexes[element], "") + words
    lines = (" ".join(line.split()) for line in "".join(text).split("\n"))
    pictures = {
        index: _named(element)
        for element, index in indexes.items()
        if element.tag in _PICTURES and element not in left_out
    }
    return ComposedText(pieces, tuple(drawings), "\n".join(filter(None, lines)), pictures)


_PICTURES = {"img", f"{SVG_NAMESPACE}svg"}


def _named(picture: Any) -> str:
    title = picture.find(f"{SVG_NAMESPACE}title")
    words = picture.get("alt") if title is None else "".join(title.itertext())
    return f"`{' '.join(words.split())[:60]}`" if words else "without a name"


_DRAWING, _BREAK = object(), object()


def _parts(element: Any, left_out: Collection[Any]) -> Iterator[tuple[Any, str]]:
    """Text with the element whose own it is, drawings, breaks between blocks, in their order."""
    if not isinstance(element.tag, str) or element in left_out or _is_hidden(element):
        return
    if element.tag.startswith(SVG_NAMESPACE):
        for words in svg_texts(element):
            yield _DRAWING, words
        return
    ends = "" if element.tag in _INLINE else "\n"
    yield _BREAK, ends
    if element.text:
        yield element, _on_one_line(element.text)
    for child in element:
        yield from _parts(child, left_out)
        if child.tail:
            yield element, _on_one_line(child.tail)
    yield _BREAK, ends


def _on_one_line(text: str) -> str:
    return text.replace("\n", " ")


def _is_hidden(element: Any) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return element.tag in _UNPRINTED or "hidden" in element.attrib or "display:none" in style
