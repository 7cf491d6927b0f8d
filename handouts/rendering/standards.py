"""Two standards in one file: PDF/A-2a, which lasts, and PDF/UA-1, which everybody can read.

WeasyPrint 70.0 writes one of them. It is told to write PDF/A-2a (ISO 19005-2), with the sRGB
profile of the International Color Consortium as output intent. What PDF/UA-1 (ISO 14289-1) asks for
beyond that is its name in the metadata, and the structure that ``accessibility`` mends. PDF/A does
not know that name, so the metadata describe it (ISO 19005-2, 6.6.2.3).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import pydyf  # type: ignore[import-untyped, unused-ignore]
import weasyprint

from handouts.rendering.identity import NAMESPACE, PROPERTIES

VARIANT = "pdf/a-2a"
OUTPUT_INTENT = "sRGB"
"""Name of the output intent among the colour profiles of a document."""

_END = b"</rdf:RDF>"
_PDF_UA = "http://www.aiim.org/pdfua/ns/id/"


@dataclass(frozen=True, slots=True)
class _Schema:
    """Properties of metadata that PDF/A does not know: by name, their type and what they say."""

    title: str
    namespace: str
    prefix: str
    properties: tuple[tuple[str, str, str], ...]

    def rdf(self) -> str:
        """Its description, as PDF/A asks for it."""
        properties = "".join(
            '<rdf:li rdf:parseType="Resource">'
            f"<pdfaProperty:name>{name}</pdfaProperty:name>"
            f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
            "<pdfaProperty:category>internal</pdfaProperty:category>"
            f"<pdfaProperty:description>{about}</pdfaProperty:description></rdf:li>"
            for name, kind, about in self.properties
        )
        return (
            '<rdf:li rdf:parseType="Resource">'
            f"<pdfaSchema:schema>{self.title}</pdfaSchema:schema>"
            f"<pdfaSchema:namespaceURI>{self.namespace}</pdfaSchema:namespaceURI>"
            f"<pdfaSchema:prefix>{self.prefix}</pdfaSchema:prefix>"
            f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
        )


_SCHEMAS = (
    _Schema(
        "PDF/UA identification",
        _PDF_UA,
        "pdfuaid",
        (("part", "Integer", "Part of ISO 14289 that the file keeps to"),),
    ),
    _Schema(
        "Handout",
        NAMESPACE,
        "handouts",
        tuple((name, "Text", about) for name, about in PROPERTIES.items()),
    ),
)
_DECLARATION = (
    f'<rdf:Description rdf:about="" xmlns:pdfuaid="{_PDF_UA}" pdfuaid:part="1" />'
    '<rdf:Description rdf:about="" '
    'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    f"<pdfaExtension:schemas><rdf:Bag>{''.join(each.rdf() for each in _SCHEMAS)}</rdf:Bag>"
    "</pdfaExtension:schemas></rdf:Description>"
).encode()


@dataclass(slots=True)
class _Profile:
    """What WeasyPrint asks a colour profile for; it keeps its reference here while it writes.

    Its own class writes the profile anew with Little CMS, so that the bytes depend on the system.
    """

    content: bytes
    name: str = "sRGB2014"
    components: tuple[str, ...] = ("r", "g", "b")
    pdf_reference: bytes | None = field(default=None, init=False)


def colour_profiles() -> dict[str, Any]:
    """The profile that tells what the colours of a document are, for WeasyPrint's ``render``."""
    return {OUTPUT_INTENT: _Profile(_srgb())}


@cache
def _srgb() -> bytes:
    """The profile sRGB2014 of the ICC, which anybody may copy; WeasyPrint brings it along."""
    return (files(weasyprint) / "pdf" / "sRGB2014.icc").read_bytes()


def install() -> None:
    """Let pydyf write a stream that ends with a carriage return so that its length is beyond doubt.

    The line feed that it writes after the stream would make one line end with that byte, and the
    stream seem shorter than it says (ISO 19005-2, 6.1.7.1): one compressed stream of 256 ends so.
    Calling it again changes nothing.
    """
    if pydyf.Stream.data is not _with_clear_end:
        pydyf.Stream.data = _with_clear_end


_data = pydyf.Stream.data.fget


@property  # type: ignore[misc]
def _with_clear_end(stream: Any) -> bytes:
    data: bytes = _data(stream)
    if data.endswith(b"\r\nendstream"):
        return data.removesuffix(b"\nendstream") + b"\r\nendstream"
    return data


def keep_both(pdf: Any) -> None:
    """Make a pydyf PDF that is nearly PDF/A-2a keep both standards, just before it is written.

    The metadata say that it is PDF/UA-1 too. Pictures made of dots are shown as they are: PDF/A
    allows no viewer to smooth them (ISO 19005-2, 6.2.8.1).
    """
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and "Interpolate" in stream.extra:
            stream.extra["Interpolate"] = "false"
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [with_description(b"".join(metadata.stream), _DECLARATION)]


def with_description(metadata: bytes, rdf: bytes) -> bytes:
    """A packet of XMP metadata that says one thing more.

    WeasyPrint's own way (``xmp_metadata``) puts it after the ``rdf:RDF`` element, of which a packet
    has only one.
    """
    before, end, after = metadata.rpartition(_END)
    return b"".join((before, rdf, end, after))
