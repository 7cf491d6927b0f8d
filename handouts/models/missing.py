"""Why a value is not there. A missing value is named on paper, never left blank."""

from __future__ import annotations

from enum import StrEnum


class Missing(StrEnum):
    """The four ways a value can be missing (the text is what an editor writes)."""

    NOT_REPORTED = "not reported"
    """The full paper was read and does not give it."""
    NOT_APPLICABLE = "not applicable"
    """The question makes no sense for this row."""
    DESCRIPTIVE = "descriptive"
    """No formal test was planned or made."""
    NOT_SEEN = "not seen"
    """It was not in what we read: an abstract, a label, a report."""
