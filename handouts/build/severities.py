"""How bad the project says a problem is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from handouts.config import LOCKED_CODES, Project
from handouts.diagnostics import Diagnostic, Severity, did_you_mean, error
from handouts.models.record import Record


def judged(
    diagnostics: Iterable[Diagnostic], severities: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """The diagnostics with the severities of the project; see ``severity_problems``."""
    return tuple(
        replace(each, severity=Severity(severities[each.code])) if each.code in severities else each
        for each in diagnostics
    )


def severity_problems(project: Record[Project]) -> Iterator[Diagnostic]:
    """What is wrong with ``severities`` in ``project.yaml``.

    ``unknown-severity``; ``locked-code``: problems of provenance and safety, and what the gate
    before the printer finds, stay errors.
    """
    known = [str(each) for each in Severity]
    for code, severity in project.value.severities.items():
        line, column = project.place(("severities", code))
        if severity not in known:
            yield error(
                "unknown-severity",
                f"`{severity}` is no severity",
                path=project.path,
                line=line,
                column=column,
                hint=did_you_mean(severity, known),
            )
        elif code in LOCKED_CODES and severity != Severity.ERROR:
            yield error(
                "locked-code",
                f"`{code}` is always an error",
                path=project.path,
                line=line,
                column=column,
                hint="take this line out",
            )
