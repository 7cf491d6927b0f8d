"""Who checked a document, when, and exactly which words and numbers they approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, StringConstraints

Reference = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{2,19}$")]
"""The code a document is known by; the language is added on paper."""

Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+){0,2}$")]
"""A version of the content, in the editors' own counting."""

PersonText = Annotated[str, StringConstraints(pattern=r"[^\W\d_]{2}")]
"""A name or a role: at least two letters together."""


class ReviewState(StrEnum):
    """Whether a document may be given to patients."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A signature under one version of one document in one language.

    Attributes:
        by: name of the clinician who approved it.
        role: their role.
        approved: day of the approval.
        next_review: day on which the approval ends.
        version: the version that was approved.
        fingerprint: the clinical fingerprint that was approved, as ``handouts review`` prints it.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    by: PersonText
    role: PersonText
    approved: date
    next_review: date
    version: Version
    fingerprint: str

    def state(self, fingerprint: str, version: str, today: date) -> ReviewState:
        """The state of a document that now has this fingerprint and version."""
        if (self.fingerprint, self.version) != (fingerprint, version):
            return ReviewState.DRAFT
        return ReviewState.EXPIRED if self.next_review < today else ReviewState.REVIEWED
