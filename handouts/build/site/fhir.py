"""Each PDF as a FHIR R4 ``DocumentReference``, and all of them as one ``Bundle``.

https://hl7.org/fhir/R4/documentreference.html. What nobody has checked is ``preliminary``.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from handouts.build.manifest import Entry
from handouts.build.report import as_json
from handouts.build.reports.legible import legible
from handouts.build.site.catalogue import SOURCE_LANGUAGE, Catalogue, Sheet
from handouts.build.site.page import edition_name
from handouts.rendering.identity import NAMESPACE

FOLDER = "fhir"
BUNDLE = f"{FOLDER}/bundle.json"

_URI = "urn:ietf:rfc:3986"
"""The system of identifiers that are URIs themselves."""


def resources_of(catalogue: Catalogue, read: Callable[[str], bytes]) -> dict[str, bytes]:
    """Every resource, by its path below the output folder; the bundle only if it holds any.

    Args:
        catalogue: of the library.
        read: gives the bytes of a file in the output folder.

    Raises:
        OSError: a PDF can't be read.
    """
    found = {
        f"{FOLDER}/{PurePosixPath(entry.path).with_suffix('.json')}": _document(
            entry, sheet, catalogue, read(entry.path)
        )
        for sheet in catalogue.sheets
        for entry in sheet.editions
    }
    files = {path: as_json(each).encode() for path, each in found.items()}
    if found:
        entries = [
            {"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in found.values()
        ]
        bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
        files[BUNDLE] = as_json(bundle).encode()
    return files


def _document(entry: Entry, sheet: Sheet, catalogue: Catalogue, data: bytes) -> dict[str, Any]:
    base = catalogue.base_url
    name = "Patient education material" if sheet.is_for_patients else "Clinical evidence summary"
    # R4 wants SHA-1 here; the manifest has the SHA-256.
    digest = hashlib.sha1(data, usedforsecurity=False).digest()
    resource: dict[str, Any] = {
        "resourceType": "DocumentReference",
        "id": _id(entry, base),
        "language": "en",
        "masterIdentifier": {"system": _URI, "value": f"urn:uuid:{_id(entry, base)}"},
        "identifier": [
            {
                "system": f"{NAMESPACE}reference",
                "value": f"{entry.reference}, version {entry.content_version}",
            }
        ],
        "status": "current",
        "docStatus": "preliminary" if sheet.is_draft else "final",
        "type": {"text": name},
        "custodian": {"display": legible(catalogue.publisher)},
    }
    if original := _original(entry, sheet, catalogue):
        target = {"reference": f"urn:uuid:{_id(original, base)}"}
        resource["relatesTo"] = [{"code": "transforms", "target": target}]
    if sheet.summary is not None:
        resource["description"] = legible(sheet.summary.text)
    path = quote(entry.path)
    resource["content"] = [
        {
            "attachment": {
                "contentType": "application/pdf",
                "language": entry.language,
                "url": f"{base}/{path}" if base else path,
                "size": len(data),
                "hash": base64.b64encode(digest).decode(),
                "title": f"{legible(entry.title)} ({edition_name(entry)})",
            }
        }
    ]
    return resource


def _original(entry: Entry, sheet: Sheet, catalogue: Catalogue) -> Entry | None:
    """The edition of which this one is a translation."""
    if entry.language == SOURCE_LANGUAGE:
        return None
    same = (e for other in catalogue.others(sheet) for e in other.editions)
    wanted = (SOURCE_LANGUAGE, entry.format, entry.paper)
    return next((e for e in same if (e.language, e.format, e.paper) == wanted), None)


def _id(entry: Entry, base: str | None) -> str:
    """The same for the same sheet in all its versions, wherever it is built."""
    return str(uuid5(NAMESPACE_URL, f"{base or NAMESPACE}/{entry.path}"))
