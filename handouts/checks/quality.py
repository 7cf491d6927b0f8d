"""Quality sheets of patient handouts: what is wrong with a record, and the scores it comes to.

The program decides what it can (``quality_rules``); what takes people stands in
``content/patient/<id>/quality.yaml``. Both are about the English words: a translation for other
readers would have to be judged on its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.numbers import SOURCE_LANGUAGE
from handouts.checks.quality_items import QualityItem, quality_items
from handouts.checks.quality_reading import Verdict, reading_of
from handouts.checks.quality_rules import RULES
from handouts.checks.quality_scores import (
    CDC_LEAST,
    PEMAT_FLOOR,
    PEMAT_TARGET,
    SAM_LEAST,
    Decided,
    QualityScores,
    scores_of,
)
from handouts.diagnostics import Diagnostic, did_you_mean, error, note, warning
from handouts.loading.library import Library
from handouts.loading.staleness import mark_of
from handouts.loading.written import PatientHandout
from handouts.models.quality import NOT_APPLICABLE, QualitySheet
from handouts.models.record import Record


def quality_scores(handout: PatientHandout, library: Library) -> QualityScores | None:
    """The self-assessed scores of a handout; None without a sound record, or not in English."""
    record = library.quality.get(handout.id)
    if handout.language != SOURCE_LANGUAGE or record is None or any(record_problems(record)):
        return None
    reading = reading_of(handout, library)
    if reading is None:
        return None
    verdicts = {name: rule(reading) for name, rule in RULES.items()}
    decided = []
    for item in quality_items():
        verdict = _judged(item, record.value) if item.is_for_people else verdicts[item.decided_by]
        decided.append(Decided(item, verdict.score, verdict.reason))
    return scores_of(handout.id, decided, is_stale=_is_stale(record, handout))


def quality_problems(library: Library) -> Iterator[Diagnostic]:
    """What is wrong with the quality sheets of a library, and scores that are low."""
    for handout in library.handouts.values():
        yield from quality_problems_of(handout, library)


def quality_problems_of(handout: PatientHandout, library: Library) -> Iterator[Diagnostic]:
    """What is wrong with the quality sheet of a handout, and scores that are low."""
    if handout.language != SOURCE_LANGUAGE:
        return
    record = library.quality.get(handout.id)
    if record is not None:
        yield from record_problems(record)
        yield from _staleness(record, handout)
        yield from _low_scores(record, quality_scores(handout, library))
    elif not any(_is_its_sheet(each, handout) for each in library.failed):
        yield note(
            "no-quality-sheet",
            "nobody has judged this handout by PEMAT-P, the CDC index and SAM",
            path=handout.path,
            line=1,
            hint="write `quality.yaml` beside it; README.md says what stands in it",
        )


def record_problems(record: Record[QualitySheet]) -> Iterator[Diagnostic]:
    """Items that are missing, unknown, not for people, or off their scale."""
    items = {each.id: each for each in quality_items()}
    for name, judgement in record.value.scores.items():
        place = record.place(("scores", name))
        item = items.get(name)
        if item is None:
            yield _at(
                record, place, "unknown-quality-item", f"there is no item `{name}`",
                did_you_mean(name, items) or "handouts/checks/quality_items.yaml has them all",
            )  # fmt: skip
        elif not item.is_for_people:
            yield _at(
                record, place, "program-decides",
                f"`{name}` ({item.words}) is decided by the program",
                "take this item out: its score is computed from the words",
            )  # fmt: skip
        elif judgement.score == NOT_APPLICABLE and item.not_applicable is None:
            yield _at(
                record, place, "score-off-scale", f"`{name}` ({item.words}) always applies",
                f"give one of {_listed(item)}",
            )  # fmt: skip
        elif judgement.score != NOT_APPLICABLE and judgement.score not in item.scale:
            yield _at(
                record, place, "score-off-scale",
                f"the score of `{name}` must be one of {_listed(item)}, not {judgement.score}",
            )  # fmt: skip
    for item in items.values():
        if item.is_for_people and item.id not in record.value.scores:
            yield _at(
                record, record.place(("scores",)), "missing-quality-item",
                f"`{item.id}` ({item.words}) has no score",
                f"`{item.id}: {{score: …, reason: …}}` with one of {_listed(item)}",
            )  # fmt: skip


def _judged(item: QualityItem, sheet: QualitySheet) -> Verdict:
    judgement = sheet.scores[item.id]
    score = judgement.score
    return Verdict(score if isinstance(score, int) else None, judgement.reason)


def _is_stale(record: Record[QualitySheet], handout: PatientHandout) -> bool:
    return record.value.words != mark_of(handout)


def _staleness(record: Record[QualitySheet], handout: PatientHandout) -> Iterator[Diagnostic]:
    if _is_stale(record, handout):
        line, column = record.place(("words",))
        yield note(
            "stale-quality-sheet",
            f"{handout.path} has changed since it was judged",
            path=record.path,
            line=line,
            column=column,
            hint=f"judge it anew, then write `words: '{mark_of(handout)}'`",
        )


def _low_scores(record: Record[QualitySheet], scores: QualityScores | None) -> Iterator[Diagnostic]:
    if scores is None:
        return
    understood, acted_on = scores.understandability, scores.actionability
    for name, value, floor, target, unit in (
        ("PEMAT-P understandability", understood, PEMAT_FLOOR, PEMAT_TARGET, "%"),
        ("PEMAT-P actionability", acted_on, PEMAT_FLOOR, PEMAT_TARGET, "%"),
        ("CDC index", scores.cdc, CDC_LEAST, CDC_LEAST, " of 100"),
        ("SAM", scores.sam, SAM_LEAST, SAM_LEAST, "%"),
    ):  # fmt: skip
        said = f"self-assessed {name} is {value:.1f}{unit}, {{}} ({scores.decided})"
        hint = f"`handouts measure --quality {scores.document}` shows every item"
        if value < floor:
            yield warning(
                "quality-score", said.format(f"at least {floor:.0f} is needed"),
                path=record.path, line=1, hint=hint,
            )  # fmt: skip
        elif value < target:
            yield note(
                "quality-score-target", said.format(f"aim at {target:.0f}"),
                path=record.path, line=1, hint=hint,
            )  # fmt: skip


def _is_its_sheet(path: str, handout: PatientHandout) -> bool:
    return path == handout.path.rpartition("/")[0] + "/quality.yaml"


def _at(
    record: Record[QualitySheet],
    place: tuple[int, int],
    code: str,
    message: str,
    hint: str | None = None,
) -> Diagnostic:
    line, column = place
    return error(code, message, path=record.path, line=line, column=column, hint=hint)


def _listed(item: QualityItem) -> str:
    scores = ", ".join(map(str, item.scale))
    return f"{scores}, {NOT_APPLICABLE}" if item.not_applicable else scores
