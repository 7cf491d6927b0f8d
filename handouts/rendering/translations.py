"""Words of the program in the language of a document.

Templates and charts mark their words with ``_`` or ``translate``; English is the source language.
Other languages have a catalogue, ``handouts/locale/<language>/LC_MESSAGES/handouts.po``, which is
read as it is: there is no compiled file that could fall behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from handouts.diagnostics import InvalidInput, error
from handouts.rendering.language import SOURCE_LANGUAGE

LOCALE_FOLDER = Path(__file__).resolve().parents[1] / "locale"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The program's words in one language; called with English words it gives them in it.

    Attributes:
        language: BCP 47 language.
        messages: all forms of each translated message, by its English words; None for English.
        form: which form goes with a count.
    """

    language: str
    messages: Mapping[str, tuple[str, ...]] | None
    form: Callable[[int], int]

    def __call__(self, message: str) -> str:
        """The words in this language.

        Raises:
            InvalidInput: ``missing-translation``, there are none.
        """
        return message if self.messages is None else self._forms(message, self.messages)[0]

    def plural(self, one: str, many: str, count: int) -> str:
        """The words for a count; raises as a call does."""
        if self.messages is None:
            return many if self.form(count) else one
        return self._forms(one, self.messages)[self.form(count)]

    def _forms(self, message: str, messages: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        try:
            return messages[message]
        except KeyError:
            missing = error(
                "missing-translation",
                f"`{message}` has no translation into `{self.language}`",
                path=f"handouts/locale/{self.language}/LC_MESSAGES/handouts.po",
                hint="give it one, and run script/messages",
            )
            raise InvalidInput((missing,)) from None


def translations_for(language: str) -> Catalogue:
    """The catalogue of a language.

    Raises:
        LookupError: there is none.
    """
    return _catalogue(language.partition("-")[0])


@cache
def _catalogue(language: str) -> Catalogue:
    if language == SOURCE_LANGUAGE:
        return Catalogue(language, None, lambda count: int(count != 1))
    path = catalogue_file(language)
    if not path.is_file():
        raise LookupError(f"there is no catalogue for language `{language}`")
    catalogue = read_catalogue(path)
    messages = {}
    for each in catalogue:
        one = each.id[0] if isinstance(each.id, tuple) else each.id
        forms = each.string if isinstance(each.string, tuple) else (each.string,)
        if one and all(forms) and not each.fuzzy:
            messages[one] = forms
    return Catalogue(language, messages, c2py(catalogue.plural_expr))


def catalogue_file(language: str) -> Path:
    """Where the catalogue of a language is, whether or not there is one."""
    return LOCALE_FOLDER / language / "LC_MESSAGES" / "handouts.po"


def read_catalogue(path: Path) -> Any:
    """A catalogue file as Babel's ``Catalog``; its language is the name of its folder."""
    language = path.parents[1].name if path.parent.name == "LC_MESSAGES" else None
    with path.open("rb") as file:
        return read_po(file, locale=language)
