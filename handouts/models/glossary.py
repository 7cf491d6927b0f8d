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
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    terms: dict[str, str]
    names: tuple[str, ...]
