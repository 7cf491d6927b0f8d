"""Words of the program in the language of a document.

Templates and charts mark their words with ``_``; English is the source language. Catalogues of
other languages are looked up by gettext.
"""

from __future__ import annotations

from collections.abc import Callable
from gettext import NullTranslations

Translate = Callable[[str], str]


def translations_for(language: str) -> Translate:
    """The translating function of a language.

    Raises:
        LookupError: there is no catalogue for it.
    """
    if language.partition("-")[0] != "en":
        raise LookupError(f"there is no catalogue for language `{language}`")
    return NullTranslations().gettext
