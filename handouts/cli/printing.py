"""How problems are printed: for people, and for the service that runs a build."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass

import click

from handouts.diagnostics import Diagnostic, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_ANNOTATIONS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def has_terminal() -> bool:
    """Whether a person sees standard error as it comes."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and "CI" not in os.environ


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints to standard error.

    Attributes:
        notes: whether notes are printed too.
    """

    notes: bool = True

    def problems(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Each problem with its place and its hint; on GitHub also beside the line it is about."""
        for each in diagnostics:
            if each.severity is Severity.NOTE and not self.notes:
                continue
            severity = _styled(str(each.severity), fg=_COLOURS[each.severity], bold=True)
            click.echo(
                f"{each.place}: {severity}: {each.message} [{each.code}]", err=True, color=_colour()
            )
            if each.hint:
                click.echo(f"  hint: {each.hint}", err=True)
            if os.environ.get("GITHUB_ACTIONS") == "true":
                click.echo(annotation(each), err=True)


def annotation(diagnostic: Diagnostic) -> str:
    """A problem as a workflow command of GitHub Actions."""
    properties = {
        "file": diagnostic.path,
        "line": diagnostic.line,
        "col": diagnostic.column,
        "title": diagnostic.code,
    }
    text = ",".join(
        f"{name}={_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in properties.items()
        if value is not None
    )
    message = diagnostic.message + (f"\nhint: {diagnostic.hint}" if diagnostic.hint else "")
    return f"::{_ANNOTATIONS[diagnostic.severity]} {text}::{_escaped(message)}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: 1 error, 2 errors."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def on_one_line(name: str) -> str:
    """A name from anywhere, with what can't be printed escaped."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in name)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _styled(text: str, **style: object) -> str:
    return click.style(text, **style)  # type: ignore[arg-type]


def _colour() -> bool:
    """Colour only for a terminal, and not for people who asked for none (no-color.org)."""
    return has_terminal() and not os.environ.get("NO_COLOR")
