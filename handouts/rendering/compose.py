"""Composition: one document for one edition, as HTML."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from markupsafe import Markup

from handouts.charts.drawing import ChartStyle, add_fonts
from handouts.diagnostics import Diagnostic, InvalidInput, error, in_order
from handouts.evidence.formatting import Audience, Writing
from handouts.loading.handouts import PatientHandout
from handouts.loading.library import Library
from handouts.models.clinic import Clinic
from handouts.models.edition import Edition, Format, Kind
from handouts.models.record import Record
from handouts.models.review import Review, ReviewState
from handouts.models.trial import Trial
from handouts.rendering.fingerprint import fingerprint_of, short_fingerprint
from handouts.rendering.patient_page import patient_page
from handouts.rendering.templates import Templates
from handouts.rendering.translations import Translate, translations_for
from handouts.rendering.trial_page import trial_page
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
    problems: tuple[Diagnostic, ...] = ()


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
}
"""Entry stylesheet by kind and format."""


ASSETS = "../../../assets"
"""The twin's way from its folder to the stylesheet and fonts of the library."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What every document of one kind says about itself."""

    reference: str
    version: str
    title: str
    subject: str
    keywords: tuple[str, ...]
    compiled: date
    review: Review | None
    path: str


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

    def document(self) -> HtmlDocument:
        facts, ledger, context = self._page()
        if ledger.problems:
            raise InvalidInput(in_order(ledger.problems))
        context |= {
            "clinic": self.clinic,
            "project": self.library.project.value,
            "reference": f"{facts.reference}-{self.edition.language.upper()}",
            "version": facts.version,
            "compiled": self._day(facts.compiled),
            "language": self.edition.language,
            "language_name": _own_name(self.edition.language),
            "assets": ASSETS,
        }
        # The state depends on the words, and the banner on the state: compose the words first.
        fingerprint = fingerprint_of(self._body(context | self._state(facts, None), full=True))
        review = facts.review
        state = (
            ReviewState.DRAFT
            if review is None
            else review.state(fingerprint, facts.version, self.today)
        )
        covered = review if state is not ReviewState.DRAFT else None
        context |= self._state(facts, covered) | {"fingerprint": short_fingerprint(fingerprint)}
        return HtmlDocument(
            html=self._layout(context, "print"),
            twin=self._layout(context, "web"),
            title=facts.title,
            language=self.edition.language,
            reference=context["reference"],  # type: ignore[arg-type]
            version=facts.version,
            fingerprint=fingerprint,
            state=state,
            review=covered,
            ledger=ledger,
            stylesheet=self.stylesheet,
            source=facts.path,
            problems=tuple(self._state_problems(facts, fingerprint, state)),
        )

    def _page(self) -> tuple[_Facts, Ledger, dict[str, object]]:
        ledger = Ledger()
        if self.edition.kind is Kind.TRIAL:
            record = self.library.trials[self.edition.id]
            return self._trial(record, ledger)
        handout = self.library.handouts[self.edition.id, self.edition.language]
        return self._patient(handout, ledger)

    def _trial(
        self, record: Record[Trial], ledger: Ledger
    ) -> tuple[_Facts, Ledger, dict[str, object]]:
        trial = record.value
        words = self._words(Audience.CLINICIAN, record.id, record.path, ledger)
        page = trial_page(
            record, words, self.library.sources, self.style,
            plot_mm=self.tokens.mm("forest-width"), row_mm=self.tokens.mm("forest-row"),
        )  # fmt: skip
        facts = _Facts(
            trial.reference, trial.version, f"{trial.acronym}: {trial.title}", trial.objective,
            trial.keywords, trial.compiled, trial.review, record.path,
        )  # fmt: skip
        return facts, ledger, self._about(facts) | {"page": page, "kind": "trial"}

    def _patient(
        self, handout: PatientHandout, ledger: Ledger
    ) -> tuple[_Facts, Ledger, dict[str, object]]:
        front = handout.front
        words = self._words(Audience.PATIENT, None, handout.path, ledger)
        glossary = self.library.glossaries.get(handout.language)
        page = patient_page(
            handout, words, self.library.sources, glossary.value if glossary else None,
            self.style, icons_mm=self.tokens.mm("icon-array-size"),
        )  # fmt: skip
        facts = _Facts(
            front.reference, front.version, front.title, front.subject, front.keywords,
            front.compiled, front.review, handout.path,
        )  # fmt: skip
        return facts, ledger, self._about(facts) | {"page": page, "kind": "patient"}

    def _words(self, audience: Audience, record: str | None, path: str, ledger: Ledger) -> Words:
        writing = Writing(audience, self.edition.language, self.translate, self.library.book.get)
        return Words(self.library.book, writing, record, path, ledger)

    def _about(self, facts: _Facts) -> dict[str, object]:
        return {
            "document_title": facts.title,
            "subject": facts.subject,
            "keywords": ", ".join(facts.keywords),
        }

    def _state(self, facts: _Facts, review: Review | None) -> dict[str, object]:
        return {
            "is_draft": review is None,
            "reviewer": f"{review.by}, {review.role}" if review else None,
            "reviewed": self._day(review.approved) if review else None,
            "next_review": self._day(review.next_review) if review else None,
            "fingerprint": "",
            "reference_line": facts.reference,
        }

    def _state_problems(
        self, facts: _Facts, fingerprint: str, state: ReviewState
    ) -> list[Diagnostic]:
        review = facts.review
        if review is not None and not facts.compiled <= review.approved <= self.today:
            return [
                error(
                    "impossible-review",
                    f"it was approved on {self._day(review.approved)}, which is not between the day"
                    " its facts were put together and today",
                    path=facts.path,
                    line=1,
                )
            ]
        if review is not None and review.next_review <= review.approved:
            return [
                error(
                    "impossible-review",
                    "its next review is not after its approval",
                    path=facts.path,
                    line=1,
                )
            ]
        if state is ReviewState.EXPIRED and review is not None:
            return [
                error(
                    "expired",
                    f"its review ended on {self._day(review.next_review)}",
                    path=facts.path,
                    line=1,
                    hint="have it reviewed again; `handouts review` prints what to sign",
                )
            ]
        if review is not None and state is ReviewState.DRAFT and review.version == facts.version:
            return [
                error(
                    "version-unchanged",
                    f"the words or numbers of version {facts.version} differ from what"
                    f" {review.by} approved",
                    path=facts.path,
                    line=1,
                    hint=f"raise `version`, or take the change back (now {fingerprint})",
                )
            ]
        if state is ReviewState.DRAFT and not self.library.project.value.allow_draft:
            return [
                error(
                    "draft-not-allowed",
                    "nobody has reviewed this document",
                    path=facts.path,
                    line=1,
                    hint="have it reviewed, or set `allow_draft: true` in content/project.yaml",
                )
            ]
        return []

    def _body(self, context: Mapping[str, object], *, full: bool) -> Markup:
        """The words of the document; ``full`` says that no block of little weight is left out."""
        name = f"kinds/{self.edition.kind}.html.jinja"
        return Markup(self.templates.render(name, {**context, "full": full}))  # noqa: S704

    def _layout(self, context: Mapping[str, object], layout: str) -> str:
        full = layout == "web"
        body = self._body(context, full=full)
        return self.templates.render(f"layouts/{layout}.html.jinja", {**context, "body": body})

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


def _own_name(language: str) -> Markup:
    locale = Locale.parse(language.replace("-", "_"))
    return Markup("{}").format(locale.get_display_name(language) or language)
