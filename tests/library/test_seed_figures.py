"""The figures this library began from: each right one stands on its page, no wrong one anywhere.

``tests/evidence/seed_figures.yaml`` says of each figure what is published, and of which analysis
and people. Here stands which fact of which trial holds it; the figures are read from the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
import yaml

from handouts.loading.library import load_library
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.models.missing import Missing
from handouts.models.trial import Effect
from tests.projects import ROOT, Project, our_page

TABLE = ROOT / "tests/evidence/seed_figures.yaml"
TRIALS = ("cleopatra", "aphinity", "her2climb", "extenet")


@dataclass(frozen=True)
class Looked:
    """What a result is of, as ``handouts trace`` says it: analysis, data cut, follow-up, people."""

    analysis: str
    data_cutoff: str
    follow_up: str
    population: str
    people: tuple[str, str] | None
    total: str | None = None


END = Looked("End of study", "2018-11", "99.9 v 98.7 months", "all", ("402", "406"))
FINAL = Looked("Final survival analysis", "not seen", "11.3 years", "analysed", ("2400", "2404"))
PFS = Looked("Primary analysis", "2019-09-04", "14.0 months", "first-480", None, "480")
OS = Looked("Final survival analysis", "2021-02-08", "29.6 months", "all", ("410", "202"))
CNS = Looked("Primary analysis", "2019-09-04", "14.0 months", "brain", ("198", "93"))
BRAIN = Looked("Final survival analysis", "2021-02-08", "29.6 months", "brain", ("198", "93"))
FIVE = Looked("Protocol-defined", "not seen", "5.2 years", "all", ("1420", "1420"))
EARLY = Looked("Protocol-defined", "not seen", "5.2 years", "hr-positive-1y", ("670", "664"))


def _row(seed: str, fact: str, arms: tuple[str, str], looked: Looked) -> dict[str, Any]:
    first, second = (f"{fact}.{arm}" for arm in arms)
    ratio = f"{fact}.ratio"
    return {
        f"{seed}.A": (first, looked),
        f"{seed}.B": (second, looked),
        f"{seed}.HR": (ratio, looked),
        f"{seed}.CI": (ratio, looked),
    }


PERTUZUMAB, TUCATINIB, NERATINIB = (
    (drug, "placebo") for drug in ("pertuzumab", "tucatinib", "neratinib")
)

FACTS: dict[str, tuple[str, Looked | None]] = {
    "T1.n.A": ("cleopatra.randomised.pertuzumab", None),
    "T1.n.B": ("cleopatra.randomised.placebo", None),
    **_row("T1.PFS", "cleopatra.pfs-2018", PERTUZUMAB, END),
    **_row("T1.OS", "cleopatra.os-2018", PERTUZUMAB, END),
    "T2.n.A": ("aphinity.analysed.pertuzumab", None),
    "T2.n.B": ("aphinity.analysed.placebo", None),
    **_row("T2.IDFS", "aphinity.idfs-final", PERTUZUMAB, FINAL),
    **_row("T2.OS", "aphinity.os-final", PERTUZUMAB, FINAL),
    "T2.OS.p": ("aphinity.os-final.p", FINAL),
    **_row("T3.PFS", "her2climb.pfs", TUCATINIB, PFS),
    "T3.PFS.p": ("her2climb.pfs.p", PFS),
    **_row("T3.OS", "her2climb.os-2021", TUCATINIB, OS),
    **_row("T3.CNS", "her2climb.cns-pfs", TUCATINIB, CNS),
    "T3.CNS.p": ("her2climb.cns-pfs.p", CNS),
    **_row("T3.BMOS", "her2climb.os-brain", TUCATINIB, BRAIN),
    "T4.n.A": ("extenet.randomised.neratinib", None),
    "T4.n.B": ("extenet.randomised.placebo", None),
    **_row("T4.IDFS", "extenet.idfs-5y", NERATINIB, FIVE),
    "T4.IDFS.p": ("extenet.idfs-5y.p", FIVE),
    "T4.HR1.HR": ("extenet.idfs-5y-hr-positive.ratio", EARLY),
    "T4.HR1.CI": ("extenet.idfs-5y-hr-positive.ratio", EARLY),
}
"""By id of the figure: the fact that holds it, and what that result is of."""

TERTIARY = {
    "T1.ORR.A": "cleopatra.response.pertuzumab",
    "T1.ORR.B": "cleopatra.response.placebo",
    "T1.DOR.A": "cleopatra.response-duration.pertuzumab",
    "T1.DOR.B": "cleopatra.response-duration.placebo",
}
"""Seen in a tertiary database alone: only in the HTML twin, and said to be tertiary there."""

NO_ROOM: dict[str, str] = {}
"""Figures that are true and seen, and that paper has no room for, each with the reason."""

MISATTRIBUTED = {"T1.PFS.p", "T1.OS.p", "T3.n.A", "T3.n.B"}
"""Real numbers of other analyses or other people; tests of their own say where they may stand."""

WRONG = {"T1.PFS.CI"}
UNSEEN = {"T3.BMOS.CI"}


@cache
def table() -> dict[str, dict[str, str]]:
    found = yaml.load(TABLE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return {each["id"]: each for each in found["seed_figures"]}


@cache
def traced(trial: str) -> dict[str, dict[str, Any]]:
    done = Project(ROOT).run("trace", trial, "--json")
    assert done.exit_code == 0, done.stderr
    return {each["fact"]: each for each in done.json[0]["numbers"]}


@cache
def printed(trial: str) -> frozenset[str]:
    """Facts on the printed page, by the marks of the document as it is fitted to its page."""
    edition = Edition(trial, Kind.TRIAL, "en", Format.STANDARD, Paper.A4, "default")
    return frozenset(re.findall(r'data-fact="([^"]+)"', our_page(edition).html))


def fact(address: str) -> dict[str, Any]:
    return traced(address.split(".", maxsplit=1)[0])[address]


def effect_of(address: str) -> Effect:
    """The effect of a row, where a fact of it is not printed as a number."""
    trial, row, _ = address.split(".")
    outcomes = load_library(ROOT / "content", ROOT).trials[trial].value.outcomes
    effect = next(each for each in outcomes if each.id == row).effect
    assert isinstance(effect, Effect)
    return effect


def figures(text: str) -> tuple[str | None, list[str] | None]:
    """Value and interval of a figure as the table writes it: ``7.8 (7.5-9.6)``, ``0.59-0.81``."""
    if alone := re.match(r"([\d.]+)-([\d.]+)$", text):
        return None, [*alone.groups()]
    found = re.match(r"(<?[\d.]+)%?(?: \(([\d.]+)-([\d.]+)\))?", text)
    assert found is not None, text
    return found[1], [found[2], found[3]] if found[2] else None


def everywhere() -> Iterator[dict[str, Any]]:
    for trial in TRIALS:
        yield from traced(trial).values()


def test_every_figure_of_the_table_is_accounted_for() -> None:
    sorted_out = FACTS.keys() | TERTIARY.keys() | NO_ROOM.keys() | MISATTRIBUTED | UNSEEN
    assert sorted_out == table().keys()
    by_status = {
        status: {name for name, each in table().items() if each["status"] == status}
        for status in ("wrong", "misattributed", "not verified")
    }
    assert by_status == {"wrong": WRONG, "misattributed": MISATTRIBUTED, "not verified": UNSEEN}
    assert {name for name, each in table().items() if each["tier"] == "D"} == TERTIARY.keys()


@pytest.mark.parametrize("name", sorted(FACTS.keys() - UNSEEN))
def test_a_published_figure_stands_on_the_page_with_its_analysis_and_its_people(name: str) -> None:
    address, looked = FACTS[name]
    found, (value, interval) = fact(address), figures(table()[name]["published_value"])
    if value is not None:
        assert found["value"] == value
    if interval is not None:
        assert found["interval"] == interval
    assert not found["missing"]
    assert not found["unverified"]
    assert set(table()[name]["sources"]) & {*found["sources"], *found["via"]}
    assert name in NO_ROOM or address in printed(address.split(".")[0])
    if looked is None:
        return
    trial = address.split(".")[0]
    assert found["analysis"].startswith(looked.analysis)
    assert (found["data_cutoff"], found["follow_up"], found["population"]) == (
        *(looked.data_cutoff, looked.follow_up, looked.population),
    )
    people = [
        each["value"]
        for each in traced(trial).values()
        if re.fullmatch(rf"{trial}\.{looked.population}\.(?!total)\S+", each["fact"])
    ]
    assert people == list(looked.people or ())
    if looked.total is not None:
        assert fact(f"{trial}.{looked.population}.total")["value"] == looked.total


@pytest.mark.parametrize("name", sorted(TERTIARY))
def test_a_figure_of_a_tertiary_database_is_in_the_twin_and_says_so(name: str) -> None:
    found, (value, _) = fact(TERTIARY[name]), figures(table()[name]["published_value"])
    assert found["value"] == value
    assert "(tertiary)" in found["what"]
    assert "Tier D" in found["note"]
    assert TERTIARY[name] not in printed("cleopatra")
    assert found["population"] in {"measurable", "responders"}


def test_the_wrong_interval_of_the_end_of_study_stands_nowhere() -> None:
    _, wrong = figures(table()["T1.PFS.CI"]["seed_value"])
    assert wrong == ["0.58", "0.81"]
    assert [each["fact"] for each in everywhere() if each["interval"] == wrong] == []
    assert [each["fact"] for each in everywhere() if "0.58 to 0.81" in each["value"]] == []


@pytest.mark.parametrize(
    ("of", "here"),
    [("cleopatra.pfs-2018.p", "cleopatra.pfs.p"), ("cleopatra.os-2018.p", "cleopatra.os-2015.p")],
)
def test_no_p_value_stands_at_the_end_of_study_but_at_the_analysis_that_made_it(
    of: str, here: str
) -> None:
    assert of not in traced("cleopatra")
    assert effect_of(of).p is Missing.DESCRIPTIVE
    assert fact(here)["value"] in {"<0.001", "0.0002"}
    assert fact(here)["population"] == "all"
    ends = [each for each in traced("cleopatra").values() if each["data_cutoff"] == "2018-11"]
    assert [each["fact"] for each in ends if each["unit"] == "p" and not each["missing"]] == []


def test_all_randomised_are_the_people_of_survival_alone() -> None:
    assert fact("her2climb.all.tucatinib")["value"] == table()["T3.n.A"]["seed_value"]
    assert fact("her2climb.all.placebo")["value"] == table()["T3.n.B"]["seed_value"]
    others = ("pfs", "pfs-1y", "cns-pfs", "pfs-brain", "os-brain", "os-brain-2019", "response")
    people = {
        each["population"]
        for name, each in traced("her2climb").items()
        if name.split(".")[1] in others and each["population"]
    }
    assert people == {"first-480", "brain", "measurable"}
    assert not [name for name in traced("her2climb") if re.search(r"first-480\.(tuc|pla)", name)]


def test_an_interval_that_nobody_saw_stands_nowhere_without_its_mark() -> None:
    _, unseen = figures(table()["T3.BMOS.CI"]["seed_value"])
    assert fact("her2climb.os-brain.ratio")["interval"] == "not seen"
    marked = [each for each in everywhere() if each["interval"] == unseen]
    assert [each["fact"] for each in marked if not each["unverified"]] == []


class TestCellsThatWereBlank:
    """What a dash hid, by ``seed_blank_cells``."""

    def test_a_response_has_no_hazard_ratio_and_no_p_value_that_nobody_saw(self) -> None:
        for name in ("response", "response-duration"):
            assert f"cleopatra.{name}.ratio" not in traced("cleopatra")
            assert f"cleopatra.{name}.p" not in traced("cleopatra")
        assert fact("cleopatra.response.difference")["value"] == "10.9"

    def test_idfs_was_not_tested_again_at_the_final_analysis(self) -> None:
        assert "aphinity.idfs-final.p" not in traced("aphinity")
        assert effect_of("aphinity.idfs-final.p").p is Missing.DESCRIPTIVE
        assert fact("aphinity.idfs-2016.p")["value"] == "0.045"

    def test_final_survival_of_her2climb_has_a_p_value_that_is_descriptive(self) -> None:
        found = fact("her2climb.os-2021.p")
        assert (found["value"], found["role"]) == ("0.004", "descriptive")
        assert fact("her2climb.os-2019.p")["value"] == "0.005"

    def test_survival_with_brain_metastases_has_no_p_value(self) -> None:
        assert "her2climb.os-brain.p" not in printed("her2climb")
        assert "her2climb.os-brain.p" not in traced("her2climb")

    def test_the_early_start_of_extenet_has_its_gap_and_no_rates(self) -> None:
        row = "extenet.idfs-5y-hr-positive"
        assert f"{row}.neratinib" not in traced("extenet")
        assert f"{row}.placebo" not in traced("extenet")
        gap = fact(f"{row}.difference")
        assert (gap["value"], gap["interval"], gap["computed_from"]) == ("5.1", "not seen", [])
        assert effect_of(f"{row}.p").p is Missing.DESCRIPTIVE


def test_what_a_record_can_hold_is_traced_as_an_editor_writes_it() -> None:
    median = fact("cleopatra.os-2015.pertuzumab")
    assert median["interval"] == ["49.3", "not reached"]
    gap = fact("aphinity.os-final.difference")
    assert (gap["interval"], gap["method"], gap["computed_from"]) == (
        *(["0.03", "3.47"], "published", []),
    )
    assert fact("cleopatra.serious.events-pertuzumab")["value"] == "160"
    assert fact("cleopatra.serious.pertuzumab")["population"] == "treated-end"
    needed = fact("aphinity.os-final.nnt")
    assert needed["text"].replace("\u00a0", " ") == "NNT 56 (29 to 3,334) at 10 years"
    assert needed["computed_from"] == ["aphinity.os-final.difference", "aphinity.os-final.at"]
