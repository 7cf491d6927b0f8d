"""Which editions are built: what the project holds, and what of it was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from handouts.build.manifest import Entry
from handouts.build.odd_files import is_text
from handouts.build.request import InvalidRequest, Request
from handouts.build.severities import severity_problems
from handouts.diagnostics import Diagnostic, did_you_mean, error
from handouts.loading.library import CLINICIAN_LANGUAGE, Library
from handouts.models.clinic import ALL_CLINICS
from handouts.models.edition import Edition, Format, Kind, Paper


@dataclass(frozen=True, slots=True, order=True)
class Document:
    """One document in one language, whether or not its file can be used.

    Attributes:
        path: the file with its words.
    """

    id: str
    kind: Kind
    language: str
    path: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is built, and which older entries of the manifest it answers for.

    Attributes:
        editions: to build, in order.
        documents: every document the project holds.
        clinics: every clinic it knows.
        selected: the clinics that were asked for, or the default one.
        request: what was asked for.
    """

    editions: tuple[Edition, ...]
    documents: frozenset[tuple[str, str]]
    clinics: frozenset[str]
    selected: tuple[str, ...]
    request: Request

    @property
    def is_partial(self) -> bool:
        """Whether something else may stay published, in other clinics or of other documents."""
        return self.request.is_filtered or bool(self.clinics.difference(self.selected))

    def answers_for(self, entry: Entry | Edition) -> bool:
        """Whether an entry or edition goes when this build did not make it anew.

        A partial build answers for what it was asked to build; a full one also for what can't be
        built any more, because its document or its clinic is gone.
        """
        request = self.request
        if not request.is_filtered and (
            (entry.id, entry.language) not in self.documents or entry.clinic not in self.clinics
        ):
            return True
        return (
            entry.clinic in self.selected
            and _selects(request.ids, entry.id)
            and _selects(request.languages, entry.language)
            and _selects(request.formats, entry.format)
            and _selects(request.papers, entry.paper)
        )


def plan_for(request: Request, library: Library) -> Plan:
    """The editions of a request.

    Raises:
        InvalidRequest: a name nobody knows, in the request or in ``project.yaml``; or nothing is
            left to build.
    """
    documents = tuple(documents_of(library))
    clinics = clinics_of(library)
    selected = request.clinics or (library.project.value.default_clinic,)
    if ALL_CLINICS in selected:
        selected = tuple(sorted(clinics))
    problems = [
        *severity_problems(library.project),
        *_configuration_problems(library, clinics),
        *_request_problems(request, documents, clinics),
    ]
    if problems:
        raise InvalidRequest(tuple(problems))
    editions = tuple(
        sorted(
            edition
            for clinic in selected
            for document in documents
            for edition in _editions_of(document, library, clinic, request)
            if _is_selected(edition, request)
        )
    )
    if not editions and request.is_filtered:
        raise InvalidRequest((_nothing_to_build(request, documents),))
    return Plan(
        editions,
        frozenset((each.id, each.language) for each in documents),
        clinics,
        selected,
        request,
    )


def documents_of(library: Library) -> Iterator[Document]:
    """Every document of the library, those whose file has errors too.

    One whose name is no text can't be named or published; ``odd_files`` says so.
    """
    found = {
        Document(record.id, Kind.TRIAL, CLINICIAN_LANGUAGE, record.path)
        for record in library.trials.values()
    }
    found |= {Document(each.id, each.kind, each.language, each.path) for each in library.written}
    for path in library.failed:
        parts = PurePosixPath(path)
        if parts.name == "trial.yaml":
            found.add(Document(parts.parent.name, Kind.TRIAL, CLINICIAN_LANGUAGE, path))
        elif parts.suffix == ".md":
            # Of which kind a page for clinicians is stands in the file, which could not be used.
            kind = Kind.REFERENCE if "clinician" in parts.parts[-3:-2] else Kind.PATIENT
            found.add(Document(parts.parent.name, kind, parts.stem, path))
    return iter(sorted(each for each in found if is_text(each.path)))


def title_of(edition: Edition, library: Library) -> str | None:
    """The title of a document; None if its file can't be used."""
    if edition.kind is Kind.TRIAL:
        trial = library.trials.get(edition.id)
        return trial.value.title if trial else None
    written = {(each.id, each.language): each for each in library.written}
    found = written.get((edition.id, edition.language))
    return str(found.front.title) if found else None


def clinics_of(library: Library) -> frozenset[str]:
    """Every clinic of the library, those whose file has errors too."""
    failed = (PurePosixPath(path) for path in library.failed)
    return frozenset(library.clinics) | {
        path.stem for path in failed if path.parent.name == "clinics"
    }


def _editions_of(
    document: Document, library: Library, clinic: str, request: Request
) -> Iterator[Edition]:
    project = library.project.value
    settings = project.editions.get(document.kind)
    if settings is None:
        return
    if document.kind is Kind.PATIENT and document.language not in project.languages:
        return
    known = library.clinics.get(clinic)
    spoken = known.value.languages if known else ()
    if document.kind is Kind.PATIENT and not _selects(spoken, document.language):
        return
    papers = tuple(Paper(each) for each in settings.papers)
    if known and known.value.paper in papers and not request.papers:
        papers = (known.value.paper,)
    for form in Format:
        if form not in settings.formats or (
            document.kind.fits_its_page and form is not Format.STANDARD
        ):
            continue
        for paper in Paper:
            if paper in papers:
                yield Edition(document.id, document.kind, document.language, form, paper, clinic)


def _is_selected(edition: Edition, request: Request) -> bool:
    return (
        _selects(request.ids, edition.id)
        and _selects(request.languages, edition.language)
        and _selects(request.formats, edition.format)
        and _selects(request.papers, edition.paper)
    )


def _selects(names: tuple[str, ...], name: str) -> bool:
    return not names or name in names


def _request_problems(
    request: Request, documents: tuple[Document, ...], clinics: frozenset[str]
) -> Iterator[Diagnostic]:
    yield from _unknown("document", request.ids, {each.id for each in documents})
    yield from _unknown("language", request.languages, {each.language for each in documents})
    yield from _unknown("format", request.formats, list(Format))
    yield from _unknown("paper", request.papers, list(Paper))
    yield from _unknown("clinic", request.clinics, {*clinics, ALL_CLINICS})


def _unknown(what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Diagnostic]:
    candidates = [str(each) for each in known]
    for name in names:
        if name not in candidates:
            yield error(
                f"unknown-{what}",
                f"there is no {what} `{name}`",
                hint=did_you_mean(name, candidates),
            )


def _configuration_problems(library: Library, clinics: frozenset[str]) -> Iterator[Diagnostic]:
    project = library.project
    settings = project.value
    places: list[tuple[str, str, Iterable[str], tuple[str | int, ...]]] = [
        ("kind", kind, list(Kind), ("editions", kind)) for kind in settings.editions
    ]
    for kind, each in settings.editions.items():
        places += [
            ("format", name, list(Format), ("editions", kind, "formats", i))
            for i, name in enumerate(each.formats)
        ]
        places += [
            ("paper", name, list(Paper), ("editions", kind, "papers", i))
            for i, name in enumerate(each.papers)
        ]
    places.append(("clinic", settings.default_clinic, clinics, ("default_clinic",)))
    for what, name, known, at in places:
        if name not in known:
            line, column = project.place(at)
            yield error(
                f"unknown-{what}",
                f"there is no {what} `{name}`",
                path=project.path,
                line=line,
                column=column,
                hint=did_you_mean(name, [str(each) for each in known]),
            )


def _nothing_to_build(request: Request, documents: tuple[Document, ...]) -> Diagnostic:
    kinds = {each.id: each.kind for each in documents}
    asked = [kinds[name] for name in request.ids if name in kinds]
    hint = "`handouts list` shows what there is"
    if asked and all(each.fits_its_page for each in asked):
        hint = "a page for clinicians has one format, standard, and one language, English"
    return error("nothing-to-build", "no edition is all of what was asked for", hint=hint)
