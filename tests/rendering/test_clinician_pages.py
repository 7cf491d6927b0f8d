"""Pages for clinicians, from their words to HTML."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.diagnostics import Diagnostic, InvalidInput
from handouts.evidence.formatting import Audience, Writing
from handouts.loading.library import load_library
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.models.front_matter import ComparisonFront
from handouts.models.trial import Trial
from handouts.rendering.analysis_words import cut_words
from handouts.rendering.compose import HtmlDocument
from handouts.rendering.composed import composed_text
from handouts.rendering.fit import Fit
from handouts.rendering.trial_tables import is_landmark_of
from handouts.rendering.words import Ledger, Words
from tests.diagrams import DIAGRAM, TEXT
from tests.loading.small import FACTS, SOURCES, TRIAL, small_project
from tests.projects import ROOT, Project
from tests.rendering.test_compose import composed, our_library, ours

FRONT = """\
---
kind: reference
reference: MADE-RF-01
version: "0.1"
title: A made-up page
lead: For nobody, since it is only a test.
subject: A page made up for tests.
keywords: [test]
compiled: 2026-11-20
---

::: in-short
Nothing of this is true.
:::

"""
BODY_LINE = FRONT.count("\n") + 1

SAID = "{text: So., sources: [MADE-UP-1], seen: abstract}"
COMPARED = f"""\
    strategy: {SAID}
    people: {SAID}
    endpoint: {SAID}
    absolute: alive
    relative: survival
    survival: survival
    main_harms: [hiccups]
    plotted: [survival]
    mind: {SAID}
"""
COMPARISON = (
    FRONT.replace("kind: reference", "kind: comparison").replace(
        "compiled: 2026-11-20\n",
        f"compiled: 2026-11-20\ntrials:\n  - trial: made-up\n{COMPARED}"
        f"  - trial: made-up-too\n{COMPARED}",
    )
    + "::: comparison-table\n:::\n\n::: comparison-forest\n:::\n"
)

STATEMENTS = """\
  second: {text: A second one., sources: [MADE-UP-2], seen: abstract}
  both: {text: Two reports of it., sources: [MADE-UP-3, MADE-UP-1], seen: abstract}
  through: {text: Read elsewhere., sources: [MADE-UP-2], via: [MADE-UP-3], seen: secondary report}
  term: {text: What a word means., seen: general}
"""

PAGES = [
    *(Edition(name, Kind.TRIAL, "en", Format.STANDARD, Paper.A4, "default")
      for name in ("aphinity", "cleopatra", "extenet", "her2climb")),
    Edition("four-trials", Kind.COMPARISON, "en", Format.STANDARD, Paper.A4, "default"),
    Edition("resistance-mechanisms", Kind.REFERENCE, "en", Format.STANDARD, Paper.A4, "default"),
    Edition("trial-methods", Kind.REFERENCE, "en", Format.STANDARD, Paper.A4, "default"),
]  # fmt: skip
OURS = pytest.mark.parametrize("edition", PAGES, ids=lambda each: each.id)
FOUR, RESISTANCE = PAGES[4], PAGES[5]
MADE_UP = Edition("made-up-page", Kind.REFERENCE, "en", Format.STANDARD, Paper.A4, "default")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The small project with three sources and statements that rest on them."""
    project = small_project(tmp_path)
    project.write(FACTS, project.text(FACTS) + STATEMENTS)
    first = project.text(SOURCES)
    entry = first[first.index("MADE-UP-1:") :]
    more = "".join(entry.replace("MADE-UP-1", f"MADE-UP-{number}") for number in (2, 3))
    return project.write(SOURCES, f"{first.rstrip()}\n{more}")


def page_of(project: Project, body: str) -> HtmlDocument:
    """The page with these words."""
    project.write("content/clinician/made-up-page/en.md", FRONT + body)
    library = load_library(project.root / "content", project.root)
    assert [each for each in library.problems if each.severity == "error"] == []
    return composed(MADE_UP, library)


def plainly(text: str) -> str:
    return " ".join(html.unescape(text).split())


def said(document: HtmlDocument, fit: Fit = Fit()) -> list[str]:  # noqa: B008  (frozen)
    """The lines of a page between its short summary and its sources, with ordinary spaces."""
    lines = [plainly(each) for each in composed_text(document.printed(fit)).splitlines()]
    start = lines.index("Nothing of this is true.") + 1
    return lines[start : next(i for i, each in enumerate(lines) if each.startswith("Sources"))]


def listed(page: str) -> list[int]:
    """The numbers of the list of sources, in its order."""
    (section,) = re.findall(r'<section class="source-list".*?</section>', page, re.DOTALL)
    return [int(each) for each in re.findall(r"<strong>(\d+)</strong>", section)]


def cited(page: str) -> set[int]:
    """The numbers that stand in brackets on the page."""
    found = re.findall(r'<span class="cite" data-plain="">\[(.*?)\]</span>', page)
    return {int(number) for each in found for number in re.findall(r"\d+", html.unescape(each))}


class TestCitations:
    def test_statements_next_to_each_other_are_cited_together_once_and_in_order(
        self, project: Project
    ) -> None:
        body = "One. [@safety.second]\n\nTwo. [@safety.both] [@safety.second] [@safety.both]\n"
        page = page_of(project, body)
        assert said(page) == ["One. [1]", "Two. [1, 2, 3]"]
        assert page.ledger.sources == ["MADE-UP-2", "MADE-UP-3", "MADE-UP-1"]

    def test_with_words_between_them_each_has_its_own(self, project: Project) -> None:
        page = page_of(project, "One [@safety.second] and two. [@safety.call]\n")
        assert said(page) == ["One [1] and two. [2]"]

    def test_the_report_through_which_a_source_was_read_is_cited_with_it(
        self, project: Project
    ) -> None:
        assert said(page_of(project, "Told. [@safety.through]\n")) == ["Told. [1, 2]"]

    def test_a_general_statement_cites_nothing(self, project: Project) -> None:
        body = "A term. [@safety.term]\n\nAnother. [@safety.term] [@safety.call]\n"
        assert said(page_of(project, body)) == ["A term.", "Another. [1]"]

    def test_own_knowledge_says_that_it_is_unverified(self, project: Project) -> None:
        body = "It helps. [@safety.rest]\n\nIt may. [@safety.rest] [@safety.call]\n"
        assert said(page_of(project, body)) == ["It helps. [unverified]", "It may. [1, unverified]"]

    def test_a_citation_stays_with_the_last_word(self, project: Project) -> None:
        page = page_of(project, "Call for a fever. [@safety.call]\n")
        assert '<span class="together">fever. <span class="cite"' in page.html


class TestSources:
    @OURS
    def test_they_are_numbered_without_a_gap_however_many_blocks_are_shown(
        self, edition: Edition
    ) -> None:
        document = ours(edition)
        for shown in range(len(document.ranks.order) + 1):
            page = document.printed(Fit(shown))
            numbers = listed(page)
            assert numbers == list(range(1, len(numbers) + 1)), shown

    @OURS
    def test_each_is_cited_and_each_that_is_cited_is_listed(self, edition: Edition) -> None:
        document = ours(edition)
        for shown in range(len(document.ranks.order) + 1):
            page = document.printed(Fit(shown))
            assert cited(page) == set(listed(page)), shown

    def test_those_of_blocks_that_are_left_off_are_not_listed(self, project: Project) -> None:
        body = (
            "::: optional priority=low name=x\nMore. [@safety.second]\n:::\n\n"
            "Words. [@safety.call]\n"
        )
        page = page_of(project, body)
        assert page.ledger.sources == ["MADE-UP-1", "MADE-UP-2"]
        assert said(page) == ["More. [2]", "Words. [1]"]
        assert said(page, Fit(shown=0))[0] == "Words. [1]"
        assert (listed(page.printed(Fit(shown=0))), listed(page.twin)) == ([1], [1, 2])


class TestWordsThatMayBeLeftOff:
    BODY = (
        "::: optional priority=low name=less\nLess.\n:::\n\n"
        "::: optional priority=high name=more\nMore.\n:::\n\nWords.\n"
    )

    def test_they_go_by_their_priority(self, project: Project) -> None:
        page = page_of(project, self.BODY)
        assert said(page) == ["Less.", "More.", "Words."]
        assert said(page, Fit(shown=1))[:2] == ["More.", "Words."]
        assert said(page, Fit(shown=0))[:1] == ["Words."]

    def test_the_twin_shows_them_however_the_page_is_set(self, project: Project) -> None:
        page = page_of(project, self.BODY).fitted(Fit(shown=0))
        assert "Less." not in page.html
        assert "Less." in page.twin
        assert "More." in page.twin

    def test_words_in_others_never_outlive_them(self, project: Project) -> None:
        body = (
            ":::: optional priority=low name=outer\nOuter.\n\n"
            "::: optional priority=high name=inner\nInner. [@safety.second]\n:::\n::::\n\n"
            "::: optional priority=medium name=other\nOther.\n:::\n"
        )
        page = page_of(project, body)
        assert [each.name for each in page.ranks.order] == ["other", "outer", "inner"]
        for shown, words in enumerate([[], ["Other."], ["Outer.", "Other."]]):
            assert said(page, Fit(shown))[: len(words)] == words
            assert listed(page.printed(Fit(shown))) == []
        assert said(page) == ["Outer.", "Inner. [1]", "Other."]

    @pytest.mark.parametrize("edition", PAGES[4:], ids=lambda each: each.id)
    def test_the_twin_of_ours_shows_all_that_any_page_shows(self, edition: Edition) -> None:
        document = ours(edition)
        twin = plainly(composed_text(document.twin))
        source = (ROOT / document.source).read_text(encoding="utf-8")
        blocks = re.findall(r"::: optional .*?\n(.*?)\n:::\n", source, re.DOTALL)
        assert len(blocks) == len(document.ranks.order)
        for block in blocks:
            last = re.split(r"[\]}]", block)
            words = [plainly(each.lstrip("- ")).split("[@")[0].split("{{")[0] for each in last]
            for piece in words:
                assert piece.replace("**", "").strip() in twin


class TestRowsOfATrial:
    @staticmethod
    def places(trial: Trial) -> list[tuple[int, int]]:
        """Each landmark row with the row whose curve it is read off."""
        found: list[tuple[int, int]] = []
        for analysis in trial.analyses:
            head: int | None = None
            for place, row in enumerate(trial.outcomes):
                if row.analysis != analysis.id:
                    continue
                if head is not None and is_landmark_of(row, trial.outcomes[head]):
                    found.append((place, head))
                else:
                    head = place
        return found

    @pytest.mark.parametrize("edition", PAGES[:4], ids=lambda each: each.id)
    def test_a_landmark_never_outlives_the_row_it_is_read_off(self, edition: Edition) -> None:
        ranks, trial = ours(edition).ranks, our_library().trials[edition.id].value
        for place, head in self.places(trial):
            assert ranks.of(("outcomes", place)) >= ranks.of(("outcomes", head))

    def test_one_that_weighs_more_than_its_row_goes_with_it(self, project: Project) -> None:
        project.replace(TRIAL, "    role: primary\n", "    role: secondary\n    priority: low\n")
        library = load_library(project.root / "content", project.root)
        edition = Edition("made-up", Kind.TRIAL, "en", Format.STANDARD, Paper.A4, "default")
        page = composed(edition, library)
        assert self.places(library.trials["made-up"].value) == [(1, 0)]
        assert [each.name for each in page.ranks.order] == ["MADE-UP", "Overall survival", "Alive"]
        for shown, rows in [(1, []), (2, ["Overall"]), (3, ["Overall", "Alive"])]:
            heads = re.findall(
                r'<th scope="row"[^>]*>(?:<[^>]*>)*\s*(\w+)', page.printed(Fit(shown))
            )
            assert [each for each in heads if each in {"Overall", "Alive"}] == rows


class TestPairs:
    def test_two_facts_that_are_compared_stay_on_one_line(self, project: Project) -> None:
        body = "PFS {{ made-up.survival.drug | number }} v {{ made-up.survival.placebo }}.\n"
        page = page_of(project, body).html
        (pair,) = re.findall(r'<span class="together">(.*?</span> v .*?</span>)</span>', page)
        assert re.findall(r'data-fact="([^"]+)"', pair) == [
            *("made-up.survival.drug", "made-up.survival.placebo"),
        ]

    @pytest.mark.parametrize("between", [" or ", " v. ", " and v "])
    def test_others_may_be_parted(self, project: Project, between: str) -> None:
        body = f"{{{{ made-up.survival.drug }}}}{between}{{{{ made-up.survival.placebo }}}} here.\n"
        assert '<span class="together"><span class="fact"' not in page_of(project, body).html


ABOUT = re.compile(
    r"(Primary|Secondary|Confirmatory|Descriptive|Exploratory|Sensitivity|Interim), "
    r"(\d[\d,]* v \d[\d,]*|\d[\d,]* in all|number of people not seen)\. "
    r"(Data cut and follow-up not seen"
    r"|(Data cut not seen|Data cut .*\d{4}); (follow-up not seen|follow-up \d.* (months|years)))\. "
    r"\[[\d, ]+\]"
)


class TestAComparison:
    def test_each_result_says_role_people_data_cut_follow_up_and_sources(self) -> None:
        cells = re.findall(r'<div class="comparison-table__about">(.*?)</div>', ours(FOUR).html)
        texts = [plainly(composed_text(f"<p>{each}</p>")) for each in cells]
        assert len(texts) == 3 * 4
        assert [each for each in texts if not ABOUT.fullmatch(each)] == []

    def test_every_trial_answers_every_question(self) -> None:
        (table,) = re.findall(
            r'<table class="comparison-table">.*?</table>', ours(FOUR).html, re.DOTALL
        )
        rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
        assert len(rows) == 8
        for row in rows:
            cells = re.findall(r"<td>(.*?)</td>", row, re.DOTALL)
            assert [bool(plainly(composed_text(f"<p>{each}</p>"))) for each in cells] == [True] * 4

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("", "", "Data cut 31 January 2019; follow-up 24.0 months"),
            (
                "data_cutoff: 2019-01-31", "data_cutoff: not seen",
                "Data cut not seen; follow-up 24.0 months",
            ),
            (
                "follow_up: {value: 24.0, unit: months}", "follow_up: not seen",
                "Data cut 31 January 2019; follow-up not seen",
            ),
            (
                "data_cutoff: 2019-01-31\n    follow_up: {value: 24.0, unit: months}",
                "data_cutoff: not seen\n    follow_up: not seen",
                "Data cut and follow-up not seen",
            ),
        ],
        ids=["both", "no data cut", "no follow-up", "neither"],
    )  # fmt: skip
    def test_a_missing_data_cut_or_follow_up_is_named(
        self, project: Project, old: str, new: str, words: str
    ) -> None:
        project.replace(TRIAL, old, new)
        library = load_library(project.root / "content", project.root)
        writing = Writing(Audience.CLINICIAN, "en", lambda text: text, library.book.get)
        printer = Words(library.book, writing, None, "a.md", Ledger())
        (analysis,) = library.trials["made-up"].value.analyses
        text = cut_words(analysis, printer, "made-up", brief=True)
        assert plainly(text.striptags()) == words

    def test_people_that_nobody_saw_counted_are_named(self, project: Project) -> None:
        total = "    name: all randomised\n    total: 300\n    arms: {drug: 200, placebo: 100}\n"
        some = f"  - id: some\n{total}".replace("300", "not seen").replace(
            "{drug: 200, placebo: 100}", "not seen"
        )
        some += "    sources: [MADE-UP-1]\n    seen: abstract\n"
        project.replace(TRIAL, "outcomes:\n", f"{some}outcomes:\n")
        project.replace(TRIAL, "    population: all\n", "    population: some\n")
        other = project.text(TRIAL).replace("MADE-TR-01", "MADE-TR-02")
        project.write("content/trials/made-up-too/trial.yaml", other)
        project.write("content/clinician/made-up-page/en.md", COMPARISON)
        library = load_library(project.root / "content", project.root)
        assert [each for each in library.problems if each.severity == "error"] == []
        page = composed(replace(MADE_UP, kind=Kind.COMPARISON), library)
        words = plainly(composed_text(page.html))
        assert words.count("Primary, number of people not seen. Data cut 31 January 2019;") == 4
        assert words.count("Descriptive, 200 v 100. Data cut 31 January 2019;") == 2

    def test_a_ratio_is_called_by_its_own_name_and_by_no_other(self, project: Project) -> None:
        project.replace(TRIAL, "measure: hazard ratio", "measure: odds ratio")
        other = project.text(TRIAL).replace("MADE-TR-01", "MADE-TR-02")
        project.write("content/trials/made-up-too/trial.yaml", other)
        project.write("content/clinician/made-up-page/en.md", COMPARISON)
        library = load_library(project.root / "content", project.root)
        assert [each for each in library.problems if each.severity == "error"] == []
        compared = composed(replace(MADE_UP, kind=Kind.COMPARISON), library)
        trial = composed(replace(MADE_UP, id="made-up", kind=Kind.TRIAL), library)
        assert "OR 0.60 (0.45 to 0.80)" in plainly(composed_text(compared.html))
        assert "Odds ratio (95% CI)" in plainly(compared.twin)
        assert '<th scope="col">Odds ratio</th>' in trial.html
        for page in (compared.html, trial.html):
            assert not re.search(r"hazard|\bHR\b", page, re.IGNORECASE)

    def test_ratios_of_two_kinds_are_told_apart_in_a_row_and_not_plotted_together(
        self, project: Project
    ) -> None:
        effect = "effect: {measure: risk ratio, value: 1.30, ci: [1.10, 1.54], p: not seen}"
        project.replace(TRIAL, "effect: not applicable", effect)
        trial = composed(
            replace(MADE_UP, id="made-up", kind=Kind.TRIAL),
            load_library(project.root / "content", project.root),
        )
        words = plainly(composed_text(trial.html))
        assert "HR 0.60 (0.45 to 0.80)" in words
        assert "RR 1.30 (1.10 to 1.54)" in words
        assert '<th scope="col">Ratio</th>' in trial.html
        other = project.text(TRIAL).replace("MADE-TR-01", "MADE-TR-02")
        project.write("content/trials/made-up-too/trial.yaml", other)
        mixed = COMPARISON.replace("plotted: [survival]", "plotted: [survival, alive]", 1)
        project.write("content/clinician/made-up-page/en.md", mixed)
        library = load_library(project.root / "content", project.root)
        (problem,) = (each for each in library.problems if each.severity == "error")
        assert problem.message == "one plot can't hold hazard ratios and risk ratios"
        lines = mixed.splitlines()
        line = next(i for i, each in enumerate(lines, 1) if each.endswith("[survival, alive]"))
        column = lines[line - 1].index("alive") + 1
        assert (problem.code, problem.line, problem.column) == ("wrong-value", line, column)

    def test_the_forest_has_a_row_for_each_trial_and_endpoint_and_none_for_all(self) -> None:
        document = ours(FOUR)
        (numbers,) = re.findall(
            r'<details class="chart-figure__numbers">.*?</details>', document.twin, re.DOTALL
        )
        rows = re.findall(r'<th scope="row" data-plain="">(.*?)</th>', numbers)
        front = our_library().clinician["four-trials", "en"].front
        assert isinstance(front, ComparisonFront)
        plotted = [(each.trial, name) for each in front.trials for name in each.plotted]
        assert len(rows) == len(set(rows)) == len(plotted)
        for row, (trial, _) in zip(rows, plotted, strict=True):
            assert row.startswith(f"{our_library().trials[trial].value.acronym}, ")
        drawn = [each for each in document.ledger.printed if each.form == "chart"]
        ratios = [each.fact.address for each in drawn if each.fact.address.endswith(".ratio")]
        assert ratios == [f"{trial}.{name}.ratio" for trial, name in plotted]
        (figure,) = re.findall(
            r'<figure class="comparison-forest">.*?</figure>', document.html, re.DOTALL
        )
        words = plainly(composed_text(figure))
        assert "not comparable with each other" in words
        assert not re.search(r"overall\b(?! survival)|pooled|combined|total", words, re.IGNORECASE)
        assert len(re.findall(r"\b[A-Za-z0-9]+, (?:PFS|OS|iDFS)", words)) == len(plotted)


def problem_with(project: Project, component: str) -> Diagnostic:
    with pytest.raises(InvalidInput) as caught:
        page_of(project, f"Words.\n\n{component}\n:::\n")
    (problem,) = caught.value.diagnostics
    assert problem.place == f"content/clinician/made-up-page/en.md:{BODY_LINE + 2}:1"
    return problem


class TestDiagrams:
    @pytest.mark.parametrize(
        ("component", "message", "hint"),
        [
            (
                "::: diagram name=signal view=only",
                "there is no diagram `signal`", "did you mean `signals`?",
            ),
            (
                "::: diagram name=signals view=onyl",
                "diagram `signals` has no view `onyl`", "did you mean `only`?",
            ),
        ],
        ids=["diagram", "view"],
    )  # fmt: skip
    def test_one_that_nobody_knows_is_told_at_its_line(
        self, project: Project, component: str, message: str, hint: str
    ) -> None:
        problem = problem_with(project.write(DIAGRAM, TEXT), component)
        assert (problem.code, problem.message, problem.hint) == ("unknown-diagram", message, hint)

    def test_one_without_labels_in_the_language_is_told_too(self, project: Project) -> None:
        spanish = TEXT.replace("{en:", "{es:").replace("languages: [en]", "languages: [es]")
        problem = problem_with(
            project.write(DIAGRAM, spanish), "::: diagram name=signals view=only"
        )
        assert (problem.code, problem.message) == (
            *("unknown-diagram", "diagram `signals` has no labels in language `en`"),
        )

    def test_one_that_is_there_is_drawn_with_its_caption(self) -> None:
        view = our_library().diagrams["her2-pathways"].value.views["full"]
        page = ours(RESISTANCE).html
        assert f"<title>{html.escape(view.alt['en'])}</title>" in page
        assert plainly(view.caption["en"]) in plainly(composed_text(page))

    def test_its_numbers_are_those_of_the_table_beside_it(self) -> None:
        page = ours(RESISTANCE).html
        (figure,) = re.findall(r'<figure class="diagram"[^>]*>.*?</figure>', page, re.DOTALL)
        drawn = [int(each) for each in re.findall(r"<text[^>]*>(\d+)</text>", figure)]
        rows = re.findall(r'data-fact="her2-pathways\.([\w-]+)">(\d+)</span>', page)
        marks = our_library().diagrams["her2-pathways"].value.marks
        assert [name for name, _ in rows] == list(marks)
        assert [int(number) for _, number in rows] == list(range(1, len(marks) + 1))
        assert sorted(drawn) == list(range(1, len(marks) + 1))
