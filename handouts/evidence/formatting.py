"""How a fact is written, for its reader and in their language.

Clinicians see the source's decimals; patients see whole people out of 100. Every number is kept
together with its unit by a no-break space. Styles: NHS content guide (numbers, dates), ISMP list of
error-prone notations (a space between dose and unit, no trailing zero in a dose).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from babel.units import format_unit

from handouts.evidence.facts import Fact
from handouts.evidence.rounding import (
    decimals_of,
    difference_of_rounded,
    fewer_than_one,
    of_hundred,
    rounded,
)
from handouts.models.message import Plural, english_plural, message
from handouts.models.missing import Missing
from handouts.models.quantity import Unit

NBSP = "\u00a0"
_TANWIN = "\u064b"
"""A mark of Arabic that does not come back out of a PDF; no other word of ours has it."""
MINUS = "\u2212"

_LOCALES = {"es": "es_419"}
"""Babel's locale where it is not the language itself: Spanish of Latin America, whose decimal
point is that of the sources."""

_DIGITS = "latn"
"""Digits of every language, so that a number can be found again on the sheet of another."""


class Audience(StrEnum):
    """Who reads a document."""

    PATIENT = "patient"
    CLINICIAN = "clinician"


class UnsuitableFormatError(ValueError):
    """A fact can't be written in the format asked for; the message says why."""


class UntranslatedError(LookupError):
    """Words of a record have no translation; the message is those words."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Writing:
    """For whom and in which language facts are written.

    Attributes:
        audience: who reads.
        language: BCP 47 language.
        translate: words of the program (``to``, ``of``) in that language.
        find: the fact of an address, for formats that need the facts a fact was computed from.
        plural: words of the program for a count, in that language.
        said: words of a record in that language; may raise ``UntranslatedError``.
    """

    audience: Audience
    language: str
    translate: Callable[[str], str]
    find: Callable[[str], Fact | None]
    plural: Plural = english_plural
    said: Callable[[str], str] = str

    @property
    def locale(self) -> str:
        """The locale that numbers, dates and units follow, as Babel knows it."""
        return locale_of(self.language)

    def write(self, fact: Fact, form: str | None = None) -> str:
        """The fact as text.

        Args:
            fact: what to write.
            form: name of a format, or None for the usual one of this reader.

        Raises:
            UnsuitableFormatError: there is no such format, or the fact can't be written in it.
            UntranslatedError: it is words, and these have no translation.
        """
        if isinstance(fact.value, Missing):
            return self.missing(fact.value)
        if form is None:
            form = self._usual(fact)
        try:
            formatter = _FORMATS[form]
        except KeyError:
            raise UnsuitableFormatError(f"there is no format `{form}`") from None
        return formatter(self, fact)

    def missing(self, why: Missing) -> str:
        """Why a value is not there, in words."""
        return self.translate(_MISSING[why])

    def number(self, value: Decimal | int) -> str:
        """A number with the decimals it was written with."""
        value = Decimal(value)
        if value.is_infinite():
            return self.translate("not reached").replace(" ", NBSP)
        decimals = decimals_of(value)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        text = format_decimal(value, format=pattern, locale=self.locale, numbering_system=_DIGITS)
        return _minus(value, str(text))

    def interval(self, low: Decimal, high: Decimal) -> str:
        """Two bounds with the word for "to" between them."""
        to = self.translate("to")
        return f"{self.signed(low)}{NBSP}{to}{NBSP}{self.signed(high)}".replace("+", "")

    def signed(self, value: Decimal) -> str:
        """A number with its sign; zero, and what was not reached, without."""
        if value.is_infinite():
            return self.number(value)
        sign = "+" if value > 0 else MINUS if value < 0 else ""
        return sign + self.number(abs(value))

    def of_hundred(self, people: int) -> str:
        """So many people of 100."""
        return self.translate("{count} of 100").format(count=people).replace(" ", NBSP)

    def _usual(self, fact: Fact) -> str:
        if self.audience is Audience.PATIENT and fact.unit is Unit.PERCENT:
            return "of-100"
        return "as-is"

    def duration(self, value: Decimal, unit: str) -> str:
        """A length of time in words, counted right for the language."""
        decimals = decimals_of(value)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        text = format_unit(
            value, f"duration-{unit}", _length(self.locale, f"duration-{unit}"), format=pattern,
            locale=self.locale, numbering_system=_DIGITS,
        )  # fmt: skip
        return _minus(value, str(text)).replace(_TANWIN, "").replace(" ", NBSP)


def _length(locale: str, unit: str) -> Literal["short", "long"]:
    """Babel's name for whole words: Arabic days, weeks and months have them as ``short`` only."""
    patterns = Locale.parse(locale)._data["unit_patterns"].get(unit, {}).get("long", {})
    return "long" if "other" in patterns else "short"


def _minus(value: Decimal, text: str) -> str:
    """The text of a number with a minus sign, not a hyphen, before it."""
    return text.replace("-", MINUS, 1) if value < 0 else text


_MISSING = {
    Missing.NOT_REPORTED: message("not reported"),
    Missing.NOT_APPLICABLE: message("not applicable"),
    Missing.DESCRIPTIVE: message("descriptive, not tested"),
    Missing.NOT_SEEN: message("not in the sources we read"),
}

_DURATIONS = {
    Unit.HOURS: "hour",
    Unit.DAYS: "day",
    Unit.WEEKS: "week",
    Unit.MONTHS: "month",
    Unit.YEARS: "year",
}

_TIMES = {Decimal(1): message("once"), Decimal(2): message("twice")}
_TIMES_A_DAY = {Decimal(1): message("once a day"), Decimal(2): message("twice a day")}

_UNITS = {
    Unit.MG: message("mg"),
    Unit.MG_PER_KG: message("mg/kg"),
    Unit.MG_PER_M2: message("mg/m²"),
    Unit.MM: message("mm"),
}


def locale_of(language: str) -> str:
    """Babel's locale for a language."""
    return _LOCALES.get(language, language.replace("-", "_"))


def written_date(day: date, language: str) -> str:
    """A date with its month in full, on one line."""
    locale = locale_of(language)
    style = "d MMMM y" if locale.startswith("en") else "long"
    return str(format_date(day, style, locale=locale)).replace(" ", NBSP)


def formats() -> tuple[str, ...]:
    """The names of all formats."""
    return tuple(_FORMATS)


def _decimal(fact: Fact) -> Decimal:
    if isinstance(fact.value, Decimal | int):
        return Decimal(fact.value)
    raise UnsuitableFormatError(f"`{fact.address}` is no number")


def _as_is(writing: Writing, fact: Fact) -> str:  # noqa: PLR0911, PLR0912  (one line per unit)
    value, unit = fact.value, fact.unit
    if unit is Unit.DATE:
        return _date(writing, fact)
    if unit is Unit.MONTH:
        first = _day(fact, f"{value}-01")
        return str(format_skeleton("yMMMM", first, locale=writing.locale)).replace(" ", NBSP)
    if not isinstance(value, Decimal | int):
        return writing.said(str(value))
    number = writing.number(value)
    if Decimal(value).is_infinite():
        return number
    if unit in _DURATIONS:
        return writing.duration(Decimal(value), _DURATIONS[unit])
    match unit:
        case Unit.PERCENT:
            return f"{number}%"
        case Unit.POINTS:
            return _counted(writing, value, number, "{count} point", "{count} points")
        case Unit.NUMBER_NEEDED:
            return _number_needed(writing, fact)
        case Unit.MG | Unit.MG_PER_KG | Unit.MG_PER_M2 | Unit.MM:
            return f"{number}{NBSP}{writing.translate(_UNITS[unit])}"
        case Unit.CELSIUS:
            fahrenheit = writing.number(rounded(Decimal(value) * 9 / 5 + 32, 1))
            return f"{number}{NBSP}°C ({fahrenheit}{NBSP}°F)"
        case Unit.PEOPLE:
            return _counted(writing, value, number, "{count} person", "{count} people")
        case Unit.TIMES if value in _TIMES:
            return writing.translate(_TIMES[Decimal(value)]).replace(" ", NBSP)
        case Unit.TIMES:
            return _counted(writing, value, number, "{count} time", "{count} times")
        case Unit.TIMES_A_DAY if value in _TIMES_A_DAY:
            return writing.translate(_TIMES_A_DAY[Decimal(value)]).replace(" ", NBSP)
        case Unit.TIMES_A_DAY:
            return _counted(writing, value, number, "{count} time a day", "{count} times a day")
        case _:
            return number


def _counted(writing: Writing, value: Decimal | int, number: str, one: str, many: str) -> str:
    """A number and what it counts, in the form that the language has for it.

    Numbers with decimals take the form of many.
    """
    count = abs(Decimal(value))
    whole = int(count) if count == int(count) else 100
    return writing.plural(one, many, whole).format(count=number).replace(" ", NBSP)


def _date(writing: Writing, fact: Fact) -> str:
    day = fact.value if isinstance(fact.value, date) else _day(fact, str(fact.value))
    return written_date(day, writing.language)


def _day(fact: Fact, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"`{fact.address}` is no {fact.unit}: {fact.value}"
        raise UnsuitableFormatError(message) from None


def _number(writing: Writing, fact: Fact) -> str:
    return writing.number(_decimal(fact))


def _interval(writing: Writing, fact: Fact) -> str:
    if fact.interval is None:
        raise UnsuitableFormatError(f"`{fact.address}` has no interval")
    if isinstance(fact.interval, Missing):
        return writing.translate("interval not available")
    return writing.interval(*fact.interval)


def _short_interval(writing: Writing, fact: Fact) -> str:
    """For narrow columns, under which NR is explained."""
    long = writing.translate("not reached").replace(" ", NBSP)
    return _interval(writing, fact).replace(long, writing.translate("NR"))


def _with_interval(writing: Writing, fact: Fact) -> str:
    value = _as_is(writing, fact)
    if isinstance(fact.interval, Missing):
        return f"{value}; {_interval(writing, fact)}"
    return f"{value} ({_named_interval(writing, fact)})"


def _signed(writing: Writing, fact: Fact) -> str:
    value = _decimal(fact)
    text = _as_is(writing, fact)
    return ("+" if value > 0 else "") + text


def _signed_number(writing: Writing, fact: Fact) -> str:
    return writing.signed(_decimal(fact))


def _signed_with_interval(writing: Writing, fact: Fact) -> str:
    if isinstance(fact.interval, Missing):
        return f"{_signed(writing, fact)}; {_interval(writing, fact)}"
    return f"{_signed(writing, fact)} ({_named_interval(writing, fact)})"


def _named_interval(writing: Writing, fact: Fact) -> str:
    name = writing.translate("95% CI").replace(" ", NBSP)
    return f"{name}{NBSP}{_interval(writing, fact)}"


def _of_100(writing: Writing, fact: Fact) -> str:
    percent = _percent(fact)
    if fewer_than_one(percent):
        return _fewer(writing)
    return writing.of_hundred(of_hundred(percent))


def _fewer(writing: Writing) -> str:
    """Words that may part before the number, so that they fit the column of a table."""
    *words, count, of, hundred = writing.translate("fewer than 1 of 100").split(" ")
    return " ".join((*words, NBSP.join((count, of, hundred))))


def _opposite_of_100(writing: Writing, fact: Fact) -> str:
    percent = _percent(fact)
    if fewer_than_one(percent):
        raise UnsuitableFormatError(
            f"`{fact.address}` is under 1 of 100: write both frames by hand"
        )
    return writing.of_hundred(100 - of_hundred(percent))


def _difference_of_100(writing: Writing, fact: Fact) -> str:
    """The difference of the rounded arms, so that the reader's own subtraction agrees."""
    arms = [found for each in fact.derived_from if (found := writing.find(each))]
    if len(arms) != 2:
        raise UnsuitableFormatError(f"`{fact.address}` is no difference between two arms")
    points = difference_of_rounded(_percent(arms[0]), _percent(arms[1]))
    if points is None:
        raise UnsuitableFormatError(f"both arms of `{fact.address}` are under 1 of 100")
    more = message("{count} more of 100") if points >= 0 else message("{count} fewer of 100")
    return writing.translate(more).format(count=abs(points)).replace(" ", NBSP)


def _number_needed(writing: Writing, fact: Fact) -> str:
    """As "NNT 44 (23 to 400)": never without its interval, and never for patients."""
    if fact.unit is not Unit.NUMBER_NEEDED:
        raise UnsuitableFormatError(f"`{fact.address}` is no number needed to treat")
    if fact.difference is None or not isinstance(fact.interval, tuple):
        raise UnsuitableFormatError(f"`{fact.address}` is not computed from a difference")
    if writing.audience is Audience.PATIENT:
        raise UnsuitableFormatError(f"`{fact.address}`: numbers needed to treat are for clinicians")
    harms = (fact.difference.points < 0) == fact.higher_is_better
    name = writing.translate(message("NNH") if harms else message("NNT"))
    return f"{name}{NBSP}{writing.number(_decimal(fact))} ({_interval(writing, fact)})"


def _number_needed_at(writing: Writing, fact: Fact) -> str:
    """As "NNT 44 (23 to 400) at 2 years", for prose: it means nothing without its time."""
    needed = _number_needed(writing, fact)
    times = [found for each in fact.derived_from if (found := writing.find(each))]
    when = next((each for each in times if each.address.endswith(".at")), None)
    if when is None:
        raise UnsuitableFormatError(f"`{fact.address}` has no time")
    return f"{needed} {writing.translate('at')} {_as_is(writing, when)}"


def _percent(fact: Fact) -> Decimal:
    if fact.unit is not Unit.PERCENT:
        raise UnsuitableFormatError(f"`{fact.address}` is no percentage")
    percent = _decimal(fact)
    if not 0 <= percent <= 100:
        raise UnsuitableFormatError(f"`{fact.address}` is no share of people: {percent}%")
    return percent


_FORMATS: dict[str, Callable[[Writing, Fact], str]] = {
    "as-is": _as_is,
    "number": _number,
    "interval": _interval,
    "short-interval": _short_interval,
    "named-interval": _named_interval,
    "with-interval": _with_interval,
    "signed": _signed,
    "signed-number": _signed_number,
    "signed-with-interval": _signed_with_interval,
    "at-its-time": _number_needed_at,
    "of-100": _of_100,
    "opposite-of-100": _opposite_of_100,
    "difference-of-100": _difference_of_100,
}
