"""JSON Schemas of a project's files, from the models that check them: editors complete by them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from pydantic import TypeAdapter

from handouts import config, models
from handouts.config import Project
from handouts.models.clinic import Clinic
from handouts.models.diagram import Diagram
from handouts.models.front_matter import ComparisonFront, PatientFront, ReferenceFront
from handouts.models.glossary import Glossary
from handouts.models.quality import QualitySheet
from handouts.models.quantity import FactFile
from handouts.models.source import Source
from handouts.models.translation import RecordWords
from handouts.models.trial import Trial

KINDS: Mapping[str, Any] = {
    "project": Project,
    "sources": dict[str, Source],
    "trial": Trial,
    "facts": FactFile,
    "diagram": Diagram,
    "clinic": Clinic,
    "glossary": Glossary,
    "translations": RecordWords,
    "quality": QualitySheet,
    "patient": PatientFront,
    "comparison": ComparisonFront,
    "reference": ReferenceFront,
}
"""What a file may hold, by the name of its schema. The last three are heads of Markdown files."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ATTRIBUTE = re.compile(r"^(?P<names>[a-z_][a-z_, ]*): (?P<words>.+)$")
_LITERAL = re.compile(r"``(.+?)``")


def file_name(kind: str) -> str:
    """The name of a schema's file."""
    return f"{kind}.schema.json"


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of file; what attributes mean comes from the models' docstrings."""
    schema = TypeAdapter(KINDS[kind]).json_schema(by_alias=True, mode="validation")
    described = {**_described(schema, schema), "$schema": _DIALECT, "title": kind}
    described["$defs"] = {
        name: _described(each, each) for name, each in schema.get("$defs", {}).items()
    }
    return described


def schemas() -> dict[str, dict[str, Any]]:
    """All schemas, by the name of their files."""
    return {file_name(kind): schema_of(kind) for kind in KINDS}


def _described(schema: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    """A schema with a description of each of its properties."""
    model = _models().get(named.get("title", ""))
    words = dict(_attributes(model)) if model else {}
    properties = {
        name: {**each, "description": words[name.replace("-", "_").lower()]}
        if name.replace("-", "_").lower() in words
        else each
        for name, each in schema.get("properties", {}).items()
    }
    described = {**schema, "properties": properties} if properties else dict(schema)
    if model is not None and model.__doc__:
        described["description"] = _plain(model.__doc__.strip().partition("\n")[0])
    return described


@cache
def _models() -> dict[str, Any]:
    """Every model of content, by its name."""
    modules = [
        import_module(each.name) for each in iter_modules(models.__path__, "handouts.models.")
    ]
    return {
        each.__name__: each
        for module in (config, *modules)
        for each in vars(module).values()
        if isinstance(each, type) and is_dataclass(each)
    }


def _attributes(model: Any) -> Iterator[tuple[str, str]]:
    """What each attribute of a model means, those of its parents first."""
    for each in reversed(model.__mro__):
        _, _, section = (each.__doc__ or "").partition("Attributes:\n")
        names: list[str] = []
        words = ""
        for line in [*map(str.strip, section.splitlines()), "end: of it"]:
            if found := _ATTRIBUTE.match(line):
                yield from ((name, _plain(words)) for name in names)
                names, words = [name.strip() for name in found["names"].split(",")], found["words"]
            else:
                words = f"{words} {line}".strip()


def _plain(words: str) -> str:
    return _LITERAL.sub(r"`\1`", words)
