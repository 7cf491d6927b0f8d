"""JSON Schemas for editors agree with what the program takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from handouts.loading.schemas import KINDS, schema_of
from tests.projects import ROOT

CONTENT = ROOT / "content"
PLACES = {
    "project": "project.yaml",
    "sources": "sources.yaml",
    "trial": "trials/*/trial.yaml",
    "facts": "facts/*.yaml",
    "diagram": "diagrams/*.yaml",
    "clinic": "clinics/*.yaml",
    "glossary": "glossary/*.yaml",
    "translations": "translations/*.yaml",
    "quality": "patient/*/quality.yaml",
    "patient": "patient/*/*.md",
    "comparison": "clinician/four-trials/en.md",
    "reference": "clinician/trial-methods/en.md",
}


class _AsAnEditorReads(yaml.SafeLoader):
    """Dates stay text, as in the schema's world."""


_AsAnEditorReads.yaml_implicit_resolvers = {
    letter: [each for each in rules if each[0] != "tag:yaml.org,2002:timestamp"]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def files_of(kind: str) -> Iterator[tuple[Path, Any]]:
    for path in sorted(CONTENT.glob(PLACES[kind])):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            text = text.split("---\n")[1]
        yield path, yaml.load(text, Loader=_AsAnEditorReads)  # noqa: S506  (a SafeLoader)


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_files_are_right_by_it(kind: str) -> None:
    schema = schema_of(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = list(files_of(kind))
    assert files
    for path, value in files:
        problems = [
            f"{path.name}: {each.json_path}: {each.message}"
            for each in validator.iter_errors(value)
        ]
        assert not problems


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_that_nobody_knows_is_wrong_by_it(kind: str) -> None:
    validator = jsonschema.Draft202012Validator(schema_of(kind))
    path, value = next(files_of(kind))
    assert not validator.is_valid({**value, "colour of the sky": "blue"}), path


def test_keys_say_what_they_mean() -> None:
    trial = schema_of("trial")
    assert trial["description"]
    quantity = trial["$defs"]["Quantity"]["properties"]
    assert quantity["what"]["description"] == "what it is, in a few words, for `handouts trace`."
    assert "seen" in quantity["seen"]["description"] or "read" in quantity["seen"]["description"]
    for kind in KINDS:
        schema = schema_of(kind)
        named = [schema, *schema["$defs"].values()]
        properties = [each for part in named for each in part.get("properties", {}).values()]
        assert any("description" in each for each in properties), kind
