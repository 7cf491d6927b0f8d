"""Lines that are added to a YAML file of the project, which stays as its author wrote it."""

from __future__ import annotations

from handouts.diagnostics import InvalidInput, error
from handouts.loading.strict_yaml import parse_yaml


def with_lines(text: str, lines: str, shown: str) -> str:
    """A YAML text with some lines more at its end.

    Args:
        text: what is there; it may be empty.
        lines: what is added.
        shown: path of its file as diagnostics print it.

    Raises:
        InvalidInput: ``cannot-write``, with those lines added it can't be read.
    """
    longer = f"{text.rstrip()}\n{lines}".lstrip()
    try:
        parse_yaml(longer, shown)
    except InvalidInput:
        message, hint = "nothing can be added at the end of this file", f"write into it:\n{lines}"
        raise InvalidInput((error("cannot-write", message, path=shown, hint=hint),)) from None
    return longer
