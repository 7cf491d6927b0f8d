"""Building a part of a library, and what happens to the rest."""

from __future__ import annotations

import pytest

from tests.projects import PATIENT, PATIENT_PDF, SETTINGS, TRIAL, TRIAL_PDF, Project

CLINIC = "content/clinics/default.yaml"


def test_a_partial_build_changes_its_own_entries_only(built: Project) -> None:
    before = built.documents
    built.replace(TRIAL, "masking:\n  text: Double-blind.", "masking:\n  text: Doubly blind.")
    built.replace(PATIENT, "Ask what could come next.", "Ask what may come next.")
    done = built.build("her2climb")
    assert done.made == {"her2climb.en.standard.a4"}
    assert built.documents[PATIENT_PDF] == before[PATIENT_PDF]
    assert built.documents[TRIAL_PDF] != before[TRIAL_PDF]


def test_a_partial_build_reports_its_own_problems_only(built: Project) -> None:
    built.replace(PATIENT, "Ask what could come next.", "Ask 12 people.")
    assert built.build("her2climb").exit_code == 0
    assert built.build().exit_code == 1


def test_a_partial_build_removes_nothing_of_the_others(built: Project) -> None:
    built.remove("content/patient").build("her2climb")
    assert set(built.documents) == {PATIENT_PDF, TRIAL_PDF}


def test_files_of_a_document_that_is_gone_are_removed(built: Project) -> None:
    built.remove("content/patient").build()
    assert set(built.documents) == {TRIAL_PDF}
    assert not (built.output / PATIENT_PDF).parent.exists()


def test_a_file_that_no_build_made_stays(built: Project) -> None:
    mine = built.output / "default" / "en" / "her2climb-stops-working" / "notes.txt"
    mine.write_text("mine")
    built.remove("content/patient").build()
    assert mine.read_text() == "mine"


def test_an_edition_that_is_not_asked_for_any_more_is_removed(built: Project) -> None:
    built.with_editions(["standard"], ["letter"]).build()
    letter = {each.replace(".a4.", ".letter.") for each in (PATIENT_PDF, TRIAL_PDF)}
    assert set(built.documents) == letter


def test_another_clinic_stands_beside_the_default_one(built: Project) -> None:
    built.copy(CLINIC, "content/clinics/north.yaml").build("--clinic", "north")
    north = {each.replace("default/", "north/") for each in (PATIENT_PDF, TRIAL_PDF)}
    assert set(built.documents) == {PATIENT_PDF, TRIAL_PDF} | north
    assert built.build().made == set()
    assert set(built.documents) == {PATIENT_PDF, TRIAL_PDF} | north


def test_the_sheets_of_a_clinic_that_is_gone_are_removed(built: Project) -> None:
    built.copy(CLINIC, "content/clinics/north.yaml").build("--clinic", "north")
    built.remove("content/clinics/north.yaml").build()
    assert set(built.documents) == {PATIENT_PDF, TRIAL_PDF}


def test_a_clinic_does_not_change_the_fingerprint(built: Project) -> None:
    built.copy(CLINIC, "content/clinics/north.yaml")
    built.replace("content/clinics/north.yaml", "name: write-in", "name: North clinic")
    built.build("--clinic", "north")
    entries = built.documents
    north = entries[PATIENT_PDF.replace("default/", "north/")]
    assert north["fingerprint"] == entries[PATIENT_PDF]["fingerprint"]
    assert north["sha256"] != entries[PATIENT_PDF]["sha256"]


def test_a_trial_page_has_no_large_print(built: Project) -> None:
    done = built.build("her2climb", "--format", "large-print")
    assert (done.exit_code, done.codes) == (2, ["nothing-to-build"])
    assert "one format" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (["her2climbs"], "unknown-document", "did you mean `her2climb`?"),
        (["--lang", "xx"], "unknown-language", "known here: `en`"),
        (["--format", "large"], "unknown-format", "did you mean `large-print`?"),
        (["--paper", "a5"], "unknown-paper", "known here: `a4`, `letter`"),
        (["--clinic", "defalt"], "unknown-clinic", "did you mean `default`?"),
    ],
)
def test_an_unknown_name_is_wrong_usage(
    built: Project, arguments: list[str], code: str, hint: str
) -> None:
    before = built.published
    done = built.build(*arguments)
    assert (done.exit_code, done.codes) == (2, [code])
    assert hint in done.stderr
    assert built.published == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("severities: {text-lost: warning}", "locked-code"),
        ("severities: {draft: bad}", "unknown-severity"),
    ],
)
def test_wrong_severities_are_wrong_configuration(built: Project, line: str, code: str) -> None:
    done = built.with_setting(line).build()
    assert (done.exit_code, done.codes) == (2, [code])
    assert f"{SETTINGS}:" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("default_clinic: default", "default_clinic: nowhere", "unknown-clinic"),
        ("formats: [standard]", "formats: [tiny]", "unknown-format"),
        ("papers: [a4]", "papers: [a0]", "unknown-paper"),
        ("  patient:", "  patients:", "unknown-kind"),
    ],
)
def test_unknown_names_in_the_settings_are_wrong_configuration(
    built: Project, old: str, new: str, code: str
) -> None:
    done = built.replace(SETTINGS, old, new).build()
    assert done.exit_code == 2
    assert code in done.codes


def test_settings_that_can_not_be_read_are_wrong_configuration(built: Project) -> None:
    assert built.replace(SETTINGS, "title:", "titel:").build().exit_code == 2


def test_a_severity_may_be_raised(built: Project) -> None:
    done = built.with_setting("severities: {draft: error}").build()
    assert (done.exit_code, sorted(done.codes)) == (1, ["draft", "draft", "left-off"])
    assert built.documents == {}
