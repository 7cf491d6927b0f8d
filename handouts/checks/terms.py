"""Words that a reader may not know: abbreviations, glossary terms and hard words without a gloss.

What a handout lists under its words to know is explained, and so is what a sentence explains in the
section in which it is used first. Headings, and the sentence below the title that says who the
sheet is for, name what is explained below them: there no word is used first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from handouts.checks.glosses import is_explained
from handouts.checks.passages import HandoutText, Part, Passage
from handouts.checks.sentences import Sentence
from handouts.checks.style import quoted
from handouts.checks.wording_tables import hard_words, key_of, plain_words
from handouts.diagnostics import Diagnostic, error, note, warning

_ABBREVIATION = re.compile(r"(?<![\w.@/])(?:[A-Z]{2,}|[a-z]{1,2}[A-Z]{2,})(?:s(?!\w))?(?![\w@/])")
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{2,}(?:\s[A-Z]{2,})+(?![\w-])")
_STRESSED = frozenset({"NOT", "NO", "DO", "NEVER", "ALWAYS", "ALL", "ONLY", "MUST", "AND", "OR"})
"""Words in capitals that are stressed, not abbreviated."""


_Use = tuple[Passage, re.Match[str]]


def term_problems(
    text: HandoutText, protected: re.Pattern[str], terms: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Words of a handout that nobody explains.

    Args:
        text: the handout.
        protected: finds names that need no explanation.
        terms: the glossary of its language, meaning by term.
    """
    yield from _terms(text, terms)
    yield from _abbreviations(text, protected, terms)
    yield from _hard_words(text, terms)


def _terms(text: HandoutText, terms: Mapping[str, str]) -> Iterator[Diagnostic]:
    listed = {each.lower() for each in (*text.terms, *plain_words().known)}
    for term in terms:
        uses = _uses(text, _pattern(term)) if term.lower() not in listed else []
        if uses and not any(map(_explains, uses)):
            passage, match = uses[0]
            sentence = _sentence_at(passage, match.start())
            yield error(
                "undefined-term",
                f"`{term}` is not explained where it is used first: {quoted(sentence)}",
                path=text.path,
                line=sentence.line,
                hint="explain it there, or list it in `words-to-know`",
            )


def _abbreviations(
    text: HandoutText, protected: re.Pattern[str], terms: Mapping[str, str]
) -> Iterator[Diagnostic]:
    known = _pattern_of(plain_words().known)
    done = {each.lower() for each in (*text.terms, *terms)}
    for passage in _read(text.passages[1:]):
        plain = passage.text
        for pattern in (protected, known, _CAPITALS):
            plain = pattern.sub(lambda match: "x" * len(match[0]), plain)
        for match in _ABBREVIATION.finditer(plain):
            name = match[0].removesuffix("s")
            if name.lower() in done or name in _STRESSED:
                continue
            done.add(name.lower())
            if not any(map(_explains, _uses(text, re.compile(_pattern(name).pattern)))):
                sentence = _sentence_at(passage, match.start())
                yield error(
                    "undefined-abbreviation",
                    f"`{name}` is not explained where it is used first: {quoted(sentence)}",
                    path=text.path,
                    line=sentence.line,
                    hint="write it out with the abbreviation in brackets, or leave it out",
                )


def _hard_words(text: HandoutText, terms: Mapping[str, str]) -> Iterator[Diagnostic]:
    pattern, words = hard_words(text.language)
    if pattern is None:
        return
    explained = {each.lower() for each in text.terms}
    say = warning if text.language.partition("-")[0] == "en" else note
    for passage in _read(text.passages):
        for match in pattern.finditer(passage.text):
            word = key_of(match[0], words)
            if word in explained or match[0].lower() in explained or word in terms:
                continue  # a glossary term has its own check
            if is_explained(passage.text, match.start(), match.end()):
                explained.add(word)
                continue
            sentence = _sentence_at(passage, match.start())
            yield say(
                "hard-word",
                f"`{match[0]}` is a hard word: {quoted(sentence)}",
                path=text.path,
                line=sentence.line,
                hint=f"say “{words[word]}”, or explain it in brackets",
            )


def _read(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages whose words are read as sentences or labels."""
    return (each for each in passages if each.part not in {Part.HEADING, Part.MEANING})


def _uses(text: HandoutText, pattern: re.Pattern[str]) -> list[_Use]:
    """Where a word is used first, and again in the same section."""
    found: list[_Use] = []
    for passage in _read(text.passages[1:]):
        if found and passage.section != found[0][0].section:
            break
        found += ((passage, match) for match in pattern.finditer(passage.text))
    return found


def _explains(use: _Use) -> bool:
    passage, match = use
    return is_explained(passage.text, match.start(), match.end())


def _sentence_at(passage: Passage, offset: int) -> Sentence:
    before = [each for each in passage.sentences if each.start <= offset]
    return before[-1] if before else Sentence(passage.text, passage.line, 0)


def _pattern(term: str) -> re.Pattern[str]:
    """Finds a term and its plural, not what is made of it: HER2-positive is another word."""
    words = r"[\s-]".join(map(re.escape, term.split()))
    if term.endswith("y"):
        words = rf"{words[:-1]}(?:y|ies)"
    return re.compile(rf"(?<![\w-]){words}(?:s|es)?(?![\w-])", re.IGNORECASE)


def _pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    escaped = (r"[\s-]".join(map(re.escape, each.split())) for each in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(escaped)})s?(?!\w)")
