"""The details of one patient, as they come from standard input: no message says any of them."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, replace
from typing import BinaryIO

from handouts.diagnostics import Diagnostic, InvalidInput, error
from handouts.loading.records import validate
from handouts.loading.strict_yaml import parse_yaml
from handouts.models.patient import PatientDetails

MOST_BYTES = 10_000
SHOWN = "standard input"

FIELDS = tuple(each.name for each in fields(PatientDetails))
_HINT = f"the keys are {', '.join(FIELDS)}; each holds text, in quotes where it has a `:` or a `#`"


def read_details(stream: BinaryIO) -> PatientDetails:
    """The details that a stream of YAML holds. Nothing at all means: lines to write on.

    Raises:
        InvalidInput: what is wrong with it, by place and code only, as ``parse_yaml`` and
            ``validate`` find it; ``file-too-large``, ``not-utf8``, ``bad-character``.
    """
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _invalid("file-too-large", f"more than {MOST_BYTES} bytes come in")
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise _invalid("not-utf8", "what comes in is not UTF-8 text") from None
    if not text.strip():
        return PatientDetails()
    try:
        given = validate(parse_yaml(text, SHOWN), PatientDetails, SHOWN)
    except InvalidInput as invalid:
        raise InvalidInput(tuple(map(_without_words, invalid.diagnostics))) from None
    return _on_one_line(given)


def _without_words(found: Diagnostic) -> Diagnostic:
    """A problem by its place alone: its own message may hold what was written."""
    message = "this can't be used; what stands here is not repeated"
    return replace(found, message=message, hint=_HINT)


def _on_one_line(given: PatientDetails) -> PatientDetails:
    lines = {name: " ".join(getattr(given, name).split()) for name in FIELDS}
    bad = [
        error(
            "bad-character",
            f"`{name}` holds a character that is not seen, such as one that turns the direction of"
            f" writing (U+{ord(found):04X})",
            path=SHOWN,
            hint="type it anew",
        )
        for name, line in lines.items()
        if (found := next(filter(_is_unseen, line), None)) is not None
    ]
    if bad:
        raise InvalidInput(tuple(bad))
    return PatientDetails(**lines)


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter).startswith("C")


def _invalid(code: str, message: str) -> InvalidInput:
    return InvalidInput((error(code, message, path=SHOWN),))
