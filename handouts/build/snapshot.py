"""What was published at one time: documents, and the facts they print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from handouts.build.manifest import NAME, Entry, Manifest, manifest_at
from handouts.build.request import InvalidRequest
from handouts.diagnostics import error

Sheet = tuple[str, str, str]
"""Clinic, language and id: all editions of a sheet print the same facts."""


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """A fact on a sheet.

    Attributes:
        value: as its record has it; empty where only the sheet is at hand.
        texts: as printed, each form once.
    """

    value: str
    texts: tuple[str, ...]


Facts = Mapping[str, PrintedFact]
"""What a sheet prints, by the address of the fact."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One of two builds that are compared.

    Attributes:
        name: what its owner calls it.
        folder: its output folder.
        manifest: what that holds.
        traced: facts of its sheets from the records themselves; None where only files are at hand.
        failed: why an edition could not be made, by the name of its file without ``.pdf``.
    """

    name: str
    folder: Path
    manifest: Manifest
    traced: Mapping[Sheet, Facts] | None = None
    failed: Mapping[str, str] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        """A published file.

        Raises:
            InvalidRequest: ``missing-file``, it is not there.
        """
        try:
            return (self.folder / path).read_bytes()
        except OSError as problem:
            failure = error(
                "missing-file",
                f"the manifest lists it, but it can't be read: {problem.strerror}",
                path=f"{self.name}/{path}",
                hint="build again",
            )
            raise InvalidRequest((failure,)) from None

    def facts(self, entry: Entry, *, traced: bool) -> Facts:
        """What a sheet prints.

        Args:
            entry: one of its editions.
            traced: from the records; if not, from the HTML twin, which does not know values.
        """
        if traced and self.traced is not None:
            return self.traced.get((entry.clinic, entry.language, entry.id), {})
        return facts_in(self.read(entry.html).decode(errors="replace"))


def snapshot_in(folder: Path, name: str) -> Snapshot:
    """What an output folder holds.

    Raises:
        InvalidRequest: ``no-manifest``, ``damaged-manifest``.
    """
    return Snapshot(name, folder, manifest_at(folder / NAME, f"{name}/{NAME}"))


def facts_in(html: str) -> Facts:
    """The facts that a page marks with ``data-fact``."""
    reader = _Facts()
    reader.feed(html)
    reader.close()
    return printed_facts((address, "", text) for address, text in reader.found)


def words_in(html: str) -> str:
    """What a page says, with its alternative texts; not how it looks."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return " ".join(reader.found)


def printed_facts(found: Iterable[tuple[str, str, str]]) -> Facts:
    """Facts by address, from address, value and text of each place where one is printed."""
    facts: dict[str, PrintedFact] = {}
    for address, value, text in found:
        known = facts.get(address, PrintedFact(value, ()))
        words = " ".join(text.split())
        facts[address] = PrintedFact(value, tuple(dict.fromkeys((*known.texts, words))))
    return facts


class _Facts(HTMLParser):
    """Reads spans with a fact; none stands in another."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._address, self._text, self._depth = "", "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth:
            self._depth += tag == "span"
        elif tag == "span" and (address := dict(attrs).get("data-fact")):
            self._address, self._text, self._depth = address, "", 1

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag == "span":
            self._depth -= 1
            if not self._depth:
                self.found.append((self._address, self._text))

    def handle_data(self, data: str) -> None:
        if self._depth:
            self._text += data


class _Words(HTMLParser):
    """Reads text and alternative texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_style = tag in ("style", "script")
        self.found += [each for name, each in attrs if each and name in ("alt", "aria-label")]

    def handle_endtag(self, tag: str) -> None:
        self._is_style &= tag not in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._is_style:
            self.found.append(data)
