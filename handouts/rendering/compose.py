"""Composition: one document for one edition, as HTML."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from markupsafe import Markup

from handouts.charts.drawing import ChartStyle, add_fonts
from handouts.diagnostics import Diagnostic, InvalidInput, error, in_order
from handouts.evidence.formatting import Audience, Writing
from handouts.loading.library import Library
from handouts.loading.written import Written
from handouts.models.clinic import Clinic
from handouts.models.edition import Edition, Format, Kind
from handouts.models.review import Review, ReviewState
from handouts.rendering.clinician_page import Sizes, clinician_sheet
from handouts.rendering.fingerprint import fingerprint_of, short_fingerprint
from handouts.rendering.fit import EVERYTHING, Fit, Ranks, counted
from handouts.rendering.patient_page import patient_page
from handouts.rendering.review_state import state_problems, state_words
from handouts.rendering.templates import Templates
from handouts.rendering.translations import Translate, translations_for
from handouts.rendering.trial_page import TrialSizes, trial_page
from handouts.rendering.words import Ledger, Words
from handouts.tokens import Tokens, read_tokens

Read = Callable[[Path], bytes]


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """A composed document.

    Attributes:
        html: the page that is printed.
        twin: the page for screens, from the same body.
        title, language, reference, version: as printed.
        fingerprint: of its words and numbers.
        state: whether a review covers exactly these words and numbers.
        review: the approval, if it covers them.
        ledger: what it prints.
        stylesheet: name of the entry stylesheet it is printed with.
        source: the file its words come from.
        problems: why it may not be published in this state.
        ranks: blocks that may be left off so that it fits its page.
        printed: the page that is printed, set as a fit says.
        fit: how ``html`` is set.
    """

    html: str
    twin: str
    title: str
    language: str
    reference: str
    version: str
    fingerprint: str
    state: ReviewState
    review: Review | None
    ledger: Ledger
    stylesheet: str
    source: str
    problems: tuple[Diagnostic, ...]
    ranks: Ranks
    printed: Callable[[Fit], str] = field(repr=False)
    fit: Fit = EVERYTHING

    def fitted(self, fit: Fit) -> HtmlDocument:
        """The same document with its printed page set in another way."""
        return replace(self, html=self.printed(fit), fit=fit)


@dataclass(frozen=True, slots=True)
class Look:
    """Where templates, styles and fonts are, a project's own folders before the built-in ones."""

    templates: tuple[Path, ...]
    styles: tuple[Path, ...]
    shown: Callable[[Path], str]

    def style(self, name: str, read: Read) -> Path:
        """The stylesheet of that name.

        Raises:
            InvalidInput: no folder has it, or it would lie outside of them.
        """
        inside = not Path(name).is_absolute() and ".." not in Path(posixpath.normpath(name)).parts
        for folder in self.styles if inside else ():
            try:
                read(folder / name)
            except FileNotFoundError:
                continue
            return folder / name
        raise InvalidInput((error("missing-stylesheet", f"stylesheet `{name}` was not found"),))


STYLESHEETS = {
    (Kind.PATIENT, Format.STANDARD): "patient.css",
    (Kind.PATIENT, Format.LARGE_PRINT): "patient-large-print.css",
    (Kind.TRIAL, Format.STANDARD): "clinician.css",
    (Kind.COMPARISON, Format.STANDARD): "clinician.css",
    (Kind.REFERENCE, Format.STANDARD): "clinician.css",
}
"""Entry stylesheet by kind and format."""


ASSETS = "../../../assets"
"""The twin's way from its folder to the stylesheet and fonts of the library."""


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


def compose(
    edition: Edition, library: Library, look: Look, today: date, read: Read
) -> HtmlDocument:
    """Compose one edition.

    Args:
        edition: what to compose.
        library: where its content is.
        look: where templates and styles are.
        today: decides whether a review has expired; it is not printed.
        read: gives the bytes of a file; a place to record what the document depends on.

    Raises:
        InvalidInput: everything that keeps this document from being composed.
    """
    return _Composition(edition, library, look, today, read).document()


class _Composition:
    def __init__(
        self, edition: Edition, library: Library, look: Look, today: date, read: Read
    ) -> None:
        self.edition, self.library, self.look, self.today, self.read = (
            edition, library, look, today, read,
        )  # fmt: skip
        self.translate: Translate = translations_for(edition.language)
        self.stylesheet = STYLESHEETS[edition.kind, edition.format]
        self.tokens = self._tokens(self.stylesheet)
        self.style = ChartStyle.from_tokens(self.tokens)
        for folder in look.styles:
            add_fonts(folder / "fonts")
        self.templates = Templates(look.templates, read, self.translate, look.shown)
        self.clinic = self._clinic()
        self.page = self._page()

    def document(self) -> HtmlDocument:
        about, ledger = self.page.about, self.page.ledger
        if ledger.problems:
            raise InvalidInput(in_order(ledger.problems))
        reference = f"{about.reference}-{self.edition.language.upper()}"
        context = {
            "page": self.page.content,
            "kind": str(self.edition.kind),
            "document_title": about.title,
            "subject": about.subject,
            "keywords": ", ".join(about.keywords),
            "clinic": self.clinic,
            "project": self.library.project.value,
            "reference": reference,
            "version": about.version,
            "compiled": self._day(about.compiled),
            "language": self.edition.language,
            "language_name": _own_name(self.edition.language),
            "assets": ASSETS,
        }
        # The state depends on the words, and the banner on the state: compose the words first.
        draft = state_words(None, about.reference, self._day)
        fingerprint = fingerprint_of(
            self._body({**context, **draft, "on_screen": True}, EVERYTHING)
        )
        review = about.review
        state = (
            ReviewState.DRAFT
            if review is None
            else review.state(fingerprint, about.version, self.today)
        )
        covered = review if state is not ReviewState.DRAFT else None
        context |= state_words(covered, about.reference, self._day)
        context |= {"fingerprint": short_fingerprint(fingerprint)}

        def printed(fit: Fit) -> str:
            return self._layout(context, "print", fit)

        return HtmlDocument(
            html=printed(EVERYTHING),
            twin=self._layout(context, "web"),
            title=about.title,
            language=self.edition.language,
            reference=reference,
            version=about.version,
            fingerprint=fingerprint,
            state=state,
            review=covered,
            ledger=ledger,
            stylesheet=self.stylesheet,
            source=about.path,
            problems=tuple(
                state_problems(
                    review, state, version=about.version, fingerprint=fingerprint,
                    compiled=about.compiled, today=self.today, day=self._day, path=about.path,
                    allow_draft=self.library.project.value.allow_draft,
                )
            ),
            ranks=self.page.ranks,
            printed=printed,
        )  # fmt: skip

    def _page(self) -> Page:
        """What the document says, by its kind."""
        name, library, tokens = self.edition.id, self.library, self.tokens
        ledger = Ledger()
        if self.edition.kind is Kind.TRIAL:
            record = library.trials[name]
            trial = record.value
            words = self._words(Audience.CLINICIAN, record.id, record.path, ledger)
            content = trial_page(
                record, words, library.sources, self.style,
                TrialSizes(
                    plot_mm=tokens.mm("forest-width"), row_mm=tokens.mm("forest-row"),
                    chart_mm=tokens.mm("figure-width"), chart_pt=tokens.pt("type-figure"),
                ),
            )  # fmt: skip
            about = About(
                trial.reference, trial.version, f"{trial.acronym}: {trial.title}",
                trial.objective, trial.keywords, trial.compiled, trial.review, record.path,
            )  # fmt: skip
            return Page(about, content, ledger, content.ranks)
        if self.edition.kind in (Kind.COMPARISON, Kind.REFERENCE):
            written = library.clinician[name, self.edition.language]
            words = self._words(Audience.CLINICIAN, None, written.path, ledger)
            sizes = Sizes(
                forest_mm=tokens.mm("forest-figure-width"),
                forest_row_mm=tokens.mm("forest-figure-row"),
                bars_mm=tokens.mm("bars-width"), bars_height_mm=tokens.mm("bars-height"),
            )  # fmt: skip
            clinician = clinician_sheet(written, words, library, self.style, sizes)
            return Page(_about(written), clinician, ledger, clinician.ranks)
        handout = library.handouts[name, self.edition.language]
        words = self._words(Audience.PATIENT, None, handout.path, ledger)
        glossary = library.glossaries.get(handout.language)
        sheet = patient_page(
            handout, words, library.sources, glossary.value if glossary else None,
            library.diagrams, self.style, icons_mm=tokens.mm("icon-array-size"),
            icons_beside_mm=tokens.mm("icon-array-beside"),
        )  # fmt: skip
        return Page(_about(handout), sheet, ledger)

    def _words(self, audience: Audience, record: str | None, path: str, ledger: Ledger) -> Words:
        writing = Writing(audience, self.edition.language, self.translate, self.library.book.get)
        return Words(self.library.book, writing, record, path, ledger)

    def _body(self, context: Mapping[str, object], fit: Fit) -> Markup:
        name = f"kinds/{self.edition.kind}.html.jinja"
        return Markup(self.templates.render(name, {**context, **self._set(fit)}))  # noqa: S704

    def _layout(self, context: Mapping[str, object], layout: str, fit: Fit = EVERYTHING) -> str:
        body = self._body({**context, "on_screen": layout == "web"}, fit)
        name = f"layouts/{layout}.html.jinja"
        return self.templates.render(name, {**context, **self._set(fit), "body": body})

    def _set(self, fit: Fit) -> dict[str, object]:
        left_off = counted(self.page.ranks.left_off(fit))
        return {"shown": fit.shown, "setting": fit.setting, "left_off": left_off}

    def _clinic(self) -> Clinic:
        return self.library.clinics[self.edition.clinic].value

    def _tokens(self, entry: str) -> Tokens:
        def text(name: str) -> str:
            path = self.look.style(name, self.read)
            try:
                return self.read(path).decode()
            except UnicodeDecodeError:
                not_text = error("not-utf8", "it is not UTF-8 text", path=self.look.shown(path))
                raise InvalidInput((not_text,)) from None

        return read_tokens(entry, text)

    def _day(self, day: date) -> str:
        text = format_date(day, "d MMMM y", locale=self.edition.language)
        return str(text).replace(" ", "\u00a0")


def _about(written: Written[Any]) -> About:
    front = written.front
    return About(
        front.reference, front.version, front.title, front.subject, front.keywords,
        front.compiled, front.review, written.path,
    )  # fmt: skip


def _own_name(language: str) -> Markup:
    locale = Locale.parse(language.replace("-", "_"))
    return Markup("{}").format(locale.get_display_name(language) or language)
