"""Kinds of faults: what a template or a stylesheet can do to a document that was good."""

# ruff: noqa: E501  (a table: a line for each kind)

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Change = Callable[[str], str | None]
"""The HTML of a page with one fault in it; None if the page has nothing that it could spoil."""


@dataclass(frozen=True)
class Fault:
    """One kind of fault."""

    name: str
    change: Change


def _once(pattern: str, change: str | Callable[[re.Match[str]], str], *, skip: int = 0) -> Change:
    """Changes one place in the body, the first or one after it."""
    expression = re.compile(pattern, re.DOTALL)

    def spoil(html: str) -> str | None:
        head, opening, body = html.partition("<body")
        found = list(expression.finditer(body))
        if len(found) <= skip:
            return None
        match = found[skip]
        new = match.expand(change) if isinstance(change, str) else change(match)
        if new == match[0]:
            return None
        return f"{head}{opening}{body[: match.start()]}{new}{body[match.end() :]}"

    return spoil


def _everywhere(old: str, new: str) -> Change:
    def spoil(html: str) -> str | None:
        changed = re.sub(old, new, html, flags=re.DOTALL)
        return None if changed == html else changed

    return spoil


def _css(rule: str, needs: str = "<p") -> Change:
    def spoil(html: str) -> str | None:
        if needs not in html:
            return None
        return html.replace("</head>", f"<style>{rule}</style></head>", 1)

    return spoil


def _patients(change: Change) -> Change:
    """Only on sheets for patients, which have several pages."""
    return lambda html: change(html) if '<body class="patient"' in html else None


def _digit(match: re.Match[str]) -> str:
    digit = "7" if match[2] != "7" else "4"
    return f"{match[1]}{digit}{match[3]}"


_P = r"<p>(?:(?!</?p).)*?data-fact(?:(?!</?p).)*?</p>"
_LI = r"<li>(?:(?!</?li).)*?</li>"
_TR = r"<tr(?: [^>]*)?>(?:(?!</?tr).)*?<td(?:(?!</?tr).)*?</tr>"
_FACT = r'<span class="fact" data-fact="[^"]*">[^<]*</span>'
_SVG = r"<svg[^>]*class=\"chart.*?</svg>"

HTML = (
    Fault("an item of a list is left out", _once(_LI, "")),
    Fault("the last item of the page is left out", lambda html: _last(_LI, html)),
    Fault("a row of a table is left out", _once(_TR, "")),
    Fault("a paragraph is left out", _once(_P, "")),
    Fault("a fact is left out", _once(_FACT, "")),
    Fault("a drawing is left out", _once(_SVG, "")),
    Fault("the main points are left out", _once(r'<section class="main-points">.*?</section>', "")),
    Fault("the sources are left out", _once(r'<section class="(?:evidence-line|source-list)[^>]*>.*?</section>', "")),
    Fault("the banner is left out", _once(r'<p class="draft-banner.*?</p>', "")),
    Fault("the title is left out", _once(r"<h1>.*?</h1>", "")),
    Fault("the footer is left out", _everywhere(r'data-footer="[^"]*"', 'data-footer=""')),
    Fault("the banner of later pages is left out", _patients(_everywhere(r'data-banner="[^"]+"', 'data-banner=""'))),
    Fault("the fingerprint is changed", _once(r'(data-footer="[^"]*· )[\w-]+"', r'\1AAAA-AAAA"')),
    Fault("a paragraph is said twice", _once(_P, r"\g<0>\g<0>")),
    Fault("a row is said twice", _once(_TR, r"\g<0>\g<0>")),
    Fault("an item is said twice", _once(_LI, r"\g<0>\g<0>", skip=1)),
    Fault("a digit of a fact is changed", _once(r'(<span class="fact" data-fact="[^"]*">[^<\d]*)(\d)([^<]*</span>)', _digit)),
    Fault("a fact is called by another name", _once(r'data-fact="([^"]*)"', r'data-fact="\1x"')),
    Fault("a word is left out", _once(r"(<li>(?:<strong>)?[^\s<]+ )[^\s<]+ ", r"\1")),
    Fault("two cells change places", _once(r"(<td[^>]*>(?:(?!</?td).)*?</td>)(\s*)(<td[^>]*>(?:(?!</?td).)*?</td>)", r"\3\2\1")),
    Fault("two items change places", _once(rf"({_LI})(\s*)({_LI})", r"\3\2\1")),
    Fault("two rows change places", _once(rf"({_TR})(\s*)({_TR})", r"\3\2\1")),
    Fault("words of a drawing are changed", _once(r"(<text[^>]*>)([^<]{3,})(</text>)", r"\1other\3")),
    Fault("the words for a drawing are left out", _once(r"(<svg[^>]*>)<title>.*?</title>", r"\1")),
    Fault("a number in the words for a drawing is changed", _once(r"(<svg[^>]*><title>[^<\d]*)(\d)([^<]*)", _digit)),
    Fault("a header cell is a cell", _once(r"<th scope=\"row\">(.*?)</th>", r"<td>\1</td>")),
    Fault("header cells have no scope", _everywhere(r" scope=\"(?:row|col)\"", "")),
    Fault("cells are merged", _once(r"<td>", '<td colspan="2">')),
    Fault("a heading leaves out a level", _once(r"<h2>(.*?)</h2>", r"<h4>\1</h4>")),
    Fault("a heading is a paragraph", _once(r"<h2>(.*?)</h2>", r"<p><strong>\1</strong></p>")),
    Fault("there are two titles", _once(r"<h2>(.*?)</h2>", r"<h1>\1</h1>")),
    Fault("the language is left out", _everywhere(r"<html lang=\"[^\"]*\"", "<html")),
    Fault("the name of the document is left out", _everywhere(r"<title>[^<]*</title>\n<meta", "<title></title>\n<meta")),
    Fault("an item is hidden", _once(r"<li>", "<li hidden>")),
    Fault("a link leads nowhere", _once(r"</h1>", '</h1><p><a href="nowhere.html">see there</a></p>')),
    Fault("a picture is missing", _once(r"</h1>", '</h1><p><img src="nowhere.svg" alt="A picture"></p>')),
    Fault("a number is typed", _once(r"<li>", "<li>42 times. ")),
)  # fmt: skip

CSS = (
    Fault("items are not displayed", _css("li { display: none !important }", "<li")),
    Fault("rows are not displayed", _css("tbody tr:last-child { display: none !important }", "<tbody")),
    Fault("items are not visible", _css("li { visibility: hidden !important }", "<li")),
    Fault("paragraphs have no opacity", _css("p { opacity: 0 !important }")),
    Fault("items are white", _css("li { color: #fff !important }", "<li")),
    Fault("items are pale", _css("li { color: #ccc !important }", "<li")),
    Fault("ink is transparent", _css("p { color: transparent !important }")),
    Fault("type is small", _css("p { font-size: 5pt !important }")),
    Fault("type has no size", _css("li { font-size: 0 !important }", "<li")),
    Fault("words are off the page", _css("h2 { position: absolute !important; left: -300mm !important }", "<h2")),
    Fault("words are off the page by their indent", _css("p { text-indent: -300mm !important }")),
    Fault("words are moved", _css("li { transform: translate(40mm, 20mm) !important }", "<li")),
    Fault("words run over their line", _css("li, td, p { white-space: nowrap !important; width: 400mm !important }")),
    Fault("a box hides what runs over", _css("ul { height: 4mm !important; overflow: hidden !important }", "<ul")),
    Fault("lines lie over each other", _css("p, li { line-height: 0.3 !important }")),
    Fault("letters lie over each other", _css("li { letter-spacing: -1em !important }", "<li")),
    Fault("blocks lie over each other", _css("ul { margin-top: -12mm !important }", "<ul")),
    Fault("a lid lies over the words", _css("h2::after { content: ''; position: absolute; background: #fff; width: 170mm; height: 30mm; margin-top: 8mm; left: 0 }", "<h2")),
    Fault("the page has one height", _css("html, body { height: 100% !important }")),
    Fault("the sheet is another", _css("@page { size: A5 !important }")),
    Fault("the footer has no content", _css("@page { @bottom-left { content: none !important } }")),
    Fault("the page has no number", _css("@page { @bottom-right { content: none !important } }")),
    Fault("the footer says something else", _css("@page { @bottom-left { content: 'Version 9' !important } }")),
    Fault("drawings are not displayed", _css("svg { display: none !important }", "<svg")),
    Fault("drawings are small", _css("svg.chart { width: 2mm !important; height: 2mm !important }", "<svg")),
    Fault("lines to write on are narrow", _css(".write-line { height: 2mm !important; margin: 0 !important }", "write-line")),
    Fault("items stand in another order", _css("ul { display: flex !important; flex-direction: column-reverse !important }", "<ul")),
    Fault("a stylesheet adds words", _css("li::before { content: 'never ' !important }", "<li")),
    Fault("a stylesheet adds a digit", _css(".fact::before { content: '1' }", 'class="fact"')),
    Fault("columns run off the page", _css("table { width: 400mm !important }", "<table")),
    Fault("a float stands off the page", _css("h2 { float: right !important; margin-right: -120mm !important }", "<h2")),
    Fault("words stand beside the sheet", _css("main { margin-left: 150mm !important }")),
    Fault("words are struck through", _css("li { text-decoration: line-through !important }", "<li")),
    Fault("boxes are torn", _css("tr { break-inside: auto !important } td { padding-bottom: 220mm !important }", "<td")),
)  # fmt: skip


def _last(pattern: str, html: str) -> str | None:
    found = list(re.finditer(pattern, html, re.DOTALL))
    return html[: found[-1].start()] + html[found[-1].end() :] if found else None
