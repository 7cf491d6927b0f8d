"""The gate notices faults; ``python -m tests.faults`` tries every kind in every document."""

from __future__ import annotations

import pytest

from handouts.models.edition import Edition
from tests.faults.injection import DOCUMENTS, FAULTS, findings, inject
from tests.faults.kinds import Fault
from tests.projects import our_page

KINDS_AT_LEAST = 30
SHORT = [(fault, DOCUMENTS[at % len(DOCUMENTS)]) for at, fault in enumerate(FAULTS)][::5]
WHOLE = [(fault, edition) for fault in FAULTS for edition in DOCUMENTS]
KNOWN = {("two rows change places", "your-her2climb-treatment")}
"""Missed: rows of the calendar say the same in several weeks."""


def named(value: Fault | Edition) -> str:
    return value.name if isinstance(value, Fault) else f"{value.id}.{value.language}"


def test_there_are_many_kinds_each_with_its_name() -> None:
    assert len({each.name for each in FAULTS}) == len(FAULTS) >= KINDS_AT_LEAST


@pytest.mark.parametrize("edition", DOCUMENTS, ids=named)
def test_a_document_without_a_fault_is_good(edition: Edition) -> None:
    assert findings(our_page(edition), edition) == ()


@pytest.mark.parametrize(("fault", "edition"), SHORT, ids=named)
def test_a_fault_is_noticed(fault: Fault, edition: Edition) -> None:
    trial = inject(fault, edition)
    if trial.codes is None or (fault.name, edition.id) in KNOWN:
        pytest.skip("nothing to spoil, or known to be missed")
    assert trial.is_caught


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "edition"), WHOLE, ids=named)
def test_every_fault_is_noticed_in_every_document(fault: Fault, edition: Edition) -> None:
    trial = inject(fault, edition)
    if trial.codes is None or (fault.name, edition.id) in KNOWN:
        pytest.skip("nothing to spoil, or known to be missed")
    assert trial.is_caught
