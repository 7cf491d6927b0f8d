"""The ways from an HTML twin to the rest of the library, in the twin's own language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from handouts.models.message import message

FORMATS = {"standard": message("Standard print"), "large-print": message("Large print")}
"""What formats are called by people."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link; ``language`` is its own, None where it is the page's."""

    href: str
    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Print:
    """A PDF to print: its address, format and paper."""

    href: str
    format: str
    paper: str


_NAV = Markup('<nav class="site-nav" data-slot="navigation" aria-label="{}">{}</nav>')
_WAY = Markup('<a href="{}">{}</a>')
_FOREIGN = Markup('<a href="{0}" lang="{1}" hreflang="{1}">{2}</a>')
_PAPERS = {"a4": "A4"}


def navigation(home: str, languages: Iterable[Way], translate: Callable[[str], str]) -> str:
    """What stands above a twin: the way home, and the same in other languages."""
    ways = [_WAY.format(home, translate("All documents"))]
    ways += [_FOREIGN.format(each.href, each.language, each.name) for each in languages]
    return str(_NAV.format(translate("Library"), Markup(" ").join(ways)))


def editions(prints: Iterable[Print], translate: Callable[[str], str]) -> str:
    """What stands below a twin: the same to print."""
    heading = translate("To print (PDF):")
    letter = translate("US Letter")
    ways = [
        _WAY.format(
            each.href,
            Markup("{}, <bdi>{}</bdi>").format(
                translate(FORMATS[each.format]) if each.format in FORMATS else each.format,
                letter if each.paper == "letter" else _PAPERS.get(each.paper, each.paper),
            ),
        )
        for each in prints
    ]
    words = Markup("<span>{}</span> {}").format(heading, Markup(" ").join(ways))
    return str(_NAV.format(translate("To print"), words))
