"""What a file from anywhere says it is: read with care, and in a process of its own."""

from __future__ import annotations

import contextlib
import io
import logging
import multiprocessing
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.rendering.identity import Identity, identity_in

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    import pikepdf

LARGEST = 64_000_000
"""Bytes of a file that is looked into; a document of a library has some 100 kB."""

_SECONDS, _MEMORY = 20, 2_000_000_000
_LARGEST_XMP = 1_000_000
_PAGES, _FOOTERS, _LONGEST_FOOTER = 4, 20, 300
_FINGERPRINT = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")
_HYPHENS = str.maketrans("\x02\ufffe\u2010\u2011", "----")
"""PDFium writes a hyphen between parts of a word in a way of its own."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a PDF says it is.

    Attributes:
        identity: in its metadata; None if they say nothing of the kind.
        footers: words on its first pages up to a fingerprint, if its metadata say nothing. Those
            that run from right to left come out of order, and are of no use.
        problem: why it can't be read, for people; empty if it can.
    """

    identity: Identity | None = None
    footers: tuple[str, ...] = ()
    problem: str = ""


def claim_of(data: bytes) -> Claim:
    """What a file says it is. It may be anything: what fails over it fails in another process."""
    if b"%PDF-" not in data[:1024]:
        return Claim(problem="it is not a PDF" if data else "it is empty")
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    reader = context.Process(target=_read, args=(data, there), daemon=True)
    reader.start()
    there.close()
    try:
        if not here.poll(_SECONDS):
            return Claim(problem="reading it takes too long")
        found = here.recv()
    except EOFError:
        return Claim(problem="it is a PDF that breaks the program which reads it")
    finally:
        reader.kill()
        reader.join()
        here.close()
    return found if isinstance(found, Claim) else Claim()


def _read(data: bytes, answer: Connection) -> None:
    logging.disable()
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (not on every system)

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        claim = _claim(data)
    except Exception:  # whatever the libraries make of garbage
        claim = Claim(problem="it is a damaged PDF")
    answer.send(claim)


def _claim(data: bytes) -> Claim:
    import pikepdf  # noqa: PLC0415  (only here, where files are read)

    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            identity = identity_in(_xmp(pdf))
    except pikepdf.PasswordError:
        return Claim(problem="it is locked with a password")
    if identity is not None:
        return Claim(identity)
    return Claim(footers=_footers(data))


def _xmp(pdf: pikepdf.Pdf) -> str:
    """The metadata stream, as far as it is of a sensible size."""
    import pikepdf  # noqa: PLC0415

    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return ""
    raw = bytes(stream.read_raw_bytes())
    if stream.get("/Filter") == "/FlateDecode":
        raw = zlib.decompressobj().decompress(raw, _LARGEST_XMP)
    return raw[:_LARGEST_XMP].decode(errors="replace")


def _footers(data: bytes) -> tuple[str, ...]:
    import pypdfium2  # noqa: PLC0415

    found: dict[str, None] = {}
    document = pypdfium2.PdfDocument(data)
    for number in range(min(len(document), _PAGES)):
        text = document[number].get_textpage().get_text_range().translate(_HYPHENS)
        text = " ".join(text.split()).replace("- ", "-")
        for signs in _FINGERPRINT.finditer(text):
            found[text[max(0, signs.start() - _LONGEST_FOOTER) : signs.end()]] = None
    return tuple(found)[:_FOOTERS]
