"""What a page for clinicians shows that compares or explains: words, tables, drawings, sources."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from handouts.charts.chart import Chart
from handouts.charts.drawing import ChartStyle, Drawing
from handouts.charts.forest_figure import ForestRow, forest_figure
from handouts.loading.library import Library
from handouts.loading.written import ClinicianPage
from handouts.markdown.blocks import Block, Component
from handouts.models.components import SPLITS
from handouts.models.front_matter import ComparisonFront
from handouts.models.missing import Missing
from handouts.models.priority import Priority, weaker
from handouts.models.trial import RatioMeasure
from handouts.rendering import fit
from handouts.rendering.blocks import OPTIONAL, BlockPrinter, Printable
from handouts.rendering.comparison_table import comparison_table
from handouts.rendering.diagrams import diagram_figure
from handouts.rendering.fit import Ranks, ranked
from handouts.rendering.record_words import RecordWords, SourceLine, numbered
from handouts.rendering.sayings import ON_SCREEN, SILENT
from handouts.rendering.words import Words


@dataclass(frozen=True, slots=True)
class ClinicianSheet:
    """Everything on the page, in the order of reading."""

    title: str
    lead: str
    blocks: tuple[Printable, ...]
    sources: tuple[SourceLine, ...]
    charts: tuple[Chart, ...] = field(metadata=ON_SCREEN)
    ranks: Ranks = field(metadata=SILENT)


@dataclass(frozen=True, slots=True)
class TableHead:
    """What a table has besides its rows: widths are shares of its columns in per cent."""

    caption: str
    widths: tuple[str, ...] = field(metadata=SILENT)


@dataclass(frozen=True, slots=True)
class Split:
    """How columns share the width of the page."""

    name: str = field(metadata=SILENT)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of drawings in millimetres, from the design tokens."""

    forest_mm: float
    forest_row_mm: float
    bars_mm: float
    bars_height_mm: float


def clinician_sheet(
    page: ClinicianPage, words: Words, library: Library, style: ChartStyle, sizes: Sizes
) -> ClinicianSheet:
    """The sheet of a page.

    Args:
        page: its front matter and words.
        words: prints facts and words, and writes down what was printed.
        library: its trials, diagrams and sources.
        style: look of the drawings.
        sizes: sizes of the drawings.
    """
    ranks = ranked(_optional(page.blocks))

    def sheet(said: RecordWords) -> ClinicianSheet:
        components = _Components(page, said, library, style, sizes)

        def words_at(rank: int) -> Words:
            return replace(
                said.words,
                cite=lambda facts: said.cite_all(*(each.source for each in facts), rank=rank),
            )

        printer = BlockPrinter(words_at, components.extra, lambda each: ranks.of(each.line))
        blocks = printer.printables(page.blocks)
        return ClinicianSheet(
            title=page.front.title,
            lead=page.front.lead,
            blocks=blocks,
            sources=said.source_lines(library.sources),
            charts=tuple(components.charts),
            ranks=ranks,
        )

    return numbered(page.record, words, sheet)


def _short(name: str) -> str:
    """An outcome's abbreviation where its name gives one: "PFS"."""
    _, opening, rest = name.partition(" (")
    return rest.rstrip(")") if opening and rest.endswith(")") else name


def _optional(
    blocks: Iterable[Block], around: Priority = Priority.REQUIRED
) -> Iterator[tuple[Hashable, fit.Block]]:
    """What may be left off, in the order of reading; it never outlives what it stands in."""
    for block in blocks:
        if isinstance(block, Component):
            inner = around
            if block.name == OPTIONAL:
                inner = weaker(around, Priority(block.argument("priority") or ""))
                yield block.line, fit.Block("notes", block.argument("name") or "", inner)
            yield from _optional(block.blocks, inner)


class _Components:
    """What components need besides their words."""

    def __init__(
        self,
        page: ClinicianPage,
        said: RecordWords,
        library: Library,
        style: ChartStyle,
        sizes: Sizes,
    ) -> None:
        self.page, self.said, self.library = page, said, library
        self.style, self.sizes = style, sizes
        self.charts: list[Chart] = []
        self._ = said.words.writing.translate

    def extra(self, component: Component) -> object:
        match component.name:
            case "comparison-table":
                return comparison_table(
                    self.said, self.library.trials, self.style,
                    width_mm=self.sizes.bars_mm, height_mm=self.sizes.bars_height_mm,
                )  # fmt: skip
            case "comparison-forest":
                return self._forest()
            case "diagram":
                return diagram_figure(
                    component, self.library.diagrams, self.said.words, self.style,
                    self.page.language,
                )  # fmt: skip
            case "table":
                widths = (component.argument("widths") or "").split()
                return TableHead(component.argument("caption") or "", tuple(widths))
            case "columns":
                return Split(component.argument("split") or SPLITS[0])
            case _:
                return None

    def _forest(self) -> Drawing:
        front = self.page.front
        assert isinstance(front, ComparisonFront)  # noqa: S101  (the component's rule saw to it)
        rows, measure = [], RatioMeasure.NONE
        for compared in front.trials:
            trial = self.library.trials[compared.trial].value
            outcomes = {each.id: each for each in trial.outcomes}
            for name in compared.plotted:
                outcome = outcomes[name]
                if not isinstance(outcome.effect, Missing):
                    measure = outcome.effect.measure  # the same in each, as its check saw to
                ratio = self.said.words.book.facts[f"{compared.trial}.{name}.ratio"]
                label = f"{trial.acronym}, {_short(outcome.name)}"
                rows.append(ForestRow(label, "", ratio, name == compared.relative))
                self.said.cite(outcome)
        chart = forest_figure(
            rows, self.said.words.writing, self.style, width_mm=self.sizes.forest_mm,
            row_mm=self.sizes.forest_row_mm, name="comparison-forest", measure=measure,
            favours=(self._("favours the added drug"), self._("favours the comparator")),
        )  # fmt: skip
        for row in rows:
            self.said.words.drawn(row.ratio.address, chart.drawing.alt)
        self.charts.append(chart)
        return chart.drawing
