"""What a document says, by its kind: its words and drawings filled in, before any template."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handouts.charts.drawing import ChartStyle
from handouts.evidence.formatting import Audience, UntranslatedError, Writing
from handouts.loading.library import Library
from handouts.loading.written import Written
from handouts.models.edition import Edition, Kind
from handouts.models.review import Review
from handouts.rendering.clinician_page import Sizes, clinician_sheet
from handouts.rendering.fit import Ranks
from handouts.rendering.language import SOURCE_LANGUAGE
from handouts.rendering.patient_page import patient_page
from handouts.rendering.translations import Catalogue
from handouts.rendering.trial_page import TrialSizes, trial_page
from handouts.rendering.words import Ledger, Words
from handouts.tokens import Tokens


@dataclass(frozen=True, slots=True)
class About:
    """What every document says about itself."""

    reference: str
    version: str
    title: str
    subject: str
    keywords: tuple[str, ...]
    compiled: date
    review: Review | None
    path: str


@dataclass(frozen=True, slots=True)
class Page:
    """What one document says.

    Attributes:
        about: what it says about itself.
        content: what its template lays out.
        ledger: what it prints.
        ranks: blocks that may be left off.
    """

    about: About
    content: object
    ledger: Ledger
    ranks: Ranks = field(default_factory=Ranks)


def page_of(edition: Edition, library: Library, tokens: Tokens, translate: Catalogue) -> Page:
    """The page of an edition.

    Args:
        edition: which document, in which language.
        library: where its content is.
        tokens: of its stylesheet; drawings have their look and sizes from them.
        translate: words of the program in its language.
    """
    return _Pages(edition, library, tokens, translate).page()


class _Pages:
    def __init__(
        self, edition: Edition, library: Library, tokens: Tokens, translate: Catalogue
    ) -> None:
        self.edition, self.library, self.tokens, self.translate = (
            edition, library, tokens, translate,
        )  # fmt: skip
        self.style = ChartStyle.from_tokens(tokens)

    def page(self) -> Page:
        match self.edition.kind:
            case Kind.TRIAL:
                return self._trial()
            case Kind.COMPARISON | Kind.REFERENCE:
                return self._clinician()
            case Kind.PATIENT:
                return self._patient()

    def _trial(self) -> Page:
        record, tokens = self.library.trials[self.edition.id], self.tokens
        words = self._words(Audience.CLINICIAN, record.id, record.path)
        sizes = TrialSizes(
            plot_mm=tokens.mm("forest-width"),
            row_mm=tokens.mm("forest-row"),
            chart_mm=tokens.mm("figure-width"),
            chart_pt=tokens.pt("type-figure"),
        )
        page = trial_page(record, words, self.library.sources, self.style, sizes)
        trial = record.value
        about = About(
            trial.reference, trial.version, f"{trial.acronym}: {trial.title}", trial.objective,
            trial.keywords, trial.compiled, trial.review, record.path,
        )  # fmt: skip
        return Page(about, page, words.ledger, page.ranks)

    def _clinician(self) -> Page:
        written = self.library.clinician[self.edition.id, self.edition.language]
        words = self._words(Audience.CLINICIAN, None, written.path)
        tokens = self.tokens
        sizes = Sizes(
            forest_mm=tokens.mm("forest-figure-width"),
            forest_row_mm=tokens.mm("forest-figure-row"),
            bars_mm=tokens.mm("bars-width"),
            bars_height_mm=tokens.mm("bars-height"),
        )
        sheet = clinician_sheet(written, words, self.library, self.style, sizes)
        return Page(_about(written), sheet, words.ledger, sheet.ranks)

    def _patient(self) -> Page:
        handout = self.library.handouts[self.edition.id, self.edition.language]
        words = self._words(Audience.PATIENT, None, handout.path)
        glossary = self.library.glossaries.get(handout.language)
        sheet = patient_page(
            handout, words, self.library.sources, glossary.value if glossary else None,
            self.library.diagrams, self.style, icons_mm=self.tokens.mm("icon-array-size"),
            icons_beside_mm=self.tokens.mm("icon-array-beside"),
        )  # fmt: skip
        return Page(_about(handout), sheet, words.ledger)

    def _said(self, text: str) -> str:
        """Words of a record in the language of the document."""
        language = self.edition.language
        if language == SOURCE_LANGUAGE:
            return text
        record = self.library.translations.get(language)
        try:
            return (record.value.words if record else {})[text]
        except KeyError:
            raise UntranslatedError(text) from None

    def _words(self, audience: Audience, record: str | None, path: str) -> Words:
        """Prints facts; a record's own page prints no other record's."""
        writing = Writing(
            audience, self.edition.language, self.translate, self.library.book.get,
            self.translate.plural, self._said,
        )  # fmt: skip
        return Words(
            self.library.book, writing, record, path, Ledger(), own_only=record is not None
        )


def _about(written: Written[Any]) -> About:
    front = written.front
    return About(
        front.reference, front.version, front.title, front.subject, front.keywords,
        front.compiled, front.review, written.path,
    )  # fmt: skip
