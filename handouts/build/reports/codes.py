"""The codes of diagnostics with what they mean, by the check they belong to: ``codes.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from handouts.build.builtin import package_folder

OTHER = "Other checks"

_LINE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*): (.+)")
_HEADING = re.compile(r"# (.+)")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means, and the heading it stands under, which names its check."""

    check: str
    meaning: str


@cache
def explanations() -> Mapping[str, Explanation]:
    """Every code, in the order of the file.

    It is read line by line, as YAML would lose the headings.
    """
    text = (package_folder() / "codes.yaml").read_text(encoding="utf-8")
    found = {}
    check = OTHER
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line):
            check = heading[1]
        elif given := _LINE.fullmatch(line):
            found[given[1]] = Explanation(check, given[2])
    return found


@cache
def checks() -> tuple[str, ...]:
    """The names of all checks, in the order of the file."""
    return tuple(dict.fromkeys(each.check for each in explanations().values()))


def check_of(code: str) -> str:
    """The name of the check that says a code; a report of an older program may hold other codes."""
    explanation = explanations().get(code)
    return explanation.check if explanation else OTHER
