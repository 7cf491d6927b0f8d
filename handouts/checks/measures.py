"""How a handout reads, in numbers: what the plain-language checks judge and ``measure`` prints."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from handouts.checks.passages import HandoutText, Part
from handouts.checks.protected import without_protected
from handouts.checks.readability import (
    Counts,
    counts_of,
    fernandez_huerta,
    flesch_kincaid,
    inflesz,
    polysyllables,
    smog,
)
from handouts.checks.sentences import Sentence, words_in
from handouts.checks.syllables import can_count, syllables
from handouts.checks.voice import is_passive

_YOU = re.compile(r"(?<!\w)you(?:r|rs|rself|rselves)?(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Numbers about a handout in one language. What a language has no rule for is None.

    Attributes:
        words, sentences: how many there are; headings are not counted.
        mean, p95, longest: lengths of sentences in words: mean, 95th percentile (nearest rank),
            and the longest.
        grade_raw, grade_protected: Flesch-Kincaid grade of all words, and without protected terms.
        protected_share: of the words that were left out for the second.
        smog: SMOG grade by the NHS preparation; None below 30 sentences.
        fernandez_huerta, inflesz: reading ease of Spanish.
        passive: sentences in the passive voice.
        you: sentences that speak to the reader.
    """

    words: int
    sentences: int
    mean: float
    p95: int
    longest: int
    grade_raw: float | None
    grade_protected: float | None
    protected_share: float
    smog: float | None
    fernandez_huerta: float | None
    inflesz: float | None
    passive: tuple[Sentence, ...] | None
    you: tuple[Sentence, ...] | None

    @property
    def passive_share(self) -> float | None:
        """Sentences in the passive voice, from 0 to 1."""
        return None if self.passive is None else len(self.passive) / self.sentences

    @property
    def you_share(self) -> float | None:
        """Sentences that speak to the reader, from 0 to 1."""
        return None if self.you is None else len(self.you) / self.sentences


def measures_of(text: HandoutText, protected: re.Pattern[str]) -> Measures | None:
    """The measures of a handout; None if it has no sentences.

    Args:
        text: the handout.
        protected: finds protected terms.
    """
    sentences = text.sentences
    if not sentences:
        return None
    language = text.language.partition("-")[0]
    lengths = sorted(len(each.words) for each in sentences)
    is_english = language == "en"
    raw = counts_of((e.words for e in sentences), language) if can_count(language) else None
    rest = without_protected((e.text for e in sentences), protected)
    easy = counts_of(rest.sentences, language) if can_count(language) else None
    return Measures(
        words=sum(lengths),
        sentences=len(lengths),
        mean=sum(lengths) / len(lengths),
        p95=lengths[math.ceil(0.95 * len(lengths)) - 1],
        longest=lengths[-1],
        grade_raw=flesch_kincaid(raw) if raw and is_english else None,
        grade_protected=flesch_kincaid(easy) if easy and is_english else None,
        protected_share=rest.share,
        smog=_smog(text) if is_english else None,
        fernandez_huerta=fernandez_huerta(raw) if raw and language == "es" else None,
        inflesz=inflesz(raw) if raw and language == "es" else None,
        passive=tuple(e for e in sentences if is_passive(e.text)) if is_english else None,
        you=tuple(e for e in sentences if _YOU.search(e.text)) if is_english else None,
    )


def grade_of(sentence: Sentence, protected: re.Pattern[str]) -> float:
    """Flesch-Kincaid grade of one English sentence without protected terms, to find the hardest."""
    words = words_in(protected.sub(" ", sentence.text))
    if not words:
        return -math.inf
    return flesch_kincaid(Counts(1, len(words), sum(syllables(each, "en") for each in words)))


def _smog(text: HandoutText) -> float | None:
    """SMOG as the NHS prepares a text: a full stop after every heading and every item of a list.

    Long words of the title are left out. Source: NHS digital service manual, health literacy, use a
    readability tool to prioritise content.
    """
    title = [each for each in words_in(text.handout.front.title) if syllables(each, "en") >= 3]
    headings = [each for each in text.passages if each.part is Part.HEADING]
    words = [word for each in text.sentences for word in each.words]
    words += [word for each in headings for word in words_in(each.text)]
    return smog(len(text.sentences) + len(headings), polysyllables(words, "en", title))
