from __future__ import annotations

from decimal import Decimal

import pytest

from handouts.diagnostics import did_you_mean
from handouts.evidence.facts import (
    DataPath,
    Fact,
    FactBook,
    Place,
    facts_of_file,
    source_problems,
)
from handouts.models.provenance import Seen, Sourced
from handouts.models.quantity import FactFile, Quantity, Statement, Unit

SEEN = Sourced(seen=Seen.ABSTRACT, sources=("A-2020",))


def place(path: DataPath) -> Place:
    """A place that tells the path it was asked for."""
    return len(path), sum(len(str(step)) for step in path)


def fact(address: str, source: Sourced = SEEN) -> Fact:
    return Fact(
        address=address, what="a value", value=Decimal(1), unit=Unit.NONE, source=source,
        path="a.yaml", line=1,
    )  # fmt: skip


def book(*addresses: str, broken: tuple[str, ...] = ()) -> FactBook:
    return FactBook({each: fact(each) for each in addresses}, frozenset(broken))


class TestABookOfFacts:
    def test_a_fact_is_found_by_its_address(self) -> None:
        found = book("trial.pfs.drug").get("trial.pfs.drug")
        assert found is not None
        assert found.address == "trial.pfs.drug"

    def test_in_its_own_record_a_short_name_will_do(self) -> None:
        facts = book("trial.pfs.drug", "other.pfs.drug")
        for record in ("trial", "other"):
            found = facts.get("pfs.drug", record)
            assert found is not None
            assert found.address == f"{record}.pfs.drug"

    def test_the_own_record_comes_first_and_others_can_be_named(self) -> None:
        facts = book("trial.other.n", "other.n")
        own, foreign = facts.get("other.n", "trial"), facts.get("other.n")
        assert own is not None
        assert foreign is not None
        assert (own.address, foreign.address) == ("trial.other.n", "other.n")

    def test_a_name_nobody_knows_finds_nothing(self) -> None:
        assert book("trial.n").get("n") is None
        assert book("trial.n").get("trial.m", "trial") is None

    def test_facts_of_a_record_that_could_not_be_read_are_known_to_be_lost(self) -> None:
        facts = book("trial.n", broken=("lost",))
        assert facts.is_broken("lost.pfs.drug")
        assert facts.is_broken("lost")
        assert not facts.is_broken("trial.m")

    def test_names_for_a_hint_are_as_short_as_they_may_be(self) -> None:
        facts = book("trial.n", "other.n")
        assert facts.names() == ("trial.n", "other.n")
        assert facts.names("trial") == ("n", "other.n")

    def test_all_facts_can_be_gone_through(self) -> None:
        assert [each.address for each in book("a.b", "c.d")] == ["a.b", "c.d"]


def test_only_own_knowledge_is_unverified() -> None:
    unverified = {seen for seen in Seen if fact("a.b", Sourced(seen=seen)).is_unverified}
    assert unverified == {Seen.OWN_KNOWLEDGE}


def test_a_file_gives_its_quantities_and_its_statements() -> None:
    file = FactFile(
        title="Safety",
        quantities={
            "fever": Quantity(
                what="when to call", value=Decimal(38), unit=Unit.CELSIUS, seen=Seen.LABEL
            )
        },
        statements={"call": Statement(text="Call for fever.", seen=Seen.LABEL)},
    )
    fever, call = facts_of_file("safety", file, "safety.yaml", place)
    assert (fever.address, fever.value, fever.unit) == ("safety.fever", Decimal(38), Unit.CELSIUS)
    assert (fever.what, fever.path, fever.line) == ("when to call", "safety.yaml", 2)
    assert (call.address, call.value, call.unit) == ("safety.call", "Call for fever.", Unit.NONE)


class TestSources:
    def problems(self, sourced: Sourced) -> list[str]:
        known = {"A-2020": 1, "B-2021": 2}
        return [
            f"{each.code} {each.message} ({each.hint})"
            for each in source_problems(
                [(sourced, ("limits", 0))], known, "a.yaml", place,
                lambda name: did_you_mean(name, known),
            )
        ]  # fmt: skip

    def test_a_known_source_is_enough(self) -> None:
        assert self.problems(Sourced(seen=Seen.PAPER, sources=("A-2020",), via=("B-2021",))) == []

    @pytest.mark.parametrize("seen", sorted(set(Seen) - {Seen.OWN_KNOWLEDGE, Seen.GENERAL}))
    def test_what_was_read_somewhere_says_where(self, seen: Seen) -> None:
        (problem,) = self.problems(Sourced(seen=seen))
        assert problem.startswith("no-source this fact names no source (give `sources`")

    @pytest.mark.parametrize("seen", [Seen.OWN_KNOWLEDGE, Seen.GENERAL])
    def test_own_knowledge_and_general_advice_need_none(self, seen: Seen) -> None:
        assert self.problems(Sourced(seen=seen)) == []

    def test_a_source_nobody_listed_is_told_with_the_nearest_one(self) -> None:
        assert self.problems(Sourced(seen=Seen.PAPER, sources=("A-2020", "A-2002"))) == [
            "unknown-source source `A-2002` is not in content/sources.yaml (did you mean `A-2020`?)"
        ]

    def test_so_is_a_report_it_was_read_through(self) -> None:
        (problem,) = self.problems(Sourced(seen=Seen.PAPER, sources=("A-2020",), via=("B-2012",)))
        assert "`B-2012`" in problem

    def test_the_place_is_that_of_the_name(self) -> None:
        wrong = Sourced(seen=Seen.PAPER, sources=("A-2020", "C"))
        (problem,) = source_problems([(wrong, ("limits", 0))], {"A-2020": 1}, "a.yaml", place, str)
        path = ("limits", 0, "sources", 1)
        assert (problem.line, problem.column) == place(path)
