"""The fit of a page for clinicians, from its record to paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import weasyprint

from handouts.build.folders import Folders, find_folders
from handouts.build.job import Press, look_of
from handouts.build.result import Result, Setup
from handouts.build.typesetting import Typesetter, fit_notes
from handouts.checks.paper import CLINICIAN_FLOORS, check_type_size
from handouts.diagnostics import Diagnostic, Severity
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.compose import HtmlDocument
from handouts.rendering.composed import composed_text
from handouts.rendering.fit import TIGHTEST, Fit
from tests.loading.small import TRIAL, small_project
from tests.projects import ROOT, Project
from tests.rendering.samples import HANDOUT, page, renderer
from tests.rendering.test_compose import ours

OURSELVES = Folders(ROOT, ROOT / "content", ROOT / "output")
TODAY = date(2026, 11, 20)
MADE_UP = Edition("made-up", Kind.TRIAL, "en", Format.STANDARD, Paper.A4, "default")


def ourselves() -> Typesetter:
    """What sets our own library."""
    return Typesetter(OURSELVES, look_of(OURSELVES))


@dataclass(frozen=True)
class Made:
    """A trial page that was made from a record."""

    result: Result
    document: HtmlDocument

    @property
    def left_off(self) -> list[str]:
        """Names of what the page does not show, the first to go last."""
        return [each.name for each in self.document.ranks.left_off(self.document.fit)]

    def said(self, code: str) -> list[Diagnostic]:
        both = (*self.result.diagnostics, *self.result.page_diagnostics)
        return [each for each in both if each.code == code]


def made(project: Project) -> Made:
    press = Press(Setup(find_folders(None, None, project.root), TODAY))
    result = press.make(MADE_UP)
    assert result.crash is None, result.crash
    return Made(result, press._documents[MADE_UP].document)


def points(count: int, priority: str, words: str) -> str:
    """Limits of a trial, each with these words and with its number as a word."""
    return "".join(
        f'  - {{text: "Limit {"abcdefghijklmnopqrstuvwxyz"[n // 26]}'
        f'{"abcdefghijklmnopqrstuvwxyz"[n % 26]}. {words}",'
        f" sources: [MADE-UP-1], seen: abstract, priority: {priority}}}\n"
        for n in range(count)
    )


LONG = "It takes all of a line of a column, and some of the next, to say it in full."


def with_limits(folder: Path, *more: str) -> Project:
    return small_project(folder).replace(TRIAL, "limits:\n", "limits:\n" + "".join(more))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A page with more points than it has room for."""
    folder = tmp_path_factory.mktemp("full")
    low, high = points(14, "low", f"{LONG} {LONG} {LONG}"), points(2, "high", f"Kept. {LONG}")
    needed = points(1, "required", f"Needed. {LONG}")
    return made(with_limits(folder, low, high, needed))


class TestAPageWithRoom:
    def test_it_shows_everything_at_the_loosest_setting(self, tmp_path: Path) -> None:
        found = made(with_limits(tmp_path, points(3, "low", LONG)))
        assert len(found.document.ranks.order) == 4
        assert (found.left_off, found.document.fit.setting) == ([], 0)
        assert found.said("left-off") == []
        assert "On the HTML page only" not in found.document.html
        assert found.document.html.count("It takes all of a line") == 3


class TestAPageWithTooMuch:
    def test_it_is_made_on_one_page(self, full: Made) -> None:
        assert full.result.entry is not None
        assert full.result.entry.pages == 1

    def test_the_last_of_the_least_priority_go_first(self, full: Made) -> None:
        names = [each.name for each in full.document.ranks.order]
        shown = len(names) - len(full.left_off)
        assert 2 < shown < len(names)
        assert full.left_off == names[shown:]
        assert [each for each in full.left_off if "Kept" in each] == []
        assert "Limit an." in full.left_off[-1]

    def test_what_is_required_and_what_weighs_more_stays(self, full: Made) -> None:
        assert full.document.html.count("Needed. It takes") == 1
        assert full.document.html.count("Kept. It takes") == 2
        assert "It never happened." in composed_text(full.document.html)

    def test_another_block_would_not_have_fitted(self, full: Made) -> None:
        fit = full.document.fit
        more = full.document.fitted(Fit(fit.shown + 1, fit.setting))
        assert ourselves().render(more, MADE_UP, Path.read_bytes).page_count == 2

    def test_it_says_so_with_all_names(self, full: Made) -> None:
        (found,) = full.said("left-off")
        assert found.severity is Severity.NOTE
        assert found.path == "content/trials/made-up/trial.yaml"
        for name in full.left_off:
            assert name in found.message
        count = len(full.left_off)
        assert found.message.startswith(f"no room on the page for points ({count}): ")

    def test_the_page_counts_them_and_the_twin_shows_them(self, full: Made) -> None:
        words = composed_text(full.document.html)
        assert f"On the HTML page only: {len(full.left_off)} points." in words
        assert full.document.twin.count(" Kept. ") == 2
        assert full.document.twin.count("It takes all of a line") == 3 * 14 + 3
        assert "On the HTML page only" not in full.document.twin


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A page with more required points than it has room for."""
    required = points(50, "required", LONG)
    return made(with_limits(tmp_path_factory.mktemp("over"), required))


class TestAPageWhoseRequiredBlocksDoNotFit:
    def test_it_fails(self, over: Made) -> None:
        assert over.result.entry is None
        (problem,) = over.said("too-many-pages")
        assert problem.severity is Severity.ERROR
        assert problem.message == "takes 2 pages, may take 1"
        assert problem.path == "content/trials/made-up/trial.yaml"

    def test_the_block_it_runs_over_in_is_named(self, over: Made) -> None:
        (problem,) = over.said("too-many-pages")
        assert problem.hint is not None
        named = re.match(r"it runs over in `(.*?)`, from `(.*)` on", problem.hint)
        assert named is not None, problem.hint
        assert f">{named[1]}<" in over.document.html

    def test_it_is_set_as_tightly_as_may_be_without_what_may_go(self, over: Made) -> None:
        assert over.document.fit == Fit(0, TIGHTEST)
        assert over.left_off == ["MADE-UP"]
        assert over.document.html.count("It takes all of a line") == 50


CLINICIANS = [
    *((Kind.TRIAL, name) for name in ("aphinity", "cleopatra", "extenet", "her2climb")),
    (Kind.COMPARISON, "four-trials"),
    (Kind.REFERENCE, "resistance-mechanisms"),
    (Kind.REFERENCE, "trial-methods"),
]
OURS = pytest.mark.parametrize(("kind", "name"), CLINICIANS, ids=[each for _, each in CLINICIANS])


def edition(kind: Kind, name: str) -> Edition:
    return Edition(name, kind, "en", Format.STANDARD, Paper.A4, "default")


class TestOurPages:
    @OURS
    def test_nothing_is_set_below_the_floor_at_the_tightest_setting(
        self, kind: Kind, name: str
    ) -> None:
        tight = ours(edition(kind, name)).fitted(Fit(0, TIGHTEST))
        pdf = ourselves().render(tight, edition(kind, name), Path.read_bytes)
        assert check_type_size(pdf, floors=CLINICIAN_FLOORS) == []
        near = {"text": CLINICIAN_FLOORS["text"] + 0.1}
        assert check_type_size(pdf, floors=near), "the tightest setting is not at its floor"

    @OURS
    def test_the_page_says_that_something_is_left_off_if_it_is(self, kind: Kind, name: str) -> None:
        document = ours(edition(kind, name))
        for shown in range(len(document.ranks.order) + 1):
            page = document.fitted(Fit(shown))
            is_cut = shown < len(document.ranks.order)
            assert bool(fit_notes(page)) == ("On the HTML page only" in page.html) == is_cut

    def test_a_fit_is_the_same_for_all_papers(self) -> None:
        for kind, name in CLINICIANS[-2:]:
            on_a4 = edition(kind, name)
            document = ours(on_a4)
            fits = {
                ourselves().fitted(document, replace(on_a4, paper=paper), Path.read_bytes).fit
                for paper in Paper
            }
            assert len(fits) == 1


ONE = page("<h1>One</h1><p>A short page.</p>", style="p { colour: red }")
OTHER = page("<h1>Other</h1><p>Another page.</p>")


def codes(diagnostics: Iterable[Diagnostic]) -> list[str]:
    return [each.code for each in diagnostics]


class TestRoom:
    def test_a_document_of_more_pages_has_none(self) -> None:
        assert renderer().room(HANDOUT, base_url=ROOT) is None

    def test_a_document_of_one_page_leaves_a_share_that_shrinks_with_its_words(self) -> None:
        short = renderer().room(OTHER, base_url=ROOT)
        longer = renderer().room(
            page(f"<h1>Other</h1>{'<p>Another page.</p>' * 10}"), base_url=ROOT
        )
        assert short is not None
        assert longer is not None
        assert 0 < longer < short < 1

    @pytest.mark.parametrize("between", [None, OTHER, HANDOUT], ids=["none", "one", "three pages"])
    def test_a_document_is_written_alike_after_it(self, between: str | None) -> None:
        alone = renderer().render(ONE, base_url=ROOT, path="a.md")
        renderer().room(ONE, base_url=ROOT)
        if between:
            renderer().room(between, base_url=ROOT)
        after = renderer().render(ONE, base_url=ROOT, path="a.md")
        assert after.data == alone.data
        assert after.layout == alone.layout
        assert after.diagnostics == alone.diagnostics

    def test_another_document_is_not_written_in_its_place(self) -> None:
        alone = renderer().render(OTHER, base_url=ROOT).data
        renderer().room(ONE, base_url=ROOT)
        assert renderer().render(OTHER, base_url=ROOT).data == alone

    def test_what_went_wrong_in_the_layout_is_said_with_the_page(self) -> None:
        renderer().room(ONE, base_url=ROOT)
        kept = renderer().render(ONE, base_url=ROOT, path="a.md")
        assert codes(kept.diagnostics) == ["weasyprint"]
        assert renderer().render(OTHER, base_url=ROOT).diagnostics == ()

    def test_a_layout_that_will_do_is_written_and_not_made_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        laid_out: list[str] = []
        layout = weasyprint.HTML.render

        def counted(html: weasyprint.HTML, *args: Any, **more: Any) -> Any:
            laid_out.append("once")
            return layout(html, *args, **more)

        monkeypatch.setattr(weasyprint.HTML, "render", counted)
        renderer().room(OTHER, base_url=ROOT)
        renderer().render(OTHER, base_url=ROOT)
        assert laid_out == ["once"]
