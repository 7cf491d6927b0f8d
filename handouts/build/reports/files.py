"""The files of a report, and what of the last one is kept when only some documents are built."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from handouts.build.manifest import Entry
from handouts.build.report import as_json, diagnostic_fields
from handouts.build.reports.documents import EditionReport, LibraryReport
from handouts.build.reports.junit import junit_of
from handouts.build.reports.names import JSON, JUNIT, PAGE, SARIF
from handouts.build.reports.page import page_of
from handouts.build.reports.sarif import sarif_of

_EDITIONS = TypeAdapter(tuple[EditionReport, ...])


def files_of(library: LibraryReport) -> dict[str, bytes]:
    """Every report of an output folder, by its name: the same bytes for the same documents."""
    fields = {
        "documents": len(library.editions),
        "failed": [Path(each.edition.pdf_path).stem for each in library.failed],
        "diagnostics": [diagnostic_fields(each) for each in library.diagnostics],
        "editions": _EDITIONS.dump_python(library.editions, mode="json"),
    }
    return {
        JSON: as_json(fields).encode(),
        SARIF: as_json(sarif_of(library)).encode(),
        JUNIT: junit_of(library).encode(),
        PAGE: page_of(library).encode(),
    }


def reports_in(output: Path, entries: Mapping[str, Entry]) -> dict[str, EditionReport]:
    """What the last report in an output folder says of each edition, by the path of its PDF.

    A report that can't be read is as good as none: what it said is found anew by the next build.

    Args:
        output: the folder.
        entries: the documents in its manifest, which say what is published.
    """
    try:
        found = _EDITIONS.validate_python(json.loads((output / JSON).read_bytes())["editions"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError, ValidationError):
        found = ()
    paths = {each.edition.pdf_path: each for each in found}
    return {path: replace(each, entry=entries.get(path)) for path, each in paths.items()}
