"""The HTML twins as pages of the library: ways to its other pages, and what search engines read.

A twin is composed without them, as the documents beside it are known only when all are made. They
stand outside of its ``<main>``, and change neither its words nor its fingerprint.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from handouts.build.manifest import Entry
from handouts.build.reports.legible import legible
from handouts.build.site.catalogue import Catalogue, Sheet
from handouts.build.site.names import PAGE
from handouts.build.site.page import language_name
from handouts.rendering.navigation import Print, Way, editions, navigation
from handouts.rendering.translations import translations_for

_UNSAFE = str.maketrans({each: f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"})
"""What would end a script or a line of one, as JSON may write it."""

_PARTS = ("about", "navigation", "editions")
_PART = re.compile(rf"<!--({'|'.join(_PARTS)})-->.*?<!--/\1-->", re.DOTALL)


def linked(twin: str, sheet: Sheet, catalogue: Catalogue) -> str:
    """A twin with its ways to the rest of the library; as it is where its template has no marks."""
    try:
        translate = translations_for(sheet.entry.language)
    except LookupError:
        return twin
    own = posixpath.dirname(sheet.entry.html)

    def way(path: str) -> str:
        return quote(posixpath.relpath(path, own))

    place = f"patients.{sheet.entry.language}" if sheet.is_for_patients else "clinicians"
    languages = (
        Way(way(e.entry.html), language_name(e.entry.language), e.entry.language)
        for e in catalogue.others(sheet)
    )
    prints = (Print(way(each.path), each.format, each.paper) for each in sheet.editions)
    parts = {
        "about": "".join(_about(sheet, catalogue)),
        "navigation": navigation(f"{way(PAGE)}#{quote(place)}", languages, translate),
        "editions": editions(prints, translate),
    }
    return _with(parts, twin)


def unlinked(twin: str) -> str:
    """A twin as it was composed."""
    return _with(dict.fromkeys(_PARTS, ""), twin)


def _with(parts: dict[str, str], twin: str) -> str:
    """A twin with something else between each pair of marks."""

    def between(found: re.Match[str]) -> str:
        name = found[1]
        return f"<!--{name}-->{parts[name]}<!--/{name}-->"

    return _PART.sub(between, twin)


def address_of(entry: Entry, base_url: str) -> str:
    """The address of a twin on the web."""
    return f"{base_url}/{quote(posixpath.dirname(entry.html))}/"


def _about(sheet: Sheet, catalogue: Catalogue) -> Iterator[str]:
    """What search engines read; nothing where nobody has said where the library is."""
    base = catalogue.base_url
    if base is None:
        return
    yield Markup('<link rel="canonical" href="{}">').format(address_of(sheet.entry, base))
    others = catalogue.others(sheet)
    for each in (sheet, *others) if others else ():
        yield Markup('<link rel="alternate" hreflang="{}" href="{}">').format(
            each.entry.language, address_of(each.entry, base)
        )
    data = json.dumps(_medical_page(sheet, catalogue, base), ensure_ascii=False)
    yield f'<script type="application/ld+json">{data.translate(_UNSAFE)}</script>'


def _medical_page(sheet: Sheet, catalogue: Catalogue, base: str) -> dict[str, Any]:
    """What the page is, in the words of schema.org (MedicalWebPage); all of it is in the page."""
    entry, summary = sheet.entry, sheet.summary
    page: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "url": address_of(entry, base),
        "name": legible(entry.title),
        "inLanguage": entry.language,
        "audience": {
            "@type": "MedicalAudience",
            "audienceType": "Patient" if sheet.is_for_patients else "Clinician",
        },
        "publisher": {"@type": "Organization", "name": legible(catalogue.publisher)},
        "isPartOf": {"@type": "WebSite", "name": legible(catalogue.title), "url": f"{base}/"},
        "version": entry.content_version,
        "creativeWorkStatus": "Draft" if sheet.is_draft else "Published",
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": f"{base}/{quote(each.path)}",
                "encodingFormat": "application/pdf",
                "contentSize": str(each.bytes),
            }
            for each in sheet.editions
        ],
    }
    if summary is not None:
        page["description"] = legible(summary.text)
        page["keywords"] = [legible(each) for each in summary.keywords]
    if not sheet.is_draft and entry.reviewed:
        page["lastReviewed"] = entry.reviewed
    return page
