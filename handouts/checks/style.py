"""Style of a patient handout: how long, how hard, in which voice and letters it is written.

Limits: printed handouts standard, 1.6. English is judged by warnings with the sentence to mend; a
target that is missed, and whatever is found in another language, is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from handouts.checks.measures import Measures, grade_of
from handouts.checks.passages import HandoutText, Part, Passage
from handouts.checks.sentences import Sentence, words_in
from handouts.diagnostics import Diagnostic, note, warning
from handouts.loading.strict_yaml import in_short

LONGEST_SENTENCE = 25
MEAN_SENTENCE = 12
USUAL_SENTENCE = 20
LONGEST_PARAGRAPH, USUAL_PARAGRAPH = 5, 3
LONGEST_LIST = 7
WORDS_UNDER_HEADING = 120
GRADE_RAW, GRADE_PROTECTED = 9.0, 7.0
TARGET_RAW, TARGET_PROTECTED = 8.0, 6.0
MOST_SMOG = 11.0
PASSIVE, PASSIVE_TARGET = 0.20, 0.10
LEAST_YOU = 0.30
LEAST_INFLESZ = 65.0
"""Above it a Spanish text is quite easy (Barrio-Cantalejo et al. 2008)."""

_SHOWN = 120
_CAPITALS = re.compile(r"(?<![\w-])[^\W\d_a-zà-ÿ]{2,}(?:\s[^\W\d_a-zà-ÿ]{2,})+(?![\w-])")
_PATIENTS = re.compile(r"(?<!\w)patients?\s(?:should|must|need to)(?!\w)", re.IGNORECASE)
_ITALICS = re.compile(
    r"(?<![\w*\\])\*(?![\s*])[^*\n]+(?<![\s\\*])\*(?![\w*])"
    r"|(?<![\w\\])_(?![\s_])[^_\n]+(?<![\s\\])_(?!\w)"
)
_FRONT_MATTER = "---"
_LINK = re.compile(r"\]\([^)\s]*\)|\{\{[^{}]*\}\}|\[@[^\]]*\]|https?://\S+")


def style_problems(
    text: HandoutText, measures: Measures, protected: re.Pattern[str], source: str
) -> Iterator[Diagnostic]:
    """What is wrong with the style of a handout.

    Args:
        text: the handout.
        measures: of it.
        protected: finds protected terms.
        source: its file.
    """
    judge = _Judge(text, measures, protected)
    found = (
        *judge.grade(), *judge.sentences(), *judge.paragraphs(), *judge.lists(), *judge.headings(),
        *judge.voice(), *judge.letters(), *_italics(source, text.path),
    )  # fmt: skip
    if text.language.partition("-")[0] == "en":
        yield from found
        return
    for each in found:
        yield note(
            each.code, each.message, path=each.path, line=each.line, column=each.column,
            hint=each.hint,
        )  # fmt: skip


class _Judge:
    def __init__(self, text: HandoutText, measures: Measures, names: re.Pattern[str]) -> None:
        self.text, self.measures, self.names = text, measures, names

    def grade(self) -> Iterator[Diagnostic]:
        found = self.measures
        if found.inflesz is not None and found.inflesz < LEAST_INFLESZ:
            longest = max(self.text.sentences, key=lambda each: len(each.words))
            yield note(
                "reading-ease",
                f"INFLESZ is {found.inflesz:.0f}, {LEAST_INFLESZ:.0f} is quite easy; the longest"
                f" sentence: {quoted(longest)}",
                path=self.text.path,
                line=longest.line,
                hint="shorter words and sentences; the formula is advice only",
            )
        if found.grade_raw is None or found.grade_protected is None:
            return
        hardest = max(self.text.sentences, key=lambda each: grade_of(each, self.names))
        grades = (
            f"the reading grade is {found.grade_protected:.1f} without protected terms and"
            f" {found.grade_raw:.1f} with them"
        )
        where = f"; the hardest sentence: {quoted(hardest)}"
        if found.grade_protected > GRADE_PROTECTED or found.grade_raw > GRADE_RAW:
            yield warning(
                "reading-grade",
                f"{grades}; at most {GRADE_PROTECTED:.0f} and {GRADE_RAW:.0f}{where}",
                path=self.text.path,
                line=hardest.line,
                hint="shorter words, shorter sentences; begin with the hardest",
            )
        elif found.grade_protected > TARGET_PROTECTED or found.grade_raw > TARGET_RAW:
            yield note(
                "reading-grade-target",
                f"{grades}; aim at {TARGET_PROTECTED:.0f} and {TARGET_RAW:.0f}{where}",
                path=self.text.path,
                line=hardest.line,
            )
        if found.smog is not None and found.smog > MOST_SMOG:
            yield warning(
                "smog-grade",
                f"SMOG is {found.smog:.1f}, more than {MOST_SMOG:.0f}{where}",
                path=self.text.path,
                line=hardest.line,
                hint="fewer words of three or more syllables",
            )

    def sentences(self) -> Iterator[Diagnostic]:
        for each in self.text.sentences:
            if len(each.words) > LONGEST_SENTENCE:
                yield warning(
                    "long-sentence",
                    f"this sentence has {len(each.words)} words, more than {LONGEST_SENTENCE}:"
                    f" {quoted(each)}",
                    path=self.text.path,
                    line=each.line,
                    hint="make two of it",
                )
        found = self.measures
        if found.mean > MEAN_SENTENCE or found.p95 > USUAL_SENTENCE:
            longest = max(self.text.sentences, key=lambda each: len(each.words))
            yield note(
                "sentence-length-target",
                f"sentences have {found.mean:.1f} words on average and {found.p95} at the 95th"
                f" percentile; aim at {MEAN_SENTENCE} and {USUAL_SENTENCE}; the longest:"
                f" {quoted(longest)}",
                path=self.text.path,
                line=longest.line,
            )

    def paragraphs(self) -> Iterator[Diagnostic]:
        for each in self.text.passages:
            count = len(each.sentences)
            if each.part is not Part.PARAGRAPH or count <= USUAL_PARAGRAPH:
                continue
            begins = f"sentences; it begins: {quoted(each.sentences[0])}"
            if count > LONGEST_PARAGRAPH:
                yield warning(
                    "long-paragraph",
                    f"this paragraph has {count} {begins}",
                    path=self.text.path,
                    line=each.line,
                    hint=f"at most {LONGEST_PARAGRAPH}: make two of it, or a list",
                )
            else:
                yield note(
                    "paragraph-target",
                    f"this paragraph has {count} {begins}",
                    path=self.text.path,
                    line=each.line,
                    hint=f"aim at {USUAL_PARAGRAPH}",
                )

    def lists(self) -> Iterator[Diagnostic]:
        for line, count in self.text.lists:
            if count > LONGEST_LIST:
                yield warning(
                    "long-list",
                    f"this list has {count} items, more than {LONGEST_LIST}",
                    path=self.text.path,
                    line=line,
                    hint="make two lists of it, each with a heading",
                )

    def headings(self) -> Iterator[Diagnostic]:
        for _, passages in groupby(self.text.passages, key=lambda each: each.section):
            section: list[Passage] = list(passages)
            words = sum(len(words_in(e.text)) for e in section if e.part is not Part.HEADING)
            if words > WORDS_UNDER_HEADING:
                yield note(
                    "few-headings",
                    f"{words} words without a heading between them",
                    path=self.text.path,
                    line=section[0].line,
                    hint=f"one for each {WORDS_UNDER_HEADING} words, as a question the reader asks",
                )

    def voice(self) -> Iterator[Diagnostic]:
        share = self.measures.passive_share
        if share is not None and self.measures.passive and share > PASSIVE_TARGET:
            passive = self.measures.passive
            message = (
                f"{len(passive)} of {self.measures.sentences} sentences are in the passive voice"
                f" ({share:.0%})"
            )
            which = "; ".join(f"line {each.line}: {quoted(each)}" for each in passive)
            say, code = (
                (warning, "passive-voice") if share > PASSIVE else (note, "passive-voice-target")
            )
            yield say(
                code, message, path=self.text.path, line=passive[0].line,
                hint=f"say who does it: {which}",
            )  # fmt: skip
        you = self.measures.you_share
        if you is not None and you < LEAST_YOU:
            yield note(
                "seldom-you",
                f"{you:.0%} of the sentences speak to the reader; aim at {LEAST_YOU:.0%}",
                path=self.text.path,
                line=self.text.passages[0].line,
                hint='say "you" and "your"',
            )
        for each in self.text.sentences:
            if _PATIENTS.search(each.text):
                yield warning(
                    "patients-should",
                    f"this speaks about the reader, not to them: {quoted(each)}",
                    path=self.text.path,
                    line=each.line,
                    hint='say "you", or tell the reader what to do',
                )

    def letters(self) -> Iterator[Diagnostic]:
        for passage in self.text.passages:
            for each in passage.sentences or (Sentence(passage.text, passage.line, 0),):
                runs = _CAPITALS.findall(self.names.sub("x", each.text))
                for run in filter(str.isupper, runs):  # other scripts have no capitals
                    yield warning(
                        "capitals",
                        f"words in capitals are hard to read: `{run}` in {quoted(each)}",
                        path=self.text.path,
                        line=each.line,
                        hint="write small letters; **bold** stresses",
                    )


def _italics(source: str, path: str) -> Iterator[Diagnostic]:
    """Marks of italics in a file: they are not printed, so what they stress is lost."""
    lines = source.split("\n")
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == _FRONT_MATTER), 0)
    for number, line in enumerate(lines, 1):
        if number <= end + 1 or line.startswith(":::"):
            continue
        plain = _LINK.sub(lambda match: " " * len(match[0]), line)
        for match in _ITALICS.finditer(plain):
            yield warning(
                "italics",
                f"italics are hard to read and are not printed: {in_short(match[0])}",
                path=path,
                line=number,
                column=match.start() + 1,
                hint="use **bold**, or nothing",
            )


def quoted(sentence: Sentence) -> str:
    """A sentence as messages show it, its end cut off where it is long."""
    return in_short(sentence.text, _SHOWN)
