"""Pages of made-up libraries, and what their links lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from handouts.build.manifest import Entry
from handouts.build.site.catalogue import Catalogue, Sheet, Summary
from handouts.models.edition import Edition, Format, Kind, Paper
from tests.reports.libraries import report

HOSTILE = """</script><script>alert(1)</script> "a" 'b' ${c} \u202eevil\u202c & سلام"""


def entry(
    name: str, language: str = "en", paper: Paper = Paper.A4, kind: Kind = Kind.PATIENT,
    form: Format = Format.STANDARD, title: str = "A sheet", clinic: str = "default",
) -> Entry:  # fmt: skip
    about = Edition(name, kind, language, form, paper, clinic)
    made = report(about, title=title).entry
    assert made is not None
    return made


def sheet(*editions: Entry, text: str = "For people who may have a scan.") -> Sheet:
    terms = ("biopsy", "clinical trial")
    return Sheet(editions, Summary(text=text, compiled=date(2026, 11, 20), terms=terms))


def large_library(count: int) -> Catalogue:
    """So many documents, each in the two formats and on the two papers."""
    sheets = [
        sheet(
            *(
                replace(
                    entry(f"blood-tests-for-dna-{number:04}", form=form, paper=paper),
                    title=f"Blood tests for tumour DNA, part {number}",
                )
                for form in Format
                for paper in Paper
            ),
            text="For people with HER2-positive breast cancer who may have a liquid biopsy.",
        )
        for number in range(count)
    ]
    return Catalogue("A large library", "A publisher", tuple(sheets))


class Page(HTMLParser):
    """What a page links to and loads, by tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str]] = []
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.handlers += [name for name in given if name.startswith("on")]
        self.ids |= {given["id"] or ""} if "id" in given else set()
        if tag == "script":
            self.scripts.append(given)
        for name in ("href", "src"):
            if given.get(name):
                self.addresses.append((tag, given[name] or ""))


def broken_links(files: Mapping[str, bytes]) -> Iterator[str]:
    """Addresses in the pages of a site that lead to no file of it, or to no place in a page."""
    pages = {name: Page(data.decode()) for name, data in files.items() if name.endswith(".html")}
    for name, page in pages.items():
        for tag, address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme:
                continue
            target = normpath(join(dirname(name), unquote(parts.path))) if parts.path else name
            lost = target not in files
            if not lost and parts.fragment and target in pages:
                lost = unquote(parts.fragment) not in pages[target].ids
            if lost:
                yield f"{name}: <{tag}> {address}"


def loaded_from_elsewhere(files: Mapping[str, bytes]) -> Iterator[str]:
    """Addresses of other hosts that pages load without being asked to."""
    for name, data in files.items():
        if name.endswith(".html"):
            for tag, address in Page(data.decode()).addresses:
                if tag not in {"a", "link"} and urlsplit(address).netloc:
                    yield f"{name}: <{tag}> {address}"
