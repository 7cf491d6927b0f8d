"""``handouts trace``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from handouts.cli import options

if TYPE_CHECKING:
    from handouts.cli.documents import Composed
    from handouts.evidence.facts import Fact
    from handouts.models.record import Record
    from handouts.rendering.words import Printed


@click.command()
@click.argument("name", metavar="ID")
@options.options(options.CONTENT, options.LANGUAGE, options.JSON)
def trace(name: str, content: str | None, languages: tuple[str, ...], *, as_json: bool) -> int:
    """Say where every number of a document comes from.

    Each number with its fact and its source, the statements that the words rest on, and the numbers
    that nothing stands behind: if there are any, the exit code is 1.
    """
    from handouts.build.report import as_json as written
    from handouts.cli.documents import documents_named

    found = [
        _traced(each) for each in documents_named(name, options.folders_of(content), languages)
    ]
    if as_json:
        click.echo(written(found), nl=False)
    else:
        for each in found:
            _print(each)
    return 1 if any(each["uncovered"] for each in found) else 0


def _traced(composed: Composed) -> dict[str, Any]:
    from handouts.build.gate import number_problems
    from handouts.build.report import diagnostic_fields

    document, library = composed.document, composed.library
    uncovered = dict.fromkeys(number_problems(document, library.names(document.language)))
    return {
        "id": composed.edition.id,
        "kind": str(composed.edition.kind),
        "language": document.language,
        "title": document.title,
        "path": document.source,
        "version": document.version,
        "fingerprint": document.fingerprint,
        "state": str(document.state),
        "numbers": _once(_number(each) for each in document.ledger.printed),
        "statements": [
            *_once(_about(each) for each in document.ledger.statements),
            *_of_record(composed),
        ],
        "uncovered": [diagnostic_fields(each) for each in uncovered],
    }


def _once(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without repeats, in order: a document may say the same thing in several places."""
    return list({str(each): each for each in found}.values())


def _number(printed: Printed) -> dict[str, Any]:
    return {
        "text": printed.text,
        "form": printed.form,
        "called_at": f"{printed.path}:{printed.line}",
        **_about(printed.fact),
    }


def _about(fact: Fact) -> dict[str, Any]:
    from handouts.models.missing import Missing
    from handouts.models.numbers import as_written
    from handouts.models.quantity import Unit

    source, setting, difference = fact.source, fact.setting, fact.difference
    interval: list[str] | str | None = None
    is_published = fact.unit is not Unit.NUMBER_NEEDED and (
        difference is not None and difference.is_published
    )
    if isinstance(fact.interval, Missing):
        interval = str(fact.interval)
    elif fact.interval is not None:
        interval = [as_written(each) for each in fact.interval]
    return {
        "fact": fact.address,
        "what": fact.what,
        "value": as_written(fact.value),
        "missing": isinstance(fact.value, Missing),
        "unit": str(fact.unit),
        "interval": interval,
        "event": fact.event,
        "opposite": fact.opposite,
        "sources": list(source.sources),
        "seen": str(source.seen),
        "unverified": fact.is_unverified,
        "via": list(source.via),
        "locator": source.locator,
        "note": source.note,
        "analysis": setting.analysis if setting else None,
        "data_cutoff": setting.data_cutoff if setting else None,
        "follow_up": setting.follow_up if setting else None,
        "population": setting.population if setting else None,
        "role": str(setting.role) if setting and setting.role else None,
        "assessed_by": setting.assessed_by if setting else None,
        "computed_from": [] if is_published else list(fact.derived_from),
        "method": str(difference.method) if difference else None,
        "place": f"{fact.path}:{fact.line}",
    }


def _of_record(composed: Composed) -> list[dict[str, Any]]:
    """The sentences of a record that a page is made of, each with its source."""
    from handouts.loading.sourced import sourced_in
    from handouts.models.edition import Kind
    from handouts.models.provenance import Seen
    from handouts.models.quantity import Statement

    edition, library = composed.edition, composed.library
    record: Record[Any]
    match edition.kind:
        case Kind.TRIAL:
            record = library.trials[edition.id]
        case Kind.COMPARISON | Kind.REFERENCE:
            record = library.clinician[edition.id, edition.language].record
        case Kind.PATIENT:
            record = library.handouts[edition.id, edition.language].record
    return [
        {
            "fact": ".".join(map(str, (record.id, *at))),
            "what": sourced.text,
            "value": sourced.text,
            "sources": list(sourced.sources),
            "seen": str(sourced.seen),
            "unverified": sourced.seen is Seen.OWN_KNOWLEDGE,
            "via": list(sourced.via),
            "locator": sourced.locator,
            "note": sourced.note,
            "place": f"{record.path}:{record.place(at)[0]}",
        }
        for sourced, at in sourced_in(record.value)
        if isinstance(sourced, Statement)
    ]


def _print(found: dict[str, Any]) -> None:
    click.echo(
        f"{found['title']}\n{found['id']}, {found['language']}, version {found['version']},"
        f" {found['state']}, fingerprint {found['fingerprint']}\n"
    )
    for each in found["numbers"]:
        click.echo(f"{each['text']}  =  {each['fact']}{_mark(each)}")
        _print_about(each)
    if found["statements"]:
        click.echo("The words rest on:\n")
    for each in found["statements"]:
        click.echo(f"{each['fact']}{_mark(each)}")
        _print_about(each)
    for each in found["uncovered"]:
        place = ":".join(str(part) for part in (each["path"], each["line"]) if part)
        click.echo(f"{place}: {each['severity']}: {each['message']} [{each['code']}]", err=True)
    count, uncovered = len(found["numbers"]), len(found["uncovered"])
    click.echo(
        f"{count} numbers with a fact behind them,"
        f" {len(found['statements'])} statements, {uncovered} numbers with nothing behind them"
    )


def _mark(about: dict[str, Any]) -> str:
    return "  NOT VERIFIED: nobody has seen this in a source" if about["unverified"] else ""


def _print_about(about: dict[str, Any]) -> None:
    interval = about.get("interval")
    if isinstance(interval, list):
        interval = " to ".join(interval)
    value = f"{about['value']} {about.get('unit', '')}".removesuffix(" none")
    lines = [" ".join(about["what"].split())]
    if about["value"] != about["what"]:
        lines.append(f"value: {value}" + (f"; 95% interval: {interval}" if interval else ""))
    if about.get("event"):
        lines.append(f"counts: {about['event']}; the others: {about['opposite']}")
    if about.get("analysis"):
        lines.append(
            f"{about['analysis']}, data cut {about['data_cutoff']},"
            f" follow-up {about['follow_up']}, people: {about['population']},"
            f" role: {about['role']}"
            + (f", judged by: {about['assessed_by']}" if about["assessed_by"] else "")
        )
    elif about.get("population"):
        lines.append(f"people: {about['population']}")
    if about.get("computed_from"):
        method = f" ({about['method']})" if about["method"] else ""
        lines.append(f"computed from {', '.join(about['computed_from'])}{method}")
    elif about.get("method"):
        lines.append("difference as published")
    sources = ", ".join(about["sources"]) or "no source"
    via = f" via {', '.join(about['via'])}" if about["via"] else ""
    locator = f", {about['locator']}" if about["locator"] else ""
    lines.append(f"source: {sources}{via}{locator}; seen: {about['seen']}")
    if about["note"]:
        lines.append(f"note: {about['note']}")
    lines.append(about["place"])
    click.echo("".join(f"    {line}\n" for line in lines))
