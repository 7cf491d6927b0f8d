"""The composed HTML itself: headings, tables, pictures and links say what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from collections.abc import Iterator

_SVG = "{http://www.w3.org/2000/svg}"
_HEADING = re.compile(r"h([1-6])")
_NO_NAMES = frozenset({"click here", "here", "link", "more", "read more"})
_SCHEMES = ("https://", "http://", "tel:", "mailto:", "#")
_CELLS = ("td", "th")
_SPANS = ("colspan", "rowspan")
_ALT_MOST = 250
_HIDING = re.compile(
    r"display:none|visibility:(hidden|collapse)|opacity:0?\.?0*(;|$)|clip-path:(?!none)|clip:rect"
)

_Found = tuple[str, str, str]
"""Code, message and hint."""


def check_markup(root: Any, *, path: str | None = None) -> list[Diagnostic]:
    """``heading-order``, ``merged-cells``, ``table-headers``, ``no-alt``, ``bad-link``, ``hidden``.

    Args:
        root: the element ``html``.
        path: the file that diagnostics name.
    """
    found = [*_headings(root)]
    for element in root.iter():
        match element.tag:
            case "table":
                found += _table(element)
            case "img":
                found += _picture("the picture", element.get("alt") or "")
            case "p":
                found += _paragraph(element)
            case "a":
                found += _link(element)
            case str() as tag if tag == f"{_SVG}svg":
                title = element.find(f"{_SVG}title")
                found += _picture("a drawing", _text(title) if title is not None else "")
            case str():
                pass
        found += _hidden(element)
    return [error(code, message, path=path, hint=hint) for code, message, hint in found]


def _headings(root: Any) -> Iterator[_Found]:
    """One ``h1``, first; then no level is left out on the way down."""
    above = 0
    for element in root.iter():
        if not isinstance(element.tag, str) or not (match := _HEADING.fullmatch(element.tag)):
            continue
        level, text = int(match[1]), shortened(_text(element))
        if not text:
            yield "heading-order", f"a heading `h{level}` is empty", "take it out"
        elif level > above + 1:
            after = f"a heading `h{above}`" if above else "the start"
            message = f"the heading `{text}` (`h{level}`) follows {after}"
            yield "heading-order", message, f"make it `h{above + 1}`"
        elif level == 1 and above:
            yield "heading-order", f"`{text}` is a second `h1`", "make it `h2`"
        above = level


def _table(table: Any) -> Iterator[_Found]:
    name = shortened(" ".join(_text(table).split())) or "it has no words"
    cells = [each for each in table.iter() if each.tag in _CELLS]
    for cell in cells:
        if any(cell.get(span, "1").strip() != "1" for span in _SPANS):
            message = f"cells are merged in the table `{name}`: `{shortened(_text(cell))}`"
            yield "merged-cells", message, "screen readers lose the place: give each its own"
            break
    headers = [each for each in cells if each.tag == "th"]
    if not headers:
        yield "table-headers", f"the table `{name}` has no header cells", "make them `th`"
    elif any(not each.get("scope") for each in headers):
        message = f"a header cell of the table `{name}` has no scope"
        yield "table-headers", message, "write `scope` as col or row"
    elif any(not _text(each).strip() for each in headers):
        message = f"a header cell of the table `{name}` is empty"
        yield "table-headers", message, "say what stands below or beside it"
    elif any(all(each.tag == "td" for each in row) for row in _rows(table)):
        message = f"a row of the table `{name}` has no header cell"
        yield "table-headers", message, "make its first cell `th` with the scope row"


def _rows(table: Any) -> Iterator[list[Any]]:
    """The cells of each row that has some."""
    rows = ([each for each in row if each.tag in _CELLS] for row in table.iter("tr"))
    return filter(None, rows)


def _picture(name: str, alt: str) -> Iterator[_Found]:
    words = " ".join(alt.split())
    if not words:
        yield "no-alt", f"{name} has no words for those who can't see it", "give it a `title`"
    elif len(words) > _ALT_MOST:
        message = f"{name} `{shortened(words)}` is told in {len(words)} letters"
        yield "no-alt", message, f"{_ALT_MOST} can be listened to; put the rest into the text"


def _paragraph(paragraph: Any) -> Iterator[_Found]:
    """One that is bold from end to end is read as any other; a heading is found by its tag."""
    children = list(paragraph)
    only = len(children) == 1 and children[0].tag in ("strong", "b")
    if only and not (paragraph.text or "").strip() and not (children[0].tail or "").strip():
        words = _text(paragraph)
        if words and not words.endswith((".", "?", "!")) and paragraph.get("data-slot") is None:
            message = f"`{shortened(words)}` looks like a heading and is a paragraph"
            yield "heading-order", message, "make it a heading, or let a stylesheet make it bold"


def _link(link: Any) -> Iterator[_Found]:
    target = link.get("href")
    if target is None:
        return
    label = " ".join((_text(link) or link.get("aria-label") or "").split())
    if not target.startswith(_SCHEMES):
        yield "bad-link", f"the link `{shortened(label)}` leads to `{target}`", "see its target"
    elif not label and not [each for each in link.iter() if each.tag == f"{_SVG}svg"]:
        yield "bad-link", f"the link to `{target}` has no words", "say where it leads"
    elif target.startswith("tel:") and _digits(target) != _digits(label):
        yield "bad-link", f"the link `{shortened(label)}` rings `{target[4:]}`", "see its number"
    elif label.casefold() in _NO_NAMES or label.startswith(("http://", "https://")):
        yield "bad-link", f"the link `{shortened(label)}` does not say where it leads", "name it"


def _hidden(element: Any) -> Iterator[_Found]:
    """Words that would be in the HTML and on no page: the count of words would not tell."""
    style = element.get("style", "").replace(" ", "").lower()
    is_hidden = "hidden" in element.attrib or _HIDING.search(style)
    if is_hidden and (words := shortened(_text(element))):
        yield "hidden", f"`{words}` is hidden", "take it out, or show it"


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
