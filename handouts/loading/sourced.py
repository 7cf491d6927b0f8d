"""Everything in a record that names sources, with its place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from handouts.loading.strict_yaml import DataPath
from handouts.models.provenance import Sourced


def sourced_in(value: object, at: DataPath = ()) -> Iterator[tuple[Sourced, DataPath]]:
    """The sourced things inside a record, outermost first, with their paths."""
    if isinstance(value, Sourced):
        yield value, at
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for each in dataclasses.fields(value):
            yield from sourced_in(getattr(value, each.name), (*at, each.name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from sourced_in(inner, (*at, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from sourced_in(inner, (*at, index))
