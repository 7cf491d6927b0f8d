"""Scores of quality sheets, from decided items. They are self-assessed, and say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handouts.checks.quality_items import InstrumentId, QualityItem

PEMAT_TARGET, PEMAT_FLOOR = 90.0, 80.0
CDC_LEAST = 90.0
SAM_LEAST = 70.0

_MAIN_MESSAGE = "cdc-1"
_ON_MAIN_MESSAGE = frozenset({"cdc-2", "cdc-3", "cdc-4"})


@dataclass(frozen=True, slots=True)
class Decided:
    """An item with its score (None: it does not apply), and why."""

    item: QualityItem
    score: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityScores:
    """Self-assessed scores of a handout: never an independent rating.

    Attributes:
        document: id of the handout.
        understandability, actionability: PEMAT-P, in percent.
        cdc: CDC Clear Communication Index, of 100.
        sam: SAM, in percent.
        by_program, by_authors: how many items each decided.
        is_stale: whether the words changed since the authors judged them.
        items: every item.
    """

    document: str
    understandability: float
    actionability: float
    cdc: float
    sam: float
    by_program: int
    by_authors: int
    is_stale: bool
    items: tuple[Decided, ...]

    @property
    def told(self) -> str:
        """The scores in one sentence, which says whose they are."""
        stale = "; the words have changed since" if self.is_stale else ""
        return (
            f"self-assessed: PEMAT-P understandability {self.understandability:.1f}%,"
            f" actionability {self.actionability:.1f}%, CDC index {self.cdc:.1f} of 100,"
            f" SAM {self.sam:.1f}%; {self.decided}{stale}"
        )

    @property
    def decided(self) -> str:
        """Who decided how many items."""
        total = self.by_program + self.by_authors
        return f"the program decided {self.by_program} of {total} items, the authors the others"


def scores_of(document: str, decided: Iterable[Decided], *, is_stale: bool) -> QualityScores:
    """The scores of a handout.

    Sources: printed handouts standard, 1.1 (PEMAT-P), 1.2 (CDC index), 1.3 (SAM).

    Args:
        document: its id.
        decided: all items.
        is_stale: whether its words changed since people judged them.
    """
    items = tuple(_on_main_message(tuple(decided)))
    by_program = sum(not each.item.is_for_people for each in items)
    return QualityScores(
        document=document,
        understandability=_percent(items, "pemat", "understandability"),
        actionability=_percent(items, "pemat", "actionability"),
        cdc=_percent(items, "cdc"),
        sam=_percent(items, "sam"),
        by_program=by_program,
        by_authors=len(items) - by_program,
        is_stale=is_stale,
        items=items,
    )


def _on_main_message(items: tuple[Decided, ...]) -> Iterable[Decided]:
    """The items; without a main message what the CDC index asks about it is no."""
    has_none = any(each.item.id == _MAIN_MESSAGE and each.score == 0 for each in items)
    for each in items:
        if has_none and each.item.id in _ON_MAIN_MESSAGE:
            yield replace(each, score=0, reason="no, because item 1 is no")
        else:
            yield each


def _percent(
    items: tuple[Decided, ...], instrument: InstrumentId, domain: str | None = None
) -> float:
    """Points in percent of what the items that apply could have; 0 if none applies."""
    found = [
        (each.score, max(each.item.scale))
        for each in items
        if each.item.instrument == instrument
        and (domain is None or each.item.domain == domain)
        and each.score is not None
    ]
    most = sum(best for _, best in found)
    return 100 * sum(score for score, _ in found) / most if most else 0.0
