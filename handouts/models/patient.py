"""The front matter of a patient handout: what stands above its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints

from handouts.models.numbers import Count
from handouts.models.review import Reference, Review, Version

Title = Annotated[str, StringConstraints(min_length=1, max_length=80)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What a handout is, in one language.

    Attributes:
        reference: code printed on the sheet, without the language.
        version: version of the content, in the editors' own counting.
        title: topic, at most 80 characters.
        lead: who the sheet is for, one sentence.
        subject: one sentence for the file's metadata.
        keywords: for the file's metadata.
        pages: most pages in the standard format (large print may take three times as many).
        compiled: day on which the facts were last put together.
        review: the approval, if there is one.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    kind: Literal["patient"]
    reference: Reference
    version: Version
    title: Title
    lead: str
    subject: str
    keywords: tuple[str, ...]
    pages: Count
    compiled: date
    review: Review | None = None
