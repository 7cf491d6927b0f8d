from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from handouts.diagnostics import Diagnostic
from handouts.evidence.facts import Fact, FactBook
from handouts.evidence.formatting import NBSP, Audience, Writing
from handouts.markdown.parsing import parse_inline
from handouts.models.missing import Missing
from handouts.models.provenance import Seen, Sourced
from handouts.models.quantity import Unit
from handouts.rendering.words import Ledger, Words, plain

SEEN = Sourced(seen=Seen.ABSTRACT, sources=("A-2020",))


def fact(address: str, value: Decimal | str | Missing, unit: Unit = Unit.NONE) -> Fact:
    return Fact(
        address=address, what="a value", value=value, unit=unit, source=SEEN, path="facts.yaml",
        line=3,
    )  # fmt: skip


FACTS = [
    fact("trial.n", Decimal(612)),
    fact("trial.alive", Decimal("33.1"), Unit.PERCENT),
    fact("trial.lost", Missing.NOT_SEEN, Unit.PERCENT),
    fact("trial.paid", "A & B <Ltd>"),
    fact("safety.call", "Call for fever."),
    replace(fact("safety.guess", "Rest helps."), source=Sourced(seen=Seen.OWN_KNOWLEDGE)),
    replace(fact("trial.rumour", Decimal(7)), source=Sourced(seen=Seen.OWN_KNOWLEDGE)),
]


def words(record: str | None = None) -> Words:
    book = FactBook({each.address: each for each in FACTS}, frozenset({"broken"}))
    writing = Writing(Audience.PATIENT, "en", lambda text: text, book.get)
    return Words(book, writing, record, "a.md", Ledger())


def said(text: str, printer: Words | None = None) -> str:
    """Words as HTML, with ordinary spaces."""
    printer = printer or words()
    return str(printer.inline(parse_inline(text, "a.md", 5))).replace(NBSP, " ")


def the_problem(text: str, record: str | None = None) -> Diagnostic:
    printer = words(record)
    said(text, printer)
    (problem,) = printer.ledger.problems
    assert (problem.severity, problem.path, problem.line) == ("error", "a.md", 5)
    return problem


class TestAFact:
    def test_it_stands_in_a_span_that_names_it(self) -> None:
        assert said("Of {{ trial.n }} people") == (
            'Of <span class="fact" data-fact="trial.n">612</span> people'
        )

    def test_it_is_written_for_its_reader(self) -> None:
        assert ">33 of 100</span>" in said("{{ trial.alive }}")
        assert ">33.1</span>" in said("{{ trial.alive | number }}")

    def test_one_that_is_missing_is_marked(self) -> None:
        assert said("{{ trial.lost }}") == (
            '<span class="missing" data-fact="trial.lost">not in the sources we read</span>'
        )

    def test_its_text_is_escaped(self) -> None:
        assert ">A &amp; B &lt;Ltd&gt;</span>" in said("{{ trial.paid }}")

    def test_own_knowledge_carries_a_mark(self) -> None:
        assert '>7</span> <span class="unverified">(' in said("{{ trial.rumour }}")

    def test_one_of_another_trial_is_refused_where_a_reader_could_not_tell(self) -> None:
        printer = replace(words("trial"), own_only=True)
        said("{{ n }} and [@trial.paid]", printer)
        assert printer.ledger.problems == []
        said("{{ safety.call }} and [@safety.guess]", printer)
        assert [each.code for each in printer.ledger.problems] == ["foreign-fact"] * 2

    def test_it_may_be_called_by_its_short_name_in_its_own_record(self) -> None:
        assert 'data-fact="trial.n"' in said("{{ n }}", words("trial"))

    def test_it_is_written_down_with_its_text_and_its_place(self) -> None:
        printer = words()
        said("a {{ trial.n }} b {{ trial.alive | number }}", printer)
        assert [
            (each.fact.address, each.form, each.text, each.path, each.line)
            for each in printer.ledger.printed
        ] == [
            ("trial.n", None, "612", "a.md", 5),
            ("trial.alive", "number", "33.1", "a.md", 5),
        ]

    def test_one_that_a_chart_draws_is_written_down_too(self) -> None:
        printer = words()
        printer.drawn("trial.alive", "33 of 100 circles")
        (printed,) = printer.ledger.printed
        assert (printed.form, printed.text, printed.path) == (
            *("chart", "33 of 100 circles", "facts.yaml"),
        )


class TestAStatement:
    def test_it_prints_nothing_and_takes_the_blank_before_it_along(self) -> None:
        assert said("Call us. [@safety.call]") == "Call us."
        assert said("Call us [@safety.call] now.") == "Call us now."

    def test_what_nobody_has_seen_in_a_source_says_so(self) -> None:
        text = said("Rest helps. [@safety.guess]")
        assert text.startswith("Rest helps.")
        assert '<span class="unverified">(' in text

    def test_it_is_written_down(self) -> None:
        printer = words()
        said("[@safety.call] [@safety.guess]", printer)
        assert [each.address for each in printer.ledger.facts()] == ["safety.call", "safety.guess"]


class TestAPlainCount:
    def test_it_is_marked(self) -> None:
        assert said("{{ 2 | plain }} lines") == '<span data-plain="">2</span> lines'

    def test_its_text_is_escaped(self) -> None:
        assert plain("<b>") == '<span data-plain="">&lt;b&gt;</span>'
        assert words().plain(3) == '<span data-plain="">3</span>'


class TestReferencesThatLeadNowhere:
    @pytest.mark.parametrize("text", ["x {{ trial.nn }}", "x [@trial.nn]"])
    def test_an_unknown_fact_is_told_with_the_nearest_one(self, text: str) -> None:
        problem = the_problem(text)
        assert (problem.code, problem.column) == ("unknown-fact", 3)
        assert problem.hint == "did you mean `trial.n`?"

    def test_in_a_record_its_short_names_are_proposed(self) -> None:
        assert the_problem("{{ aliv }}", "trial").hint == "did you mean `alive`?"

    def test_a_fact_of_a_broken_record_is_told_as_that_and_once(self) -> None:
        printer = words()
        said("{{ broken.a }} {{ broken.b }} [@broken.c]", printer)
        codes = [each.code for each in printer.ledger.problems]
        assert codes == ["broken-record"]

    def test_a_format_nobody_knows_is_told_with_the_nearest_one(self) -> None:
        problem = the_problem("{{ trial.n | nunber }}")
        assert (problem.code, problem.hint) == ("unsuitable-format", "did you mean `number`?")

    def test_a_format_that_does_not_fit_is_told(self) -> None:
        assert the_problem("{{ trial.n | of-100 }}").message == "`trial.n` is no percentage"

    def test_all_of_them_are_collected(self) -> None:
        printer = words()
        said("{{ a.b }} {{ trial.n | c }} [@d.e]", printer)
        assert len(printer.ledger.problems) == 3


class TestProseOfARecord:
    def test_its_references_are_filled_in(self) -> None:
        printer = words("trial")
        assert "612" in printer.prose("All {{ n }}.", (4, 2))
        assert printer.ledger.problems == []

    def test_its_mistakes_are_collected_at_its_place(self) -> None:
        printer = words("trial")
        assert printer.prose("a <b> {{ c", (4, 2)) == ""
        assert {each.code for each in printer.ledger.problems} == {"raw-html", "broken-reference"}
        assert {each.line for each in printer.ledger.problems} == {4}


def test_sources_are_numbered_in_the_order_of_their_use() -> None:
    ledger = Ledger()
    assert [ledger.number_of(name) for name in ("b", "a", "b", "c")] == [1, 2, 1, 3]
    assert ledger.sources == ["b", "a", "c"]
