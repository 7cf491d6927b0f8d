"""``handouts measure --quality``: self-assessed scores; of each item who decided it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from handouts.checks.quality import quality_scores, record_problems
from handouts.checks.quality_items import Instrument, instruments, quality_items
from handouts.checks.quality_scores import Decided, QualityScores
from handouts.cli.tables import markdown_table
from handouts.diagnostics import Diagnostic, InvalidInput, in_order
from handouts.loading.library import SOURCE_LANGUAGE, Library
from handouts.loading.written import PatientHandout
from handouts.models.quality import NOT_APPLICABLE, QualitySheet

_NO_NUMBER = "–"
_PROGRAM, _AUTHORS = "program", "authors"


def as_text(handouts: Iterable[PatientHandout], library: Library, *, is_detailed: bool) -> str:
    """Scores of English handouts as Markdown.

    Args:
        handouts: of which; those in other languages have no scores.
        library: theirs.
        is_detailed: whether each item is told.

    Raises:
        InvalidInput: a record is wrong.
    """
    found = list(_scores(handouts, library))
    by_people = sum(each.is_for_people for each in quality_items())
    total = len(quality_items())
    head = (
        f"Self-assessed, not rated by independent people, and not tested with readers. The program"
        f" decided {total - by_people} of {total} items, the authors of the sheets the other"
        f" {by_people}.\n\n"
    )
    cells = [
        ["Document", "PEMAT-P understandability", "PEMAT-P actionability", "CDC index", "SAM",
         "By program", "By authors"],
        *(_row(name, scores) for name, scores in found),
    ]  # fmt: skip
    text = head + markdown_table(cells, texts=1)
    if any(scores is None for _, scores in found):
        text += f"\n{_NO_NUMBER}: there is no `quality.yaml` beside the handout.\n"
    if stale := [name for name, scores in found if scores is not None and scores.is_stale]:
        text += f"\nThe words have changed since their authors judged them: {', '.join(stale)}.\n"
    if is_detailed:
        for name, scores in found:
            if scores is not None:
                text += f"\n## {name}, self-assessed\n\n{_asked_first(library.quality[name].value)}"
                text += "".join(_items(each, scores) for each in instruments())
    return text


def as_data(handouts: Iterable[PatientHandout], library: Library) -> list[dict[str, Any]]:
    """The same for JSON, always with every item; raises as ``as_text``."""
    return [
        {
            "document": name,
            "assessment": "self-assessed; not independent raters",
            "scores": scores and _scores_as_data(scores),
        }
        for name, scores in _scores(handouts, library)
    ]


def _scores(
    handouts: Iterable[PatientHandout], library: Library
) -> Iterator[tuple[str, QualityScores | None]]:
    english = [each for each in handouts if each.language == SOURCE_LANGUAGE]
    if problems := in_order(_problems(english, library)):
        raise InvalidInput(problems)
    for each in english:
        yield each.id, quality_scores(each, library)


def _problems(handouts: Iterable[PatientHandout], library: Library) -> Iterator[Diagnostic]:
    """What is wrong with the records of some handouts, and with their files."""
    for each in handouts:
        path = each.path.rpartition("/")[0] + "/quality.yaml"
        yield from (problem for problem in library.problems if problem.path == path)
        if record := library.quality.get(each.id):
            yield from record_problems(record)


def _asked_first(sheet: QualitySheet) -> str:
    """Who judged the handout when, and what the CDC index asks before its items."""
    return (
        f"- Assessed on {sheet.assessed} by {sheet.assessed_by}.\n"
        f"- Readers: {sheet.audience}.\n"
        f"- How well they read: {sheet.literacy}.\n"
        f"- What it is for: {sheet.objective}.\n"
        f"- Main message: {sheet.main_message}\n"
    )


def _row(name: str, scores: QualityScores | None) -> list[str]:
    if scores is None:
        return [name, *[_NO_NUMBER] * 6]
    return [
        name,
        f"{scores.understandability:.1f}%",
        f"{scores.actionability:.1f}%",
        f"{scores.cdc:.1f} of 100",
        f"{scores.sam:.1f}%",
        str(scores.by_program),
        str(scores.by_authors),
    ]


def _items(instrument: Instrument, scores: QualityScores) -> str:
    cells = [["Item", "Domain", "What it asks", "Decided by", "Score", "Why"]]
    for each in scores.items:
        item = each.item
        if item.instrument == instrument.id:
            score = NOT_APPLICABLE if each.score is None else f"{each.score} of {max(item.scale)}"
            cells.append(
                [str(item.number), item.domain, item.words, _decider(each), score, each.reason]
            )
    table = markdown_table(cells, texts=len(cells[0]))
    return f"\n### {instrument.name}\n\n{table}\nSource: {instrument.source}.\n"


def _decider(decided: Decided) -> str:
    return _AUTHORS if decided.item.is_for_people else _PROGRAM


def _scores_as_data(scores: QualityScores) -> dict[str, Any]:
    return {
        "understandability": round(scores.understandability, 1),
        "actionability": round(scores.actionability, 1),
        "cdc": round(scores.cdc, 1),
        "sam": round(scores.sam, 1),
        "by_program": scores.by_program,
        "by_authors": scores.by_authors,
        "is_stale": scores.is_stale,
        "items": [
            {
                "id": each.item.id,
                "words": each.item.words,
                "decided_by": _decider(each),
                "rule": None if each.item.is_for_people else each.item.decided_by,
                "score": NOT_APPLICABLE if each.score is None else each.score,
                "most": max(each.item.scale),
                "reason": each.reason,
            }
            for each in scores.items
        ],
    }
