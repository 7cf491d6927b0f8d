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
        *_disordered(shown, document.html),
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
    """What stands in the HTML less often than it is said; names may be said in fewer places."""
    wanted = Counter(each.html for each in sayings if each.is_block)
    for said in dict.fromkeys(each.html for each in sayings):
        given = html.count(said)
        if not given:
            yield "not-composed", f"`{words_of(said)}` is not on the {page}", _HINT
        elif given < wanted[said]:
            times = f"{given} of {wanted[said]} times"
            yield "not-composed", f"`{words_of(said)}` is on the {page} {times}", _HINT


def _disordered(sayings: Iterable[Saying], html: str) -> Iterator[_Found]:
    """Items, rows, cells and blocks that stand before what the content says before them.

    An element is known by words that stand in the HTML only once, if it has some.
    """
    sequences: dict[int, dict[int, str]] = {}
    is_only: dict[str, bool] = {}
    for each in sayings:
        said = each.html
        if said not in is_only:
            is_only[said] = html.find(said, html.find(said) + 1) < 0
        for sequence, index in each.order:
            known = sequences.setdefault(sequence, {})
            if index not in known or (is_only[said] and not is_only[known[index]]):
                known[index] = said
    for elements in sequences.values():
        place, before = 0, ""
        for said in elements.values():
            found = html.find(said, place)
            if found < 0 <= html.find(said):
                message = f"`{words_of(said)}` stands before `{words_of(before)}`"
                yield "out-of-order", message, "a template changes the order"
                break
            place, before = max(found, place), said


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
