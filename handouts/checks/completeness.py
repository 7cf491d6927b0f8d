"""What the content says stands in the composed HTML, whatever template made it.

The gate starts here: what a template leaves out is on no page, and no comparison of pages with
their HTML would tell. A model of each page says what must be said; see ``rendering/sayings.py``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from handouts.checks.letters import shortened
from handouts.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from handouts.rendering.compose import HtmlDocument
    from handouts.rendering.sayings import Saying

_FACT = re.compile(r'data-fact="([^"]+)"')
_CLASS = re.compile(r'class="([^"]*)"')
_ALT = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_LONG = 25
"""Words of so many letters hardly stand on a page twice by chance."""

_HINT = "a template leaves it out, or changes it"


def check_completeness(document: HtmlDocument) -> list[Diagnostic]:
    """``not-composed``, ``said-twice``, ``component-lost``: the HTML says what the content says.

    Every block of words, fact and drawing is in it: on paper once, unless it was left off for want
    of room; on the page for screens, all.
    """
    shown = [
        each for each in document.sayings if not each.on_screen and each.rank <= document.fit.shown
    ]
    found = [
        *_lost(shown, document.html, "printed page"),
        *_lost(document.sayings, document.twin, "page for screens"),
        *_facts(shown, document.html),
        *_twice(shown, document.html),
    ]
    problems = [error(code, text, path=document.source, hint=hint) for code, text, hint in found]
    classes = {name for each in _CLASS.findall(document.html) for name in each.split()}
    problems += [
        error(
            "component-lost",
            f"the printed page has no element of class `{name}`",
            path=document.source,
            hint="every document of this kind must have one: a template leaves it out",
        )
        for name in document.components
        if name not in classes
    ]
    return problems


_Found = tuple[str, str, str]
"""Code, message and hint."""


def _lost(sayings: Iterable[Saying], html: str, page: str) -> Iterator[_Found]:
    for said in dict.fromkeys(each.html for each in sayings):
        if said not in html:
            yield "not-composed", f"`{words_of(said)}` is not on the {page}", _HINT


def _facts(sayings: Iterable[Saying], html: str) -> Iterator[_Found]:
    """Facts that are printed more often or less often than the content calls for them."""
    wanted = Counter(name for each in sayings for name in _FACT.findall(each.html))
    given = Counter(_FACT.findall(html))
    for name in sorted(wanted.keys() | given.keys()):
        if given[name] < wanted[name]:
            times = f"{given[name]} of {wanted[name]} times"
            yield "not-composed", f"the fact `{name}` is on the printed page {times}", _HINT
        elif given[name] > wanted[name]:
            times = f"{given[name]} times, not {wanted[name]}"
            yield "said-twice", f"the fact `{name}` is on the printed page {times}", _TWICE_HINT


_TWICE_HINT = "a template prints it again"


def _twice(sayings: list[Saying], html: str) -> Iterator[_Found]:
    wanted = Counter(each.html for each in sayings if each.is_block)
    for said, times in wanted.items():
        if len(said) < _LONG or html.count(said) <= times:
            continue
        inside = sum(each.html.count(said) for each in sayings)
        if html.count(said) > inside:
            yield "said-twice", f"`{words_of(said)}` is on the printed page twice", _TWICE_HINT


def words_of(said: str) -> str:
    """The first words of a saying; of a drawing, those of its alt text."""
    if said.startswith("<svg") and (alt := _ALT.search(said)):
        return shortened(Markup(alt[1]).unescape())  # noqa: S704  (made by the program)
    return shortened(Markup(said).striptags())  # noqa: S704
