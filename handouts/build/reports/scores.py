"""Scores of documents: how patient handouts read, as ``handouts measure`` has it."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.build.reports.documents import Score, Scores
from handouts.checks import style
from handouts.checks.measures import Measures
from handouts.checks.plain_language import measured
from handouts.checks.quality import quality_scores
from handouts.checks.quality_scores import CDC_LEAST, PEMAT_TARGET, SAM_LEAST, QualityScores
from handouts.loading.library import Library
from handouts.loading.written import PatientHandout

_READING = "Plain language of patient handouts"
_QUALITY = "Quality of handouts, self-assessed"


def scores_of(handout: PatientHandout, library: Library) -> tuple[Scores, ...]:
    """The scores of a handout; another check that measures something adds its own here."""
    measures = measured(handout, library)
    found = [Scores(check=_READING, scores=tuple(_reading(measures)))] if measures else []
    if quality := quality_scores(handout, library):
        found.append(Scores(check=_QUALITY, scores=tuple(_quality(quality))))
    return tuple(found)


def _reading(found: Measures) -> Iterator[Score]:
    yield Score(name="Words", value=found.words, text=str(found.words))
    yield Score(name="Sentences", value=found.sentences, text=str(found.sentences))
    yield _at_most("Words in a sentence, on average", found.mean, style.MEAN_SENTENCE, digits=1)
    yield _at_most("Words in the longest sentence", found.longest, style.LONGEST_SENTENCE)
    if found.grade_protected is not None:
        yield _at_most(
            "Flesch-Kincaid grade without protected terms",
            found.grade_protected, style.GRADE_PROTECTED, digits=1,
        )  # fmt: skip
    if found.grade_raw is not None:
        yield _at_most("Flesch-Kincaid grade of all words", found.grade_raw, style.GRADE_RAW, 1)
    if found.smog is not None:
        yield _at_most("SMOG grade", found.smog, style.MOST_SMOG, digits=1)
    if found.fernandez_huerta is not None:
        value = round(found.fernandez_huerta, 1)
        yield Score(name="Reading ease by Fernández Huerta", value=value, text=str(value))
    if found.inflesz is not None:
        yield _at_least("Reading ease by INFLESZ", found.inflesz, style.LEAST_INFLESZ)
    if found.passive_share is not None:
        yield _share("Sentences in the passive voice", found.passive_share, most=style.PASSIVE)
    if found.you_share is not None:
        yield _share("Sentences that say “you”", found.you_share, least=style.LEAST_YOU)


def _quality(found: QualityScores) -> Iterator[Score]:
    yield _at_least("PEMAT-P understandability in percent", found.understandability, PEMAT_TARGET)
    yield _at_least("PEMAT-P actionability in percent", found.actionability, PEMAT_TARGET)
    yield _at_least("CDC Clear Communication Index of 100", found.cdc, CDC_LEAST)
    yield _at_least("SAM in percent", found.sam, SAM_LEAST)
    text = f"{found.by_program} of {len(found.items)}"
    yield Score(name="Items that the program decided", value=found.by_program, text=text)


def _at_most(name: str, value: float, most: float, digits: int = 0) -> Score:
    return Score(
        name=name,
        value=round(value, digits),
        text=f"{value:.{digits}f}",
        target=f"at most {most:.0f}",
        is_met=value <= most,
    )


def _at_least(name: str, value: float, least: float) -> Score:
    return Score(
        name=name,
        value=round(value, 1),
        text=f"{value:.1f}",
        target=f"at least {least:.0f}",
        is_met=value >= least,
    )


def _share(name: str, value: float, *, most: float = 1.0, least: float = 0.0) -> Score:
    return Score(
        name=name,
        value=round(value, 2),
        text=f"{value:.0%}",
        target=f"at least {least:.0%}" if least else f"at most {most:.0%}",
        is_met=least <= value <= most,
    )
