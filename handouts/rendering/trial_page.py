"""What a trial page shows, in words and drawings, ready to be laid out by a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from handouts.charts.drawing import ChartStyle, Drawing
from handouts.charts.forest import RatioMark, axis_for, draw_axis, draw_mark
from handouts.evidence.facts import Fact
from handouts.evidence.trial_facts import experimental_first
from handouts.models.missing import Missing
from handouts.models.provenance import Sourced
from handouts.models.quantity import Statement
from handouts.models.record import Record
from handouts.models.source import Source
from handouts.models.trial import Arm, Effect, Harm, Measure, Outcome, OutcomeRole, Trial
from handouts.rendering.citations import line_citation
from handouts.rendering.words import Words

DataPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value with what stands under it in small type (an interval, a p-value, or why not)."""

    main: Markup
    under: Markup


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row of results."""

    name: Markup
    about: Markup
    arms: tuple[Value, Value]
    difference: Value
    mark: Drawing | None
    ratio: Value
    is_primary: bool
    is_landmark: bool
    on_paper: bool


@dataclass(frozen=True, slots=True)
class ResultTable:
    """All rows of one analysis: one data cut, said in the caption."""

    caption: Markup
    note: Markup
    axis: Drawing
    null_mm: float
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True)
class HarmRow:
    """One harm, in the same form as the benefits."""

    name: Markup
    about: Markup
    arms: tuple[Markup, Markup]
    difference: Value
    on_paper: bool


@dataclass(frozen=True, slots=True)
class ArmLine:
    """An arm: its name, its size, how it is given."""

    name: str
    people: Markup
    schedule: Markup


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list."""

    words: Markup
    on_paper: bool


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source of the page, with its number and how it was read."""

    number: int
    text: str
    read: str
    on_paper: bool


@dataclass(frozen=True, slots=True)
class TrialPage:
    """Everything on the page, in the order of reading."""

    acronym: str
    title: str
    citation: str
    doi: str | None
    registration: tuple[Markup, ...]
    bottom_line: Markup
    objective: Markup
    people: Markup
    arms: tuple[ArmLine, ...]
    design: Markup
    endpoint: Markup
    arm_names: tuple[str, str]
    results: tuple[ResultTable, ...]
    harms: tuple[HarmRow, ...]
    harms_people: tuple[Markup, Markup]
    harms_note: Markup
    harms_source: Markup
    applies_to: tuple[Point, ...]
    limits: tuple[Point, ...]
    changes: tuple[Point, ...]
    approvals: tuple[Point, ...]
    funding: Markup
    not_seen: tuple[str, ...]
    sources: tuple[SourceLine, ...]


def trial_page(
    record: Record[Trial],
    words: Words,
    sources: dict[str, Source],
    style: ChartStyle,
    *,
    plot_mm: float,
    row_mm: float,
) -> TrialPage:
    """The page of a trial.

    Args:
        record: the trial.
        words: prints facts and prose, and writes down what was printed.
        sources: all sources, by id.
        style: look of the plot.
        plot_mm: width of the forest plot's column.
        row_mm: height of a mark in it.
    """
    return _Page(record, words, sources, style, plot_mm, row_mm).page()


class _Page:
    def __init__(
        self,
        record: Record[Trial],
        words: Words,
        sources: dict[str, Source],
        style: ChartStyle,
        plot_mm: float,
        row_mm: float,
    ) -> None:
        self.record, self.trial, self.words, self.sources = record, record.value, words, sources
        self.style, self.plot_mm, self.row_mm = style, plot_mm, row_mm
        self.arms = experimental_first(self.trial)
        self.cited_on_paper: set[str] = {self.trial.citation}
        self._ = words.writing.translate
        self.axis = axis_for(
            (mark for each in self.trial.outcomes if (mark := _mark(each))), plot_mm
        )

    def page(self) -> TrialPage:
        trial = self.trial
        first = self.sources[trial.citation]
        self.words.ledger.number_of(trial.citation)
        top = {
            "acronym": trial.acronym,
            "title": trial.title,
            "citation": line_citation(first),
            "doi": first.doi,
            "registration": tuple(
                Markup("{} {}").format(each.registry, each.number) for each in trial.registration
            ),
            "bottom_line": self._prose(trial.bottom_line, "bottom_line"),
            "objective": self._prose(trial.objective, "objective"),
            "people": self._statements(("participants", "eligibility")),
            "arms": tuple(self._arm(arm) for arm in self.arms),
            "design": self._statements(("design", "masking", "randomisation", "recruitment")),
            "endpoint": self._statement(trial.primary_endpoint, ("primary_endpoint",)),
            "arm_names": (self.arms[0].short, self.arms[1].short),
        }
        results = tuple(self._table(index) for index in range(len(trial.analyses)))
        harms = tuple(self._harm(each, index) for index, each in enumerate(trial.harms))
        safety = trial.safety_population
        safe = next(each for each in trial.populations if each.id == safety)
        rest = {
            "results": results,
            "harms": harms,
            "harms_people": tuple(self.words.fact(f"{safety}.{arm.id}") for arm in self.arms),
            "harms_note": self._prose(trial.harms_note, "harms_note"),
            "harms_source": self._cite(safe),
            "applies_to": self._listed("applies_to"),
            "limits": self._listed("limits"),
            "changes": self._listed("changes"),
            "approvals": self._listed("approvals"),
            "funding": self._statement(trial.funding, ("funding",)),
            "not_seen": tuple(self._missing()),
        }
        numbered = tuple(
            SourceLine(
                number, line_citation(self.sources[name]), self.sources[name].read,
                name in self.cited_on_paper,
            )  # fmt: skip
            for number, name in enumerate(self.words.ledger.sources, 1)
            if name in self.sources
        )
        return TrialPage(**top, **rest, sources=numbered)  # type: ignore[arg-type]

    def _prose(self, text: str, *at: str | int) -> Markup:
        return self.words.prose(text, self.record.place(at))

    def _statement(self, statement: Statement, at: DataPath) -> Markup:
        text = self._prose(statement.text, *at, "text")
        return Markup("{} {}").format(text, self._cite(statement))

    def _statements(self, names: Iterable[str]) -> Markup:
        """Several statements as one paragraph, their sources together at its end."""
        found = [
            (name, each)
            for name in names
            if isinstance(each := getattr(self.trial, name), Statement)
        ]
        texts = [self._prose(each.text, name, "text") for name, each in found]
        return Markup(" ").join([*texts, self._cite(*(each for _, each in found))])

    def _listed(self, name: str) -> tuple[Point, ...]:
        found: tuple[Statement, ...] = getattr(self.trial, name)
        return tuple(
            Point(self._statement(each, (name, index)), each.paper)
            for index, each in enumerate(found)
        )

    def _cite(self, *sourced: Sourced) -> Markup:
        """The numbers of the main sources, and of the reports they were read through.

        Other sources of a fact are in its record, and `handouts trace` lists them.
        """
        names = dict.fromkeys(n for each in sourced for n in (*each.sources[:1], *each.via))
        if not names:
            return Markup('<span class="cite">[{}]</span>').format(self._("unverified"))
        numbers = sorted(self.words.ledger.number_of(name) for name in names)
        if all(getattr(each, "paper", True) for each in sourced):
            self.cited_on_paper.update(names)
        return Markup('<span class="cite" data-plain="">[{}]</span>').format(
            ",\u2009".join(str(each) for each in numbers)
        )

    def _arm(self, arm: Arm) -> ArmLine:
        index = self.trial.arms.index(arm)
        schedule = self._statement(arm.schedule, ("arms", index, "schedule"))
        return ArmLine(arm.short, self.words.fact(f"randomised.{arm.id}"), schedule)

    def _table(self, index: int) -> ResultTable:
        analysis = self.trial.analyses[index]
        caption = Markup("{}. {} {}; {} {}").format(
            self._prose(analysis.name, "analyses", index, "name"),
            self._("Data cut"), self.words.fact(f"{analysis.id}.cutoff"),
            self._("median follow-up"), self.words.fact(f"{analysis.id}.follow-up"),
        )  # fmt: skip
        favours = (
            self._("favours {arm}").format(arm=self.arms[0].short.lower()),
            self.arms[1].short.lower(),
        )
        if index:
            favours = ("", "")  # the axis is that of the table above
        axis = draw_axis(
            self.axis, self.style, favours=favours,
            alt=self._axis_alt(), name=f"{analysis.id}-axis",
        )  # fmt: skip
        outcomes = [each for each in self.trial.outcomes if each.analysis == analysis.id]
        rows = tuple(
            self._row(outcome, above)
            for outcome, above in zip(outcomes, [None, *outcomes], strict=False)
        )
        return ResultTable(caption, self._cite(analysis), axis, self.axis.null_mm, rows)

    def _axis_alt(self) -> str:
        return self._(
            "Axis of the hazard ratio, logarithmic. Left of one favours {first}, right of one"
            " favours {second}."
        ).format(first=self.arms[0].short.lower(), second=self.arms[1].short.lower())

    def _row(self, outcome: Outcome, above: Outcome | None) -> ResultRow:
        name: Markup = Markup("{}").format(outcome.name)
        if outcome.at is not None:
            name = Markup("{} {} {}").format(
                outcome.name, self._("at"), self.words.fact(f"{outcome.id}.at")
            )
        mark = _mark(outcome) if outcome.plot else None
        return ResultRow(
            name=name,
            about=self._about(outcome, above),
            arms=(self._result(outcome, self.arms[0]), self._result(outcome, self.arms[1])),
            difference=self._difference(outcome.id),
            mark=self._draw(outcome, mark) if mark else None,
            ratio=self._ratio(outcome),
            is_primary=outcome.role is OutcomeRole.PRIMARY,
            is_landmark=outcome.at is not None,
            on_paper=outcome.paper,
        )

    def _about(self, outcome: Outcome, above: Outcome | None) -> Markup:
        """Role, people counted, sources: the small line under a row's name.

        A rate that follows the row it belongs to counts the same people, and says so.
        """
        if outcome.at is not None and above is not None and above.population == outcome.population:
            return Markup("{} {}").format(self._("same people"), self._cite(outcome))
        place = next(
            i for i, each in enumerate(self.trial.populations) if each.id == outcome.population
        )
        population = self.trial.populations[place]
        people = self._prose(population.name, "populations", place, "name")
        if not isinstance(population.arms, Missing):
            counts = (self.words.fact(f"{population.id}.{arm.id}") for arm in self.arms)
            people = Markup("{} {} v {}").format(people, *counts)
        return Markup("{}: {} {}").format(
            self._(outcome.role.value), people, self._cite(outcome)
        )

    def _result(self, outcome: Outcome, arm: Arm) -> Value:
        name = f"{outcome.id}.{arm.id}"
        fact = self.words.book.get(name, self.record.id)
        return Value(self._cell(name), self._interval(name, fact))

    def _cell(self, name: str) -> Markup:
        """A value in a table; what was not seen is named in short, and in full under the table."""
        fact = self.words.book.get(name, self.record.id)
        if fact is not None and fact.value is Missing.NOT_SEEN:
            return Markup('<span class="missing">{}</span>').format(self._("not seen"))
        return self.words.fact(name)

    def _interval(self, name: str, fact: Fact | None) -> Markup:
        if fact is None or not isinstance(fact.interval, tuple):
            return Markup("")
        return Markup("({})").format(self.words.fact(name, "interval"))

    def _difference(self, name: str) -> Value:
        name = f"{name}.difference"
        fact = self.words.book.get(name, self.record.id)
        if fact is None or isinstance(fact.value, Missing):
            return Value(Markup("{}").format(self._("not available")), Markup(""))
        return Value(self.words.fact(name, "signed"), self._interval(name, fact))

    def _ratio(self, outcome: Outcome) -> Value:
        effect = outcome.effect
        if isinstance(effect, Missing):
            return Value(Markup("{}").format(self._("no ratio")), Markup(""))
        p = self._p(outcome, effect)
        if isinstance(effect.value, Missing):
            return Value(Markup("{}").format(self._("no ratio")), p)
        value = self.words.fact(f"{outcome.id}.ratio")
        if not isinstance(effect.ci, Missing):
            interval = self.words.fact(f"{outcome.id}.ratio", "interval")
            return Value(Markup("{} ({})").format(value, interval), p)
        if effect.p is Missing.NOT_SEEN:
            return Value(value, Markup("{}").format(self._("interval, p not seen")))
        return Value(value, Markup("{}; {}").format(self._("interval not seen"), p))

    def _p(self, outcome: Outcome, effect: Effect) -> Markup:
        match effect.p:
            case Missing.DESCRIPTIVE:
                return Markup("{}").format(self._("descriptive, no test"))
            case Missing():
                return Markup("p {}").format(self._("not seen"))
            case _:
                sign = "" if str(effect.p).startswith(("<", ">")) else "="
                return Markup("p{}{}").format(sign, self.words.fact(f"{outcome.id}.p"))

    def _draw(self, outcome: Outcome, mark: RatioMark) -> Drawing:
        side = self.arms[0].short if mark.high < 1 else self.arms[1].short
        finding = self._("favours {arm}").format(arm=side.lower())
        if mark.low <= 1 <= mark.high:
            finding = self._("the interval includes one")
        effect = outcome.effect
        assert isinstance(effect, Effect)
        low, high = effect.ci if isinstance(effect.ci, tuple) else (None, None)
        alt = self._("{name}: {measure} {value}, 95% interval {low} to {high}; {finding}.").format(
            name=outcome.name, measure=effect.measure, value=effect.value, low=low, high=high,
            finding=finding,
        )  # fmt: skip
        self.words.drawn(f"{outcome.id}.ratio", alt)
        return draw_mark(
            mark, self.axis, self.style, height_mm=self.row_mm, alt=alt, name=outcome.id,
            bold=outcome.role is OutcomeRole.PRIMARY,
        )  # fmt: skip

    def _harm(self, harm: Harm, index: int) -> HarmRow:
        remark = self._prose(harm.remark, "harms", index, "remark") if harm.remark else Markup("")
        about = Markup("{}{} {}").format(remark, Markup(";") if remark else "", self._cite(harm))
        return HarmRow(
            name=Markup("{}").format(harm.term),
            about=about,
            arms=(
                self._cell(f"{harm.id}.{self.arms[0].id}"),
                self._cell(f"{harm.id}.{self.arms[1].id}"),
            ),
            difference=self._difference(harm.id),
            on_paper=harm.paper,
        )

    def _missing(self) -> Iterable[str]:
        named = {
            "allocation": "concealment of allocation",
            "setting": "centres and countries",
            "funder_role": "funder’s role",
            "conflicts": "conflicts",
        }
        for name, words in named.items():
            if isinstance(getattr(self.trial, name), Missing):
                yield self._(words)


def _mark(outcome: Outcome) -> RatioMark | None:
    """What the plot draws for a row; nothing for an estimate without an interval."""
    effect = outcome.effect
    if isinstance(effect, Missing) or isinstance(effect.ci, Missing):
        return None
    if not isinstance(effect.value, Decimal) or outcome.measure is Measure.PROPORTION:
        return None
    return RatioMark(float(effect.value), float(effect.ci[0]), float(effect.ci[1]))
