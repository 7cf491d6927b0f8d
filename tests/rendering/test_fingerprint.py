from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.rendering.fingerprint import fingerprint_of, short_fingerprint

BODY = (
    '<div class="masthead" data-slot="clinic"><p>A clinic</p></div>'
    '<p data-slot="state">Draft.</p>'
    '<h1>Your treatment</h1><p>It helped <span class="fact" data-fact="a.b">33 of 100</span>.</p>'
    '<svg role="img"><title>33 of 100 circles are filled.</title><g><use href="#a" /></g></svg>'
    '<img src="x.svg" alt="A tablet"><section aria-label="Questions">Why?<br>How?</section>'
    '<p>Call <span>us: <span data-slot="clinic">555 <b>0100</b><br></span></span> now.</p>'
)


def is_the_same(old: str, new: str) -> bool:
    assert old in BODY
    return fingerprint_of(BODY.replace(old, new, 1)) == fingerprint_of(BODY)


def test_it_can_be_read_aloud_and_typed() -> None:
    found = fingerprint_of(BODY)
    assert len(found) == 26
    assert set(found) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_its_short_form_is_its_beginning_in_two_groups() -> None:
    assert short_fingerprint("ABCDEFGHJKMN") == "ABCD-EFGH"


def test_it_is_the_same_for_ever() -> None:
    assert fingerprint_of("<p>The same words.</p>") == "9QD3W5XCM2F91DSJ2CYZ4F3ZM2"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Your treatment", "My treatment"),
        ("33 of 100</span>", "34 of 100</span>"),
        ("33 of 100 circles", "34 of 100 circles"),
        ("A tablet", "A capsule"),
        ('aria-label="Questions"', 'aria-label="Answers"'),
        ("Why?", "Why not?"),
        (" now.", "."),
    ],
)
def test_a_word_or_a_number_changes_it(old: str, new: str) -> None:
    assert not is_the_same(old, new)


def test_words_that_change_places_change_it() -> None:
    assert fingerprint_of("<p>a</p><p>b</p>") != fingerprint_of("<p>b</p><p>a</p>")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>A clinic</p>", "<p>Another <em>clinic</em><br>in a town</p>"),
        ("Draft.", "Checked by A. Nurse, 2 January 2026."),
        ("555 <b>0100</b>", "555 <img alt='a phone'> 0199 <p>by day</p>"),
    ],
)
def test_what_is_a_clinics_or_says_the_state_does_not(old: str, new: str) -> None:
    assert is_the_same(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1>", '<h1 class="large" style="color: red">'),
        ("Your treatment", "Your\n   treatment"),
        ("33 of 100</span>", "33\u00a0of\u00a0100</span>"),
        ('href="#a"', 'href="#b"'),
        ('src="x.svg"', 'src="y.svg"'),
    ],
)
def test_what_changes_no_word_does_not(old: str, new: str) -> None:
    assert is_the_same(old, new)


def test_the_words_after_a_slot_count_again() -> None:
    slots = [
        '<p data-slot="x">a</p>',
        '<img data-slot="x" alt="a">',
        '<p data-slot="x"><br>a<p></p></p>',
    ]
    for slot in slots:
        assert fingerprint_of(f"{slot}<p>b</p>") == fingerprint_of("<p>b</p>")
        assert fingerprint_of(f"{slot}<p>b</p>") != fingerprint_of("")


@given(st.text(alphabet="aeé\u0301 ñ\u0303中"))
def test_how_an_accent_is_coded_does_not_change_it(text: str) -> None:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fingerprint_of(f"<p>{composed}</p>") == fingerprint_of(f"<p>{apart}</p>")


@given(st.text())
def test_any_text_has_one(text: str) -> None:
    assert len(fingerprint_of(text)) == 26
