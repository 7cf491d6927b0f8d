"""The tables of words and notation that the plain-language checks read.

They are YAML files beside this module, so that an editor can read them: hard words, notation that
has led to mistakes, and ways to say a risk that mislead. Each entry names its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, ConfigDict
from pydantic_core import PydanticCustomError

from handouts.loading.records import validate
from handouts.loading.strict_yaml import read_yaml

T = TypeVar("T")

Language = Literal["en", "es", "ar"]


def _is_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as problem:
        raise PydanticCustomError(
            "wrong_value", "this pattern can't be read", {"hint": str(problem)}
        ) from None
    return text


Pattern = Annotated[str, AfterValidator(_is_pattern)]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordGroup:
    """Hard words of one language and source: hard word to plain words."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    language: Language
    source: str
    words: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainWords:
    """The table of hard words.

    Attributes:
        known: abbreviations that need no explanation, alone or with the word they go with.
        groups: hard words.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    known: tuple[str, ...]
    groups: tuple[WordGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """Notation that has led to mistakes.

    Attributes:
        name: what it is, in words.
        pattern: regular expression that finds it.
        instead: what to do about it.
        example: a text in which it is found.
        fine: a text like it in which it is not.
        source: who says so.
        language: the only language it is looked for in, if it is one.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str
    pattern: Pattern
    instead: str
    example: str
    fine: str
    source: str
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNotation:
    """The table of notation."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    patterns: tuple[Notation, ...]


NumeracyKind = Literal["one-in-x", "relative", "absolute", "frequency", "time"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumeracyPattern:
    """One way to say a risk; fields as in ``Notation``."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    kind: NumeracyKind
    language: Language
    pattern: Pattern
    example: str
    fine: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeracy:
    """The table of ways to say a risk."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    patterns: tuple[NumeracyPattern, ...]


@cache
def plain_words() -> PlainWords:
    """The table of hard words."""
    return _table("plain_words.yaml", PlainWords)


@cache
def safety_notation() -> SafetyNotation:
    """The table of notation that has led to mistakes."""
    return _table("safety_notation.yaml", SafetyNotation)


@cache
def numeracy() -> Numeracy:
    """The table of ways to say a risk."""
    return _table("numeracy.yaml", Numeracy)


@cache
def notations(language: str) -> tuple[tuple[Notation, re.Pattern[str]], ...]:
    """The notation that is looked for in a language, with its expressions."""
    wanted = {None, language.partition("-")[0]}
    return tuple(
        (each, re.compile(each.pattern))
        for each in safety_notation().patterns
        if each.language in wanted
    )


@cache
def ways_to_say(kind: NumeracyKind, language: str) -> re.Pattern[str] | None:
    """One expression for all patterns of a kind in a language; None if there are none."""
    base = language.partition("-")[0]
    found = [e.pattern for e in numeracy().patterns if e.kind == kind and e.language == base]
    return re.compile("|".join(found), re.IGNORECASE) if found else None


@cache
def hard_words(language: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """An expression that finds hard words of a language in all their forms, and what to write.

    The group of the match says which word it is: its key, in small letters, is the longest one
    that the match begins with.
    """
    base = language.partition("-")[0]
    words: dict[str, str] = {}
    for group in plain_words().groups:
        if group.language == base:
            words |= group.words
    if not words:
        return None, {}
    forms = "|".join(_forms(each) for each in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE), words


def key_of(found: str, words: dict[str, str]) -> str:
    """The hard word that a form belongs to."""
    text = " ".join(found.lower().split())
    stems = [key for key in words if text.startswith(key.removesuffix("e"))]
    return max(stems, key=len)


def _forms(word: str) -> str:
    escaped = r"\s".join(map(re.escape, word.split()))
    if word.endswith("e"):
        return rf"{escaped[:-1]}(?:e|es|ed|ing)"
    return rf"{escaped}(?:s|es|ed|ing)?"


def _table(name: str, type_: type[T]) -> T:
    path = Path(__file__).with_name(name)
    return validate(read_yaml(path, name), type_, name)
