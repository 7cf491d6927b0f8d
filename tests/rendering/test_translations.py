"""Words of the program in other languages."""

from __future__ import annotations

import pytest

from handouts.diagnostics import InvalidInput
from handouts.rendering.language import direction_of, english_name, own_name
from handouts.rendering.translations import translations_for


def test_english_is_as_it_is_written() -> None:
    english = translations_for("en-GB")
    assert english("Anything at all") == "Anything at all"
    assert english.plural("{count} time", "{count} times", 1) == "{count} time"
    assert english.plural("{count} time", "{count} times", 4) == "{count} times"


def test_other_languages_come_from_their_catalogue() -> None:
    assert translations_for("es")("Page") == "Página"
    assert translations_for("ar")("Page") == "صفحة"


def test_a_language_counts_in_its_own_forms() -> None:
    arabic = translations_for("ar").plural
    forms = [arabic("{count} person", "{count} people", n) for n in (0, 1, 2, 3, 11, 100)]
    assert forms == [
        "{count} شخص", "شخص واحد", "شخصان", "{count} أشخاص", "{count} شخصا", "{count} شخص",
    ]  # fmt: skip
    spanish = translations_for("es").plural
    assert spanish("{count} time", "{count} times", 4) == "{count} veces"


def test_a_message_without_a_translation_is_a_problem() -> None:
    with pytest.raises(InvalidInput) as raised:
        translations_for("es")("Words that nobody has translated")
    assert [each.code for each in raised.value.diagnostics] == ["missing-translation"]


def test_a_language_without_a_catalogue_is_not_made_up() -> None:
    with pytest.raises(LookupError, match="tlh"):
        translations_for("tlh")


def test_languages_have_names_and_a_direction() -> None:
    assert (own_name("es"), english_name("es"), direction_of("es")) == ("Español", "Spanish", "ltr")
    assert (own_name("ar"), english_name("ar"), direction_of("ar")) == ("العربية", "Arabic", "rtl")
