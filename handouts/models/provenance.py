"""Where a fact comes from and how it was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pydantic import ConfigDict


class Seen(StrEnum):
    """How the source of a fact was read (the text is what an editor writes)."""

    PAPER = "paper"
    ABSTRACT = "abstract"
    LABEL = "label"
    REGISTRY = "registry"
    GUIDELINE = "guideline"
    REGULATOR = "regulator"
    COMPANY = "company pages"
    SECONDARY = "secondary report"
    OWN_KNOWLEDGE = "own knowledge"
    """Not seen in any source: printed only with a mark that says so."""
    GENERAL = "general"
    """A definition of a term, or general safety advice: needs no source."""


NEEDS_NO_SOURCE = frozenset({Seen.OWN_KNOWLEDGE, Seen.GENERAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Something that can be printed because it names its source.

    Attributes:
        sources: ids in ``content/sources.yaml``, the main one first.
        seen: how the main source was read.
        via: ids of the reports through which it was read, when it was not read itself.
        locator: where in the source, only if the evidence says so.
        note: a remark for editors and for ``handouts trace``; never printed.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    seen: Seen
    sources: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    locator: str | None = None
    note: str | None = None

    @property
    def is_unverified(self) -> bool:
        """Whether nobody has seen it in a source: it is printed or drawn with a sign of that."""
        return self.seen is Seen.OWN_KNOWLEDGE
