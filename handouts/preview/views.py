"""What a reader of the preview sees, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from handouts.diagnostics import Diagnostic, Severity, in_order
from handouts.models.edition import Edition, Format, Paper
from handouts.rendering.language import direction_of, own_name


@dataclass(slots=True)
class View:
    """One edition that is looked at.

    Attributes:
        twin: digest of the page for screens; None before it was composed.
        pages: digests of the pictures of its pages.
        refusal: why this version can't be drawn, so that the last one that could be is shown.
        problems: what a build says of this version.
        is_checked: a build has looked at this version.
        is_good: a build would publish it.
    """

    twin: str | None = None
    pages: tuple[str, ...] = ()
    refusal: tuple[Diagnostic, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    is_checked: bool = False
    is_good: bool = False

    @property
    def state(self) -> str:
        """In one word, for the page."""
        if self.refusal:
            return "refused"
        if not self.is_checked:
            return "checking"
        return "good" if self.is_good else "failing"


@dataclass(slots=True)
class Shown:
    """What the preview knows of the library.

    Attributes:
        title: of the library.
        titles: of every edition.
        failed: editions that could not be made, by the names of their files.
        problems: of the last build.
        making: how many editions of how many are made; None when nothing is.
        library: counts builds, so that the library page is loaded anew.
        views: of the editions that are looked at.
        trouble: what the preview itself has to say.
        unwatched: why changes on the disk are not noticed; empty while they are.
    """

    title: str = ""
    titles: Mapping[Edition, str | None] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()
    problems: tuple[Diagnostic, ...] = ()
    making: tuple[int, int] | None = None
    is_building: bool = True
    library: int = 0
    views: dict[Edition, View] = field(default_factory=dict)
    trouble: str = ""
    unwatched: str = ""

    def edition(self, document: str, form: str, paper: str) -> Edition | None:
        """The edition of a document that comes nearest to what is asked for."""
        same = [each for each in self.titles if each.folder == document]
        forms, papers = list(Format), list(Paper)
        return min(
            same,
            key=lambda each: (
                each.format != form, each.paper != paper,
                forms.index(each.format), papers.index(each.paper),
            ),
            default=None,
        )  # fmt: skip

    def documents_json(self) -> dict[str, Any]:
        """All documents."""
        return {
            "title": self.title,
            "documents": [
                {
                    "path": editions[0].folder,
                    "title": self.titles[editions[0]] or editions[0].id,
                    "kind": str(editions[0].kind),
                    "language": editions[0].language,
                    "languageName": own_name(editions[0].language),
                    "direction": direction_of(editions[0].language),
                    "editions": [[str(each.format), str(each.paper)] for each in editions],
                    "failed": any(_name(each) in self.failed for each in editions),
                }
                for editions in _by_document(self.titles)
            ],
        }

    def library_json(self) -> dict[str, Any]:
        """How the build of the library stands, and what the last one said."""
        return {
            "problems": problems_json(self.problems),
            "making": list(self.making) if self.making else None,
            "building": self.is_building,
            "build": self.library,
            "trouble": " ".join(filter(None, (self.trouble, self._blindness))),
        }

    @property
    def _blindness(self) -> str:
        if not self.unwatched:
            return ""
        return f"Changes to files are not noticed, so what you see may be old: {self.unwatched}."

    def view_json(self, edition: Edition) -> dict[str, Any]:
        """One edition that is looked at."""
        view = self.views.get(edition) or View()
        twin = f"/-/now/{edition.twin_path}"
        return {
            "document": edition.folder,
            "format": str(edition.format),
            "paper": str(edition.paper),
            "pdf": f"/{edition.pdf_path}",
            "twin": f"{twin}?v={view.twin[:16]}" if view.twin else None,
            "pages": [f"/-/pages/{each}.png" for each in view.pages],
            "state": view.state,
            "problems": problems_json(in_order((*view.refusal, *view.problems))),
        }


def problems_json(problems: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Problems for the page, the worst first."""
    order = list(Severity)
    return [
        {
            "severity": str(each.severity),
            "place": each.place if each.path else "",
            "message": each.message,
            "code": each.code,
            "hint": each.hint or "",
        }
        for each in sorted(problems, key=lambda each: order.index(each.severity))
    ]


def _by_document(editions: Iterable[Edition]) -> list[list[Edition]]:
    found: dict[str, list[Edition]] = {}
    for each in editions:
        found.setdefault(each.folder, []).append(each)
    return list(found.values())


def _name(edition: Edition) -> str:
    return f"{edition.id}.{edition.language}.{edition.format}.{edition.paper}"
