"""Whatever our documents print or draw, ``handouts trace`` says where it comes from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.compose import HtmlDocument
from handouts.rendering.composed import composed_text
from handouts.rendering.fit import EVERYTHING, Fit
from tests.loading.small import FACTS, SHEET, TRIAL, small_project
from tests.projects import ROOT, Project
from tests.rendering.test_compose import ours

FOLDERS = {"trials": "trial", "clinician": "clinician", "patient": "patient"}
NAMES = {
    path.name: kind
    for folder, kind in FOLDERS.items()
    for path in sorted((ROOT / "content" / folder).iterdir())
}
EACH = pytest.mark.parametrize("name", NAMES)
TRIALS = [name for name, kind in NAMES.items() if kind == "trial"]
WRITTEN = [name for name in NAMES if name not in TRIALS]

CITED = re.compile(r"(?:\[@[\w.-]+\]\s*)+")
CLINICIANS_MARK = r" \[[^\[\]]*unverified\]"
PATIENTS_MARK = r" \(we have no source for this yet\)"


@cache
def traced(name: str) -> dict[str, Any]:
    done = Project(ROOT).run("trace", name, "--lang", "en", "--json")
    assert done.exit_code == 0, done.stderr
    (found,) = done.json
    assert isinstance(found, dict)
    return found


def page(name: str) -> HtmlDocument:
    kind = Kind(traced(name)["kind"])
    return ours(Edition(name, kind, "en", Format.STANDARD, Paper.A4, "default"))


def printed(name: str) -> list[str]:
    """The twin, and the page that is printed with all blocks and with none that may be left off."""
    found = page(name)
    return [found.twin, found.printed(EVERYTHING), found.printed(Fit(shown=0))]


def mark_of(name: str) -> str:
    return PATIENTS_MARK if NAMES[name] == "patient" else CLINICIANS_MARK


def plainly(text: str) -> str:
    """A text with ordinary spaces, each alone."""
    return " ".join(text.split())


def drawn(name: str) -> list[dict[str, Any]]:
    return [each for each in traced(name)["numbers"] if each["form"] == "chart"]


def alts(page: str) -> list[str]:
    """What every drawing of a page says to those who don't see it."""
    found = re.findall(r"<svg[^>]*>\s*<title>(.*?)</title>", page, re.DOTALL)
    return [plainly(html.unescape(each)) for each in found]


def citations(name: str) -> Iterator[tuple[str, list[str]]]:
    """Statements that are cited together in the words of a document, with the words before."""
    (file,) = (ROOT / "content").glob(f"*/{name}/en.md")
    words = html.unescape(file.read_text(encoding="utf-8").split("---\n", 2)[2])
    for found in CITED.finditer(words):
        before = re.split(r"[\n|\]}]", words[: found.start()].rstrip())[-1].removeprefix("- ")
        yield plainly(before.replace("*", ""))[-40:], re.findall(r"@([\w.-]+)", found[0])


@EACH
def test_every_number_has_a_fact_behind_it(name: str) -> None:
    found = traced(name)
    assert found["uncovered"] == []
    addresses = {each["fact"] for each in found["numbers"]}
    called = set(re.findall(r'data-fact="([^"]+)"', "".join(printed(name))))
    assert called
    assert called <= addresses


@EACH
def test_every_fact_and_statement_has_a_source_or_needs_none_or_says_that_it_lacks_one(
    name: str,
) -> None:
    known = yaml.safe_load((ROOT / "content/sources.yaml").read_text(encoding="utf-8"))
    ids = {each["id"] for each in known} if isinstance(known, list) else set(known)
    found = traced(name)
    for each in (*found["numbers"], *found["statements"]):
        if each["sources"]:
            assert {*each["sources"], *each["via"]} <= ids
            assert not each["unverified"], each["fact"]
        else:
            assert each["unverified"] == (each["seen"] == "own knowledge"), each["fact"]
            assert each["seen"] in {"general", "own knowledge"}, each["fact"]


@EACH
def test_every_fact_is_written_where_trace_says(name: str) -> None:
    found = traced(name)
    for each in (*found["numbers"], *found["statements"]):
        path, _, line = each["place"].rpartition(":")
        lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        assert lines[int(line) - 1].strip(), each["place"]


@pytest.mark.parametrize("name", [each for each in WRITTEN if each != "four-trials"])
def test_own_knowledge_is_cited_with_its_mark_beside_it_and_nothing_else_has_one(
    name: str,
) -> None:
    unseen = {each["fact"] for each in traced(name)["statements"] if each["unverified"]}
    words = {before for before, cited in citations(name) if unseen & set(cited)}
    assert bool(words) == bool(unseen)
    for sheet in printed(name):
        text, marked = plainly(composed_text(sheet)), set()
        for before in words:
            assert before, f"{name} cites own knowledge behind no words of its own"
            places = re.finditer(rf"{re.escape(before)}{mark_of(name)}", text)
            ends = {each.end() for each in places}
            assert ends or (sheet != page(name).twin and before not in text), before
            marked |= ends
        assert {each.end() for each in re.finditer(mark_of(name), text)} == marked


@EACH
def test_no_fact_of_own_knowledge_is_printed_without_its_mark(name: str) -> None:
    unseen = {each["fact"] for each in traced(name)["numbers"] if each["unverified"]}
    for address, after in printed_facts(page(name).twin):
        assert after.startswith(' <span class="unverified">') == (address in unseen), address


def printed_facts(text: str) -> list[tuple[str, str]]:
    """Facts in words, and what follows each; the tables of charts name them in cells."""
    return re.findall(
        r'<span class="(?:fact|missing)" data-fact="([^"]+)">[^<]*</span>(.{0,30})', text, re.DOTALL
    )


@pytest.fixture
def guessed(tmp_path: Path) -> Project:
    """A small project in which nobody has seen some results, a limit, and a temperature."""
    project = small_project(tmp_path)
    project.replace(FACTS, "sources: [MADE-UP-1], seen: abstract}", "seen: own knowledge}")
    text = project.text(TRIAL).replace(
        "It never happened., sources: [MADE-UP-1], seen: abstract",
        "It never happened., seen: own knowledge",
    )
    row = text.index("  - id: alive")
    rest = text[row:].replace("sources: [MADE-UP-1]\n    seen: abstract", "seen: own knowledge", 1)
    return project.write(TRIAL, text[:row] + rest)


def test_a_result_and_a_limit_of_own_knowledge_are_marked_on_a_trial_page(guessed: Project) -> None:
    (found,) = guessed.run("trace", "made-up", "--json").json
    unseen = {each["fact"] for each in found["numbers"] if each["unverified"]}
    assert {"made-up.alive.drug", "made-up.alive.difference"} <= unseen
    assert "made-up.survival.drug" not in unseen
    assert guessed.build("made-up").exit_code == 0
    twin = guessed.published["default/en/made-up/index.html"].decode()
    facts = [each for each in printed_facts(twin) if each[0] in unseen]
    assert facts
    assert [each for each, after in facts if "unverified" not in after] == []
    text = plainly(composed_text(twin))
    assert re.search(rf"It never happened\.{CLINICIANS_MARK}", text)
    assert re.search(r"Nobody\. \[1\]", text)


def test_a_number_of_own_knowledge_is_marked_on_a_sheet(guessed: Project) -> None:
    (found,) = guessed.run("trace", "made-up-sheet", "--json").json
    fever = next(each for each in found["numbers"] if each["fact"] == "safety.fever")
    assert (fever["sources"], fever["seen"], fever["unverified"]) == ([], "own knowledge", True)
    assert guessed.build("made-up-sheet").exit_code == 0
    text = plainly(composed_text(guessed.published["default/en/made-up-sheet/index.html"].decode()))
    assert re.search(rf"°F\){PATIENTS_MARK}|°C{PATIENTS_MARK}", text), text


def test_a_number_that_nothing_stands_behind_is_told_with_exit_code_1(tmp_path: Path) -> None:
    project = small_project(tmp_path).replace(SHEET, "Rest may help.", "Rest may help 7 people.")
    done = project.run("trace", "made-up-sheet", "--json")
    assert done.exit_code == 1
    (problem, *_) = done.json[0]["uncovered"]
    assert problem["code"] == "unsourced-number"
    assert "7" in problem["message"]


class TestDrawings:
    @EACH
    def test_a_number_that_a_drawing_says_is_in_trace(self, name: str) -> None:
        told = {plainly(each["text"]) for each in drawn(name)}
        with_numbers = {each for each in alts(page(name).twin) if re.search(r"\d", each)}
        assert with_numbers <= told

    @EACH
    def test_every_drawn_fact_is_drawn_on_a_page(self, name: str) -> None:
        said = set(alts(page(name).twin)) | set(alts(page(name).html))
        assert {plainly(each["text"]) for each in drawn(name)} <= said

    @pytest.mark.parametrize("name", TRIALS)
    def test_all_cells_of_the_charts_of_a_trial_are_drawn_facts(self, name: str) -> None:
        tables = re.findall(
            r'<details class="chart-figure__numbers">.*?</details>', page(name).twin, re.DOTALL
        )
        cells = set(re.findall(r'data-fact="([^"]+)"', "".join(tables)))
        assert cells
        assert cells <= {each["fact"] for each in drawn(name)}

    def test_a_comparison_draws_a_ratio_and_both_shares_of_each_trial(self) -> None:
        facts = [each["fact"] for each in drawn("four-trials")]
        for trial in ("cleopatra", "aphinity", "her2climb", "extenet"):
            own = [each for each in facts if each.startswith(f"{trial}.")]
            assert len([each for each in own if each.endswith(".ratio")]) == 2
            assert len([each for each in own if not each.endswith(".ratio")]) == 4

    def test_every_mark_and_drug_of_a_diagram_is_in_trace(self) -> None:
        record = yaml.safe_load((ROOT / "content/diagrams/her2-pathways.yaml").read_text("utf-8"))
        layout = record["views"]["full"]["layouts"][0]
        drugs = [
            each
            for each in layout["nodes"]
            if record["nodes"][each]["shape"] in {"antibody", "tablet"}
        ]
        facts = {each["fact"]: each for each in drawn("resistance-mechanisms")}
        wanted = {f"her2-pathways.{each}" for each in (*layout["marks"], *drugs)}
        assert drugs
        assert wanted == facts.keys()
        unseen = [each["fact"] for each in facts.values() if each["unverified"]]
        assert unseen == ["her2-pathways.lapatinib"]
        assert "no source yet" in page("resistance-mechanisms").html
