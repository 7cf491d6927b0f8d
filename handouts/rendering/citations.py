"""Sources as they are printed."""

from __future__ import annotations

from handouts.models.source import Source


def citation(source: Source) -> str:
    """A source in one line, in the order of the Vancouver style (ICMJE), without its address."""
    return ". ".join(filter(None, (_authors(source), source.title, _where(source)))) + "."


def short_citation(source: Source) -> str:
    """A source in a few words: first author or publisher, journal, year."""
    who = str(source.author[0]) if source.author else (source.publisher or "")
    if source.author and (source.et_al or len(source.author) > 1):
        who += " and others"
    named = who or source.title
    return ", ".join(filter(None, (named, source.container_title, source.issued)))


def _authors(source: Source) -> str:
    if not source.author:
        return source.publisher or ""
    names = ", ".join(str(each) for each in source.author)
    return f"{names}, et al" if source.et_al else names


def _where(source: Source) -> str:
    text = source.container_title or ("" if not source.author else source.publisher or "")
    if source.issued:
        text = f"{text} {source.issued}".strip()
    if source.volume:
        text += f";{source.volume}"
        if source.page:
            text += f":{source.page}"
    return text
