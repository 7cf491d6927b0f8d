"""Design tokens: the custom properties of the stylesheets, for drawing charts in the same look.

``styles/`` is the one place where a colour or a size is written. Charts read it through here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"']+)["']""")
_PROPERTY = re.compile(r"--([a-z][a-z0-9-]*)\s*:\s*([^;}]+)[;}]")
_VARIABLE = re.compile(r"var\(--([a-z][a-z0-9-]*)\)")
_MM = {"mm": 1.0, "cm": 10.0, "pt": 25.4 / 72, "px": 25.4 / 96, "in": 25.4}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Custom properties by name, without their dashes."""

    values: Mapping[str, str]

    def text(self, name: str) -> str:
        """The value of a token, references to other tokens followed.

        Raises:
            KeyError: no stylesheet sets it.
        """
        return _VARIABLE.sub(lambda match: self.text(match[1]), self.values[name]).strip()

    def mm(self, name: str) -> float:
        """A length in millimetres.

        Raises:
            KeyError: no stylesheet sets it.
            ValueError: it is no absolute length.
        """
        text = self.text(name)
        match = re.fullmatch(r"([\d.]+)([a-z]+)", text)
        if match is None or match[2] not in _MM:
            raise ValueError(f"--{name} is no absolute length: {text}")
        return float(match[1]) * _MM[match[2]]

    def pt(self, name: str) -> float:
        """A length in points."""
        return self.mm(name) * 72 / 25.4


def read_tokens(entry: str, read: Callable[[str], str]) -> Tokens:
    """The tokens of an entry stylesheet and of what it imports, later ones winning.

    Args:
        entry: name of the stylesheet, relative to the styles folder.
        read: gives the text of a stylesheet by that name.
    """
    values: dict[str, str] = {}
    _collect(entry, read, values, set())
    return Tokens(values)


def _collect(name: str, read: Callable[[str], str], values: dict[str, str], seen: set[str]) -> None:
    if name in seen:
        return
    seen.add(name)
    text = _COMMENT.sub("", read(name))
    folder = name.rpartition("/")[0]
    for imported in _IMPORT.findall(text):
        _collect(f"{folder}/{imported}" if folder else imported, read, values, seen)
    values.update((match[1], match[2].strip()) for match in _PROPERTY.finditer(text))
