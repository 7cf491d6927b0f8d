"""Sources as they are printed."""

from __future__ import annotations

from handouts.models.source import Source


def short_citation(source: Source) -> str:
    """A source in a few words: first author, journal, year; or its title where it has none."""
    if source.title_short or not source.author:
        named = source.title_short or source.title
        return ", ".join(filter(None, (named, _last_word(source.issued))))
    who = source.author[0].family or str(source.author[0])
    return ", ".join(filter(None, (who, source.container_title, source.issued)))


def line_citation(source: Source) -> str:
    """A source in one short line for a list at the foot: enough to find it, nothing more."""
    if source.title_short or not source.author:
        where = source.container_title if not source.title_short else None
        named = source.title_short or source.title
        return ", ".join(filter(None, (named, where, _last_word(source.issued))))
    first = source.author[0].family or str(source.author[0])
    where = _where(source).partition("-")[0]
    return f"{first}, {where}" if where else f"{first}, {source.title}"


def _last_word(text: str | None) -> str | None:
    return text.split()[-1] if text and text[-1].isdigit() else text


def _where(source: Source) -> str:
    text = source.container_title or ("" if not source.author else source.publisher or "")
    if source.issued:
        text = f"{text} {source.issued}".strip()
    if source.volume:
        text += f";{source.volume}"
        if source.page:
            text += f":{source.page}"
    return text
