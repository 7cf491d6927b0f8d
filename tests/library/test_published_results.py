"""Every result and harm of our records against what was looked up in the published sources.

``tests/evidence/published_results.yaml`` is that table. The test says which row of a record holds
which of its results; all numbers are read from the two files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import yaml

from handouts.evidence.trial_facts import experimental_first
from handouts.evidence.trial_people import people_counted
from handouts.loading.library import load_library
from handouts.models.missing import Missing
from handouts.models.numbers import NOT_REACHED
from handouts.models.provenance import Seen
from handouts.models.trial import Harm, Outcome, Trial
from tests.projects import ROOT

PUBLISHED = ROOT / "tests/evidence/published_results.yaml"

ROWS = {
    "CLEO.PFS.IRF": "pfs",
    "CLEO.PFS.INV.2015": "pfs-2015",
    "CLEO.PFS.INV.2020": "pfs-2018",
    "CLEO.OS.2012": "os-2012",
    "CLEO.OS.2015": "os-2015",
    "CLEO.OS.2020": "os-2018",
    "CLEO.OS.5Y": "os-5y",
    "CLEO.OS.8Y": "os-8y",
    "CLEO.ORR": "response",
    "CLEO.DOR": "response-duration",
    "APH.IDFS.2017": "idfs-2016",
    "APH.IDFS.2017.NPOS": "idfs-2016-positive",
    "APH.IDFS.2017.NNEG": "idfs-2016-negative",
    "APH.IDFS.2021": "idfs-2021",
    "APH.OS.2021": "os-2021",
    "APH.IDFS.2024": "idfs-2022",
    "APH.OS.2024": "os-2022",
    "APH.IDFS.2025": "idfs-final",
    "APH.OS.2025": "os-final",
    "APH.OS.2025.NPOS": "os-final-positive",
    "H2C.PFS": "pfs",
    "H2C.PFS.1Y": "pfs-1y",
    "H2C.OS.2020": "os-2019",
    "H2C.OS.2Y.2020": "os-2y-2019",
    "H2C.OS.2022": "os-2021",
    "H2C.OS.2Y.2022": "os-2y-2021",
    "H2C.PFS.INV.2022": "pfs-investigator",
    "H2C.PFS.BM": "pfs-brain",
    "H2C.CNSPFS.2020": "cns-pfs",
    "H2C.OS.BM.2020": "os-brain-2019",
    "H2C.OS.BM.2023": "os-brain",
    "H2C.ORR": "response",
    "H2C.ICORR": "brain-response",
    "EXT.IDFS.2Y": "idfs-2y",
    "EXT.IDFS.2Y.FDA": "idfs-2y-fda",
    "EXT.IDFS.5Y": "idfs-5y",
    "EXT.IDFS.5Y.HRPOS1Y": "idfs-5y-hr-positive",
    "EXT.OS": "os-8y",
    "EXT.OS.HRPOS": "os-8y-hr-positive-all",
    "EXT.OS.HRPOS1Y": "os-8y-hr-positive",
}

LEFT_OUT = {"CLEO.PFS.INV.2013": "own knowledge: no source showed it"}

ROLES = {
    "primary": "primary",
    "primary, regulator version": "sensitivity",
    "secondary": "secondary",
    "secondary (descriptive)": "descriptive",
    "secondary (descriptive, final)": "descriptive",
    "secondary (confirmatory)": "confirmatory",
    "secondary (confirmatory, final)": "confirmatory",
    "secondary, not a randomised comparison": "descriptive",
    "interim": "confirmatory",
    "update": "descriptive",
    "landmark": "descriptive",
    "sensitivity": "sensitivity",
    "descriptive": "descriptive",
    "subgroup": "exploratory",
    "exploratory": "exploratory",
}

HARMS: dict[str, dict[tuple[str, str], str | None]] = {
    "cleopatra": {
        ("neutropenia", ">=3"): "neutropenia",
        ("febrile neutropenia", ">=3"): "febrile",
        ("leukopenia", ">=3"): "leukopenia",
        ("diarrhoea", ">=3"): "diarrhoea-severe",
        ("peripheral neuropathy", ">=3"): "neuropathy",
        ("anaemia", ">=3"): "anaemia",
        ("left ventricular systolic dysfunction", "any"): "lvsd",
        ("left ventricular systolic dysfunction", ">=3"): "lvsd-severe",
        ("symptomatic LVSD", "-"): "lvsd-symptoms",
        ("LVEF fall >=10 points to <50%", "-"): "lvef-fall",
        ("any serious adverse event", "-"): "serious",
        ("stopped all study treatment for adverse reaction", "-"): "stopped",
        ("treatment-related death", "5"): "death",
    },
    "aphinity": {
        ("diarrhoea", ">=3"): "diarrhoea-severe",
        ("diarrhoea", "any"): "diarrhoea",
        ("heart failure", "-"): "heart-failure",
        ("primary cardiac event", "-"): "cardiac",
        ("stopped any study treatment for adverse reaction", "-"): "stopped",
        ("neutropenia", ">=3"): None,
        ("febrile neutropenia", ">=3"): None,
    },
    "her2climb": {
        ("diarrhoea", "any"): "diarrhoea",
        ("diarrhoea", ">=3"): "diarrhoea-severe",
        ("hand-foot syndrome (PPE)", ">=3"): "hand-foot",
        ("ALT rise", ">=3"): "alt",
        ("AST rise", ">=3"): "ast",
        ("lab ALT >5x ULN", "-"): "lab-alt",
        ("lab AST >5x ULN", "-"): "lab-ast",
        ("bilirubin >3x ULN", "-"): "lab-bilirubin",
        ("any serious adverse event", "-"): "serious",
        ("fatal adverse reaction", "5"): "death",
        ("stopped tucatinib or placebo for adverse event", "-"): "stopped",
        ("tucatinib dose reduced", "-"): "reduced",
    },
    "extenet": {
        ("diarrhoea", "any"): "diarrhoea",
        ("diarrhoea", "3"): "diarrhoea-severe",
        ("diarrhoea", "4"): "diarrhoea-four",
        ("vomiting", ">=3"): "vomiting",
        ("nausea", ">=3"): "nausea",
        ("stopped for diarrhoea", "-"): "stopped",
        ("hospitalised for diarrhoea", "-"): "hospital",
        ("any serious adverse event", "-"): "serious",
        ("LVEF decline, grade >=2", "-"): None,
    },
}
"""By trial: the row of each harm; None for what is own knowledge and so stands nowhere."""


@cache
def trials() -> dict[str, Trial]:
    found = load_library(ROOT / "content", ROOT).trials
    return {name: record.value for name, record in found.items()}


@cache
def published() -> dict[str, dict[str, Any]]:
    text = PUBLISHED.read_text(encoding="utf-8")
    found = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (text only)
    return {each["id"]: each for each in found["trials"]}


def results() -> Iterator[tuple[str, dict[str, Any]]]:
    for trial, found in published().items():
        for each in found["outcomes"]:
            yield trial, each


def harms() -> Iterator[tuple[str, dict[str, Any]]]:
    for trial, found in published().items():
        for each in found["safety"]["events"]:
            yield trial, each


RESULTS = [pytest.param(*each, id=each[1]["id"]) for each in results() if each[1]["id"] in ROWS]
HARM_ROWS = [
    pytest.param(*each, id=f"{each[0]}, {each[1]['term']}, {each[1]['grade']}") for each in harms()
]


def row_of(trial: str, result: dict[str, Any]) -> Outcome:
    name = ROWS[result["id"]]
    return next(each for each in trials()[trial].outcomes if each.id == name)


def number(text: str | Any | None) -> Decimal | None:
    if text is None:
        return None
    return NOT_REACHED if text == "not reached" else Decimal(text)


def interval(text: str | None) -> tuple[Decimal | None, Decimal | None] | None:
    if text is None:
        return None
    low, _, high = text.partition("-")
    return number(low), number(high)


def seen(result: dict[str, Any], path: str) -> str | None:
    """The text of a field, such as ``control.value``; None where nobody saw it."""
    here: Any = result
    for step in path.split("."):
        here = here.get(step) if isinstance(here, dict) else None
    return None if path in result.get("not_seen", ()) else here


def known(value: object) -> Any:
    return None if isinstance(value, Missing) else value


def test_every_result_has_its_row_or_a_reason() -> None:
    names = {each["id"] for _, each in results()}
    assert names == ROWS.keys() | LEFT_OUT.keys()
    for _, each in results():
        if each["id"] in LEFT_OUT:
            assert each["verified"] == "own-knowledge"


@pytest.mark.parametrize(("trial", "result"), RESULTS)
class TestResults:
    def test_both_arms_have_their_values_and_intervals(
        self, trial: str, result: dict[str, Any]
    ) -> None:
        row = row_of(trial, result)
        for arm in experimental_first(trials()[trial]):
            found = row.arms[arm.id]
            value, bounds = (seen(result, f"{arm.role}.{name}") for name in ("value", "ci95"))
            assert known(found.value) == number(value)
            assert str(number(value)) == str(known(found.value)), "the written decimals"
            assert known(found.ci) == interval(bounds)

    def test_the_ratio_has_its_interval_and_its_p_value(
        self, trial: str, result: dict[str, Any]
    ) -> None:
        effect = row_of(trial, result).effect
        if "effect" not in result:
            assert effect is Missing.NOT_APPLICABLE
            return
        if isinstance(effect, Missing):
            assert not [name for name in ("value", "ci95", "p") if seen(result, f"effect.{name}")]
            return
        value, bounds, p = (seen(result, f"effect.{name}") for name in ("value", "ci95", "p"))
        assert known(effect.value) == number(value)
        assert known(effect.ci) == interval(bounds)
        assert (None if isinstance(effect.p, Missing) else str(effect.p)) == p or (
            known(effect.p) is not None and p is not None and Decimal(p) == effect.p
        )

    def test_its_people_and_their_events_are_those_counted(
        self, trial: str, result: dict[str, Any]
    ) -> None:
        row = row_of(trial, result)
        people = people_counted(trials()[trial], row.population)
        for arm in experimental_first(trials()[trial]):
            events, n = (seen(result, f"{arm.role}.{name}") for name in ("events", "n"))
            assert (row.events or {}).get(arm.id) == (None if events is None else int(events))
            if n is not None:
                assert people[arm.id] == int(n)
            elif f"{arm.role}.n" in result.get("not_seen", ()):
                assert arm.id not in people

    def test_it_is_of_its_role_assessor_and_analysis(
        self, trial: str, result: dict[str, Any]
    ) -> None:
        row = row_of(trial, result)
        assert row.role == ROLES[result["role"]]
        assert row.assessed_by == result.get("assessed_by")
        analysis = next(each for each in trials()[trial].analyses if each.id == row.analysis)
        if not isinstance(analysis.follow_up, Missing):
            said = re.findall(r"follow-up ([\d.]+)", result["analysis"])
            assert not said or Decimal(said[0]) == analysis.follow_up.value
        said = re.findall(r"cut-off (?:\d+ )?\w{3,} (\d{4})", result["analysis"])
        if said and not isinstance(analysis.data_cutoff, Missing):
            assert str(analysis.data_cutoff).startswith(said[0])

    def test_it_names_the_sources_it_was_seen_in(self, trial: str, result: dict[str, Any]) -> None:
        row = row_of(trial, result)
        assert set(result["sources"]) <= {*row.sources, *row.via}
        assert row.seen is not Seen.OWN_KNOWLEDGE


@pytest.mark.parametrize(("trial", "harm"), HARM_ROWS)
def test_a_harm_has_its_shares_and_its_sources(trial: str, harm: dict[str, Any]) -> None:
    name = HARMS[trial][harm["term"], harm["grade"]]
    if name is None:
        assert harm["verified"] == "own-knowledge"
        return
    row: Harm = next(each for each in trials()[trial].harms if each.id == name)
    for arm in experimental_first(trials()[trial]):
        text = seen(harm, arm.role)
        if text is not None and harm["verified"] == "own-knowledge":
            text = None
        share = re.match(r"[\d.]+", text) if text else None
        assert known(row.arms.get(arm.id, Missing.NOT_SEEN)) == number(share and share[0])
    assert set(harm["sources"]) <= {*row.sources, *row.via}
    if counted := re.fullmatch(r"(\d+)/(\d+) v (\d+)/(\d+)", harm.get("note", "")):
        k1, n1, k2, n2 = map(int, counted.groups())
        people = people_counted(
            trials()[trial], row.population or trials()[trial].safety_population
        )
        arms = [arm.id for arm in experimental_first(trials()[trial])]
        assert [(row.events or {})[arm] for arm in arms] == [k1, k2]
        assert [people[arm] for arm in arms] == [n1, n2]


def test_every_harm_of_a_record_was_looked_up_or_is_its_region() -> None:
    by_region = {"febrile-asia", "febrile-elsewhere"}  # in a note of febrile neutropenia
    unseen = {"aphinity": {"serious"}}  # both arms not seen: the row says so
    for name, trial in trials().items():
        rows = {each.id for each in trial.harms}
        assert rows - set(HARMS[name].values()) - by_region - unseen.get(name, set()) == set()


@pytest.mark.parametrize("name", ["cleopatra", "aphinity", "her2climb", "extenet"])
def test_the_arms_hold_the_people_randomised(name: str) -> None:
    found, trial = published()[name], trials()[name]
    assert trial.randomised_total == int(found["randomised_total"])
    for arm, line in zip(experimental_first(trial), found["arms"], strict=True):
        analysed = {people_counted(trial, each.id).get(arm.id) for each in trial.populations}
        assert int(line["n"]) in analysed | {arm.randomised}
