"""How a patient handout says risks: in people out of a hundred, with a time, both ways.

Rules: printed handouts standard, 1.7, and safety notation, 1.6. What is against them is an error in
every language; a word for how often without a number is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.checks.passages import FactPrinted, HandoutText, Part, Passage
from handouts.checks.sentences import Sentence
from handouts.checks.style import quoted
from handouts.checks.wording_tables import notations, ways_to_say
from handouts.diagnostics import Diagnostic, error, note
from handouts.evidence.facts import FactBook

HUNDRED = 100
"""What a risk pair is drawn and written out of."""

_OF = re.compile(
    r"(?<![\w.,])\d[\d.,]*(?:\s(?:more|fewer|people|más|menos|personas)){0,2}\s(?:(?:out\s)?of|de)"
    r"\s(?:(?:every|each|cada)\s)?(?P<whole>\d[\d.,]*\d)"
    r"(?!\s?(?:°|%|days?|hours?|weeks?|months?|years?|tablets?|doses?|cycles?|minutes?|times|mg|ml"
    r"|días?|horas?|semanas?|mes|meses|años?|pastillas?|dosis|ciclos?))(?![\w.,]*\d)",
    re.IGNORECASE,
)
_A_RISK = re.compile(r"\d\s(?:more\s|fewer\s|más\s|menos\s)?(?:of|de)\s(?:cada\s)?100")


def risk_problems(text: HandoutText, book: FactBook) -> Iterator[Diagnostic]:
    """What is wrong with the risks that a handout tells."""
    yield from _sayings(text)
    yield from _denominators(text)
    yield from _pairs(text, book)
    yield from _facts(text, book)


def notation_problems(text: HandoutText, protected: re.Pattern[str]) -> Iterator[Diagnostic]:
    """Notation in a handout that has led to mistakes with medicines.

    Args:
        text: the handout.
        protected: finds names, whose digits are no doses.
    """
    for passage in text.passages:
        for sentence in _sentences(passage):
            plain = protected.sub("x", sentence.text)
            for each, pattern in notations(text.language):
                if match := pattern.search(plain):
                    yield error(
                        "safety-notation",
                        f"{each.name}, `{match[0]}`, can be misread: {quoted(sentence)}",
                        path=text.path,
                        line=sentence.line,
                        hint=each.instead,
                    )


def _sayings(text: HandoutText) -> Iterator[Diagnostic]:
    one_in_x, relative, absolute, frequency = (
        ways_to_say(kind, text.language)
        for kind in ("one-in-x", "relative", "absolute", "frequency")
    )
    for passage in text.passages:
        sentences = _sentences(passage)
        for index, each in enumerate(sentences):
            if one_in_x and (match := one_in_x.search(each.text)):
                yield error(
                    "one-in-x",
                    f"`{match[0]}` can't be compared with other risks: {quoted(each)}",
                    path=text.path,
                    line=each.line,
                    hint='say "10 of 100 people", the same whole in all of the handout',
                )
            beside = " ".join(e.text for e in sentences[max(0, index - 1) : index + 2])
            if (
                relative
                and (match := relative.search(each.text))
                and not (absolute and absolute.search(beside))
            ):
                yield error(
                    "relative-without-absolute",
                    f"`{match[0]}` does not say of what: {quoted(each)}",
                    path=text.path,
                    line=each.line,
                    hint="say how many of 100 with and without it, here or in the next sentence",
                )
            if (
                frequency
                and passage.part is not Part.HEADING
                and (match := frequency.search(each.text))
                and not any(map(str.isdigit, beside))
            ):
                yield note(
                    "frequency-without-number",
                    f"`{match[0]}` means something else to everybody: {quoted(each)}",
                    path=text.path,
                    line=each.line,
                    hint="say the number too, if the sources have one",
                )


def _denominators(text: HandoutText) -> Iterator[Diagnostic]:
    """One whole for all risks of a handout; 100 where there is a risk pair."""
    found = [
        (_number(match["whole"]), each)
        for passage in text.passages
        for each in _sentences(passage)
        for match in _OF.finditer(each.text)
    ]
    wholes = [whole for whole, _ in found]
    if not wholes:
        return
    usual = HUNDRED if text.risk_pairs or HUNDRED in wholes else wholes[0]
    for whole, each in dict.fromkeys(found):
        if whole != usual:
            yield error(
                "mixed-denominators",
                f"this risk is out of {whole}, others are out of {usual}: {quoted(each)}",
                path=text.path,
                line=each.line,
                hint="say all risks of a handout out of the same whole",
            )


def _pairs(text: HandoutText, book: FactBook) -> Iterator[Diagnostic]:
    for name, line in text.risk_pairs:
        difference = book.get(f"{name}.difference")
        if difference is None:
            continue  # composing says so
        if book.get(f"{name}.at") is None:
            yield error(
                "risk-without-time",
                f"the record does not say after what time `{name}` was counted",
                path=text.path,
                line=line,
                hint="draw an outcome with a time (`at`), such as a rate at 1 year",
            )
        facts = (book.get(each) for each in difference.derived_from)
        if any(each is not None and not (each.event and each.opposite) for each in facts):
            yield error(
                "risk-without-frames",
                f"the record does not name both sides of `{name}`",
                path=text.path,
                line=line,
                hint="give `event` and `opposite` in the record, in words",
            )


def _facts(text: HandoutText, book: FactBook) -> Iterator[Diagnostic]:
    """Risks in sentences: their time is named in their section, and their other side somewhere."""
    time = ways_to_say("time", text.language)
    told = {name for name, _ in text.risk_pairs}
    told |= {
        _outcome(each)
        for passage in text.passages
        for each in passage.facts
        if each.form == "opposite-of-100"
    }
    timed: set[str] = set()
    for passage in text.passages:
        for printed in passage.facts:
            outcome = _outcome(printed)
            if not _A_RISK.search(printed.text):
                continue
            times = text.section(passage.section)
            if outcome not in timed and book.get(f"{outcome}.at") and time:
                timed.add(outcome)
                if not time.search(times):
                    yield error(
                        "risk-without-time",
                        f"`{printed.text}` does not say after what time:"
                        f" {quoted(_sentence_of(passage, printed))}",
                        path=text.path,
                        line=printed.line,
                        hint=f"say the time: {{{{ {outcome}.at }}}}",
                    )
            if outcome not in told and _has_two_sides(printed, book):
                told.add(outcome)
                yield error(
                    "risk-without-frames",
                    f"`{printed.text}` is told from one side only:"
                    f" {quoted(_sentence_of(passage, printed))}",
                    path=text.path,
                    line=printed.line,
                    hint="say the other side too: `| opposite-of-100`, or a risk pair",
                )


def _outcome(printed: FactPrinted) -> str:
    return printed.fact.address.rpartition(".")[0]


def _has_two_sides(printed: FactPrinted, book: FactBook) -> bool:
    """Whether the record has words for what did not happen, too."""
    facts = (printed.fact, *map(book.get, printed.fact.derived_from))
    return any(each is not None and each.event and each.opposite for each in facts)


def _sentence_of(passage: Passage, printed: FactPrinted) -> Sentence:
    said = (each for each in passage.sentences if " ".join(printed.text.split()) in each.text)
    return next(said, Sentence(passage.text, passage.line, 0))


def _sentences(passage: Passage) -> tuple[Sentence, ...]:
    """The sentences of a passage; all of its words where they are no sentence."""
    return passage.sentences or (Sentence(passage.text, passage.line, 0),)


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))
