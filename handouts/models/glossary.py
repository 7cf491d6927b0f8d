"""Terms explained to patients, and names that contain digits."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ConfigDict


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """The glossary of one language.

    Attributes:
        terms: plain meaning by term.
        names: names with digits or number words in them, which are no numbers.
        protected: names of medicines and genes without digits; with ``names`` they are left out of
            the first reading score, and are no abbreviations that need an explanation.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    terms: dict[str, str]
    names: tuple[str, ...]
    protected: tuple[str, ...] = ()
