"""What came of a build."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from handouts.build.timing import Timings
from handouts.diagnostics import Diagnostic, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of a build or a check.

    Attributes:
        built: editions that were made in this run.
        cached: editions that an earlier run had made from the same inputs.
        failed: names of editions that could not be made.
        diagnostics: every problem, those of cached editions too.
        crashes: tracebacks of bugs, which cost only their own document.
        traces: tracebacks of the layout engine, where it could not set a document.
        timings: where the time went.
    """

    built: int = 0
    cached: int = 0
    failed: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    crashes: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    timings: Timings = field(default_factory=Timings, compare=False)

    @property
    def total(self) -> int:
        """All editions that were asked for."""
        return self.built + self.cached + len(self.failed)

    def count(self, severity: Severity) -> int:
        """How many diagnostics are of that severity."""
        return sum(each.severity is severity for each in self.diagnostics)

    def exit_code(self, *, strict: bool) -> int:
        """0 good; 1 a document failed or there are errors; 3 warnings that ``strict`` minds."""
        if self.failed or self.crashes or self.count(Severity.ERROR):
            return 1
        return 3 if strict and self.count(Severity.WARNING) else 0

    def json(self) -> str:
        """The report as JSON, without what differs between a first and a second build."""
        return as_json(
            {
                "documents": self.total,
                "failed": list(self.failed),
                "diagnostics": [diagnostic_fields(each) for each in self.diagnostics],
            }
        )


def diagnostic_fields(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as JSON has it."""
    return asdict(diagnostic)


def diagnostics_from(fields: Iterable[dict[str, Any]]) -> tuple[Diagnostic, ...]:
    """Diagnostics from what ``diagnostic_fields`` gave."""
    return tuple(Diagnostic(**{**each, "severity": Severity(each["severity"])}) for each in fields)


def as_json(value: object) -> str:
    """JSON as this program writes it: for people too, the same text for the same value.

    What is no text, such as the name of a file that is not UTF-8, is escaped.
    """
    from pydantic_core import PydanticSerializationError, to_json  # noqa: PLC0415  (slow to import)

    try:
        return to_json(value, indent=2).decode() + "\n"  # as `json.dumps`, thirty times quicker
    except (PydanticSerializationError, ValueError):
        text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        return text.encode(errors="backslashreplace").decode()
