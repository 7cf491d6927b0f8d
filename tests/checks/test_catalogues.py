"""Catalogues hold every message that patients read, with its places."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from handouts.checks.catalogues import (
    MESSAGES,
    catalogue_problems,
    is_for_patients,
    languages,
    main,
    patient_files,
    program_messages,
    updated,
)
from handouts.rendering.translations import catalogue_file, read_catalogue

FILES = frozenset({"templates/kinds/patient.html.jinja"})
HERE = [("templates/kinds/patient.html.jinja", 1)]


def messages() -> Catalog:
    catalogue = Catalog(locale="es", fuzzy=False)
    catalogue.add("Page", None, HERE)
    catalogue.add("{title}, after {time}", None, HERE)
    catalogue.add(("{count} time", "{count} times"), None, HERE)
    catalogue.add("Hazard ratio", None, [("templates/kinds/trial.html.jinja", 1)])
    return catalogue


def translated(**changes: object) -> Catalog:
    """A catalogue that is right, but for what is changed."""
    catalogue = Catalog(locale="es", fuzzy=False)
    words: dict[str, object] = {
        "page": "Página", "after": "{title}, después de {time}",
        "times": ("{count} vez", "{count} veces"), **changes,
    }  # fmt: skip
    catalogue.add("Page", words["page"])
    catalogue.add("{title}, after {time}", words["after"])
    catalogue.add(("{count} time", "{count} times"), words["times"])
    return catalogue


def problems(catalogue: Catalog) -> list[str]:
    return [each.code for each in catalogue_problems(catalogue, messages(), FILES, "es.po")]


def test_a_catalogue_that_has_all_patients_read_is_good() -> None:
    assert problems(translated()) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"page": ""}, "missing-translation"),
        ({"times": ("{count} vez", "")}, "missing-translation"),
        ({"after": "{title}, después"}, "wrong-places"),
        ({"after": "{title}, después de {tiempo}"}, "wrong-places"),
        ({"times": ("{count} vez", "{numero} veces")}, "wrong-places"),
    ],
)
def test_a_translation_that_will_not_do_is_named(changes: dict[str, object], code: str) -> None:
    assert problems(translated(**changes)) == [code]


def test_a_form_may_say_its_count_in_words() -> None:
    assert problems(translated(times=("una vez", "{count} veces"))) == []


def test_a_guess_is_not_a_translation() -> None:
    catalogue = translated()
    catalogue["Page"].flags.add("fuzzy")
    assert problems(catalogue) == ["missing-translation"]


def test_what_nothing_says_any_more_is_named() -> None:
    catalogue = translated()
    catalogue.add("Sheet", "Hoja")
    assert problems(catalogue) == ["unused-translation"]


def test_bringing_up_to_date_keeps_translations_and_drops_what_is_gone() -> None:
    catalogue = translated(page="")
    catalogue.add("Sheet", "Hoja")
    new = updated(catalogue, messages(), FILES)
    assert new.get("Sheet") is None
    assert new["{title}, after {time}"].string == "{title}, después de {time}"
    assert new["Page"].string == ""


def test_messages_are_found_in_templates_and_in_code() -> None:
    found = {each.id: each for each in program_messages() if each.id}
    files = patient_files()
    assert is_for_patients(found["The main points"], files)
    assert is_for_patients(found["{count} of 100"], files)
    assert not is_for_patients(found["Outcome"], files)
    assert ("{count} time a day", "{count} times a day") in found


def test_our_catalogues_are_complete_and_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--check"])
    assert capsys.readouterr().err == ""
    assert code == 0


@pytest.mark.parametrize("language", languages())
def test_each_of_our_catalogues_says_that_it_is_a_draft(language: str) -> None:
    first = catalogue_file(language).read_text(encoding="utf-8").splitlines()[0]
    assert "Draft: no qualified translator" in first
    assert len(read_catalogue(catalogue_file(language))) > 50
    assert MESSAGES.is_file()
