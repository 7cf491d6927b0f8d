"""The components that words can be placed in, and what each of them needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComponentRule:
    """What a component is written with.

    Attributes:
        needs: arguments that must be given.
        has_words: whether it holds words of its own.
        required: whether every patient handout must have one.
    """

    needs: tuple[str, ...] = ()
    has_words: bool = True
    required: bool = False


COMPONENTS = {
    "main-points": ComponentRule(required=True),
    "call-us": ComponentRule(required=True),
    "risk-pair": ComponentRule(needs=("fact", "first", "second"), has_words=False),
    "evidence-group": ComponentRule(needs=("certainty",)),
    "words-to-know": ComponentRule(needs=("terms",), has_words=False),
    "write-in": ComponentRule(),
    "questions": ComponentRule(required=True),
    "teach-back": ComponentRule(),
}
"""By name. Each has a template and a stylesheet of the same name."""
