"""Words of records in another language: ``content/translations/<language>.yaml``."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ConfigDict


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWords:
    """Words of records, of which every number and source is written once, in another language.

    Attributes:
        words: translations by the English words as a record has them. Words that change in the
            record have no translation until they are given one.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    words: dict[str, str]
