"""The reports that builds leave in the output folder."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from lxml import etree

from handouts.build.reports.names import NAMES
from tests.projects import PATIENT, PATIENT_PDF, TRIAL, TRIAL_PDF, Project
from tests.reports.test_forms import JUNIT, SARIF

NUMBER_IN_PROSE = ("Ask what could come next.", "Ask 12 people what could come next.")
THUMBNAIL = f"report/{TRIAL_PDF.removesuffix('.pdf')}.1.png"


def reports(project: Project) -> dict[str, bytes]:
    return {name: project.published[name] for name in NAMES}


def said(project: Project) -> dict[str, list[dict[str, Any]]]:
    """What the report says of each document, by its id."""
    report = json.loads(project.published["report.json"])
    return {each["edition"]["id"]: each["diagnostics"] for each in report["editions"]}


def test_an_error_a_warning_and_a_note_stand_in_every_report(built: Project) -> None:
    built.replace(PATIENT, *NUMBER_IN_PROSE).with_setting("severities: {left-off: warning}")
    assert built.build().exit_code == 1
    found = json.loads(built.published["report.json"])["diagnostics"]
    kinds = {each["severity"]: each for each in found}
    assert set(kinds) == {"error", "warning", "note"}
    page, junit = (built.published[name].decode() for name in ("report.html", "report.junit.xml"))
    sarif = json.loads(built.published["report.sarif"])
    places = [
        (each["level"], where["artifactLocation"]["uri"], where.get("region", {}).get("startLine"))
        for each in sarif["runs"][0]["results"]
        for where in [each["locations"][0]["physicalLocation"]]
    ]
    for severity, each in kinds.items():
        assert (severity, each["path"], each["line"]) in places
        line = f":{each['line']}" if each["line"] else ""
        assert f"{each['path']}{line}" in page
        assert re.search(rf"{re.escape(each['path'] + line)}[:\d]*: {severity}: ", junit)
    assert not list(SARIF.iter_errors(sarif))
    JUNIT.assertValid(etree.fromstring(junit.encode()))


def test_a_title_can_not_break_a_report(built: Project) -> None:
    title = "<script>alert(1)</script> ]]> & سلام"
    built.replace(PATIENT, "title: When HER2CLIMB stops working", f"title: '{title}'").build()
    page, junit = built.published["report.html"].decode(), built.published["report.junit.xml"]
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp; سلام" in page
    root = etree.fromstring(junit)
    JUNIT.assertValid(root)
    assert [each for each in root.iter("testcase") if title in each.get("name", "")]


def test_a_second_build_and_a_forced_one_leave_the_same_bytes(built: Project) -> None:
    before = built.published
    built.build()
    assert built.published == before
    built.build("--force")
    assert built.published == before


def test_no_report_knows_where_it_was_made(built: Project) -> None:
    for data in reports(built).values():
        assert str(built.root.parent).encode() not in data


@pytest.mark.parametrize("name", NAMES)
def test_a_report_that_was_lost_is_written_again(built: Project, name: str) -> None:
    before = built.published
    (built.output / name).unlink()
    assert built.build().made == set()
    assert built.published == before


def test_a_build_of_one_document_keeps_what_is_said_of_the_others(built: Project) -> None:
    before = reports(built)
    built.build("her2climb")
    assert reports(built) == before
    built.replace(PATIENT, *NUMBER_IN_PROSE).build()
    broken = reports(built)
    built.build("her2climb")
    assert reports(built) == broken
    assert "unsourced-number" in {each["code"] for each in said(built)["her2climb-stops-working"]}


def test_a_document_left_behind_by_an_edit_is_marked_until_it_is_built(built: Project) -> None:
    built.replace(PATIENT, "Ask what could come next.", "Ask what may come next.")
    built.build("her2climb")
    assert b"Build it again" in built.published["report.html"]
    built.build("her2climb-stops-working")
    assert b"Build it again" not in built.published["report.html"]


def test_what_is_mended_is_not_said_any_more(built: Project) -> None:
    before = reports(built)
    built.replace(PATIENT, *NUMBER_IN_PROSE).build()
    assert reports(built) != before
    built.replace(PATIENT, *reversed(NUMBER_IN_PROSE)).build("her2climb-stops-working")
    assert reports(built) == before


def test_a_document_that_is_gone_is_not_spoken_of(built: Project) -> None:
    built.remove("content/patient/her2climb-stops-working").build()
    assert set(said(built)) == {"her2climb"}


@pytest.mark.parametrize("text", ["", "[]", '{"editions": [{"edition": 5}]}', '{"editions": {}}'])
def test_a_damaged_report_is_made_anew(built: Project, text: str) -> None:
    before = reports(built)
    (built.output / "report.json").write_text(text)
    built.build()
    assert reports(built) == before


class TestThumbnails:
    def test_every_page_has_one_that_the_report_shows(self, built: Project) -> None:
        page = built.published["report.html"].decode()
        for each in (PATIENT_PDF, TRIAL_PDF):
            for number in range(1, built.documents[each]["pages"] + 1):
                name = f"report/{each.removesuffix('.pdf')}.{number}.png"
                assert built.published[name].startswith(b"\x89PNG")
                assert f'src="{name}"' in page

    def test_only_what_has_changed_gets_new_ones(self, built: Project) -> None:
        times = {path: path.stat().st_mtime_ns for path in built.output.rglob("*.png")}
        built.replace(PATIENT, "Ask what could come next.", "Ask what may come next.").build()
        changed = {path for path, time in times.items() if path.stat().st_mtime_ns != time}
        assert changed
        assert not [each for each in changed if "her2climb-stops-working" not in each.name]

    def test_one_that_was_lost_is_made_again(self, built: Project) -> None:
        before = built.published
        (built.output / THUMBNAIL).unlink()
        built.build()
        assert built.published == before

    def test_they_go_with_their_document(self, built: Project) -> None:
        built.replace(TRIAL, "randomised_total: 612", "randomised_total: many").build()
        assert THUMBNAIL not in built.published
        built.run("clean")
        assert built.published == {}
