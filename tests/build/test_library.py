"""What is made again, and what is not."""

from __future__ import annotations

from datetime import date

import pytest

from handouts.build.folders import find_folders
from handouts.build.library import build_library
from handouts.build.makers import Here
from handouts.build.report import Report
from handouts.build.request import Request
from handouts.build.site.twins import unlinked
from tests.projects import (
    FACTS,
    PATIENT,
    PATIENT_PDF,
    PATIENT_TWIN,
    SETTINGS,
    TRIAL,
    TRIAL_PDF,
    Project,
)

HANDOUT = "her2climb-stops-working.en.standard.a4"
PAGE = "her2climb.en.standard.a4"
NUMBER_IN_PROSE = ("Ask what could come next.", "Ask 12 people what could come next.")


def test_a_build_publishes_each_document_its_twin_and_the_manifest(built: Project) -> None:
    assert set(built.documents) == {PATIENT_PDF, TRIAL_PDF}
    assert built.published[PATIENT_PDF].startswith(b"%PDF")
    assert b"<main" in built.published[PATIENT_TWIN]
    assert "assets/web.css" in built.published
    assert not [name for name in built.published if name.endswith(".part")]


def test_a_second_build_makes_nothing_and_says_the_same(built: Project) -> None:
    before = built.published
    again = built.build()
    assert (again.exit_code, again.made) == (0, set())
    assert "0 built, 2 cached, 0 failed" in again.stdout
    assert sorted(again.codes) == ["draft", "draft", "left-off"]
    assert built.published == before


def test_a_second_build_fails_as_the_first_did(built: Project) -> None:
    built.replace(PATIENT, *NUMBER_IN_PROSE)
    first, second = built.build(), built.build()
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert first.codes == second.codes
    assert "unsourced-number" in second.codes
    assert second.made == second.failed == set()


def test_force_makes_everything_anew_with_the_same_bytes(built: Project) -> None:
    before = built.published
    assert built.build("--force").made == {HANDOUT, PAGE}
    assert built.published == before


def test_an_edit_of_words_makes_only_their_document(built: Project) -> None:
    built.replace(PATIENT, "Ask what could come next.", "Ask what may come next.")
    assert built.build().made == {HANDOUT}


def test_an_edit_of_facts_makes_the_documents_that_print_them(built: Project) -> None:
    built.replace(FACTS, "extra stools in a day", "more stools in a day")
    assert built.build().made == {HANDOUT}
    built.replace(TRIAL, "# The record of HER2CLIMB.", "# The record of the HER2CLIMB trial.")
    assert built.build().made == {PAGE}


def test_an_edit_of_a_fact_that_a_document_does_not_print_makes_it_not(built: Project) -> None:
    built.replace(FACTS, "title:", "# A fact moves down a line.\ntitle:")
    assert built.build().made == set()
    spare = "  spare:\n    text: Nobody prints this.\n    seen: general\n"
    built.replace(FACTS, "statements:\n", f"statements:\n{spare}")
    assert built.build().made == set()


def test_a_fact_file_that_nobody_reads_makes_nothing(built: Project) -> None:
    built.write("content/facts/spare.yaml", "title: Spare\nquantities: {}\nstatements: {}\n")
    assert built.build().made == set()


def test_a_new_name_with_digits_makes_everything(built: Project) -> None:
    built.replace("content/glossary/en.yaml", "names:\n", "names:\n  - CHARIOT-9\n")
    assert built.build().made == {HANDOUT, PAGE}


def test_a_template_that_appears_over_a_built_in_one_is_noticed(built: Project) -> None:
    own = "templates/components/teach-back.html.jinja"
    from handouts.build.builtin import builtin_folder

    before = built.published
    text = (builtin_folder("templates").parent / own).read_text(encoding="utf-8")
    built.write(own, f"{text}{{# ours #}}\n")
    assert built.build().made == {HANDOUT}
    built.remove("templates")
    assert built.build().made == set()
    assert built.published == before


def test_a_stylesheet_that_appears_over_a_built_in_one_is_used(built: Project) -> None:
    before = built.published
    built.write("styles/components/teach-back.css", ".teach-back { text-align: right }\n")
    assert built.build().made == {HANDOUT}
    assert built.published[PATIENT_PDF] != before[PATIENT_PDF]
    assert b"text-align: right" in built.published["assets/components/teach-back.css"]
    assert built.published["assets/web.css"] == before["assets/web.css"]


def test_an_own_entry_stylesheet_may_import_built_in_ones(built: Project) -> None:
    from handouts.build.builtin import builtin_folder

    text = (builtin_folder("styles") / "patient.css").read_text(encoding="utf-8")
    built.write("styles/patient.css", f"{text}\n.teach-back {{ text-align: right }}\n")
    done = built.build()
    assert (done.exit_code, done.made) == (0, {HANDOUT})


@pytest.mark.parametrize("damage", ["removed", "altered", "cut off"])
def test_a_published_file_that_is_not_what_was_published_comes_out_of_the_store(
    built: Project, damage: str
) -> None:
    before = built.published
    pdf = built.output / PATIENT_PDF
    if damage == "removed":
        pdf.unlink()
    else:
        pdf.write_bytes(pdf.read_bytes()[:-100] if damage == "cut off" else b"%PDF-1.7 mine")
    assert built.build().made == set()
    assert built.published == before


@pytest.mark.parametrize("damage", ["altered", "cut off", "empty"])
def test_a_damaged_file_of_the_store_is_made_again(built: Project, damage: str) -> None:
    before = built.published
    for kept in (built.root / ".cache" / "handouts" / "files").rglob("*"):
        if kept.is_file():
            data = kept.read_bytes()
            kept.write_bytes(
                {"altered": b"x" + data[1:], "cut off": data[:-100], "empty": b""}[damage]
            )
    (built.output / PATIENT_PDF).unlink()
    assert built.build().made == {HANDOUT}
    assert built.published == before


def test_a_cache_without_its_output_is_enough(built: Project) -> None:
    before = built.published
    built.remove("output")
    assert built.build().made == set()
    assert built.published == before


def test_going_to_and_fro_between_branches_makes_nothing_twice(built: Project) -> None:
    one = built.text(PATIENT)
    two = one.replace("Ask what could come next.", "Ask what may come next.")
    assert built.write(PATIENT, two).build().made == {HANDOUT}
    for text in (one, two, one):
        assert built.write(PATIENT, text).build().made == set()


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x00\xff", None])
def test_a_damaged_record_is_as_good_as_none(built: Project, damage: bytes | None) -> None:
    before = built.published
    for record in (built.root / ".cache" / "handouts").rglob("*.json"):
        data = record.read_bytes()
        record.write_bytes(data[: len(data) // 2] if damage is None else damage)
    done = built.build()
    assert (done.exit_code, done.made) == (0, {HANDOUT, PAGE})
    assert built.published == before


def test_a_record_that_was_altered_is_not_believed(built: Project) -> None:
    for record in (built.root / ".cache" / "handouts").rglob("*.json"):
        text = record.read_bytes()
        record.write_bytes(text.replace(b'"draft"', b'"fine!"'))
    assert sorted(built.build().codes) == ["draft", "draft", "left-off"]


def test_without_its_cache_a_build_gives_the_same(built: Project) -> None:
    before = built.published
    built.remove(".cache")
    assert built.build().made == {HANDOUT, PAGE}
    assert built.published == before


def test_a_document_that_fails_loses_its_file_and_entry_and_others_come_out(
    built: Project,
) -> None:
    built.replace(PATIENT, *NUMBER_IN_PROSE)
    built.replace(TRIAL, "masking:\n  text: Double-blind.", "masking:\n  text: Doubly blind.")
    done = built.build()
    assert done.exit_code == 1
    assert (done.made, done.failed) == ({PAGE}, {HANDOUT})
    assert f"{PATIENT}:" in done.stderr
    assert set(built.documents) == {TRIAL_PDF}
    assert PATIENT_PDF not in built.published
    assert PATIENT_TWIN not in built.published
    assert built.replace(PATIENT, *reversed(NUMBER_IN_PROSE)).build().exit_code == 0
    assert set(built.documents) == {PATIENT_PDF, TRIAL_PDF}


def test_a_broken_record_fails_its_page_and_all_that_prints_its_facts(built: Project) -> None:
    built.copy(PATIENT, "content/patient/other/en.md")
    text = built.text("content/patient/other/en.md")
    front = text.partition("\n## ")[0]
    del text
    built.write("content/patient/other/en.md", front)
    built.replace(TRIAL, "randomised_total: 612", "randomised_total: many")
    done = built.build()
    assert done.exit_code == 1
    assert "broken-record" in done.codes
    assert set(built.documents).isdisjoint({PATIENT_PDF, TRIAL_PDF})


def test_an_error_in_a_record_stops_no_document_that_does_not_use_it(built: Project) -> None:
    bad = "title: Spare\nquantities: {}\nstatements:\n  one: {text: Words, seen: label}\n"
    done = built.write("content/facts/spare.yaml", bad).build()
    assert (done.exit_code, done.codes.count("no-source")) == (1, 1)
    assert set(built.documents) == {PATIENT_PDF, TRIAL_PDF}


def test_a_handout_that_can_not_be_read_loses_its_file(built: Project) -> None:
    done = built.replace(PATIENT, "kind: patient", "kind: [patient").build()
    assert done.exit_code == 1
    assert set(built.documents) == {TRIAL_PDF}


def test_a_page_that_does_not_fit_names_its_editions(project: Project) -> None:
    project.with_editions(["standard"], ["a4", "letter"]).replace(PATIENT, "pages: 4", "pages: 1")
    done = project.build("her2climb-stops-working")
    assert done.exit_code == 1
    assert "may take 1 (standard a4, standard letter) [too-many-pages]" in done.stderr


def test_large_print_may_take_three_times_the_pages(project: Project) -> None:
    project.with_editions(["large-print"], ["a4"])
    assert project.build("her2climb-stops-working").exit_code == 0
    entry = project.documents[PATIENT_PDF.replace("standard", "large-print")]
    assert 4 < entry["pages"] <= 12


def test_large_print_has_the_same_twin(built: Project) -> None:
    before = unlinked(built.published[PATIENT_TWIN].decode())
    built.with_editions(["large-print"], ["a4"]).build("her2climb-stops-working", "--force")
    assert unlinked(built.published[PATIENT_TWIN].decode()) == before


def test_a_bug_costs_one_document_and_shows_its_traceback(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handouts.checks.document import check_pdf as whole

    def check_pdf(*given: object, path: str, **more: object) -> object:
        if path == PATIENT:
            raise ZeroDivisionError("a bug")
        return whole(*given, path=path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("handouts.build.job.check_pdf", check_pdf)
    done = built.build("--force")
    assert (done.exit_code, done.made, done.failed) == (1, {PAGE}, {HANDOUT})
    assert "ZeroDivisionError: a bug" in done.stderr
    assert "Traceback" in done.stderr
    monkeypatch.undo()
    assert built.build("--force").made == {HANDOUT, PAGE}


class TestReview:
    """A signature holds for a while; the day decides, never the bytes."""

    def build(self, project: Project, today: date) -> Report:
        folders = find_folders(None, None, project.root)
        return build_library(folders, Request(), today=today, makers=Here(1))

    def sign(self, project: Project, until: str) -> None:
        fingerprint = project.documents[TRIAL_PDF]["fingerprint"]
        text = project.text(TRIAL)
        project.write(
            TRIAL,
            f"{text}\nreview:\n  by: A. Test\n  role: oncologist\n  approved: 2026-11-20\n"
            f'  next_review: {until}\n  version: "0.1"\n  fingerprint: {fingerprint}\n',
        )

    def test_a_signed_document_is_published_as_reviewed(self, built: Project) -> None:
        self.sign(built, "2027-01-01")
        self.build(built, date(2026, 12, 1))
        entry = built.documents[TRIAL_PDF]
        assert entry["review_state"] == "reviewed"
        assert (entry["reviewed"], entry["next_review"]) == ("2026-11-20", "2027-01-01")

    def test_it_is_not_made_again_on_another_day(self, built: Project) -> None:
        self.sign(built, "2027-01-01")
        self.build(built, date(2026, 12, 1))
        before = built.published
        assert self.build(built, date(2027, 1, 1)).built == 0
        assert built.published == before

    def test_when_its_review_has_ended_it_goes(self, built: Project) -> None:
        self.sign(built, "2027-01-01")
        self.build(built, date(2026, 12, 1))
        report = self.build(built, date(2027, 1, 2))
        assert report.failed == (PAGE,)
        assert "expired" in [each.code for each in report.diagnostics]
        assert set(built.documents) == {PATIENT_PDF}

    def test_words_that_change_under_a_signature_are_an_error(self, built: Project) -> None:
        self.sign(built, "2027-01-01")
        built.replace(TRIAL, "masking:\n  text: Double-blind.", "masking:\n  text: Blind.")
        report = self.build(built, date(2026, 12, 1))
        assert "version-unchanged" in [each.code for each in report.diagnostics]

    def test_drafts_are_built_only_where_the_project_allows_them(self, built: Project) -> None:
        built.replace(SETTINGS, "allow_draft: true", "allow_draft: false")
        done = built.build()
        codes = ["draft-not-allowed", "draft-not-allowed", "left-off"]
        assert (done.exit_code, sorted(done.codes)) == (1, codes)
        assert built.documents == {}
