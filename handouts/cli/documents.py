"""Documents by their name, composed but not rendered: for commands that look into one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handouts.build.dependencies import foundation
from handouts.build.folders import Folders
from handouts.build.fonts import use_fonts
from handouts.build.native import check_native_libraries
from handouts.build.plan import plan_for
from handouts.build.problems import Problems
from handouts.build.request import InvalidRequest, Request
from handouts.build.result import Setup
from handouts.diagnostics import InvalidInput, in_order
from handouts.loading.library import Library, load_library
from handouts.models.edition import Edition

if TYPE_CHECKING:
    from handouts.rendering.compose import HtmlDocument


@dataclass(frozen=True, slots=True)
class Composed:
    """A document in one language."""

    edition: Edition
    document: HtmlDocument
    library: Library


def documents_named(name: str, folders: Folders, languages: tuple[str, ...]) -> Iterator[Composed]:
    """A document in each of its languages, or in the ones that are named.

    Raises:
        InvalidRequest: there is no such document, or not in that language.
        InvalidInput: it can't be composed.
    """
    check_native_libraries()
    try:
        library = load_library(folders.content, folders.root)
    except InvalidInput as invalid:
        raise InvalidRequest(invalid.diagnostics) from None
    plan = plan_for(Request(ids=(name,), languages=languages), library)
    use_fonts(folders)
    from handouts.build.job import Press  # imports WeasyPrint, which looks for its fonts at once

    press = Press(Setup(folders, date.today()), library)  # noqa: DTZ011
    done: set[str] = set()
    for edition in plan.editions:
        if edition.language in done:
            continue
        done.add(edition.language)
        files = foundation(edition, folders)
        if library.failed.intersection(files):
            raise InvalidInput(in_order(Problems(library.problems).of(files)))
        yield Composed(edition, press.compose(edition), library)
