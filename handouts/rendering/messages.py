"""WeasyPrint's log as diagnostics."""

from __future__ import annotations

import logging
import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from handouts.diagnostics import Diagnostic, Severity, error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from handouts.rendering.resources import Refusal

_LOGGER = logging.getLogger("weasyprint")
_PLACE = re.compile(r" at (\d+):(\d+)")
_PICTURE = "Failed to load image at %r: %s"
_STYLESHEETS = ("Failed to load stylesheet at %s: %s", "Failed to load stylesheet at %s : %s")
_NO_GLYPH = ".notdef glyph rendered for Unicode string unsupported by fonts"


class _Recorder(logging.Handler):
    """Keeps what one thread logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.records.append(record)


@contextmanager
def recorded() -> Iterator[list[logging.LogRecord]]:
    """Collect the warnings and errors that WeasyPrint logs in this thread, inside the block."""
    recorder = _Recorder()
    level = _LOGGER.level
    _LOGGER.addHandler(recorder)
    if not _LOGGER.isEnabledFor(logging.WARNING):
        _LOGGER.setLevel(logging.WARNING)
    try:
        yield recorder.records
    finally:
        _LOGGER.setLevel(level)
        _LOGGER.removeHandler(recorder)


def missing_glyph(character: str, path: str | None) -> Diagnostic:
    """The diagnostic for a character that prints as an empty box."""
    codes = " ".join(f"U+{ord(each):04X}" for each in character)
    return error(
        "missing-glyph",
        f"no font has a glyph for `{character}` ({codes})",
        path=path,
        hint="write it another way, or add a font that has it",
    )


def diagnostics_of(
    records: Iterable[logging.LogRecord],
    refusals: Sequence[Refusal],
    sources: Sequence[tuple[str | None, str]],
    path: str | None,
) -> tuple[Diagnostic, ...]:
    """Say in our own way what WeasyPrint logged.

    Args:
        records: its log.
        refusals: what the fetcher could not read.
        sources: name and text of each stylesheet, in which a ``line:column`` is looked up; no name
            for those in the page itself.
        path: the file to name where no stylesheet is to blame.
    """
    reasons = {refusal.url: refusal.reason for refusal in refusals}
    pictures: set[str] = set()
    found: list[Diagnostic] = []
    for record in records:
        arguments = record.args if isinstance(record.args, tuple) else (record.args,)
        if record.msg == _PICTURE:
            url = str(arguments[0])
            pictures.add(url)
            reason = reasons.get(url, "it is not a picture that can be drawn")
            found.append(
                error(
                    "missing-picture", f"picture `{_name(url)}` can't be read: {reason}", path=path
                )
            )
        elif record.msg.startswith(_NO_GLYPH):
            found.append(missing_glyph(str(arguments[0]), path))
        elif record.msg not in _STYLESHEETS:
            found.append(_other(record, sources, path))
    found += [
        error("missing-resource", f"`{_name(each.url)}` can't be read: {each.reason}", path=path)
        for each in refusals
        if each.url not in pictures
    ]
    return tuple(dict.fromkeys(found))


def _other(
    record: logging.LogRecord, sources: Sequence[tuple[str | None, str]], path: str | None
) -> Diagnostic:
    message = " ".join(record.getMessage().split()).rstrip(".")
    message = message[:1].lower() + message[1:] if message[1:2].islower() else message
    severity = Severity.ERROR if record.levelno >= logging.ERROR else Severity.WARNING
    if not (match := _PLACE.search(message)):
        return Diagnostic(severity, "weasyprint", message, path)
    line, column = int(match[1]), int(match[2])
    words = record.args[0] if isinstance(record.args, tuple) and record.args else ""
    name = _source(sources, str(words), line)
    if name is None:
        return Diagnostic(severity, "weasyprint", message, path)
    message = message.replace(match[0], "", 1)
    return Diagnostic(severity, "weasyprint", message, name, line, column)


def _source(sources: Sequence[tuple[str | None, str]], words: str, line: int) -> str | None:
    """The stylesheet that has these words near this line (a declaration may take some lines)."""
    if len(sources) == 1:
        return sources[0][0]
    for name, text in sources:
        lines = text.splitlines()
        if line <= len(lines) and words in "\n".join(lines[max(0, line - 4) : line]):
            return name
    return None


def _name(url: str) -> str:
    """How a person knows a file: its name, or the whole address if it is elsewhere."""
    if url.startswith("data:"):
        return "data:"
    return unquote(urlsplit(url).path).rsplit("/", 1)[-1] if url.startswith("file:") else url
