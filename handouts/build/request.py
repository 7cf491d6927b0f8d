"""What a user asked to be built."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from handouts.diagnostics import InvalidInput


class InvalidRequest(InvalidInput):
    """Wrong usage or configuration: nothing was built."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A selection of editions. An empty field selects everything; clinics, the default one.

    Attributes:
        ids: documents.
        languages: their languages.
        formats: their formats.
        papers: their papers.
        clinics: clinics.
        publish: whether files are written, or the editions only checked.
        in_print: whether the pages are also checked as they come out of a printer.
    """

    ids: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    clinics: tuple[str, ...] = ()
    publish: bool = True
    in_print: bool = False

    @property
    def is_filtered(self) -> bool:
        """Whether some documents or editions of a clinic are left out."""
        return bool(self.ids or self.languages or self.formats or self.papers)

    def key(self, output: str) -> str:
        """A name for records of builds with this selection into that folder."""
        text = json.dumps([asdict(self), output], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:24]
