"""Readability formulas. They count and do not understand: they tell where to look, not what to say.

English: Flesch-Kincaid grade and SMOG. Spanish: Fernández Huerta and INFLESZ, as advice only.
Other languages have no formula here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import sqrt

from handouts.checks.syllables import syllables

SMOG_SENTENCES = 30
"""SMOG is valid from so many sentences on (McLaughlin 1969)."""

_POLYSYLLABLE = 3


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas are made of; all of them at least 1 where there are words."""

    sentences: int
    words: int
    syllables: int

    @property
    def words_per_sentence(self) -> float:
        """Mean length of a sentence, in words."""
        return self.words / self.sentences

    @property
    def syllables_per_word(self) -> float:
        """Mean length of a word, in syllables."""
        return self.syllables / self.words


def counts_of(sentences: Iterable[Iterable[str]], language: str) -> Counts | None:
    """Sentences, words and syllables of a text; None if it has no words.

    Args:
        sentences: their words.
        language: one whose syllables can be counted.
    """
    kept = [words for each in sentences if (words := tuple(each))]
    if not kept:
        return None
    spoken = [syllables(word, language) for each in kept for word in each]
    return Counts(len(kept), len(spoken), sum(spoken))


def flesch_kincaid(counts: Counts) -> float:
    """Flesch-Kincaid grade: 0.39 words per sentence + 11.8 syllables per word - 15.59.

    Source: J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom, Derivation of new
    readability formulas for Navy enlisted personnel, Research Branch Report 8-75, 1975.
    """
    return 0.39 * counts.words_per_sentence + 11.8 * counts.syllables_per_word - 15.59


def smog(sentences: int, polysyllables: int) -> float | None:
    """SMOG grade: 1.0430 √(30 × polysyllables / sentences) + 3.1291; None below 30 sentences.

    Source: G. H. McLaughlin, SMOG grading: a new readability formula, Journal of Reading 12 (1969)
    639-646.
    """
    if sentences < SMOG_SENTENCES:
        return None
    return 1.0430 * sqrt(SMOG_SENTENCES * polysyllables / sentences) + 3.1291


def polysyllables(words: Iterable[str], language: str, without: Collection[str] = ()) -> int:
    """How many words have three or more syllables.

    Args:
        words: to count.
        language: one whose syllables can be counted.
        without: words that are left out, in small letters. The NHS leaves out the long words of
            the title, such as the name of the medicine that a page is about.
    """
    left_out = {each.lower() for each in without}
    return sum(
        syllables(word, language) >= _POLYSYLLABLE for word in words if word.lower() not in left_out
    )


def fernandez_huerta(counts: Counts) -> float:
    """Fernández Huerta's reading ease: 206.84 - 60 syllables per word - 1.02 words per sentence.

    From 0 (very hard) to 100 (very easy). Source: J. Fernández Huerta, Medidas sencillas de
    lecturabilidad, Consigna 214 (1959) 29-32, with the sentence term as corrected by G. Law, Error
    in the Fernández Huerta readability formula, 2011.
    """
    return 206.84 - 60 * counts.syllables_per_word - 1.02 * counts.words_per_sentence


def inflesz(counts: Counts) -> float:
    """INFLESZ: 206.835 - 62.3 syllables per word - words per sentence.

    Below 40 very hard, 40 to 55 somewhat hard, 55 to 65 normal, 65 to 80 quite easy, above 80 very
    easy. Source: F. Szigriszt Pazos, Sistemas predictivos de legibilidad del mensaje escrito, 1993;
    bands by I. M. Barrio-Cantalejo et al., Validación de la Escala INFLESZ para evaluar la
    legibilidad de los textos dirigidos a pacientes, An Sist Sanit Navar 31 (2008) 135-152.
    """
    return 206.835 - 62.3 * counts.syllables_per_word - counts.words_per_sentence
