"""The words that a template itself says: its text, and the constants it prints or translates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment
from jinja2.lexer import Token

from handouts.markdown.numbers import FILLED

_COMPARISONS = frozenset({"eq", "ne", "lt", "lteq", "gt", "gteq", "in"})
_OPENING, _CLOSING = frozenset({"lparen", "lbracket"}), frozenset({"rparen", "rbracket"})
_TRANSLATE, _PLAIN = "_", "plain"
_ENVIRONMENT = Environment(autoescape=True)


@dataclass(frozen=True, slots=True)
class TemplateWords:
    """What a template says.

    Attributes:
        html: its HTML, line by line where the template has it, ``FILLED`` in place of what is
            printed there from elsewhere.
        translated: texts marked for translation, with their lines.
    """

    html: str
    translated: tuple[tuple[str, int], ...]


def words_of_template(source: str) -> TemplateWords:
    """The words in the source of a template.

    Raises:
        jinja2.TemplateSyntaxError: it can't be cut into tokens.
    """
    reader = _Reader(list(_ENVIRONMENT.lexer.tokenize(source)))
    return reader.read()


class _Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._html: list[str] = []
        self._line = 1
        self._translated: list[tuple[str, int]] = []

    def read(self) -> TemplateWords:
        printing, depth = False, 0
        for index, token in enumerate(self._tokens):
            match token.type:
                case "data":
                    self._add(token.value, token.lineno)
                case "variable_begin":
                    printing, depth = True, 0
                    self._add(FILLED, token.lineno)
                case "variable_end":
                    printing = False
                case "block_end":
                    self._add(" ", token.lineno)
                case "string" if self._is_translated(index):
                    self._translated.append((token.value, token.lineno))
                case "string" if printing and not self._is_excused(index):
                    self._add(_as_text(token.value) + FILLED, token.lineno)
                case "integer" | "float" if printing and not depth:
                    if not self._is_excused(index):
                        self._add(f"{token.value}{FILLED}", token.lineno)
                case kind:
                    depth += (kind in _OPENING) - (kind in _CLOSING)
        return TemplateWords("".join(self._html), tuple(self._translated))

    def _add(self, text: str, line: int) -> None:
        """Add to the HTML, in the line where it stands in the template."""
        missing = "\n" * (line - self._line)
        self._html += (missing, text)
        self._line += len(missing) + text.count("\n")

    def _is_translated(self, index: int) -> bool:
        """Whether a string is the argument of ``_()``, or a further piece of it."""
        while index and self._tokens[index - 1].type == "string":
            index -= 1
        before = self._tokens[max(0, index - 2) : index]
        return [(each.type, each.value) for each in before] == [
            ("name", _TRANSLATE), ("lparen", "("),
        ]  # fmt: skip

    def _is_excused(self, index: int) -> bool:
        """Whether a constant is called plain, is compared with, or picks an item."""
        after = [each.value for each in self._tokens[index + 1 : index + 3]]
        before = self._tokens[index - 1]
        return after == ["|", _PLAIN] or before.type == "lbracket" or before.type in _COMPARISONS


def _as_text(text: str) -> str:
    return "".join(FILLED if each in "<>\"'\n" else each for each in text)
