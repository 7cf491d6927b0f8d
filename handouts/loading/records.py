"""Plain data into records, every problem at its line, in words for the person who wrote it.

The records are standard frozen dataclasses with a ``__pydantic_config__`` that forbids other keys.
Pydantic's errors are told apart by type and context, never by their English text. Validators of
our own raise ``PydanticCustomError``: its type is the code, and its context may hold

- ``wanted``: what the value must be, in words that fit after "must be"; the rest of the message
  is then written here, and alternatives of a union become one message. Otherwise the message is
  printed as it is;
- ``hint``: what to do about it;
- ``at``: path from the value to the thing at fault, a tuple of keys and indices.
"""

from __future__ import annotations

import ast
import dataclasses
import difflib
import functools
import re
import types
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core.core_schema import ErrorType

from handouts.diagnostics import Diagnostic, InvalidInput, did_you_mean, error, in_order
from handouts.loading.strict_yaml import DataPath, Document, in_short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

T = TypeVar("T")

_PYDANTICS_OWN = frozenset(get_args(ErrorType))
_UNKNOWN_KEY = frozenset({"unexpected_keyword_argument", "extra_forbidden"})
_CHOICES = frozenset({"enum", "literal_error"})
_KEY_MARK = "[key]"  # pydantic's last step to a key that is wrong itself

_OF_KIND = re.compile(r"([a-z]+)_(?:\w+_)?(?:type|parsing|required|float|inexact)")
_KINDS = {  # by the first word of an error's type
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "bool": "true or false",
    "date": "a date like 2026-11-20",
    "datetime": "a date and time like 2026-11-20T09:30",
    "list": "a list",
    "tuple": "a list",
    "set": "a list",
    "frozen": "a list",
    "dict": "a mapping",
    "mapping": "a mapping",
    "dataclass": "a mapping",
    "model": "a mapping",
    "url": "a web address",
    "none": "empty",
}
_TEXT_FORMS = frozenset({"date", "datetime", "url"})  # kinds that are written as text
_LIMITS = {
    "greater_than": "greater than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "multiple_of": "a multiple of {multiple_of}",
    "finite_number": "a finite number",
    "string_too_short": "text of {min_length} or more characters",
    "string_too_long": "text of {max_length} or fewer characters",
    "string_pattern_mismatch": "text that matches `{pattern}`",
    "date_past": "a date in the past",
    "date_future": "a date in the future",
}
_LENGTHS = {"too_short": "{min_length} or more", "too_long": "{max_length} or fewer"}
_LITERAL = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|-?\b\d+\b|\b(?:True|False|None)\b""")


def validate(document: Document, type_: type[T], shown: str) -> T:
    """The record that a document holds.

    Args:
        document: what was read.
        type_: the record's type; ``list[X]`` and ``dict[str, X]`` will do.
        shown: path of the file as diagnostics print it.

    Raises:
        InvalidInput: all problems of the document: ``unknown-key``, ``missing-field``,
            ``wrong-type``, ``wrong-value``, and the codes of our own validators.
    """
    try:
        adapter: TypeAdapter[T] = _adapter(cast("Any", type_))
        return adapter.validate_python(document.data)
    except ValidationError as problem:
        root = _Branch()
        for each in problem.errors(include_url=False):
            root.add(each, document.data, type_)
        found = root.settled(())
        raise InvalidInput(in_order(each.diagnostic(document, shown) for each in found)) from None


@functools.cache
def _adapter(type_: Any) -> TypeAdapter[Any]:
    return TypeAdapter(type_)


@dataclass(frozen=True, slots=True)
class _Finding:
    """One problem of one value. ``wanted`` and ``choices`` say what would be right there."""

    path: DataPath
    code: str
    message: str = ""
    wanted: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    value: object = None
    hint: str | None = None
    on_key: bool = False

    def refuses(self, path: DataPath) -> bool:
        """Whether the value at the path is of the wrong kind altogether."""
        return self.path == path and bool(self.wanted or self.choices)

    def diagnostic(self, document: Document, shown: str) -> Diagnostic:
        key_place = document.keys.get(self.path) if self.on_key else None
        place = key_place or document.place(self.path)
        message, hint = self.message, self.hint
        if self.wanted or self.choices:
            key = "key " if self.on_key else ""
            right = [*self.wanted, *(["one of: " + ", ".join(self.choices)] * bool(self.choices))]
            wanted = " or ".join(filter(None, (", ".join(right[:-1]), right[-1])))
            message = f"{key}{_name(self.path)} must be {wanted}, {_but_is(self.value)}"
            hint = hint or self._cure()
        line, column = place.line, place.column
        return error(self.code, message, path=shown, line=line, column=column, hint=hint)

    def _cure(self) -> str | None:
        if not isinstance(self.value, str):
            is_plain = isinstance(self.value, bool | int | Decimal)
            return "write it in quotes" if is_plain and "text" in self.wanted else None
        if near := _nearest(self.value, self.choices):
            return f"did you mean `{near}`?"
        if any("number" in each for each in self.wanted):
            if re.fullmatch(r"[-+]?[0-9]*\.?[0-9]+", self.value):
                return "write it without quotes"
            if re.fullmatch(r"[-+]?[0-9]+,[0-9]+", self.value):
                return "write a point, not a comma"
        return None


@dataclass(slots=True)
class _Branch:
    """Findings as a tree: by the steps into the data, and by the alternatives of unions."""

    findings: list[_Finding] = field(default_factory=list)
    steps: dict[str | int, _Branch] = field(default_factory=dict)
    alternatives: dict[str | int, _Branch] = field(default_factory=dict)

    def add(self, details: ErrorDetails, data: object, type_: object) -> None:
        """Put one error of pydantic where it belongs; steps the data lacks are alternatives."""
        loc = details["loc"]
        on_key = details["type"] in _UNKNOWN_KEY
        branch = self
        here: Any = data
        path: DataPath = ()
        for step in loc[:-1] if details["type"] == "missing" else loc:
            if _holds(here, step):
                here, path = here[step], (*path, step)
                branch = branch.steps.setdefault(step, _Branch())
            elif step == _KEY_MARK:
                on_key = True
            else:
                branch = branch.alternatives.setdefault(step, _Branch())
        branch.findings.append(replace(_finding(details, path, type_), on_key=on_key))

    def settled(self, path: DataPath) -> list[_Finding]:
        """What to tell: of a union the alternative that was meant, or all of them in one."""
        told = list(self.findings)
        for step, branch in self.steps.items():
            told += branch.settled((*path, step))
        branches = [each.settled(path) for each in self.alternatives.values()]
        meant = [each for each in branches if not any(one.refuses(path) for one in each)]
        if len(branches) == 1:
            told += branches[0]
        elif meant:
            nearest: list[_Finding] = min(meant, key=len)
            told += nearest
        elif branches:
            told.append(_merged([one for each in branches for one in each if one.refuses(path)]))
        return told


def _holds(data: object, step: str | int) -> bool:
    """Whether a step leads on in the data; the name of an alternative does not."""
    if isinstance(data, list):
        return step in range(len(data))
    return isinstance(data, dict) and step in data


def _merged(findings: list[_Finding]) -> _Finding:
    """One finding for the alternatives of a union, none of which takes the value."""
    codes = [each.code for each in findings]
    return replace(
        findings[0],
        code="wrong-type" if "wrong-type" in codes else codes[0],
        wanted=tuple(dict.fromkeys(one for each in findings for one in each.wanted)),
        choices=tuple(dict.fromkeys(one for each in findings for one in each.choices)),
        hint=next((each.hint for each in findings if each.hint), None),
    )


def _finding(details: ErrorDetails, path: DataPath, type_: object) -> _Finding:
    """What one error of pydantic says, in our words."""
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    if kind in _UNKNOWN_KEY:
        *outer, name = details["loc"]
        return _unknown_key(path, str(name), _field_names(type_, outer))
    if kind == "missing":
        return _missing(path, details["loc"][-1])
    if kind == "union_tag_not_found":
        return _missing(path, *_literals(context["discriminator"]))
    if kind not in _PYDANTICS_OWN:
        wanted = (context["wanted"],) if "wanted" in context else ()
        path, code = (*path, *context.get("at", ())), kind.replace("_", "-")
        return _Finding(path, code, details["msg"], wanted, (), value, context.get("hint"))
    found = _Finding(path, "wrong-value", str(context.get("error", details["msg"])), value=value)
    if kind == "union_tag_invalid":
        path, value = (*path, *_literals(context["discriminator"])), context["tag"]
        choices = _literals(context["expected_tags"])
        found = replace(found, path=path, value=value, choices=choices)
    elif kind in _CHOICES:
        found = replace(found, choices=_literals(context["expected"]))
    elif kind in _LIMITS:
        found = replace(found, wanted=(_LIMITS[kind].format_map(context),))
    elif kind in _LENGTHS:
        right = _LENGTHS[kind].format_map(context)
        message = f"{_name(path)} must have {right} items, not {context['actual_length']}"
        found = replace(found, message=message)
    elif (match := _OF_KIND.fullmatch(kind)) and (word := match[1]) in _KINDS:
        code = "wrong-value" if isinstance(value, str) and word in _TEXT_FORMS else "wrong-type"
        found = replace(found, code=code, wanted=(_KINDS[word],))
    return found


def _unknown_key(path: DataPath, name: str, known: set[str]) -> _Finding:
    near = _nearest(name, known)
    hint = f"did you mean `{near}`?" if near else did_you_mean(name, known)
    return _Finding(path, "unknown-key", f"unknown key {in_short(name)}", hint=hint)


def _missing(path: DataPath, step: str | int) -> _Finding:
    name = f"item {step + 1}" if isinstance(step, int) else f"field {in_short(step)}"
    return _Finding(path, "missing-field", f"{name} is missing{_where(path)}")


def _literals(text: str) -> tuple[str, ...]:
    """The values in a list of Python literals, as a person would write them in YAML."""
    found = (each[0] for each in _LITERAL.finditer(text))
    return tuple(ast.literal_eval(each) if each[0] in "'\"" else each.lower() for each in found)


def _nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that may be meant, whatever its case."""
    by_lower_case = {each.lower(): each for each in sorted(known)}
    near = difflib.get_close_matches(name.lower(), by_lower_case, n=1)
    return by_lower_case[near[0]] if near else None


def _name(path: DataPath) -> str:
    if not path:
        return "the document"
    *outer, last = path
    if isinstance(last, str):
        return in_short(last)
    return f"item {last + 1} of {_name(tuple(outer))}"


def _where(path: DataPath) -> str:
    """`` in `effect` in item 2 of `outcomes` ``; nothing for the whole document."""
    parts: list[str] = []
    names: list[str] = []
    for step in path:
        if isinstance(step, str):
            names.append(step)
        else:
            of = f" of {in_short('.'.join(names))}" if names else ""
            parts.append(f"item {step + 1}{of}")
            names = []
    if names:
        parts.append(in_short(".".join(names)))
    return "".join(f" in {each}" for each in reversed(parts))


def _but_is(value: object) -> str:
    """How a wrong value is named after "must be ...,"."""
    match value:
        case None:
            return "but it is empty"
        case bool():
            named = str(value).lower()
        case int():
            named = f"the number {value}"
        case Decimal():
            named = f"the number {value:f}"
        case str():
            named = f"the text {in_short(value)}" if value.strip() else "empty text"
        case _:
            named = "a mapping" if isinstance(value, dict) else "a list"
    return f"not {named}"


def _field_names(type_: object, loc: Iterable[str | int]) -> set[str]:
    """The keys that the record at a location of pydantic's can have."""
    options = list(_options(type_))
    for step in loc:
        inside = [each for option in options for each in _inside(option, step)]
        named = [each for each in options if getattr(each, "__name__", None) == step]
        options = inside or named or options
    return {name for each in options for name in _fields(each)}


def _options(annotation: Any) -> Iterator[Any]:
    """The types a union offers."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _options(arguments[0])
    elif origin in {Union, types.UnionType}:
        for each in arguments:
            yield from _options(each)
    else:
        yield annotation


def _inside(option: Any, step: str | int) -> Iterator[Any]:
    """The types of what a container of this type holds at a step."""
    arguments = get_args(option)
    if isinstance(step, str):
        inner = _fields(option).get(step) or (arguments[1] if len(arguments) == 2 else None)
    elif get_origin(option) is tuple and Ellipsis not in arguments and step < len(arguments):
        inner = arguments[step]
    else:
        inner = arguments[0] if arguments else None
    return iter(()) if inner is None else _options(inner)


@functools.cache
def _fields(option: Any) -> dict[str, Any]:
    """The fields of a dataclass by the key an editor writes; nothing for any other type."""
    if not dataclasses.is_dataclass(option):
        return {}
    annotations = get_type_hints(option, include_extras=True)
    fields = {}
    for each in dataclasses.fields(option):
        extras = get_args(annotations[each.name])[1:]
        aliases = [extra.alias for extra in extras if isinstance(extra, FieldInfo)]
        fields[next(filter(None, aliases), each.name)] = annotations[each.name]
    return fields
