"""The sandbox of templates: nothing of the program, and nothing that fills memory.

What could make much of little (a product, a width, a replacement) is bounded before it is made,
what only adds up as soon as it is. ``SecurityError`` says so at the template's own line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import update_wrapper, wraps
from typing import Any

from jinja2 import TemplateSyntaxError
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError
from jinja2.sandbox import (
    ImmutableSandboxedEnvironment,
    SandboxedEscapeFormatter,
    SandboxedFormatter,
)
from markupsafe import Markup

MOST = 1_000_000
"""Letters or items that one value may have, and bits of a power."""

_DIGITS = re.compile(r"\d+")
_CONVERSION = re.compile(r"[%)][-#0 +]*(\d+|\*)?(?:\.(\d+|\*))?")
"""Width and precision of a conversion by ``%``, behind its name in brackets if it has one."""

_MADE_WIDE = frozenset({"center", "ljust", "rjust", "zfill", "to_bytes"})
"""Methods with an argument that says how much they make."""

_FILTERS_OF_WIDTH = ("batch", "center", "indent", "round", "slice", "wordwrap")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox in which no value has more than ``MOST`` letters or items."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.code_generator_class = _Generator
        del self.globals["lipsum"]  # words without end
        for name in _FILTERS_OF_WIDTH:
            self.filters[name] = _checked(self.filters[name], _width_of(name))
        self.filters["format"] = _checked(self.filters["format"], _check_interpolation)
        self.filters["replace"] = _checked(self.filters["replace"], _check_replace)
        self.filters["join"] = _join(self.filters["join"])

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A sum, product, power or filled in text that would not fill memory."""
        if operator == "%" and isinstance(left, str):
            _check_interpolation(left, right)
        elif operator == "**":
            are_whole = isinstance(left, int) and isinstance(right, int)
            _bound(abs(right) * max(1, left.bit_length()) if are_whole else 0, "`**`")
        elif operator == "*":
            _bound(_size_of_product(left, right), "`*`")
        return bounded(super().call_binop(context, operator, left, right))

    def call(__self, __context: Any, __object: Any, *arguments: Any, **named: Any) -> Any:  # noqa: N805
        """Call what a template calls; methods of text are looked at before."""
        name = getattr(__object, "__name__", "")
        owner = getattr(__object, "__self__", None)
        if isinstance(owner, str | bytes | int):
            if name in _MADE_WIDE:
                _check_width(name, (*arguments, *named.values()))
            elif isinstance(owner, str):
                _check_method(owner, name, arguments)
        return super().call(__context, __object, *arguments, **named)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """``str.format`` of the sandbox, with bounds."""
        if super().wrap_str_format(value) is None:
            return None
        text, is_map = value.__self__, value.__name__ == "format_map"

        def wrapper(*arguments: Any, **named: Any) -> str:
            if is_map:
                (named,), arguments = arguments, ()
            made = (
                _EscapeFormatter(self, escape=text.escape)
                if isinstance(text, Markup)
                else _Formatter(self)
            )
            filled: str = type(text)(made.vformat(text, arguments, named))
            return filled

        return update_wrapper(wrapper, value)

    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any) -> Any:
        """The code of a template; what Python can't compile is a mistake in the template too."""
        try:
            return super().compile(source, name, filename, *rest)
        except (SyntaxError, RecursionError, MemoryError) as problem:
            message = f"it is nested too deeply or too large ({type(problem).__name__})"
            raise TemplateSyntaxError(message, 1, name, filename) from None

    @staticmethod
    def bounded(value: Any) -> Any:
        """As the function of the module; the code of a template calls it."""
        return bounded(value)


class _Generator(CodeGenerator):
    """Code in which what ``~`` makes is bounded."""

    def visit_Concat(self, node: Any, frame: Any) -> None:  # noqa: N802
        self.write("environment.bounded(")
        super().visit_Concat(node, frame)
        self.write(")")


class _Formatter(SandboxedFormatter):
    """Fields of ``str.format``, each and all of them bounded."""

    made = 0

    def format_field(self, value: Any, format_spec: str) -> Any:
        _check_digits(format_spec, "`format`")
        field = super().format_field(value, format_spec)
        self.made += len(field)
        _bound(self.made, "`format`")
        return field


class _EscapeFormatter(_Formatter, SandboxedEscapeFormatter):
    """The same, of text that is safe: what is filled in is escaped."""


def bounded(value: Any) -> Any:
    """The value, if it is not too long.

    Raises:
        SecurityError: it is.
    """
    if isinstance(value, str | bytes | list | tuple):
        _bound(len(value), "this")
    return value


def _bound(size: int, what: str) -> None:
    if size > MOST:
        raise SecurityError(f"{what} makes more than {MOST} signs here")


def _size_of_product(left: Any, right: Any) -> int:
    if isinstance(left, int) and isinstance(right, int):
        return left.bit_length() + right.bit_length()
    times, text = (left, right) if isinstance(left, int) else (right, left)
    return len(text) * times if isinstance(times, int) and hasattr(text, "__len__") else 0


def _check_width(name: str, arguments: tuple[Any, ...]) -> None:
    _bound(max((each for each in arguments if isinstance(each, int)), default=0), f"`{name}`")


def _check_digits(spec: str, name: str) -> None:
    """A width or precision, as it is written."""
    for digits in _DIGITS.findall(spec):
        _bound(int(digits[:20]), name)


def _check_interpolation(value: Any, *given: Any, **named: Any) -> None:
    """What ``%`` fills in: widths, those that ``*`` takes from the values, and long values."""
    text = str(value)
    values = (*given, *named.values())
    if len(given) == 1 and isinstance(given[0], tuple | Mapping):
        values = tuple(given[0].values() if isinstance(given[0], Mapping) else given[0])
    for conversion in _CONVERSION.findall(text):
        for width in filter(None, conversion):
            if width == "*":
                _check_width("%", values)
            else:
                _check_digits(width, "`%`")
    longest = max((len(each) for each in values if isinstance(each, str)), default=0)
    _bound(text.count("%") * longest, "`%`")


def _check_method(text: str, name: str, arguments: tuple[Any, ...]) -> None:
    if name == "replace":
        _check_replace(text, *arguments)
    elif name == "expandtabs":
        _bound(text.count("\t") * max((0, *(int(each) for each in arguments))), "`expandtabs`")
    elif name == "join" and arguments:
        parts = arguments[0]
        if isinstance(parts, list | tuple):
            _bound(len(text) * len(parts) + sum(map(len, parts)), "`join`")
    elif name == "translate" and arguments and isinstance(arguments[0], Mapping):
        longest = max((len(e) for e in arguments[0].values() if isinstance(e, str)), default=0)
        _bound(len(text) * longest, "`translate`")


def _check_replace(s: Any, old: Any = "", new: Any = "", count: Any = None) -> None:  # noqa: ARG001
    _bound(str(s).count(str(old)) * len(str(new)), "`replace`")


def _checked(made: Callable[..., Any], check: Callable[..., None]) -> Callable[..., Any]:
    """A filter that looks at its value and arguments first."""
    first = int(hasattr(made, "jinja_pass_arg"))

    @wraps(made)
    def checked(*arguments: Any, **named: Any) -> Any:
        check(*arguments[first:], **named)
        return made(*arguments, **named)

    return checked


def _width_of(name: str) -> Callable[..., None]:
    def check(_: Any, *arguments: Any, **named: Any) -> None:
        _check_width(name, (*arguments, *named.values()))

    return check


def _join(made: Callable[..., Any]) -> Callable[..., Any]:
    """The filter ``join``, which takes whatever there is of items."""

    @wraps(made)
    def checked(context: Any, value: Any, d: Any = "", attribute: Any = None) -> Any:
        items = list(value)
        sizes = (len(each) for each in items if isinstance(each, str))
        _bound(len(str(d)) * len(items) + sum(sizes), "`join`")
        return made(context, items, d, attribute)

    return checked
