"""What a patient handout shows: its blocks with facts filled in, its pictures, its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from handouts.charts.drawing import ChartStyle, Drawing
from handouts.charts.icon_array import draw_icons
from handouts.diagnostics import error
from handouts.evidence.facts import Fact
from handouts.evidence.rounding import of_hundred
from handouts.loading.written import PatientHandout
from handouts.markdown.blocks import Component
from handouts.models.components import BESIDE
from handouts.models.diagram import Diagram
from handouts.models.glossary import Glossary
from handouts.models.missing import Missing
from handouts.models.record import Record
from handouts.models.source import Source
from handouts.rendering.blocks import BlockPrinter, Printable
from handouts.rendering.citations import short_citation
from handouts.rendering.cycle_calendar import cycle_calendar
from handouts.rendering.diagrams import diagram_figure
from handouts.rendering.side_effects import side_effects
from handouts.rendering.stained_cells import stained_cells
from handouts.rendering.words import Words

_NO_WORDS = Markup("")


@dataclass(frozen=True, slots=True)
class RiskFrame:
    """One side of a risk pair: how many had it, how many had not, and the picture of both."""

    title: str
    time: Markup
    count: Markup
    event: str
    rest: Markup
    opposite: str
    icons: Drawing


@dataclass(frozen=True, slots=True)
class RiskPair:
    """Both sides, and whether their words stand beside the pictures rather than above them."""

    frames: tuple[RiskFrame, ...]
    is_beside: bool


@dataclass(frozen=True, slots=True)
class SourceRead:
    """A source in a few words, and how it was read."""

    text: str
    read: str


@dataclass(frozen=True, slots=True)
class PatientPage:
    """Everything on the sheet, in the order of reading."""

    title: str
    lead: str
    blocks: tuple[Printable, ...]
    sources: tuple[SourceRead, ...]
    has_unverified: bool


def patient_page(
    handout: PatientHandout,
    words: Words,
    sources: Mapping[str, Source],
    glossary: Glossary | None,
    diagrams: Mapping[str, Record[Diagram]],
    style: ChartStyle,
    *,
    icons_mm: float,
    icons_beside_mm: float,
) -> PatientPage:
    """The sheet of a handout.

    Args:
        handout: the handout in one language.
        words: prints facts and words, and writes down what was printed.
        sources: all sources, by id.
        glossary: terms explained, in the handout's language.
        diagrams: records by id.
        style: look of the pictures.
        icons_mm: side of an icon array.
        icons_beside_mm: side of one whose words stand beside it.
    """
    page = _Sheet(handout, words, glossary, diagrams, style, icons_mm, icons_beside_mm)
    printer = BlockPrinter(lambda _: words, page.extra)
    blocks = tuple(map(_emergencies_first, printer.printables(handout.blocks)))
    used = dict.fromkeys(name for fact in words.ledger.facts() for name in fact.source.sources[:1])
    read = tuple(
        SourceRead(short_citation(sources[name]), words.of_source(sources[name].read))
        for name in used
        if name in sources
    )
    unverified = any(fact.is_unverified for fact in words.ledger.facts())
    return PatientPage(handout.front.title, handout.front.lead, blocks, read, unverified)


def _emergencies_first(block: Printable) -> Printable:
    """A box of reasons to call, in the order of reading: its first list, the other signs, last."""
    if block.name != "call-us":
        return block
    return replace(block, blocks=(*block.blocks[1:], *block.blocks[:1]))


class _Sheet:
    def __init__(
        self,
        handout: PatientHandout,
        words: Words,
        glossary: Glossary | None,
        diagrams: Mapping[str, Record[Diagram]],
        style: ChartStyle,
        icons_mm: float,
        icons_beside_mm: float,
    ) -> None:
        self.diagrams = diagrams
        self.handout, self.words, self.glossary = handout, words, glossary
        self.style = style
        self.icons_mm, self.icons_beside_mm = icons_mm, icons_beside_mm
        self.drawn: Counter[str] = Counter()

    def extra(self, component: Component) -> object:  # noqa: PLR0911  (one per component)
        """What a component needs besides its words."""
        match component.name:
            case "risk-pair":
                return self._risk_pair(component)
            case "words-to-know":
                return self._terms(component)
            case "diagram":
                return diagram_figure(
                    component, self.diagrams, self.words, self.style, self.handout.language
                )
            case "stained-cells":
                return stained_cells(component, self.words, self.style)
            case "calendar":
                return cycle_calendar(component, self.words)
            case "side-effects":
                return side_effects(component, self.words)
            case "evidence-group":
                return component.argument("certainty")
            case _:
                return None

    def _risk_pair(self, component: Component) -> RiskPair | None:
        name = component.argument("fact") or ""
        titles = (component.argument("first") or "", component.argument("second") or "")
        difference = self.words.book.get(f"{name}.difference")
        if difference is None or len(difference.derived_from) != 2:
            self.words.fact(f"{name}.difference", place=(component.line, 1))
            return None
        is_beside = component.argument("words") == BESIDE
        size_mm = self.icons_beside_mm if is_beside else self.icons_mm
        frames = []
        for address, title in zip(difference.derived_from, titles, strict=True):
            fact = self.words.book.get(address)
            if fact is not None:
                frames.append(self._frame(fact, title, component, size_mm))
        whole = tuple(frame for frame in frames if frame is not None)
        return RiskPair(whole, is_beside) if whole else None

    def _frame(
        self, fact: Fact, title: str, component: Component, size_mm: float
    ) -> RiskFrame | None:
        if isinstance(fact.value, Missing) or not fact.event or not fact.opposite:
            self.words.ledger.problems.append(
                error(
                    "unsuitable-format",
                    f"`{fact.address}` can't be drawn as people out of 100",
                    path=self.words.path,
                    line=component.line,
                    hint="it needs a percentage, and words for the event and its opposite",
                )
            )
            return None
        place = (component.line, 1)
        count = of_hundred(fact.value)  # type: ignore[arg-type]
        event, opposite = self.words.said(fact.event, fact), self.words.said(fact.opposite, fact)
        translate = self.words.writing.translate
        alt = translate(
            "{title}: {count} of 100 circles are filled: {event}. The other {rest}: {opposite}."
        ).format(title=title, count=count, event=event, rest=100 - count, opposite=opposite)
        self.words.drawn(fact.address, alt)
        icons = draw_icons(
            count, self.style, size_mm=size_mm, alt=alt,
            name=self._name(fact),
        )  # fmt: skip
        time = f"{fact.address.rpartition('.')[0]}.at"
        return RiskFrame(
            title,
            self.words.fact(time, place=place) if self.words.book.get(time) else _NO_WORDS,
            self.words.fact(fact.address, "of-100", place),
            event,
            self.words.fact(fact.address, "opposite-of-100", place),
            opposite,
            icons,
        )

    def _name(self, fact: Fact) -> str:
        """A name for a picture of a fact, unique on the sheet."""
        name = fact.address.replace(".", "-")
        self.drawn[name] += 1
        return name if self.drawn[name] == 1 else f"{name}-{self.drawn[name]}"

    def _terms(self, component: Component) -> tuple[tuple[str, str], ...]:
        terms = [each.strip() for each in (component.argument("terms") or "").split(",")]
        known = self.glossary.terms if self.glossary else {}
        found = []
        for term in filter(None, terms):
            if term in known:
                found.append((term, known[term]))
            else:
                self.words.ledger.problems.append(
                    error(
                        "unknown-term",
                        f"term `{term}` is not in the glossary",
                        path=self.words.path,
                        line=component.line,
                        hint=f"add it to content/glossary/{self.handout.language}.yaml",
                    )
                )
        return tuple(found)
