"""An edition: one document in one language, format and paper, for one clinic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a document is for."""

    PATIENT = "patient"
    TRIAL = "trial"
    COMPARISON = "comparison"
    REFERENCE = "reference"

    @property
    def fits_its_page(self) -> bool:
        """Whether it is one page for clinicians, which is made to fit."""
        return self is not Kind.PATIENT


class Format(StrEnum):
    """Layout for a reader's eyes. Large print is reflowed, not zoomed."""

    STANDARD = "standard"
    LARGE_PRINT = "large-print"


class Paper(StrEnum):
    """Size of the sheet."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def size_pt(self) -> tuple[float, float]:
        """Width and height in points (ISO 216; ANSI/ASME Y14.1)."""
        return (595.28, 841.89) if self is Paper.A4 else (612.0, 792.0)


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """What one PDF is made for."""

    id: str
    kind: Kind
    language: str
    format: Format
    paper: Paper
    clinic: str

    @property
    def folder(self) -> str:
        """Folder of this edition below ``output/``."""
        return f"{self.clinic}/{self.language}/{self.id}"

    @property
    def pdf_path(self) -> str:
        """Path of the PDF below ``output/``."""
        return f"{self.folder}/{self.id}.{self.language}.{self.format}.{self.paper}.pdf"

    @property
    def twin_path(self) -> str:
        """Path of the HTML twin below ``output/``."""
        return f"{self.folder}/index.html"
