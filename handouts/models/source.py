"""A publication, label, registry entry or page that was read, in CSL fields.

The fields are those of the Citation Style Language (CSL-JSON 1.0), so that an export from a
reference manager can be pasted in. Ours stand beside them: ``tier`` and ``read``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field

from handouts.models.numbers import Flag


class Tier(StrEnum):
    """How near a source is to the data."""

    PRIMARY = "A"
    REGULATOR = "B"
    SECONDARY = "C"
    TERTIARY = "D"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person's name, or a body's under ``literal``."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    family: str | None = None
    given: str | None = None
    literal: str | None = None

    def __str__(self) -> str:
        return self.literal or " ".join(part for part in (self.family, self.given) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source.

    Attributes:
        read: how much of it was read, in words ("abstract", "whole leaflet"); "not seen" where it
            was known through others only.
        Others: as in CSL; ``issued`` is text (a year, or a date in words).
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    title: str
    type: str
    tier: Tier
    read: str
    title_short: Annotated[str | None, Field(alias="title-short")] = None
    author: tuple[Name, ...] = ()
    et_al: Annotated[Flag, Field(alias="et-al")] = False
    container_title: Annotated[str | None, Field(alias="container-title")] = None
    publisher: str | None = None
    issued: str | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    number: str | None = None
    doi: Annotated[str | None, Field(alias="DOI")] = None
    pmid: Annotated[str | None, Field(alias="PMID")] = None
    pmcid: Annotated[str | None, Field(alias="PMCID")] = None
    url: Annotated[str | None, Field(alias="URL")] = None
