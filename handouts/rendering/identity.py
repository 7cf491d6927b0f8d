"""What a PDF says it is, for programs: a description in its XMP metadata (ISO 16684-1).

It is there to find a file's entry in a manifest. It proves nothing: anybody can write it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from xml.etree.ElementTree import ParseError, XMLParser
from xml.sax.saxutils import quoteattr

NAMESPACE = "urn:x-handouts:document#"

PROPERTIES = {
    "reference": "Reference of the document, with its language",
    "version": "Version of the document",
    "fingerprint": "Fingerprint of its words and numbers",
    "edition": "Path of the file below its output folder",
}
"""What each property says."""

_LONGEST = 1000
"""Characters in a value; a longer one is none of ours."""

_PACKET = re.compile(r"<x:xmpmeta.*</x:xmpmeta>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document in which edition a file is.

    Attributes:
        reference: as printed, with its language.
        version: the editors' own counting.
        fingerprint: of its words and numbers, in full.
        edition: path of the file below the output folder.
    """

    reference: str
    version: str
    fingerprint: str
    edition: str

    def rdf(self) -> bytes:
        """The description, to stand in an ``rdf:RDF`` element."""
        values = "".join(
            f" handouts:{each.name}={quoteattr(getattr(self, each.name))}" for each in fields(self)
        )
        return (f'<rdf:Description rdf:about="" xmlns:handouts="{NAMESPACE}"{values} />').encode()


def identity_in(xmp: str) -> Identity | None:
    """What a metadata stream says; None if that is nothing, or not all of it."""
    packet = _PACKET.search(xmp)
    if packet is None or "<!" in packet[0]:  # a document type may define entities; XMP has none
        return None
    values = _Values()
    parser = XMLParser(target=values)  # noqa: S314  (no document type, so no entities)
    try:
        parser.feed(packet[0])
        parser.close()
    except (ParseError, ValueError):
        return None
    found = [values.found.get(f"{{{NAMESPACE}}}{each.name}", "") for each in fields(Identity)]
    if not all(each and each.isprintable() and len(each) <= _LONGEST for each in found):
        return None
    return Identity(*found)


class _Values:
    """All attributes and simple elements: a program that saves a file may turn one into another."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._text = ""

    def start(self, _tag: str, attributes: dict[str, str]) -> None:
        self.found |= attributes
        self._text = ""

    def data(self, text: str) -> None:
        self._text += text

    def end(self, tag: str) -> None:
        self.found.setdefault(tag, self._text.strip())

    def close(self) -> None:
        """Nothing is left to do."""
