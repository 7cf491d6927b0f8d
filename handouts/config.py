"""The project's settings: ``content/project.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import ConfigDict, Strict, StringConstraints

Flag = Annotated[bool, Strict()]
"""``true`` or ``false``, not ``yes`` or ``1``."""

LOCKED_CODES = frozenset(
    {
        # provenance
        "unsourced-number", "unknown-fact", "unknown-source", "no-source",
        "foreign-fact",
        # safety
        "missing-component", "no-night-instruction", "draft-not-allowed", "version-unchanged",
        "expired", "impossible-review",
        # words: safety, numbers, undefined terms
        "safety-notation", "one-in-x", "mixed-denominators", "relative-without-absolute",
        "risk-without-time", "risk-without-frames", "undefined-term", "undefined-abbreviation",
        # the gate
        "text-lost", "text-off-page", "too-many-pages", "type-too-small", "missing-glyph",
        "foreign-font", "pdf-ua", "pdf-a", "pdf-marks", "pdf-artifact", "pdf-structure",
        "pdf-parent-tree", "pdf-link", "reading-order", "wrong-headings", "wrong-bookmarks",
        "pdf-metadata", "missing-picture", "wrong-page-size", "foreign-resource",
        "not-composed", "said-twice", "component-lost", "hidden", "state-lost", "heading-order",
        "merged-cells", "table-headers", "no-alt", "bad-link", "low-contrast", "overlap",
        "torn-apart", "stranded-heading", "picture-lost", "picture-off-page", "qr-too-small",
        "write-in-too-small", "ink-at-edge", "ink-in-holes", "marks-alike", "unreadable-code",
    }
)  # fmt: skip
"""Codes whose severity a project can't lower."""


WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/?#\"<>]+(/[^\s?#\"<>]*)?$")]
"""An address of the web, without a query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSettings:
    """Which formats and papers of one kind of document are built."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    formats: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Settings of a library.

    Attributes:
        title: name of the library.
        publisher: who publishes it, printed in the masthead and in the metadata.
        languages: languages to build, the source language first.
        default_clinic: clinic whose editions are built when none is asked for.
        allow_draft: whether documents nobody has reviewed may be built (with their banner).
        editions: formats and papers by kind.
        base_url: where the output folder is served on the web, or None: the sheets then carry no
            address and no QR code.
        severities: severity by code, for codes that a project may lower or raise.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    title: str
    publisher: str
    languages: tuple[str, ...]
    default_clinic: str
    allow_draft: Flag
    editions: dict[str, EditionSettings]
    base_url: WebAddress | None = None
    severities: dict[str, str] = field(default_factory=dict)
