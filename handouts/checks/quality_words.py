"""Rules of quality sheets about words and numbers. Proxies: printed handouts standard, 1.1 to 1.3.

A rule sees form, not sense: each says in its docstring which items it decides, and by what.
"""

from __future__ import annotations

import re

from handouts.checks.quality_reading import Reading, Verdict, passed
from handouts.checks.style import (
    LEAST_YOU,
    MEAN_SENTENCE,
    PASSIVE,
    PASSIVE_TARGET,
    TARGET_PROTECTED,
    TARGET_RAW,
    USUAL_SENTENCE,
    quoted,
)
from handouts.checks.voice import is_passive

SUPERIOR_GRADE, ADEQUATE_GRADE = 5.0, 8.0
"""Reading grades of SAM, factor 5."""

_RISKS = (
    "one-in-x", "relative-without-absolute", "risk-without-time", "risk-without-frames",
    "mixed-denominators", "safety-notation",
)  # fmt: skip
_UNCLEAR = re.compile(
    r"\d[\d.,]*\s?(?:%|per\s?cent\b)|[½¼¾⅓]|\b\d+/\d+\b|(?<![\d.])\d+\.\d+(?![\d.]|\s?°)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def everyday_words(reading: Reading) -> Verdict:
    """PEMAT-P 3: the reading grade is within the target, and no hard word goes unexplained."""
    if hard := reading.problem("hard-word"):
        return passed(False, hard.message)
    raw, easy = reading.measures.grade_raw, reading.measures.grade_protected
    if raw is None or easy is None:
        return passed(False, "its reading grade can't be told")
    return passed(
        raw <= TARGET_RAW and easy <= TARGET_PROTECTED,
        f"reading grade {raw:.1f}, {easy:.1f} without protected terms; at most"
        f" {TARGET_RAW:.0f} and {TARGET_PROTECTED:.0f}",
    )


def explained_terms(reading: Reading) -> Verdict:
    """PEMAT-P 4: no glossary term and no abbreviation goes unexplained where it is used first."""
    unknown = reading.problem("undefined-term", "undefined-abbreviation")
    return passed(unknown is None, unknown.message if unknown else "all are explained")


def active_voice(reading: Reading) -> Verdict:
    """PEMAT-P 5: at most 10% of the sentences are in the passive voice."""
    share = reading.measures.passive_share or 0.0
    return passed(share <= PASSIVE_TARGET, f"{share:.0%} passive, at most {PASSIVE_TARGET:.0%}")


def active_key_parts(reading: Reading) -> Verdict:
    """CDC 6: no sentence of the main points or of whom to call is in the passive voice."""
    sentences = reading.sentences_of("main-points", "call-us")
    found = next((each for each in sentences if is_passive(each.text)), None)
    return passed(found is None, f"passive: {quoted(found)}" if found else "none is passive")


def clear_numbers(reading: Reading) -> Verdict:
    """PEMAT-P 6, CDC 15: whole numbers, no percentages or fractions, risks as the checks ask.

    Degrees may have a decimal, as a thermometer shows it. Names with digits are no numbers.
    """
    names = re.compile("|".join(map(re.escape, _names(reading))) or "(?!)")
    texts = [names.sub("x", each.text) for each in reading.text.passages]
    if not any(map(_DIGIT.search, texts)):
        return Verdict(None, "it has no numbers")
    if problem := reading.problem(*_RISKS):
        return passed(False, problem.message)
    found = next(filter(None, map(_UNCLEAR.search, texts)), None)
    return passed(
        found is None, f"not a whole number: {found[0].strip()}" if found else "whole numbers"
    )


def no_calculation(reading: Reading) -> Verdict:
    """PEMAT-P 7, CDC 17: one denominator, and the difference of every drawn pair is told."""
    if problem := reading.problem("mixed-denominators", "relative-without-absolute"):
        return passed(False, problem.message)
    told = {each.fact.address for passage in reading.text.passages for each in passage.facts}
    silent = [name for name, _ in reading.text.risk_pairs if f"{name}.difference" not in told]
    reason = f"the difference is not told: {silent[0]}" if silent else "nothing is left to reckon"
    return passed(not silent, reason)


def shown_calculation(reading: Reading) -> Verdict:
    """PEMAT-P 24: it does not apply where nothing has to be calculated; no component shows how."""
    verdict = no_calculation(reading)
    if verdict.score:
        return Verdict(None, "there is nothing to calculate")
    return passed(False, verdict.reason)


def says_you(reading: Reading) -> Verdict:
    """PEMAT-P 21: at least 30% of the sentences say *you*, none what patients should do."""
    if problem := reading.problem("patients-should"):
        return passed(False, problem.message)
    share = reading.measures.you_share or 0.0
    return passed(share >= LEAST_YOU, f"{share:.0%} say “you”, at least {LEAST_YOU:.0%}")


def grade(reading: Reading) -> Verdict:
    """SAM 5: reading grade of all words, at most 5 superior, at most 8 adequate."""
    found = reading.measures.grade_raw
    if found is None:
        return Verdict(0, "its reading grade can't be told")
    score = 2 if found <= SUPERIOR_GRADE else int(found <= ADEQUATE_GRADE)
    return Verdict(score, f"grade {found:.1f}, protected terms counted")


def sentences(reading: Reading) -> Verdict:
    """SAM 6: superior within the targets of voice and mean length, adequate within the limits."""
    share, mean = reading.measures.passive_share or 0.0, reading.measures.mean
    reason = f"{share:.0%} passive, {mean:.1f} words a sentence"
    if share <= PASSIVE_TARGET and mean <= MEAN_SENTENCE:
        return Verdict(2, reason)
    return Verdict(int(share <= PASSIVE and mean <= USUAL_SENTENCE), reason)


def type_(reading: Reading) -> Verdict:
    """SAM 16: superior without words in capitals; sizes and fonts are checked when it is built."""
    if found := reading.problem("capitals"):
        return Verdict(1, found.message)
    return Verdict(2, "no words in capitals; sizes are checked when it is built")


def _names(reading: Reading) -> tuple[str, ...]:
    names = reading.library.names(reading.handout.language)
    return tuple(sorted(names, key=len, reverse=True))
