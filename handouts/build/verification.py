"""Is this sheet ours, as it was published, and current? Answered from a manifest alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.build.manifest import Entry, Manifest
from handouts.diagnostics import did_you_mean
from handouts.rendering.fingerprint import short_fingerprint

if TYPE_CHECKING:
    from handouts.checks.claim import Claim
    from handouts.rendering.identity import Identity

_REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,}")
_SIGNS = re.compile(r"[0-9A-HJKMNP-TV-Z]{8}(?:[0-9A-HJKMNP-TV-Z]{18})?")
_MISREAD = str.maketrans("OIL", "011", "- \u2010\u2011\u2013")
"""What readers take for digits, as Crockford's base 32 reads it, and what divides groups."""

_UNPROVEN = "whether it is as it was published can't be told from this manifest"


class Verdict(StrEnum):
    """What can be said of a sheet."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A verdict.

    Attributes:
        verdict: the verdict.
        why: what it rests on, for people.
        reference, version, fingerprint, edition: what the sheet says it is, as far as it does.
        current: the entry of the manifest that it was compared with.
    """

    verdict: Verdict
    why: str
    reference: str | None = None
    version: str | None = None
    fingerprint: str | None = None
    edition: str | None = None
    current: Entry | None = None

    @property
    def words(self) -> str:
        """The verdict as people say it, with the state of review beside it."""
        words = str(self.verdict)
        if self.verdict is Verdict.SUPERSEDED and self.current is not None:
            words += f" by version {self.current.content_version}"
        if self.verdict is Verdict.CURRENT and self.is_draft:
            words += " (draft)"
        return words

    @property
    def is_draft(self) -> bool:
        """Whether nobody has reviewed the current edition."""
        return self.current is not None and self.current.review_state == "draft"


def sheet_in_hand(words: Iterable[str]) -> tuple[str, str] | None:
    """Reference and fingerprint as read off a sheet; None if the words are not of that form.

    The fingerprint may be in groups, in small letters, and with O, I or L for 0 and 1.
    """
    reference, *groups = words
    signs = "".join(groups).upper().translate(_MISREAD)
    reference = reference.upper()
    if _REFERENCE.fullmatch(reference) and _SIGNS.fullmatch(signs):
        return reference, signs
    return None


class Verifier:
    """Compares sheets with what a manifest says was published."""

    def __init__(self, manifest: Manifest, today: date) -> None:
        self._entries = tuple(manifest.documents.values())
        self._documents = manifest.documents
        self._today = today

    def file(self, path: Path) -> Finding:
        """What can be said of a file. Only one whose bytes are not known is looked into.

        Raises:
            OSError: it can't be read.
        """
        from handouts.checks.claim import LARGEST, claim_of  # noqa: PLC0415  (rarely needed)

        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            return _unknown(f"it is larger than {LARGEST // 1_000_000} MB, as no document here is")
        digest = hashlib.sha256(data).hexdigest()
        for entry in self._entries:
            if entry.sha256 == digest:
                return self._published(entry, f"{entry.format} {entry.paper}, unaltered")
        return self.claim(claim_of(data))

    def claim(self, claim: Claim) -> Finding:
        """What can be said of a file whose bytes are not known, by what it says it is."""
        if claim.problem:
            return _unknown(claim.problem)
        if claim.identity is not None:
            return self._identity(claim.identity)
        for reference, signs in self._printed(claim.footers):
            found = self.sheet(reference, signs)
            if found.verdict is not Verdict.SUPERSEDED and found.current is not None:
                return _as_listed(
                    Verdict.ALTERED,
                    found.current,
                    f"it prints {reference} and the fingerprint of the current version, but is no"
                    " published file: it was saved anew or changed",
                )
            return found
        return _unknown("it carries no reference and fingerprint of these documents")

    def sheet(self, reference: str, signs: str) -> Finding:
        """What can be said of a printed sheet.

        Args:
            reference: as printed, with or without the language.
            signs: of its fingerprint, the first eight or all.
        """
        ours = [e for e in self._entries if reference in (e.reference, _bare(e.reference))]
        if not ours:
            return self._no_such_reference(reference, fingerprint=signs)
        same = [each for each in ours if each.fingerprint.startswith(signs)]
        if same:
            entry = _newest(same)
            return self._published(entry, f"“{entry.title}”")
        entry = _newest(ours)
        return Finding(
            verdict=Verdict.SUPERSEDED,
            why=f"{entry.reference} now has the fingerprint {short_fingerprint(entry.fingerprint)},"
            f" not {short_fingerprint(signs)}; read yours again, and the version beside it",
            reference=reference,
            fingerprint=signs,
            current=entry,
        )

    def _identity(self, own: Identity) -> Finding:
        ours = [each for each in self._entries if each.reference == own.reference]
        if not ours:
            return self._no_such_reference(own.reference, own.version, own.fingerprint, own.edition)
        entry = self._documents.get(own.edition)
        is_listed = entry is not None and entry.reference == own.reference
        if entry is None or not is_listed:
            entry = _newest(ours)
        says = f"{own.reference}, version {own.version}"
        if (own.version, own.fingerprint) == (entry.content_version, entry.fingerprint):
            if is_listed:
                return _as_listed(
                    Verdict.ALTERED,
                    entry,
                    f"it says it is {says}, {entry.format} {entry.paper}, but its bytes are not"
                    " those published: changed, or made with other styles or another program",
                )
            verdict = Verdict.UNKNOWN
            why = (
                f"it says it is {says}, which is current, but the manifest does not list"
                f" {own.edition}"
            )
        elif _numbers(own.version) > _numbers(entry.content_version):
            verdict = Verdict.UNKNOWN
            why = f"it says it is {says}; the manifest is older, it has {entry.content_version}"
        else:
            verdict = Verdict.SUPERSEDED
            why = f"it says it is {says}, fingerprint {short_fingerprint(own.fingerprint)}"
            if own.version == entry.content_version:
                why += f"; that version now has {short_fingerprint(entry.fingerprint)}"
            elif own.fingerprint == entry.fingerprint:
                why += "; the words and numbers are still the same"
            why += f"; {_UNPROVEN}"
        return Finding(
            verdict=verdict,
            why=why,
            reference=own.reference,
            version=own.version,
            fingerprint=own.fingerprint,
            edition=own.edition,
            current=entry,
        )

    def _published(self, entry: Entry, about: str) -> Finding:
        why = f"{entry.reference}, version {entry.content_version}, {about}"
        ends = entry.next_review
        has_ended = ends is not None and ends < self._today.isoformat()
        if has_ended:
            why += f"; its review ended on {ends}"
        elif entry.review_state == "draft":
            why += "; nobody has reviewed it"
        return _as_listed(Verdict.EXPIRED if has_ended else Verdict.CURRENT, entry, why)

    def _printed(self, footers: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The fingerprint that each footer ends with, and the known reference nearest before it."""
        known = {each.reference for each in self._entries}
        for footer in footers:
            *words, signs = re.findall(r"[0-9A-Z]+(?:-[0-9A-Z]+)+", footer)
            reference = next((each for each in reversed(words) if each in known), None)
            if reference is not None:
                yield reference, signs.replace("-", "")

    def _no_such_reference(
        self,
        reference: str,
        version: str | None = None,
        fingerprint: str | None = None,
        edition: str | None = None,
    ) -> Finding:
        near = did_you_mean(reference, {each.reference for each in self._entries})
        hint = f"; {near}" if near and near.startswith("did") else ""
        return Finding(
            verdict=Verdict.UNKNOWN,
            why=f"the manifest has no document {reference}{hint}",
            reference=reference,
            version=version,
            fingerprint=fingerprint,
            edition=edition,
        )


def _as_listed(verdict: Verdict, entry: Entry, why: str) -> Finding:
    """A verdict on what says that it is this entry."""
    return Finding(
        verdict=verdict,
        why=why,
        reference=entry.reference,
        version=entry.content_version,
        fingerprint=entry.fingerprint,
        edition=entry.path,
        current=entry,
    )


def _unknown(why: str) -> Finding:
    return Finding(verdict=Verdict.UNKNOWN, why=why)


def _newest(entries: Iterable[Entry]) -> Entry:
    return max(entries, key=lambda each: _numbers(each.content_version))


def _numbers(version: str) -> tuple[int, ...]:
    """A version to compare by; what is none comes first."""
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9}){0,2}", version) is None:
        return ()
    parts = [int(each) for each in version.split(".")]
    return (*parts, *([0] * (3 - len(parts))))


def _bare(reference: str) -> str:
    """A reference without its language."""
    return reference.rpartition("-")[0]
