"""Design tokens: the custom properties of the stylesheets, for drawing charts in the same look.

``styles/`` is the one place where a colour or a size is written. Charts read it through here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from handouts.diagnostics import InvalidInput, error

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"']+)["']""")
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_PROPERTY = re.compile(r"--([a-z][a-z0-9-]*)\s*:\s*([^;}]+)[;}]")
_VARIABLE = re.compile(r"var\(--([a-z][a-z0-9-]*)\)")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_MM = {"mm": 1.0, "cm": 10.0, "pt": 25.4 / 72, "px": 25.4 / 96, "in": 25.4}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Custom properties by name, without their dashes.

    Attributes:
        values: as they are written.
        path: the stylesheet that problems name.
    """

    values: Mapping[str, str]
    path: str | None = None

    def text(self, name: str) -> str:
        """The value of a token, references to other tokens followed.

        Raises:
            InvalidInput: ``missing-token``, no stylesheet sets it; ``broken-token``, it refers to
                itself.
        """
        return self._text(name, ())

    def _text(self, name: str, inside: tuple[str, ...]) -> str:
        if name in inside:
            raise self._invalid("broken-token", f"`--{name}` refers to itself")
        if name not in self.values:
            hint = "a project's own tokens.css takes the place of the whole built-in one"
            raise self._invalid("missing-token", f"no stylesheet sets `--{name}`", hint)
        value = self.values[name]
        return _VARIABLE.sub(lambda match: self._text(match[1], (*inside, name)), value).strip()

    def _invalid(self, code: str, message: str, hint: str | None = None) -> InvalidInput:
        return InvalidInput((error(code, message, path=self.path, hint=hint),))

    def colour(self, name: str) -> str:
        """A colour as #RRGGBB or #RGB, which charts and stylesheets read alike.

        Raises:
            InvalidInput: as ``text``; ``broken-token``, it is no such colour.
        """
        text = self.text(name)
        if not _COLOUR.fullmatch(text):
            raise self._invalid(
                "broken-token", f"`--{name}` is no colour like #1a1a1a: {text[:40]}"
            )
        return text

    def mm(self, name: str) -> float:
        """A length in millimetres.

        Raises:
            InvalidInput: as ``text``; ``broken-token``, it is no absolute length.
        """
        text = self.text(name)
        match = re.fullmatch(r"(\d*\.?\d+)([a-z]+)", text)
        if match is None or match[2] not in _MM:
            raise self._invalid("broken-token", f"`--{name}` is no absolute length: {text}")
        return float(match[1]) * _MM[match[2]]

    def pt(self, name: str) -> float:
        """A length in points."""
        return self.mm(name) * 72 / 25.4


def read_tokens(entry: str, read: Callable[[str], str]) -> Tokens:
    """The tokens of an entry stylesheet and of what it imports, later ones winning.

    They are set in rules for ``:root`` alone; rules for a page that is set more tightly
    (``:root[data-setting]``) change none that a chart reads.

    Args:
        entry: name of the stylesheet, relative to the styles folder.
        read: gives the text of a stylesheet by that name.
    """
    values: dict[str, str] = {}
    _collect(entry, read, values, set())
    return Tokens(values, f"styles/{entry}")


def _collect(name: str, read: Callable[[str], str], values: dict[str, str], seen: set[str]) -> None:
    if name in seen:
        return
    seen.add(name)
    imports, own = _read_in(read(name))
    folder = name.rpartition("/")[0]
    for imported in imports:
        _collect(f"{folder}/{imported}" if folder else imported, read, values, seen)
    values.update(own)


@lru_cache(maxsize=256)  # a document after another has the same stylesheets
def _read_in(text: str) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """What a stylesheet imports, and the tokens it sets itself."""
    text = _COMMENT.sub("", text)
    own = {
        match[1]: match[2].strip()
        for rule in _ROOT.findall(text)
        for match in _PROPERTY.finditer(f"{rule}}}")
    }
    return tuple(_IMPORT.findall(text)), own
