"""The output folder of a build: which files belong there, and bringing it in line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from handouts.build.assets import Assets
from handouts.build.folders import Folders
from handouts.build.inputs import digest_of
from handouts.build.journal import Found, found_in
from handouts.build.manifest import NAME as MANIFEST
from handouts.build.manifest import Entry, Manifest
from handouts.build.outcome import Outcome
from handouts.build.plan import Plan
from handouts.build.publish import Publication
from handouts.build.record import are_there
from handouts.build.reports.documents import LibraryReport
from handouts.build.reports.files import files_of
from handouts.build.shelf import Shelf
from handouts.build.site import files as site
from handouts.build.site.catalogue import Catalogue, catalogue_of
from handouts.build.site.twins import linked
from handouts.diagnostics import Diagnostic, InvalidInput
from handouts.loading.files import read_text
from handouts.loading.library import Library


class Outputs:
    """The files of a library's output folder.

    Args:
        folders: of the project.
        library: what was loaded.
        plan: what the build answers for; other documents that are there stay.
        shelf: where files that were made lie.
        assets: what pages for screens need beside them.
    """

    def __init__(
        self, folders: Folders, library: Library, plan: Plan, shelf: Shelf, assets: Assets
    ) -> None:
        self._folders, self._library, self._plan = folders, library, plan
        self._shelf, self._assets = shelf, assets
        self._publication = Publication(folders.output)

    def check_writable(self) -> None:
        """See that files can be written, before there is one.

        Raises:
            InvalidInput: ``cannot-write``.
        """
        self._publication.check_writable()

    def publish(
        self,
        outcome: Outcome,
        versions: Mapping[str, str],
        report_of: Callable[[Manifest], LibraryReport],
    ) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
        """Bring the folder in line.

        Args:
            outcome: of the editions.
            versions: of the program, for the manifest.
            report_of: what there is to say about the folder, with its new manifest.

        Returns:
            The digests of all files, by which a later build finds them unchanged; and what was
            wrong with the folder, and is mended now.

        Raises:
            InvalidInput: ``cannot-write``.
        """
        problems: tuple[Diagnostic, ...] = ()
        try:
            before = found_in(self._folders.output)
        except InvalidInput as invalid:
            problems, before = invalid.diagnostics, Found(Manifest(), frozenset())
        made = outcome.made.values()
        older = {
            path: entry
            for path, entry in before.manifest.documents.items()
            if not self._plan.answers_for(entry) and self._is_there(entry)
        }
        entries = older | {each.entry.path: each.entry for each in made}
        files = {path: digest for each in made for path, digest in each.files.items()}
        pages = {**self._assets.files, **self._pages(entries.values(), files)}
        assets = tuple({*pages} - {each.html for each in entries.values()})
        manifest = Manifest(entries, assets, versions)
        pages |= files_of(report_of(manifest))
        changed: dict[str, bytes | Callable[[], bytes]] = {
            path: partial(self._shelf.get, path, digest)
            for path, digest in files.items()
            if path not in pages and not self._shelf.is_published(path, digest)
        }
        changed |= {
            path: data for path, data in pages.items() if not self._publication.holds(path, data)
        }
        gone = {each.pdf_path for each in outcome.without_file}
        self._publication.replace(changed, before, manifest, gone)
        others = {path: digest_of(data) for path, data in pages.items()}
        return {**files, **others, MANIFEST: digest_of(manifest.json().encode())}, problems

    def _pages(self, entries: Iterable[Entry], files: Mapping[str, str]) -> dict[str, bytes]:
        """The pages for screens: the library, and the twins with the ways between them."""
        catalogue = catalogue_of(entries, self._library, self._text_of)
        read = partial(self._published, files=files)
        return {**self._twins(catalogue, files), **site.files_of(catalogue, read)}

    def _twins(self, catalogue: Catalogue, files: Mapping[str, str]) -> dict[str, bytes]:
        """The twins; those that no build has made are left out."""
        twins = {}
        for sheet in catalogue.sheets:
            path = sheet.entry.html
            try:
                twin = self._published(path, files).decode()
            except (OSError, UnicodeDecodeError):
                continue
            twins[path] = linked(twin, sheet, catalogue).encode()
        return twins

    def _published(self, path: str, files: Mapping[str, str]) -> bytes:
        """A file that is published now, or stays."""
        if digest := files.get(path):
            return self._shelf.get(path, digest)
        return (self._folders.output / path).read_bytes()

    def _is_there(self, entry: Entry) -> bool:
        """Whether a document lies in the folder as the manifest says."""
        has_twin = (self._folders.output / entry.html).is_file()
        return has_twin and are_there({entry.path: entry.sha256}, self._folders.output)

    def _text_of(self, shown: str) -> str:
        return read_text(self._folders.path(shown), shown)
