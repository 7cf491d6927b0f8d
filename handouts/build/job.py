"""The unit of work: one edition, composed, rendered and checked.

It is a function of what it reads and of today's date, and gives the same bytes in this process, in
another one, or on another computer. What it read is part of its result.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from handouts.build.assets import unreadable
from handouts.build.dependencies import Values, foundation, own_file, read_whole, records_of
from handouts.build.folders import Folders
from handouts.build.fonts import use_fonts
from handouts.build.inputs import Digests, Inputs, Readings, Recorder, digest_of
from handouts.build.limits import TookTooLong, time_limit
from handouts.build.loaded import loaded_for
from handouts.build.manifest import Entry
from handouts.build.native import quick_lookup
from handouts.build.result import Result, Setup, name_of, too_hungry, too_slow
from handouts.build.severities import judged
from handouts.build.store import Store
from handouts.build.timing import Stopwatch
from handouts.diagnostics import Diagnostic, InvalidInput, Severity, error, in_order, note
from handouts.loading.library import Library, load_library
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.models.patient import PatientDetails
from handouts.models.review import ReviewState

with quick_lookup():
    from handouts.build.gate import check_words, limits_of
    from handouts.build.typesetting import CannotRender, Typesetter, fit_notes
    from handouts.checks.document import check_pdf
    from handouts.checks.places import with_lines
    from handouts.checks.print_ready import check_print
    from handouts.rendering.compose import HtmlDocument, Look, compose
    from handouts.rendering.leftovers import clear_up
    from handouts.rendering.pdf import PdfDocument
    from handouts.rendering.thumbnails import thumbnails_of
    from handouts.rendering.translations import translations_for

_KEPT = 4
"""So many documents are kept: papers share them, and large print has the standard one's twin."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with slots for one patient.

    Attributes:
        document, pdf: the sheet.
        diagnostics: what the gate finds.
        below: the files whose errors are its own too.
    """

    document: HtmlDocument = field(repr=False)
    pdf: PdfDocument = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = field(repr=False)
    below: tuple[str, ...]


@dataclass(slots=True)
class _Words:
    """A document before it is set, with what it was made from and what there is to say of it."""

    document: HtmlDocument
    inputs: Inputs
    diagnostics: tuple[Diagnostic, ...] | None = None


class Press:
    """Makes editions one after another, with everything warm.

    Raises:
        InvalidInput: ``project.yaml`` can't be used.
    """

    def __init__(
        self, setup: Setup, library: Library | None = None, digests: Digests | None = None
    ) -> None:
        """Load what is not loaded yet.

        Args:
            setup: what all documents share.
            library: if it is loaded already.
            digests: of the content, taken before that.
        """
        self._setup = setup
        self._folders = setup.folders
        use_fonts(self._folders)
        self._readings = Readings()
        # Digests first: an edit that comes between is then noticed by the next build.
        self._digests = digests or Digests(self._folders).of_content()
        self.library = library or load_library(
            self._folders.content, self._folders.root, loaded_for(self._folders, setup.stamp)
        )
        self._values = Values(self.library)
        self._look = look_of(self._folders)
        self._typesetter = Typesetter(self._folders, self._look)
        self._store = Store(setup.store) if setup.store else None
        self._documents: dict[Edition, _Words] = {}
        self._is_cold = True

    def make(self, edition: Edition) -> Result:
        """Make one edition. A bug costs this edition only, and is in the result."""
        recorder, watch = self._recorder(), Stopwatch()
        try:
            with unreadable_files_said(self._folders), time_limit(self._setup.limits.seconds):
                made = self._make(edition, recorder, watch)
        except TookTooLong:
            slow = (too_slow(edition, self._setup),)
            made = self._failed(edition, recorder, diagnostics=slow)
        except MemoryError:
            hungry = (too_hungry(edition, self._setup, own_file(edition, self._folders)),)
            made = self._failed(edition, recorder, diagnostics=hungry)
        except InvalidInput as invalid:
            problems = in_order(map(self._placed, invalid.diagnostics))
            failed = self._failed(edition, recorder, diagnostics=problems)
            trace = invalid.trace if isinstance(invalid, CannotRender) else None
            made = replace(failed, trace=trace)
        except Exception as problem:
            message = f"{type(problem).__name__}: {problem}"
            failure = error(
                "internal-error",
                f"{name_of(edition)}: {message}",
                path=own_file(edition, self._folders),
                hint="this is a bug in the program",
            )
            crash = traceback.format_exc()
            made = replace(self._failed(edition, recorder, diagnostics=(failure,)), crash=crash)
        finally:
            clear_up(is_first=self._is_cold)
            self._is_cold = False
        return replace(made, stages=tuple(watch.stages))

    def compose(self, edition: Edition) -> HtmlDocument:
        """The words of an edition.

        Raises:
            InvalidInput: it can't be composed.
        """
        with unreadable_files_said(self._folders):
            return self._compose(edition, self._recorder())

    def sheet(self, edition: Edition, patient: PatientDetails) -> Sheet:
        """A sheet with slots for one patient, through the whole gate. Nothing of it is kept.

        Raises:
            InvalidInput: it can't be made.
        """
        recorder = self._recorder()
        with unreadable_files_said(self._folders):
            document = self._compose(edition, recorder, patient)
            pdf = self._typesetter.render(document, edition, recorder.read)
            found = (
                *self._in_lines(self._about_words(edition, document), document),
                *map(
                    self._placed,
                    self._in_lines(self._about_pages(edition, document, pdf), document),
                ),
            )
        diagnostics = in_order(judged(found, self.library.project.value.severities))
        return Sheet(document, pdf, diagnostics, self._below(edition, recorder, document))

    def _make(self, edition: Edition, recorder: Recorder, watch: Stopwatch) -> Result:
        with watch.stage("compose"):
            words_of = self._words(edition, recorder)
            document = words_of.document
            twin = document.twin
            if edition.format is not Format.STANDARD:
                standard = replace(edition, format=Format.STANDARD)
                twin = self._words(standard, recorder).document.twin
        severities = self.library.project.value.severities
        with watch.stage("check"):
            words = self._said_of(words_of, edition)
        with watch.stage("render"):
            pdf = self._typesetter.render(document, edition, recorder.read)
        with watch.stage("check"):
            found = self._in_lines(self._about_pages(edition, document, pdf), document)
            pages = in_order(judged(map(self._placed, found), severities))
        if any(each.severity is Severity.ERROR for each in (*words, *pages)):
            return self._failed(edition, recorder, words, pages, document)
        entry = _entry(edition, document, pdf)
        with watch.stage("pictures"):
            files = {
                edition.pdf_path: pdf.data,
                edition.twin_path: twin.encode(),
                **dict(zip(entry.thumbnails, thumbnails_of(pdf.data), strict=True)),
            }
        keep = self._store.put if self._store else digest_of
        return Result(
            edition=edition,
            diagnostics=words,
            page_diagnostics=pages,
            inputs=self._inputs(edition, recorder, document, (*words, *pages)),
            below=self._below(edition, recorder, document),
            entry=entry,
            files={path: keep(data) for path, data in files.items()},
            until=document.review.next_review if document.review else None,
        )

    def _words(self, edition: Edition, recorder: Recorder) -> _Words:
        """The words of an edition, fitted to its page; the last ones are kept, with what was read.

        They are the same on all papers.
        """
        on_any = replace(edition, paper=Paper.A4)
        if on_any not in self._documents:
            while len(self._documents) >= _KEPT:
                self._documents.pop(next(iter(self._documents)))
            own = self._recorder()
            self._typesetter.begin()
            try:
                document = self._compose(on_any, own)
                if edition.kind.fits_its_page:
                    document = self._typesetter.fitted(document, edition, own.read)
            finally:
                recorder.add(own)
            self._documents[on_any] = _Words(document, own.inputs)
        else:
            recorder.add(self._documents[on_any].inputs)
        return self._documents[on_any]

    def _said_of(self, words: _Words, edition: Edition) -> tuple[Diagnostic, ...]:
        """What there is to say of the words: the same on all papers, so it is found out once."""
        if words.diagnostics is None:
            document = words.document
            about = self._in_lines(self._about_words(edition, document), document)
            severities = self.library.project.value.severities
            words.diagnostics = in_order(judged(about, severities))
        return words.diagnostics

    def _compose(
        self, edition: Edition, recorder: Recorder, patient: PatientDetails | None = None
    ) -> HtmlDocument:
        for folder in self._folders.styles:
            recorder.search(folder / "fonts")
        try:
            translations_for(edition.language)
        except LookupError as problem:
            missing = error(
                "missing-catalogue", str(problem), path=own_file(edition, self._folders)
            )
            raise InvalidInput((missing,)) from None
        return compose(edition, self.library, self._look, self._setup.today, recorder.read, patient)

    def _recorder(self) -> Recorder:
        return Recorder(self._folders, self._readings)

    def _about_words(self, edition: Edition, document: HtmlDocument) -> Iterator[Diagnostic]:
        yield from document.problems
        yield from check_words(document, self.library.names(edition.language))
        yield from fit_notes(document)
        if document.state is ReviewState.DRAFT and self.library.project.value.allow_draft:
            yield note(
                "draft",
                "nobody has reviewed these words and numbers; every page says so",
                path=document.source,
                hint=f"`handouts review {edition.id}` prints what to sign",
            )

    def _about_pages(
        self, edition: Edition, document: HtmlDocument, pdf: PdfDocument
    ) -> tuple[Diagnostic, ...]:
        found = check_pdf(
            pdf, limits=limits_of(edition, document, self.library), path=document.source
        )
        if not self._setup.in_print:
            return tuple(found)
        in_print = check_print(
            pdf, addresses=tuple(filter(None, (document.address,))), path=document.source,
            is_punched=edition.kind is Kind.PATIENT,
        )  # fmt: skip
        return (*found, *in_print)

    def _in_lines(
        self, found: Iterable[Diagnostic], document: HtmlDocument
    ) -> Iterable[Diagnostic]:
        """With lines of the document's source, which is only read where something is wrong."""
        found = tuple(found)
        if not any(each.line is None and each.path == document.source for each in found):
            return found
        text = self._folders.path(document.source).read_text(encoding="utf-8", errors="replace")
        return with_lines(found, document.source, text)

    def _placed(self, diagnostic: Diagnostic) -> Diagnostic:
        """With the path of the file that was really read, the project's own or the built-in one."""
        if diagnostic.path is None:
            return diagnostic
        path = self._folders.root / diagnostic.path
        return replace(diagnostic, path=self._folders.shown(path))

    def _inputs(
        self,
        edition: Edition,
        recorder: Recorder,
        document: HtmlDocument | None,
        said: tuple[Diagnostic, ...],
    ) -> Inputs:
        ledger = document.ledger if document else None
        below = self._below(edition, recorder, document)
        # What is said about a line holds as long as the line stands there.
        named = tuple(each.path for each in said if each.line and each.path in below)
        whole = (*read_whole(edition, ledger, self._folders), *filter(None, named))
        files = {name: self._digests.file(name) for name in whole}
        values = self._values.of(edition, ledger)
        return recorder.inputs.with_(Inputs(files, {}, values))

    def _below(
        self, edition: Edition, recorder: Recorder, document: HtmlDocument | None
    ) -> tuple[str, ...]:
        """The files whose errors are this document's too."""
        records = records_of(document.ledger) if document else ()
        files = (*foundation(edition, self._folders), *records, *recorder.files)
        return tuple(dict.fromkeys(files))

    def _failed(
        self,
        edition: Edition,
        recorder: Recorder,
        diagnostics: tuple[Diagnostic, ...] = (),
        page_diagnostics: tuple[Diagnostic, ...] = (),
        document: HtmlDocument | None = None,
    ) -> Result:
        return Result(
            edition=edition,
            diagnostics=diagnostics,
            page_diagnostics=page_diagnostics,
            inputs=self._inputs(edition, recorder, document, (*diagnostics, *page_diagnostics)),
            below=self._below(edition, recorder, document),
        )


@contextmanager
def unreadable_files_said(folders: Folders) -> Iterator[None]:
    """Turn a file of the project that can't be read into ``unreadable-file``."""
    try:
        yield
    except OSError as problem:
        if not isinstance(problem.filename, str):
            raise
        path = Path(problem.filename)
        if not any(
            path.is_relative_to(each)
            for each in (folders.content, *folders.templates, *folders.styles)
        ):
            raise
        raise InvalidInput((unreadable(path, problem, folders),)) from problem


def look_of(folders: Folders) -> Look:
    """Where templates, styles and fonts of a project are."""
    clinics = folders.content / "clinics"
    return Look(folders.templates, folders.styles, folders.shown, clinics)


def _entry(edition: Edition, document: HtmlDocument, pdf: PdfDocument) -> Entry:
    review = document.review
    sources = dict.fromkeys(document.ledger.sources)
    sources |= dict.fromkeys(
        each for fact in document.ledger.facts() for each in fact.source.sources
    )
    return Entry(
        id=edition.id,
        kind=str(edition.kind),
        title=document.title,
        reference=document.reference,
        language=edition.language,
        format=str(edition.format),
        paper=str(edition.paper),
        clinic=edition.clinic,
        path=edition.pdf_path,
        html=edition.twin_path,
        pages=pdf.page_count,
        bytes=len(pdf.data),
        sha256=digest_of(pdf.data),
        content_version=document.version,
        fingerprint=document.fingerprint,
        reviewed=review.approved.isoformat() if review else None,
        next_review=review.next_review.isoformat() if review else None,
        review_state=str(document.state),
        sources=tuple(sources),
    )
