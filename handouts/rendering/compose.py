"""Composition: one document for one edition, as HTML."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from markupsafe import Markup

from handouts.charts.drawing import ChartStyle, add_fonts
from handouts.diagnostics import Diagnostic, InvalidInput, error, in_order
from handouts.evidence.formatting import written_date
from handouts.loading.library import Library
from handouts.models.components import COMPONENTS
from handouts.models.edition import Edition, Format, Kind
from handouts.models.message import message
from handouts.models.patient import PatientDetails
from handouts.models.review import Review, ReviewState
from handouts.rendering.address import PageAddress, page_address
from handouts.rendering.brand import LEAST, LEAST_FOR_PATIENTS, brand_of, brand_problems
from handouts.rendering.fingerprint import fingerprint_of, short_fingerprint
from handouts.rendering.fit import EVERYTHING, Fit, Ranks, counted
from handouts.rendering.language import (
    SOURCE_LANGUAGE,
    direction_of,
    english_name,
    own_name,
)
from handouts.rendering.logo import LogoPicture, logo_picture
from handouts.rendering.pages import page_of
from handouts.rendering.review_state import state_problems, state_words
from handouts.rendering.sayings import Saying, sayings
from handouts.rendering.templates import Templates
from handouts.rendering.translations import translations_for
from handouts.rendering.words import Ledger
from handouts.tokens import Tokens, read_tokens

Read = Callable[[Path], bytes]


@dataclass(frozen=True, slots=True)
class StateWords:
    """What every printed page says of the document.

    Attributes:
        banner: warnings, on all pages of a draft.
        footer: reference, version, fingerprint, and the days of the review if there was one.
    """

    banner: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()


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
        sayings: all that the content says; both pages must say it.
        components: those that a document of this kind must have.
        state_words: what each printed page says of the document and its state.
        address: of its page for screens on the web, which a QR code says; None if it has none.
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
    sayings: tuple[Saying, ...] = field(default=(), repr=False)
    components: tuple[str, ...] = ()
    state_words: StateWords = field(default_factory=StateWords)
    address: str | None = None

    def fitted(self, fit: Fit) -> HtmlDocument:
        """The same document with its printed page set in another way."""
        return replace(self, html=self.printed(fit), fit=fit)


@dataclass(frozen=True, slots=True)
class Look:
    """Where templates, styles and fonts are, a project's own folders before the built-in ones.

    Attributes:
        templates, styles: folders, in order.
        shown: how a path is shown to people.
        clinics: the folder that holds the clinics' logos; None if there are none.
    """

    templates: tuple[Path, ...]
    styles: tuple[Path, ...]
    shown: Callable[[Path], str]
    clinics: Path | None = None

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


UNCHECKED = message("Draft. No clinician has checked this page. Do not give it to patients.")
UNCHECKED_TRANSLATION = message(
    "Draft. Not checked by a qualified translator. Do not give it to patients."
)


@dataclass(frozen=True, slots=True)
class Banner:
    """A warning in the language of a document, for staff also in the one it was made from."""

    source: str
    own: str


@dataclass(frozen=True, slots=True)
class SourceNames:
    """What a translation says in the language it was made from.

    Attributes:
        language: the language it was made from.
        title: the sheet's title there; empty if there is no such sheet.
    """

    language: str
    title: str


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


def compose(
    edition: Edition,
    library: Library,
    look: Look,
    today: date,
    read: Read,
    patient: PatientDetails | None = None,
) -> HtmlDocument:
    """Compose one edition.

    Args:
        edition: what to compose.
        library: where its content is.
        look: where templates and styles are.
        today: decides whether a review has expired; it is not printed.
        read: gives the bytes of a file; a place to record what the document depends on.
        patient: whom the sheet is for; None prints no slots. Of the document only ``html`` says it.

    Raises:
        InvalidInput: everything that keeps this document from being composed.
    """
    return _Composition(edition, library, look, today, read, patient).document()


class _Composition:
    def __init__(
        self,
        edition: Edition,
        library: Library,
        look: Look,
        today: date,
        read: Read,
        patient: PatientDetails | None,
    ) -> None:
        self.patient = patient
        self.edition, self.library, self.look, self.today, self.read = (
            edition, library, look, today, read,
        )  # fmt: skip
        self.translate = translations_for(edition.language)
        self.stylesheet = STYLESHEETS[edition.kind, edition.format]
        self.tokens = self._tokens(self.stylesheet)
        for folder in look.styles:
            add_fonts(folder / "fonts")
        self.direction = direction_of(edition.language)
        self.templates = Templates(
            look.templates, read, self.translate, look.shown, direction=self.direction
        )
        self.clinic = self.library.clinics[self.edition.clinic]
        self.colours = self._colours()
        self.logo = self._logo()
        self.page = page_of(edition, library, self.tokens, self.translate)

    def document(self) -> HtmlDocument:
        about, ledger = self.page.about, self.page.ledger
        address = self._address()
        if ledger.problems:
            raise InvalidInput(in_order(ledger.problems))
        reference = f"{about.reference}-{self.edition.language.upper()}"
        context = {
            "page": self.page.content,
            "kind": str(self.edition.kind),
            "document_title": about.title,
            "subject": about.subject,
            "keywords": ", ".join(about.keywords),
            "clinic": self.clinic.value,
            "logo": self.logo.uri if self.logo else "",
            "colours": self.colours,
            "patient": None,
            "project": self.library.project.value,
            "reference": reference,
            "version": about.version,
            "compiled": self._day(about.compiled),
            "language": self.edition.language,
            "direction": self.direction,
            "language_name": self._language_name(),
            "source": self._source(),
            "banner": self._banner(),
            "assets": ASSETS,
            "address": address,
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
            return self._layout({**context, "patient": self.patient}, "print", fit)

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
            problems=(
                *(self.logo.problems if self.logo else ()),
                *state_problems(
                    review, state, version=about.version, fingerprint=fingerprint,
                    compiled=about.compiled, today=self.today, day=self._day, path=about.path,
                    allow_draft=self.library.project.value.allow_draft,
                ),
            ),
            ranks=self.page.ranks,
            printed=printed,
            sayings=tuple(sayings(self.page.content)),
            components=tuple(
                name
                for name, rule in COMPONENTS.items()
                if rule.required and self.edition.kind in rule.kinds
            ),
            state_words=self._state_words(covered, context),
            address=address.url if address and self.edition.kind is Kind.PATIENT else None,
        )  # fmt: skip

    def _state_words(self, review: Review | None, context: Mapping[str, object]) -> StateWords:
        banner = self._banner()
        warned = tuple(filter(None, (banner.source, banner.own))) if review is None else ()
        footer = (
            context["reference"], context["version"], context["fingerprint"],
            *((context["reviewed"], context["next_review"]) if review else ()),
        )  # fmt: skip
        return StateWords(warned, tuple(map(str, footer)))

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

    def _colours(self) -> str:
        """The clinic's own colours as design tokens; empty if it has none.

        Raises:
            InvalidInput: ``clinic-contrast``; ``missing-token`` or ``broken-token``, of the paper.
        """
        least = LEAST_FOR_PATIENTS if self.edition.kind is Kind.PATIENT else LEAST
        if self.clinic.value.brand is None:
            return ""
        if problems := brand_problems(self.clinic, self.tokens.colour("paper"), least=least):
            raise InvalidInput(problems)
        brand = brand_of(self.clinic.value)
        return brand.css if brand else ""

    def _logo(self) -> LogoPicture | None:
        """The clinic's logo, where the document has a place for it.

        Raises:
            InvalidInput: ``missing-file``, or as ``logo_picture``.
        """
        logo, folder = self.clinic.value.logo, self.look.clinics
        if logo is None or folder is None or self.edition.kind is not Kind.PATIENT:
            return None
        path = folder / logo.file
        try:
            data = self.read(path)
        except FileNotFoundError:
            line, column = self.clinic.place(("logo", "file"))
            missing = error(
                "missing-file", f"there is no {self.look.shown(path)}", path=self.clinic.path,
                line=line, column=column, hint="the logo lies beside the clinic's file",
            )  # fmt: skip
            raise InvalidInput((missing,)) from None
        return logo_picture(data, self.look.shown(path))

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
        return written_date(day, self.edition.language)

    def _banner(self) -> Banner:
        """What a page that nobody has reviewed says of itself."""
        if self.edition.language == SOURCE_LANGUAGE:
            return Banner("", self.translate(UNCHECKED))
        return Banner(UNCHECKED_TRANSLATION, self.translate(UNCHECKED_TRANSLATION))

    def _address(self) -> PageAddress | None:
        return page_address(
            self.library.project.value.base_url, self.edition,
            ChartStyle.from_tokens(self.tokens), self.translate, size_mm=self.tokens.mm("qr-size"),
        )  # fmt: skip

    def _language_name(self) -> Markup:
        language = self.edition.language
        if language == SOURCE_LANGUAGE:
            return Markup("{}").format(own_name(language))
        return Markup('{} / <span lang="{}" dir="ltr">{}</span>').format(
            own_name(language), SOURCE_LANGUAGE, english_name(language)
        )

    def _source(self) -> SourceNames | None:
        """How staff match a translation with the sheet it was made from."""
        language = self.edition.language
        if language == SOURCE_LANGUAGE:
            return None
        original = self.library.handouts.get((self.edition.id, SOURCE_LANGUAGE))
        return SourceNames(SOURCE_LANGUAGE, original.front.title if original else "")
