"""Plain language: what the words of patient handouts are measured by, all checks of a library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from handouts.checks.measures import Measures, measures_of
from handouts.checks.passages import HandoutText, text_of
from handouts.checks.protected import pattern_of, protected_names
from handouts.checks.risks import notation_problems, risk_problems
from handouts.checks.style import style_problems
from handouts.checks.terms import term_problems
from handouts.diagnostics import Diagnostic
from handouts.loading.library import Library
from handouts.loading.written import PatientHandout

Read = Callable[[str], str]


def plain_language_problems(library: Library, read_text: Read) -> Iterator[Diagnostic]:
    """What the plain-language checks find in the patient handouts.

    Args:
        library: what was loaded.
        read_text: the text of a file by its path as it is shown.
    """
    for handout in library.handouts.values():
        yield from plain_language_problems_in(handout, library, read_text)


def plain_language_problems_in(
    handout: PatientHandout, library: Library, read_text: Read
) -> Iterator[Diagnostic]:
    """What they find in one; see ``plain_language_problems``."""
    protected = _names(library, handout.language)
    text: HandoutText = text_of(handout, library)
    glossary = library.glossaries.get(handout.language)
    if (measures := measures_of(text, protected)) is not None:
        yield from style_problems(text, measures, protected, read_text(handout.path))
    yield from term_problems(text, protected, glossary.value.terms if glossary else {})
    yield from notation_problems(text, protected)
    yield from risk_problems(text, library.book)


def measured(handout: PatientHandout, library: Library) -> Measures | None:
    """The measures of a handout; None if it has no sentences."""
    return measures_of(text_of(handout, library), _names(library, handout.language))


def _names(library: Library, language: str) -> re.Pattern[str]:
    return pattern_of(protected_names(library, language))
