"""SARIF, JUnit and the page for people: valid, complete, and not to be broken by any words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator, FormatChecker
from lxml import etree

from handouts.build.report import as_json
from handouts.build.reports.documents import LibraryReport
from handouts.build.reports.files import files_of
from handouts.build.reports.junit import junit_of
from handouts.build.reports.page import page_of
from handouts.build.reports.sarif import sarif_of
from handouts.diagnostics import error
from tests.reports.libraries import (
    ERROR,
    HOSTILE,
    NOTE,
    SOURCE,
    STRAY,
    WARNING,
    edition,
    full_library,
    hostile_library,
    library,
    report,
)

HERE = Path(__file__).parent
SARIF = Draft4Validator(
    json.loads((HERE / "sarif-schema-2.1.0.json").read_text()), format_checker=FormatChecker()
)
JUNIT = etree.XMLSchema(etree.parse(HERE / "junit-10.xsd"))
LIBRARIES: list[Callable[[], LibraryReport]] = [full_library, hostile_library, library]


@pytest.mark.parametrize("made", LIBRARIES)
def test_the_sarif_log_keeps_to_its_schema(made: Callable[[], LibraryReport]) -> None:
    log = json.loads(as_json(sarif_of(made())))
    assert [each.message for each in SARIF.iter_errors(log)] == []


@pytest.mark.parametrize("made", LIBRARIES)
def test_the_junit_file_keeps_to_its_schema(made: Callable[[], LibraryReport]) -> None:
    JUNIT.assertValid(etree.fromstring(junit_of(made()).encode()))


class TestSarif:
    def results(self, of: LibraryReport) -> dict[str, Any]:
        return {each["ruleId"]: each for each in sarif_of(of)["runs"][0]["results"]}

    def test_each_problem_has_its_level_file_line_and_column(self) -> None:
        found = self.results(full_library())
        levels = {code: each["level"] for code, each in found.items()}
        assert levels == {
            "text-lost": "error", "long-sentence": "warning", "draft": "note",
            "unused-file": "warning",
        }  # fmt: skip
        assert found["text-lost"]["locations"] == [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": SOURCE, "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 7},
                }
            }
        ]
        assert "region" not in found["draft"]["locations"][0]["physicalLocation"]
        assert found["text-lost"]["message"]["text"].endswith("\nhint: find it")

    def test_each_problem_points_to_its_rule(self) -> None:
        run = sarif_of(full_library())["runs"][0]
        rules = run["tool"]["driver"]["rules"]
        for each in run["results"]:
            assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        lost = next(each for each in rules if each["id"] == "text-lost")
        assert lost["shortDescription"]["text"] == "words of the source are not on the paper"

    def test_a_path_is_a_relative_address(self) -> None:
        about = [
            STRAY,
            error("broken-template", "x", path="built-in templates/a.jinja", line=1),
            error("cannot-render", "x"),
        ]
        found = {
            code: each["locations"][0]["physicalLocation"]["artifactLocation"]
            for code, each in self.results(library(others=tuple(about))).items()
        }
        assert found == {
            "unused-file": {
                "uri": "content/facts/spare%20file.yaml",
                "uriBaseId": "%SRCROOT%",
            },
            "broken-template": {"uri": "templates/a.jinja", "uriBaseId": "PROGRAM"},
            "cannot-render": {"uri": "content/project.yaml", "uriBaseId": "%SRCROOT%"},
        }


class TestJunit:
    def cases(self, of: LibraryReport) -> dict[str, Any]:
        root = etree.fromstring(junit_of(of).encode())
        return {each.get("name"): each for each in root.iter("testcase")}

    def test_a_document_is_a_case_errors_its_failure_and_the_rest_its_output(self) -> None:
        cases = self.cases(full_library())
        assert list(cases) == ["sheet.en: A sheet", "library"]
        sheet = cases["sheet.en: A sheet"]
        assert sheet.find("failure").text == str(ERROR)
        assert sheet.find("failure").get("message") == str(ERROR).partition("\n")[0]
        assert sheet.find("system-out").text == f"{NOTE}\n{WARNING}"
        assert cases["library"].find("system-out").text == str(STRAY)
        assert cases["library"].find("failure") is None

    def test_suites_count_their_cases(self) -> None:
        root = etree.fromstring(junit_of(full_library()).encode())
        counts = [(e.get("name"), e.get("tests"), e.get("failures")) for e in root]
        assert counts == [("patient", "1", "1"), ("library", "1", "0")]
        assert (root.get("tests"), root.get("failures")) == ("2", "1")

    def test_it_names_no_time_and_no_host(self) -> None:
        assert not {"time", "timestamp", "hostname"} & set(
            re.findall(r" (\w+)=", junit_of(full_library()))
        )


class TestPage:
    def test_it_says_each_problem_with_its_place_hint_and_code(self) -> None:
        read = _Read(page_of(full_library()))
        for each in (ERROR, WARNING, NOTE, STRAY):
            assert each.message in read.words
            assert each.place in read.words
            assert f"#code-{each.code}" in read.links
        assert "Hint: find it" in read.words
        assert "only in Standard, Letter" in read.words

    def test_it_shows_pages_sources_version_review_and_scores(self) -> None:
        read = _Read(page_of(full_library()))
        for words in ("2 pages, 42 kB", "not made", "ONE-2020", "version 1.2", "nobody has",
                      "0123-4567", "Grade 9.5 at most 9 missed"):  # fmt: skip
            assert words in read.words

    def test_links_within_it_lead_somewhere(self) -> None:
        read = _Read(page_of(full_library()))
        assert {each[1:] for each in read.links if each.startswith("#")} <= set(read.ids)
        assert len(read.ids) == len(set(read.ids))

    def test_it_runs_nothing_and_loads_nothing_from_elsewhere(self) -> None:
        read = _Read(page_of(full_library()))
        assert not {"script", "iframe", "object", "style"} & set(read.tags)
        assert not [each for each in read.links if re.match(r"[a-z]+:|/", each)]

    def test_it_is_made_for_all_readers(self) -> None:
        read = _Read(page_of(full_library()))
        levels = [int(each[1]) for each in read.tags if re.fullmatch(r"h[1-6]", each)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))
        assert read.tags.count("img") == len(read.alternatives) > 0
        assert all(read.alternatives)
        assert read.tags.count("table") == read.tags.count("caption") > 0
        assert {"main", "nav", "header", "footer"} <= set(read.tags)

    def test_a_document_made_from_older_content_is_marked(self) -> None:
        one = report(edition())
        assert "Build it again" not in page_of(library(one))
        assert "Build it again" in page_of(library(replace(one, is_current=False)))


class TestHostileWords:
    def test_they_open_no_element_of_the_page(self) -> None:
        page = page_of(hostile_library())
        read = _Read(page)
        assert "script" not in read.tags
        assert "<script>alert(1)</script>" in read.words
        assert not re.search("[\x00\ud800\u202e\u202c]", page)
        assert r"\x00" in read.words

    def test_they_are_the_text_of_the_junit_case(self) -> None:
        (case,) = etree.fromstring(junit_of(hostile_library()).encode()).iterfind(
            "testsuite[@name='patient']/testcase"
        )
        assert "<script>alert(1)</script> ]]> \\x00" in case.find("failure").text
        assert "سلام" in case.get("name")

    def test_they_are_part_of_an_address(self) -> None:
        (result,) = sarif_of(hostile_library())["runs"][0]["results"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[\w%./~-]+", uri, re.ASCII)
        assert unquote(uri).startswith("content/<script>")

    def test_every_report_is_text_in_utf_8(self) -> None:
        for data in files_of(hostile_library()).values():
            assert data.decode().endswith("\n")
        assert (
            HOSTILE.partition("\ud800")[0]
            in json.loads(files_of(hostile_library())["report.json"])["diagnostics"][0]["message"]
        )


class _Read(HTMLParser):
    """What a page holds: its elements in order, words, links, ids and alternative texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.alternatives: list[str] = []
        self._words: list[str] = []
        self.feed(html)
        self.close()

    @property
    def words(self) -> str:
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src") if name in given]
        self.alternatives += [given["alt"]] if tag == "img" else []

    def handle_data(self, data: str) -> None:
        self._words.append(data)
