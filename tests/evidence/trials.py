"""The made-up trial of the small project, as it stands or with some of its text replaced."""

from __future__ import annotations

from pathlib import Path

from handouts.evidence.facts import DataPath, Fact, Place
from handouts.evidence.trial_coherence import trial_problems
from handouts.evidence.trial_facts import facts_of_trial
from handouts.loading.records import validate
from handouts.loading.strict_yaml import parse_yaml
from handouts.models.record import Record
from handouts.models.trial import Trial

_FILE = Path(__file__).parents[1] / "small_project/content/trials/made-up/trial.yaml"
Change = tuple[str, str]


def text_of(*changes: Change) -> str:
    """The text of its record; each change must find what it replaces."""
    text = _FILE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"the made-up trial does not say {old!r}"
        text = text.replace(old, new, 1)
    return text


def record_of(*changes: Change) -> Record[Trial]:
    """Its record."""
    document = parse_yaml(text_of(*changes), "trial.yaml")

    def place(path: DataPath) -> Place:
        found = document.place(path)
        return found.line, found.column

    return Record("made-up", "trial.yaml", validate(document, Trial, "trial.yaml"), place)


def facts_of(*changes: Change) -> dict[str, Fact]:
    """Its facts, by their names in the record."""
    record = record_of(*changes)
    facts = facts_of_trial(record.id, record.value, record.path, record.place)
    return {fact.address.removeprefix("made-up."): fact for fact in facts}


def problems_of(*changes: Change) -> list[tuple[str, str]]:
    """What contradicts itself in it: the code, and the text from the place that is told."""
    record = record_of(*changes)
    lines = text_of(*changes).splitlines()
    return [
        (each.code, lines[(each.line or 0) - 1][(each.column or 1) - 1 :])
        for each in trial_problems(record.value, record.path, record.place)
    ]
