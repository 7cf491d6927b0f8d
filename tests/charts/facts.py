"""Facts of our own trials, and what a drawing says, for the tests of whole charts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from handouts.charts.chart import Chart
from handouts.charts.drawing import ChartStyle, Drawing
from handouts.charts.lettering import width_mm
from handouts.evidence.facts import Fact, FactBook
from handouts.evidence.formatting import Audience, Writing
from handouts.loading.library import load_library
from handouts.models.missing import Missing
from tests.charts import PT_PER_MM, ROOT, STYLE, tree

INFINITE = Decimal("Infinity")
LARGE = replace(STYLE, label_pt=18.0)
PATIENT = replace(STYLE, label_pt=10.5)


@cache
def book() -> FactBook:
    return load_library(ROOT / "content", Path(ROOT)).book


def fact(address: str) -> Fact:
    return book().facts[address]


def changed(address: str, value: str | Missing, low: str = "", high: str = "") -> Fact:
    """A fact with another value and interval; no bounds for an interval that was not seen."""
    interval = (Decimal(low), Decimal(high)) if low else Missing.NOT_SEEN
    number = value if isinstance(value, Missing) else Decimal(value)
    return replace(fact(address), value=number, interval=interval)


def writing(
    audience: Audience = Audience.CLINICIAN, translate: Callable[[str], str] = str
) -> Writing:
    return Writing(audience, "en", translate, book().get)


def spoken(text: str) -> str:
    """Text with plain blanks."""
    return text.replace("\u00a0", " ")


def said(drawing: Drawing) -> list[str]:
    """Its words in their order, with plain blanks."""
    return [spoken(each.text or "") for each in tree(drawing).iter("text")]


def printed_facts(chart: Chart) -> dict[str, str]:
    """What its table prints, by the address of the fact."""
    return {cell.fact: spoken(cell.text) for row in chart.table.rows for cell in row if cell.fact}


def boxes(
    drawing: Drawing, style: ChartStyle = STYLE
) -> list[tuple[str, float, float, float, float]]:
    """Of each line of words: itself, left, right, top and bottom of its letters in mm."""
    found = []
    for element in tree(drawing).iter("text"):
        text = element.text or ""
        width = width_mm(text, style, bold=element.get("font-weight") == "700")
        x, y = (float(element.get(each, "nan")) / PT_PER_MM for each in ("x", "y"))
        anchor = element.get("text-anchor", "start")
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        height = style.label_pt / PT_PER_MM
        found.append((text, left, left + width, y - 0.66 * height, y + 0.2 * height))
    return found


def overlaps(drawing: Drawing, style: ChartStyle = STYLE) -> list[tuple[str, str]]:
    """Pairs of words that are set over each other."""
    return [
        (one[0], two[0])
        for one, two in itertools.combinations(boxes(drawing, style), 2)
        if one[1] < two[2] and two[1] < one[2] and one[3] < two[4] and two[3] < one[4]
    ]
