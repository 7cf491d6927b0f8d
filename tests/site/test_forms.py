"""What robots read and what is taken along at once, of made-up libraries and a built one."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from lxml import etree

from handouts.build.site.archives import archives_of, data_of
from handouts.build.site.catalogue import Catalogue
from handouts.build.site.fhir import BUNDLE, resources_of
from handouts.build.site.sitemap import sitemap_of
from handouts.models.edition import Kind, Paper
from tests.projects import PATIENT_PDF, TRIAL_PDF, Project
from tests.site.pages import HOSTILE, entry, sheet

DRAFT = sheet(entry("a"), entry("a", paper=Paper.LETTER))
CHECKED = sheet(
    replace(entry("b"), review_state="reviewed", reviewed="2026-11-01", next_review="2028-01-01")
)
ARABIC = sheet(entry("a", "ar", title=HOSTILE), text=HOSTILE)
TRIAL = sheet(entry("t", kind=Kind.TRIAL))
LIBRARY = Catalogue(
    "A library", "A publisher", (DRAFT, CHECKED, ARABIC, TRIAL), "https://a.example/x"
)


def read(path: str) -> bytes:
    return f"%PDF {path}".encode()


class TestSitemap:
    def test_only_what_was_reviewed_is_in_it(self) -> None:
        sitemap = sitemap_of(LIBRARY)
        assert sitemap is not None
        root = etree.fromstring(sitemap.encode())
        assert [each.text for each in root.iter("{*}loc")] == ["https://a.example/x/default/en/b/"]
        assert [each.text for each in root.iter("{*}lastmod")] == ["2026-11-01"]

    def test_the_library_itself_is_in_it_once_nothing_is_a_draft(self) -> None:
        assert "<loc>https://a.example/x/</loc>" in (
            sitemap_of(replace(LIBRARY, sheets=(CHECKED,))) or ""
        )

    @pytest.mark.parametrize(
        "library", [replace(LIBRARY, base_url=None), replace(LIBRARY, sheets=(DRAFT,))]
    )
    def test_there_is_none_without_an_address_or_with_drafts_only(self, library: Catalogue) -> None:
        assert sitemap_of(library) is None


class TestArchives:
    def test_there_is_one_for_each_language_and_kind_of_reader(self) -> None:
        archives = {each.path: each for each in archives_of(LIBRARY)}
        assert set(archives) == {
            "downloads/default.patients.en.zip",
            "downloads/default.patients.ar.zip",
            "downloads/default.clinicians.en.zip",
        }
        data = data_of(archives["downloads/default.patients.en.zip"], read)
        with zipfile.ZipFile(BytesIO(data)) as file:
            assert file.testzip() is None
            assert file.namelist() == [
                "standard.a4/a.en.standard.a4.pdf",
                "standard.a4/b.en.standard.a4.pdf",
                "standard.letter/a.en.standard.letter.pdf",
            ]
            assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    def test_a_built_one_holds_the_pdfs_as_they_are(self, built: Project) -> None:
        files = built.published
        with zipfile.ZipFile(BytesIO(files["downloads/default.clinicians.en.zip"])) as file:
            (name,) = file.namelist()
            assert file.read(name) == files[TRIAL_PDF]

    def test_it_goes_with_its_last_document(self, built: Project) -> None:
        built.remove("content/patient/her2climb-stops-working").build()
        assert "downloads/default.patients.en.zip" not in built.published
        assert not [name for name in built.published if "her2climb-stops-working" in name]


def documents(files: dict[str, bytes]) -> dict[str, Any]:
    bundle = json.loads(files[BUNDLE])
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    for each in bundle["entry"]:
        assert each["fullUrl"] == f"urn:uuid:{each['resource']['id']}"
    resources = [each["resource"] for each in bundle["entry"]]
    return {each["content"][0]["attachment"]["url"]: each for each in resources}


class TestFhir:
    """R4, https://hl7.org/fhir/R4/documentreference.html: elements, cardinalities, code sets."""

    ELEMENTS = frozenset(
        {
            "resourceType", "id", "language", "masterIdentifier", "identifier", "status",
            "docStatus", "type", "custodian", "relatesTo", "description", "content",
        }
    )  # fmt: skip

    def test_every_pdf_has_a_sound_resource_that_stands_in_the_bundle_too(self) -> None:
        files = resources_of(LIBRARY, read)
        found = documents(files)
        assert len(found) == len(files) - 1 == 5
        assert len({each["id"] for each in found.values()}) == 5
        alone = [json.loads(data) for path, data in files.items() if path != BUNDLE]
        assert all(each in found.values() for each in alone)
        for url, each in found.items():
            assert each.keys() <= self.ELEMENTS
            assert re.fullmatch(r"[A-Za-z0-9.-]{1,64}", each["id"])
            assert each["status"] == "current"
            assert each["docStatus"] in {"preliminary", "final"}
            attachment = each["content"][0]["attachment"]
            data = read(url.removeprefix("https://a.example/x/"))
            assert attachment["size"] == len(data)
            assert base64.b64decode(attachment["hash"]) == hashlib.sha1(data).digest()  # noqa: S324

    def test_what_nobody_has_checked_is_preliminary(self) -> None:
        found = documents(resources_of(LIBRARY, read))
        states = {url.rpartition("/")[2]: each["docStatus"] for url, each in found.items()}
        assert states["b.en.standard.a4.pdf"] == "final"
        assert set(states.values()) == {"final", "preliminary"}
        assert [*states.values()].count("final") == 1

    def test_a_translation_names_what_it_was_made_from(self) -> None:
        found = documents(resources_of(LIBRARY, read))
        arabic = found["https://a.example/x/default/ar/a/a.ar.standard.a4.pdf"]
        english = found["https://a.example/x/default/en/a/a.en.standard.a4.pdf"]
        assert arabic["relatesTo"] == [
            {"code": "transforms", "target": {"reference": f"urn:uuid:{english['id']}"}}
        ]
        assert "\u202e" not in arabic["description"]

    def test_without_an_address_its_links_are_relative(self, built: Project) -> None:
        found = documents(built.published)
        assert {PATIENT_PDF, TRIAL_PDF} == set(found)
        for url in found:
            assert url in built.published

    def test_a_library_without_documents_has_none(self) -> None:
        assert resources_of(replace(LIBRARY, sheets=()), read) == {}
