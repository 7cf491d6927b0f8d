from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from handouts.diagnostics import InvalidInput
from handouts.loading.library import Library, load_library
from handouts.models.clinic import Clinic, Phone
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.models.priority import Priority
from handouts.models.provenance import Seen
from handouts.models.record import Record
from handouts.models.review import Review, ReviewState
from handouts.rendering.compose import HtmlDocument, Look, compose
from handouts.rendering.composed import composed_text
from handouts.rendering.fit import Fit
from handouts.tokens import read_tokens
from tests.projects import PATIENT, ROOT, TRIAL, Project, new_project

TODAY = date(2026, 11, 20)
BANNER = "Draft. No clinician has checked this page. Do not give it to patients."
SHEET = Edition(
    "her2climb-stops-working", Kind.PATIENT, "en", Format.STANDARD, Paper.A4, "default"
)  # fmt: skip
SUMMARY = Edition("her2climb", Kind.TRIAL, "en", Format.STANDARD, Paper.A4, "default")
BOTH = pytest.mark.parametrize("edition", [SHEET, SUMMARY], ids=["handout", "trial"])
LOOK = Look((ROOT / "templates",), (ROOT / "styles",), str)
TOKENS = read_tokens("patient.css", lambda name: (ROOT / "styles" / name).read_text("utf-8"))
FILL, PAPER = TOKENS.text("brand"), TOKENS.text("paper")


@cache
def our_library() -> Library:
    return load_library(ROOT / "content", ROOT)


@cache
def ours(edition: Edition) -> HtmlDocument:
    return composed(edition, our_library())


def composed(
    edition: Edition, library: Library, today: date = TODAY, look: Look = LOOK
) -> HtmlDocument:
    return compose(edition, library, look, today, Path.read_bytes)


def library_of(project: Project) -> Library:
    library = load_library(project.root / "content", project.root)
    assert not {TRIAL, PATIENT} & library.failed
    return library


def printed(html: str) -> dict[str, list[str]]:
    """The texts of every fact that is printed, by its address, with ordinary spaces."""
    found: dict[str, list[str]] = {}
    for address, text in re.findall(r'data-fact="([^"]+)">([^<]*)</span>', html):
        found.setdefault(address, []).append(text.replace("\u00a0", " "))
    return found


def drawings(html: str) -> dict[str, str]:
    """Every drawing of a page, by its alt text."""
    charts = re.findall(r'<svg[^>]* class="chart".*?</svg>', html, re.DOTALL)
    return {re.findall(r"<title>(.*?)</title>", each)[0]: each for each in charts}


def marks(svg: str, colour: str) -> int:
    return len(re.findall(rf'<use[^>]* fill="{colour}"', svg))


def pictures_of_people(html: str) -> dict[str, tuple[int, int]]:
    """Of each icon array: how many of its marks are filled and how many are empty."""
    return {
        alt: (marks(svg, FILL), marks(svg, PAPER))
        for alt, svg in drawings(html).items()
        if "circles" in alt
    }


class TestBothDocuments:
    @BOTH
    def test_they_are_composed_without_a_problem(self, edition: Edition) -> None:
        document = ours(edition)
        assert document.problems == ()
        assert document.ledger.problems == []
        assert document.language == "en"
        assert document.version
        assert document.reference.endswith("-EN")

    @BOTH
    def test_the_same_inputs_give_the_same_page(self, edition: Edition) -> None:
        again = composed(edition, our_library(), date(2031, 1, 1))
        assert (again.html, again.twin) == (ours(edition).html, ours(edition).twin)

    @BOTH
    def test_the_banner_is_real_text_once_near_the_top(self, edition: Edition) -> None:
        for html in (ours(edition).html, ours(edition).twin):
            lines = composed_text(html).splitlines()
            assert sum(line.count(BANNER) for line in lines) == 1
            assert any(BANNER in line for line in lines[:4])

    @BOTH
    def test_margins_get_their_words_from_the_page(self, edition: Edition) -> None:
        document = ours(edition)
        (opening,) = re.findall(r"<main [^>]*>", document.html)
        assert f'data-banner="{BANNER}"' in opening
        assert document.reference in opening
        assert f"{document.fingerprint[:4]}-{document.fingerprint[4:8]}" in opening

    @BOTH
    def test_every_fact_that_is_printed_is_written_down_with_a_source(
        self, edition: Edition
    ) -> None:
        document = ours(edition)
        known = {each.fact.address for each in document.ledger.printed}
        assert known == set(printed(document.twin)) | {
            each.fact.address for each in document.ledger.printed if each.form == "chart"
        }
        for fact in document.ledger.facts():
            assert fact.source.sources or fact.source.seen in {Seen.OWN_KNOWLEDGE, Seen.GENERAL}

    @BOTH
    def test_every_drawing_says_what_it_shows_in_few_words(self, edition: Edition) -> None:
        alts = drawings(ours(edition).html)
        assert alts
        assert all(10 < len(alt) <= 250 for alt in alts)

    @BOTH
    def test_no_id_is_given_twice(self, edition: Edition) -> None:
        for html in (ours(edition).html, ours(edition).twin):
            ids = re.findall(r'\sid="([^"]+)"', html)
            assert len(ids) == len(set(ids))

    @BOTH
    def test_the_twin_of_a_draft_is_kept_out_of_searches(self, edition: Edition) -> None:
        assert '<meta name="robots" content="noindex">' in ours(edition).twin

    @BOTH
    def test_the_twin_prints_all_that_the_page_prints(self, edition: Edition) -> None:
        assert set(printed(ours(edition).html)) <= set(printed(ours(edition).twin))

    def test_rows_left_out_on_paper_are_in_the_twin(self) -> None:
        trial = our_library().trials["her2climb"].value
        left_out = {each.id for each in trial.outcomes if each.priority is Priority.LOW}
        assert left_out
        document = ours(SUMMARY).fitted(Fit(shown=0))
        for name in left_out:
            row = f"her2climb.{name}."
            assert not [each for each in printed(document.html) if each.startswith(row)]
            assert [each for each in printed(document.twin) if each.startswith(row)]


class TestTheHandout:
    def test_it_prints_no_survival_figure(self) -> None:
        document = ours(SHEET)
        addresses = {each.fact.address for each in document.ledger.printed}
        assert addresses
        assert not {each for each in addresses if re.search(r"\.os\b|\.os-", each)}
        assert "survival" not in composed_text(document.html).lower()

    def test_both_frames_of_a_picture_make_a_hundred(self) -> None:
        texts = printed(ours(SHEET).html)
        for arm in ("tucatinib", "placebo"):
            counts = [int(each.split()[0]) for each in texts[f"her2climb.pfs-1y.{arm}"]]
            assert len(counts) == 2
            assert sum(counts) == 100

    def test_a_picture_shows_the_count_that_stands_beside_it(self) -> None:
        document = ours(SHEET)
        texts = printed(document.html)
        counts = [
            int(texts[f"her2climb.pfs-1y.{arm}"][0].split()[0]) for arm in ("tucatinib", "placebo")
        ]
        shown = pictures_of_people(document.html)
        assert list(shown.values()) == [(count, 100 - count) for count in counts]
        for alt, (filled, empty) in shown.items():
            assert f"{filled} of 100 circles are filled" in alt
            assert f"{empty}: " in alt

    def test_the_difference_is_that_of_the_counts(self) -> None:
        texts = printed(ours(SHEET).html)
        more = int(texts["her2climb.pfs-1y.difference"][0].split()[0])
        first, second = (
            int(texts[f"her2climb.pfs-1y.{arm}"][0].split()[0]) for arm in ("tucatinib", "placebo")
        )
        assert more == first - second

    def test_what_has_no_source_says_so_each_time(self) -> None:
        document = ours(SHEET)
        unverified = [each for each in document.ledger.facts() if each.is_unverified]
        assert unverified
        marked = re.findall(r'<span class="unverified">(\([^<]+\))</span>', document.html)
        assert len(marked) == len(unverified)

    def test_what_has_one_does_not(self) -> None:
        library = our_library()
        facts = {
            address: replace(fact, source=replace(fact.source, seen=Seen.LABEL))
            for address, fact in library.book.facts.items()
        }
        checked = replace(library, book=replace(library.book, facts=facts))
        assert "unverified" not in composed(SHEET, checked).html


@pytest.fixture(scope="module")
def one_number_changed(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Our library with another share of people on tucatinib without growth after a year."""
    project = new_project(tmp_path_factory.mktemp("one-number"))
    return library_of(
        project.replace(TRIAL, "tucatinib: {value: 33.1,", "tucatinib: {value: 41.2,")
    )


class TestOneNumberIsChangedInOnePlace:
    ADDRESS = "her2climb.pfs-1y.tucatinib"
    DIFFERENCE = "her2climb.pfs-1y.difference"

    def test_tables_and_sentences_of_the_trial_page_follow(
        self, one_number_changed: Library
    ) -> None:
        before = printed(ours(SUMMARY).html)
        after = printed(composed(SUMMARY, one_number_changed).html)
        assert set(before[self.ADDRESS]) == {"33.1%"}
        assert set(after[self.ADDRESS]) == {"41.2%"}
        assert len(after[self.ADDRESS]) == len(before[self.ADDRESS]) >= 2
        assert set(after[self.DIFFERENCE]) == {"+28.9 points"}

    def test_sentences_and_pictures_of_the_handout_follow(
        self, one_number_changed: Library
    ) -> None:
        document = composed(SHEET, one_number_changed)
        texts = printed(document.html)
        assert texts[self.ADDRESS] == ["41 of 100", "59 of 100"]
        assert texts[self.DIFFERENCE] == ["29 more of 100"]
        first, second = pictures_of_people(document.html).items()
        assert first[1] == (41, 59)
        assert "41 of 100 circles are filled" in first[0]
        assert "The other 59: " in first[0]
        assert second in pictures_of_people(ours(SHEET).html).items()

    @BOTH
    def test_nothing_of_the_old_number_is_left(
        self, edition: Edition, one_number_changed: Library
    ) -> None:
        old = re.compile(r"\b33(\.1)?(%|\s+of\s+100|\s+more)|\b67\s+of\s+100|\b20\.8\b|\b21 more")
        document = composed(edition, one_number_changed)
        for html in (document.html, document.twin):
            assert not old.search(composed_text(html).replace("\u00a0", " "))
            assert not any(old.search(alt) for alt in drawings(html))
        assert old.search(composed_text(ours(edition).html).replace("\u00a0", " "))

    @BOTH
    def test_nothing_else_changes(self, edition: Edition, one_number_changed: Library) -> None:
        before = printed(ours(edition).twin)
        after = printed(composed(edition, one_number_changed).twin)
        changed = {address for address in before if before[address] != after.get(address)}
        assert changed == {self.ADDRESS, self.DIFFERENCE}
        assert before.keys() == after.keys()

    @BOTH
    def test_the_fingerprint_changes(self, edition: Edition, one_number_changed: Library) -> None:
        assert composed(edition, one_number_changed).fingerprint != ours(edition).fingerprint


def test_a_ratio_is_changed_in_one_place_and_the_plot_follows(tmp_path: Path) -> None:
    old = "value: 0.54, ci: [0.42, 0.71]"
    project = new_project(tmp_path).replace(TRIAL, old, "value: 0.45, ci: [0.34, 0.59]")
    library = library_of(project)
    after, before = composed(SUMMARY, library), ours(SUMMARY)
    assert set(printed(after.html)["her2climb.pfs.ratio"]) == {
        text.replace("0.54", "0.45").replace("0.42 to 0.71", "0.34 to 0.59")
        for text in printed(before.html)["her2climb.pfs.ratio"]
    }
    changed = drawings(after.html).keys() - drawings(before.html).keys()
    (alt,) = changed
    assert "0.45, 95% interval 0.34 to 0.59" in alt
    assert drawings(after.html)[alt] not in drawings(before.html).values()
    assert composed(SHEET, library).html == ours(SHEET).html


class TestTheFingerprint:
    @pytest.mark.parametrize(
        "change", [{"paper": Paper.LETTER}, {"format": Format.LARGE_PRINT}], ids=str
    )
    def test_paper_and_format_do_not_change_it(self, change: Mapping[str, object]) -> None:
        edition = replace(SHEET, **change)  # type: ignore[arg-type]
        assert composed(edition, our_library()).fingerprint == ours(SHEET).fingerprint

    @BOTH
    def test_the_clinic_does_not_change_it(self, edition: Edition) -> None:
        library = our_library()
        clinic = Clinic(
            name="Clinic by the lake",
            day=Phone(number="555 0100", hours="8 to 4"),
            night_instruction="Go to the hospital.",
            emergency=Phone(number="112"),
            feedback="sheets@example.org",
            brand="#123456",
        )
        other = {"lake": Record("lake", "lake.yaml", clinic, library.clinics["default"].place)}
        document = composed(
            replace(edition, clinic="lake"), replace(library, clinics={**library.clinics, **other})
        )
        assert document.fingerprint == ours(edition).fingerprint
        if edition is SHEET:
            assert "Go to the hospital." in document.html
            assert 'href="tel:5550100"' in document.html

    def test_the_publisher_does_not_change_it(self) -> None:
        library = our_library()
        settings = replace(library.project.value, publisher="Another library")
        other = replace(library, project=replace(library.project, value=settings))
        assert composed(SHEET, other).fingerprint == ours(SHEET).fingerprint

    def test_a_word_changes_it(self, tmp_path: Path) -> None:
        project = new_project(tmp_path).replace(PATIENT, "\n## What", "\n## Now what")
        assert composed(SHEET, library_of(project)).fingerprint != ours(SHEET).fingerprint

    def test_a_fact_that_only_the_twin_prints_changes_it(self) -> None:
        library = our_library()
        record = library.trials["her2climb"]
        approvals = tuple(replace(each, text="Elsewhere.") for each in record.value.approvals)
        other = replace(record, value=replace(record.value, approvals=approvals))
        changed = composed(SUMMARY, replace(library, trials={"her2climb": other}))
        assert changed.fingerprint != ours(SUMMARY).fingerprint


def signed(
    edition: Edition, fingerprint: str, *, version: str | None = None, allow_draft: bool = True
) -> Library:
    """Our library with a document that a made-up reviewer has approved."""
    library = our_library()
    review = Review(
        by="A. Nobody", role="made-up reviewer", approved=TODAY,
        next_review=date(2028, 1, 2), version=version or ours(edition).version,
        fingerprint=fingerprint,
    )  # fmt: skip
    settings = replace(library.project.value, allow_draft=allow_draft)
    library = replace(library, project=replace(library.project, value=settings))
    if edition.kind is Kind.TRIAL:
        record = library.trials[edition.id]
        value = replace(record.value, review=review)
        return replace(library, trials={**library.trials, edition.id: replace(record, value=value)})
    handout = library.handouts[edition.id, edition.language]
    front = replace(handout.front, review=review)
    other = {(edition.id, edition.language): replace(handout, front=front)}
    return replace(library, handouts={**library.handouts, **other})


def codes(document: HtmlDocument) -> list[str]:
    return [each.code for each in document.problems]


class TestReview:
    @BOTH
    def test_a_document_nobody_has_signed_is_a_draft(self, edition: Edition) -> None:
        assert ours(edition).state is ReviewState.DRAFT
        assert ours(edition).review is None

    @BOTH
    def test_a_signature_under_these_words_and_numbers_makes_it_reviewed(
        self, edition: Edition
    ) -> None:
        document = composed(edition, signed(edition, ours(edition).fingerprint))
        assert document.state is ReviewState.REVIEWED
        assert document.problems == ()
        assert document.fingerprint == ours(edition).fingerprint
        for html in (document.html, document.twin):
            assert BANNER not in html
            assert "A. Nobody, made-up reviewer, 20\u00a0November\u00a02026" in html
            assert "2\u00a0January\u00a02028" in html
        assert "noindex" not in document.twin

    @BOTH
    def test_it_needs_no_leave_for_drafts(self, edition: Edition) -> None:
        library = signed(edition, ours(edition).fingerprint, allow_draft=False)
        assert composed(edition, library).problems == ()

    @pytest.mark.parametrize(
        ("today", "state", "problems"),
        [
            (date(2028, 1, 2), ReviewState.REVIEWED, []),
            (date(2028, 1, 3), ReviewState.EXPIRED, ["expired"]),
        ],
    )
    def test_it_ends_after_its_last_day(
        self, today: date, state: ReviewState, problems: list[str]
    ) -> None:
        document = composed(SHEET, signed(SHEET, ours(SHEET).fingerprint), today)
        assert document.state is state
        assert codes(document) == problems

    def test_today_decides_the_state_and_never_the_page(self) -> None:
        library = signed(SHEET, ours(SHEET).fingerprint)
        pages = {composed(SHEET, library, date(year, 5, 5)).html for year in (2026, 2027, 2030)}
        assert len(pages) == 1

    @BOTH
    def test_other_words_under_the_same_version_are_an_error(self, edition: Edition) -> None:
        document = composed(edition, signed(edition, "0" * 26))
        assert document.state is ReviewState.DRAFT
        assert codes(document) == ["version-unchanged"]
        assert document.problems[0].path == document.source
        assert document.fingerprint in (document.problems[0].hint or "")
        assert BANNER in document.html
        assert "A. Nobody" not in document.html

    @BOTH
    def test_other_words_under_a_new_version_are_a_draft_again(self, edition: Edition) -> None:
        document = composed(edition, signed(edition, "0" * 26, version="0.0"))
        assert document.state is ReviewState.DRAFT
        assert document.problems == ()

    def test_so_are_the_same_words_under_a_new_version(self) -> None:
        document = composed(SHEET, signed(SHEET, ours(SHEET).fingerprint, version="0.0"))
        assert document.state is ReviewState.DRAFT

    @BOTH
    def test_a_draft_needs_the_leave_of_the_project(self, edition: Edition) -> None:
        library = signed(edition, "0" * 26, version="0.0", allow_draft=False)
        assert codes(composed(edition, library)) == ["draft-not-allowed"]


class TestCells:
    def test_stand_beside_the_words_of_their_row(self) -> None:
        edition = replace(SHEET, id="what-her2-positive-means")
        table = re.search(
            r'<table class="stained-cells">.*?</table>', ours(edition).html, re.DOTALL
        )
        assert table
        rows = table[0].split("<tbody>")[1].split("</tr>")[:-1]
        drawn = [re.findall(r"<title>(.*?)</title>", row) for row in rows]
        assert drawn == [
            ["A cell without a ring.", "A cell with a faint ring that has gaps."],
            ["A cell with a thin ring all round."],
            ["A cell with a thick ring all round."],
        ]
        names = [re.sub(r"<svg.*?</svg>|<[^>]+>", "", row.split("</th>")[0]) for row in rows]
        assert [name.strip() for name in names] == ["IHC 0 or IHC 1+", "IHC 2+", "IHC 3+"]


class TestWhatKeepsADocumentFromBeingComposed:
    def test_all_mistakes_of_its_words_are_told_together(self, tmp_path: Path) -> None:
        project = new_project(tmp_path)
        words = (
            "\nA {{ her2climb.pfs-1y.nobody }}, {{ her2climb.pfs | of-100 }} [@resistance.nope]\n"
        )
        words += '\n::: words-to-know terms="nothing, HER2"\n:::\n'
        project.write(PATIENT, project.text(PATIENT) + words)
        with pytest.raises(InvalidInput) as caught:
            composed(SHEET, library_of(project))
        assert {each.code for each in caught.value.diagnostics} == {"unknown-fact", "unknown-term"}
        assert len(caught.value.diagnostics) == 4
        lines = project.text(PATIENT).splitlines()
        for each in caught.value.diagnostics:
            assert each.path == PATIENT
            assert "{{" in lines[(each.line or 0) - 1] or ":::" in lines[(each.line or 0) - 1]

    def test_a_record_with_errors_is_told_once(self, tmp_path: Path) -> None:
        project = new_project(tmp_path).replace(TRIAL, "randomised_total: 6", "randomised_total: 7")
        library = load_library(project.root / "content", project.root)
        with pytest.raises(InvalidInput) as caught:
            composed(SHEET, library)
        assert [each.code for each in caught.value.diagnostics] == ["broken-record"]

    def test_a_picture_needs_a_share_of_people(self, tmp_path: Path) -> None:
        project = new_project(tmp_path).replace(
            PATIENT, "fact=her2climb.pfs-1y", "fact=her2climb.pfs"
        )
        with pytest.raises(InvalidInput) as caught:
            composed(SHEET, library_of(project))
        assert {each.code for each in caught.value.diagnostics} == {"unsuitable-format"}

    @pytest.mark.parametrize(
        ("stains", "said"),
        [
            ("none strng", "`stains` can't have `strng`"),
            ("none strong strong", "the table has 2 row(s), `stains` has words for 3"),
            ("none+faint", "the table has 2 row(s), `stains` has words for 1"),
        ],
    )
    def test_cells_are_drawn_for_each_row_of_a_table_or_not_at_all(
        self, tmp_path: Path, stains: str, said: str
    ) -> None:
        project = new_project(tmp_path)
        words = f'\n::: stained-cells stains="{stains}"\n| a | b |\n|---|---|\n'
        words += "| c | d |\n| e | f |\n:::\n"
        project.write(PATIENT, project.text(PATIENT) + words)
        with pytest.raises(InvalidInput) as caught:
            composed(SHEET, library_of(project))
        assert [(each.code, each.message) for each in caught.value.diagnostics] == [
            ("wrong-value", said)
        ]
        line = project.text(PATIENT).splitlines()[(caught.value.diagnostics[0].line or 0) - 1]
        assert "stained-cells" in line

    def test_a_stylesheet_that_is_nowhere_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidInput, match="missing-stylesheet"):
            composed(SHEET, our_library(), look=replace(LOOK, styles=(tmp_path,)))

    @pytest.mark.parametrize("name", ["../secret.css", "/etc/hostname", "a/../../secret.css"])
    def test_nor_is_one_outside_of_the_styles_read(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "secret.css").write_text(":root { --brand: red }", encoding="utf-8")
        (tmp_path / "styles" / "a").mkdir(parents=True)
        (tmp_path / "styles" / "tokens.css").write_text(f'@import "{name}";', encoding="utf-8")
        look = replace(LOOK, styles=(tmp_path / "styles", *LOOK.styles))
        with pytest.raises(InvalidInput, match=f"`{name}` was not found"):
            composed(SHEET, our_library(), look=look)

    @pytest.mark.parametrize(
        ("text", "code"),
        [(b":root { --brand: red }", "missing-token"), (b"/* caf\xe9 */", "not-utf8")],
    )
    def test_tokens_that_can_not_be_used_are_told(
        self, tmp_path: Path, text: bytes, code: str
    ) -> None:
        (tmp_path / "tokens.css").write_bytes(text)
        with pytest.raises(InvalidInput, match=code):
            composed(SHEET, our_library(), look=replace(LOOK, styles=(tmp_path, *LOOK.styles)))


class TestTheLookOfAProject:
    def test_its_own_template_and_tokens_are_used(self, tmp_path: Path) -> None:
        templates, styles = tmp_path / "templates", tmp_path / "styles"
        (templates / "components").mkdir(parents=True)
        (templates / "components" / "masthead.html.jinja").write_text(
            "{% macro masthead(clinic, language_name, reference, version) %}"
            "<p>Our own masthead</p>{% endmacro %}",
            encoding="utf-8",
        )
        styles.mkdir()
        tokens = (ROOT / "styles" / "tokens.css").read_text(encoding="utf-8")
        (styles / "tokens.css").write_text(
            re.sub(r"--brand: [^;]+;", "--brand: #ff0000;", tokens), encoding="utf-8"
        )
        look = Look((templates, *LOOK.templates), (styles, *LOOK.styles), str)
        document = composed(SHEET, our_library(), look=look)
        assert "Our own masthead" in document.html
        assert {marks(svg, "#ff0000") for svg in drawings(document.html).values()} == {
            filled for filled, _ in pictures_of_people(ours(SHEET).html).values()
        }

    def test_every_file_it_depends_on_is_read_through_the_given_function(
        self, tmp_path: Path
    ) -> None:
        seen: list[Path] = []

        def read(path: Path) -> bytes:
            seen.append(path)
            return path.read_bytes()

        look = replace(LOOK, templates=(tmp_path, *LOOK.templates))
        compose(SHEET, our_library(), look, TODAY, read)
        names = {"kinds/patient.html.jinja", "layouts/print.html.jinja", "layouts/web.html.jinja"}
        names |= {"components/call-us.html.jinja", "components/risk-pair.html.jinja"}
        for folder in look.templates:
            assert {folder / name for name in names} <= set(seen)
        assert {ROOT / "styles" / name for name in ("patient.css", "tokens.css")} <= set(seen)
