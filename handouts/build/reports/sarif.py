"""SARIF 2.1.0 (OASIS Standard, errata 01): for services that show problems beside the code."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from handouts import __version__
from handouts.build.folders import BUILTIN
from handouts.build.reports.codes import explanations
from handouts.build.reports.documents import LibraryReport
from handouts.build.reports.legible import legible
from handouts.diagnostics import Diagnostic

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_PROJECT, _PROGRAM = "%SRCROOT%", "PROGRAM"


def sarif_of(library: LibraryReport) -> dict[str, Any]:
    """The problems of a library as a SARIF log with one run.

    Files are named relative to the project, which is where the log says they are: it holds no
    path of this computer. A problem without a file is shown at the library's settings, as services
    refuse results without a location.
    """
    numbers = {code: number for number, code in enumerate(explanations())}
    rules = [
        {
            "id": code,
            "shortDescription": {"text": each.meaning},
            "properties": {"tags": [each.check]},
        }
        for code, each in explanations().items()
    ]
    run = {
        "tool": {"driver": {"name": "handouts", "semanticVersion": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _PROJECT: {"description": {"text": "The folder that holds the content."}},
            _PROGRAM: {"description": {"text": "Templates and styles that come with handouts."}},
        },
        "results": [_result(each, library.settings, numbers) for each in library.diagnostics],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(diagnostic: Diagnostic, settings: str, numbers: dict[str, int]) -> dict[str, Any]:
    hint = f"\nhint: {diagnostic.hint}" if diagnostic.hint else ""
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": str(diagnostic.severity),
        "message": {"text": legible(diagnostic.message + hint)},
        "locations": [{"physicalLocation": _location(diagnostic, settings)}],
    }
    if diagnostic.code in numbers:
        result["ruleIndex"] = numbers[diagnostic.code]
    return result


def _location(diagnostic: Diagnostic, settings: str) -> dict[str, Any]:
    path, base = diagnostic.path or settings, _PROJECT
    if path.startswith(BUILTIN):
        path, base = path.removeprefix(BUILTIN), _PROGRAM
    location: dict[str, Any] = {
        "artifactLocation": {"uri": quote(path.lstrip("/"), errors="replace"), "uriBaseId": base}
    }
    if diagnostic.path is not None and diagnostic.line is not None:
        region = {"startLine": diagnostic.line}
        if diagnostic.column is not None:
            region["startColumn"] = diagnostic.column
        location["region"] = region
    return location
