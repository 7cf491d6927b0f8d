"""HTML and stylesheets to an accessible PDF, with what there is to know about its pages."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped, unused-ignore]
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration

from handouts.diagnostics import InvalidInput, error
from handouts.rendering import fonts, standards
from handouts.rendering.accessibility import Finisher, accessible_tags, install
from handouts.rendering.boxes import layout_of
from handouts.rendering.layout import POINTS_PER_PIXEL, Layout
from handouts.rendering.leftovers import drop_boxes
from handouts.rendering.messages import diagnostics_of, recorded
from handouts.rendering.resources import DEEPEST_RULES, Fetcher, Read, is_too_deep
from handouts.rendering.standards import OUTPUT_INTENT, VARIANT, colour_profiles, keep_both

if TYPE_CHECKING:
    import logging
    from collections.abc import Iterable, Iterator, Sequence

    from handouts.diagnostics import Diagnostic
    from handouts.rendering.identity import Identity


_LENGTH = re.compile(rb"/Length (\d+)")


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """A PDF and what the layout knows about it.

    Attributes:
        data: the file.
        page_count: pages in it.
        page_sizes_pt: width and height of each page, in points.
        layout: where everything stands.
        diagnostics: what went wrong on the way: pictures and other files that can't be read,
            characters without a glyph, and WeasyPrint's own warnings.
        root: the element ``html`` that was laid out; places in the layout count its elements.
    """

    data: bytes
    page_count: int
    page_sizes_pt: tuple[tuple[float, float], ...]
    layout: Layout
    diagnostics: tuple[Diagnostic, ...]
    root: Any = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class StyleText:
    """A stylesheet that is no file, such as design tokens written as custom properties.

    Attributes:
        name: what diagnostics call it.
        text: CSS. Its addresses are absolute.
    """

    name: str
    text: str


Stylesheet = Path | StyleText


class Renderer:
    """Sets many documents with the same stylesheets, which it parses once.

    A renderer serves one document at a time; other threads wait for it.

    Attributes:
        files: the stylesheets, and every file they import or embed.
    """

    def __init__(
        self,
        stylesheets: Sequence[Stylesheet],
        *,
        folders: Sequence[Path],
        read: Read = Path.read_bytes,
        root: Path | None = None,
    ) -> None:
        """Parse the stylesheets.

        Args:
            stylesheets: in the order of a page's ``<link>`` elements; they share cascade layers.
            folders: pages and stylesheets read files below these, and nothing else.
            read: gives the bytes of a file; a place to record what a document depends on.
            root: diagnostics name files relative to this folder.

        Raises:
            OSError: a stylesheet can't be read.
            InvalidInput: ``too-deep``.
            RuntimeError: fonts are not set up, HarfBuzz-Subset is missing, or WeasyPrint is
                another version than the accessibility fix-ups were written for.
        """
        if not fonts.are_private():
            raise RuntimeError("call handouts.rendering.fonts.use_only() before rendering")
        if harfbuzz_subset is None:
            raise RuntimeError("the library HarfBuzz-Subset is missing (libharfbuzz-subset0)")
        install()
        standards.install()
        self._stylesheets = tuple(stylesheets)
        self._folders = tuple(folders)
        self._read = read
        self._root = root
        self._lock = threading.Lock()
        self._last: _LaidOut | None = None
        self.files: tuple[Path, ...] = ()
        self._parse(read)

    def _parse(self, read: Read) -> None:
        self._last = None
        self._font_configuration = FontConfiguration()
        self._counter_style = CounterStyle()
        self._css: list[Any] = []
        self._sources: list[tuple[str | None, str]] = []
        self._diagnostics: tuple[Diagnostic, ...] = ()
        files: dict[Path, None] = {}
        layers: list[Any] = []
        for sheet in self._stylesheets:
            fetcher = Fetcher(self._folders, read)
            if isinstance(sheet, StyleText):
                name, text, base_url = sheet.name, sheet.text, None
            else:
                path = sheet.resolve()
                files[path] = None
                name, text, base_url = self._name(path), read(path).decode(), path.as_uri()
            if is_too_deep(text):
                deep = f"rules stand more than {DEEPEST_RULES} deep, or a brace is not closed"
                raise InvalidInput((error("too-deep", deep, path=name),))
            with recorded() as records:
                self._css.append(
                    weasyprint.CSS(
                        string=text,
                        base_url=base_url,
                        url_fetcher=fetcher,
                        font_config=self._font_configuration,
                        counter_style=self._counter_style,
                        layers=layers,
                    )
                )
            files.update(dict.fromkeys(fetcher.files))
            sources = [(name, text), *self._imported(fetcher.files, read)]
            self._sources += sources
            self._diagnostics += diagnostics_of(records, fetcher.refusals, sources, name)
        self.files = tuple(files)
        self._contents = [read(file) for file in self.files]
        self._fonts_at_start = self._added_fonts()

    def is_current(self, read: Read) -> bool:
        """Whether the files behind the stylesheets still hold what was parsed; reads them all."""
        try:
            contents = [read(file) for file in self.files]
        except OSError:
            return False
        return contents == self._contents

    def render(
        self,
        html: str,
        *,
        base_url: str | Path,
        path: str | None = None,
        read: Read | None = None,
        identity: Identity | None = None,
    ) -> PdfDocument:
        """Set one document.

        Args:
            html: the whole page. ``<title>`` and ``<meta>`` (author, description, keywords)
                become metadata; dates are left out, so the same page gives the same bytes, and
                no file is attached.
            base_url: what its relative addresses start from; a folder, or a ``file:`` address.
            path: the file that diagnostics name.
            read: as for the class, for this document only.
            identity: what the file says of itself in its metadata, for programs.
        """
        read = read or self._read
        with self._lock, recorded() as records, self._own_fonts_only(read):
            laid_out = self._laid_out(html, base_url, read)
            self._last = None  # a layout is written once
            data, layout = _written(laid_out, identity)
        sizes = tuple(
            (page.width * POINTS_PER_PIXEL, page.height * POINTS_PER_PIXEL) for page in layout.pages
        )
        root = laid_out.document.etree_element
        inline = [(None, "".join(each.itertext())) for each in root.iter("style")]
        own = diagnostics_of(
            [*laid_out.records, *records], laid_out.fetcher.refusals,
            [*inline, *self._sources], path,
        )  # fmt: skip
        return PdfDocument(
            data,
            len(layout.pages),
            sizes,
            layout,
            tuple(dict.fromkeys(self._diagnostics + own)),
            root,
        )

    def room(self, html: str, *, base_url: str | Path, read: Read | None = None) -> float | None:
        """The share of its one page that a document leaves free; None if it takes more pages.

        It is laid out, and not written. The arguments are those of ``render``, which also says what
        goes wrong on the way. The last layout is kept: if it is the one that will do, ``render``
        goes on from there.
        """
        read = read or self._read
        with self._lock, self._own_fonts_only(read):
            pages = self._laid_out(html, base_url, read).rendering.pages
            if len(pages) > 1:
                return None
            page = pages[0]._page_box
            return 1 - float(page.children[0].margin_height() / page.height)

    def sketch(
        self, html: str, *, base_url: str | Path, read: Read | None = None
    ) -> tuple[int, Iterator[bytes]]:
        """How many pages a document takes, and each as a PDF of its own, to look at.

        They look like the pages of ``render`` and come much sooner: nothing is tagged. The
        arguments are those of ``render``, which also says what goes wrong on the way.
        """
        read = read or self._read
        with self._lock, self._own_fonts_only(read):
            rendering = self._laid_out(html, base_url, read).rendering
            self._last = None
        return len(rendering.pages), (
            rendering.copy([page]).write_pdf() for page in rendering.pages
        )

    def _laid_out(self, html: str, base_url: str | Path, read: Read) -> _LaidOut:
        last = self._last
        if last is not None and (last.html, last.base_url) == (html, str(base_url)):
            for file in last.fetcher.files:
                read(file)  # whoever asks for the layout depends on it too
            return last
        if last is not None:
            last = self._last = None
            drop_boxes()  # a fit makes one layout after another
        fetcher = Fetcher(self._folders, read)
        base = f"{base_url.resolve().as_uri()}/" if isinstance(base_url, Path) else base_url
        document, said = _page(html, base, fetcher)
        with recorded() as records:
            rendering = document.render(
                font_config=self._font_configuration,
                counter_style=self._counter_style.copy(),
                stylesheets=self._css,
                color_profiles=colour_profiles(),
                pdf_variant=VARIANT,
                output_intent=OUTPUT_INTENT,
            )
        self._last = _LaidOut(html, str(base_url), document, rendering, fetcher, [*said, *records])
        return self._last

    @contextmanager
    def _own_fonts_only(self, read: Read) -> Iterator[None]:
        """A page's own fonts are not for the next page."""
        try:
            yield
        finally:
            if self._added_fonts() != self._fonts_at_start:
                self._parse(read)

    def _added_fonts(self) -> int:
        folder = self._font_configuration._folder
        return 0 if folder is None else len(list(folder.iterdir()))

    def _imported(self, files: Iterable[Path], read: Read) -> list[tuple[str | None, str]]:
        return [
            (self._name(file), read(file).decode(errors="replace"))
            for file in files
            if file.suffix.lower() == ".css"
        ]

    def _name(self, file: Path) -> str:
        root = self._root.resolve() if self._root else None
        return str(file.relative_to(root) if root and file.is_relative_to(root) else file)


@dataclass(frozen=True, slots=True)
class _LaidOut:
    """A document with its pages, and what was said and read on the way."""

    html: str
    base_url: str
    document: Any
    rendering: Any
    fetcher: Fetcher
    records: list[logging.LogRecord]


def _written(laid_out: _LaidOut, identity: Identity | None) -> tuple[bytes, Layout]:
    rendering, root = laid_out.rendering, laid_out.document.etree_element
    metadata = rendering.metadata
    metadata.created = metadata.modified = None
    metadata.attachments = []
    if identity is not None:
        own, end = metadata.generate_rdf_metadata, b"</rdf:RDF>"
        # `xmp_metadata` would put it after the rdf:RDF element, of which a packet has only one
        metadata.generate_rdf_metadata = lambda *given, **named: own(*given, **named).replace(
            end, identity.rdf() + end
        )
    for page in rendering.pages:
        page.links = [link for link in page.links if link[0] != "attachment"]
    with accessible_tags(root) as finish:
        data: bytes = rendering.write_pdf(
            pdf_variant=VARIANT, output_intent=OUTPUT_INTENT, finisher=_packed_after(finish)
        )
    return data, layout_of(rendering, root)


def _packed_after(finish: Finisher) -> Finisher:
    """Compress each stream once (WeasyPrint would do it twice), and leave the metadata readable."""

    def finisher(document: Any, pdf: Any) -> None:
        finish(document, pdf)
        keep_both(pdf)
        for stream in pdf.objects:
            if isinstance(stream, pydyf.Stream) and stream.compress:
                if stream.extra.get("Type") != "/Metadata":
                    _compress(stream)
                stream.compress = False

    return finisher


def _compress(stream: Any) -> None:
    head, _, content = stream.data.partition(b"\nstream\n")
    (length,) = _LENGTH.findall(head)
    stream.stream = [content[: int(length)]]
    stream.extra = {**stream.extra, "Filter": "/FlateDecode"}


_Said = tuple["logging.LogRecord", ...]


def _page(html: str, base_url: str, fetcher: Fetcher) -> tuple[Any, _Said]:
    """A page as WeasyPrint takes it, and what it said of it.

    Laying it out leaves its elements as they are, so it is parsed once for all papers.
    """
    parsed, said = _parsed(html, base_url)
    page = copy(parsed)
    page.url_fetcher = fetcher
    return page, said


@lru_cache(maxsize=2)
def _parsed(html: str, base_url: str) -> tuple[Any, _Said]:
    with recorded() as records:
        page = weasyprint.HTML(string=html, base_url=base_url, url_fetcher=Fetcher(()))
    return page, tuple(records)


_renderers: dict[Any, Renderer] = {}


def render_pdf(
    html: str,
    *,
    base_url: str | Path,
    stylesheets: Sequence[Stylesheet],
    folders: Sequence[Path],
    read: Read = Path.read_bytes,
    path: str | None = None,
    root: Path | None = None,
    identity: Identity | None = None,
) -> PdfDocument:
    """Set one document, with a renderer that is kept for the next one.

    ``read`` is asked for every stylesheet each time, parsed already or not, so it sees all that the
    document depends on; a stylesheet that has changed is parsed again. For the other arguments,
    and what may be raised, see ``Renderer``.
    """
    renderer = _renderer(stylesheets, folders, read, root)
    return renderer.render(html, base_url=base_url, path=path, read=read, identity=identity)


def room_on_page(
    html: str,
    *,
    base_url: str | Path,
    stylesheets: Sequence[Stylesheet],
    folders: Sequence[Path],
    read: Read = Path.read_bytes,
    root: Path | None = None,
) -> float | None:
    """The share of its one page that a document leaves free; see ``Renderer.room``."""
    renderer = _renderer(stylesheets, folders, read, root)
    return renderer.room(html, base_url=base_url, read=read)


def sketched_pages(
    html: str,
    *,
    base_url: str | Path,
    stylesheets: Sequence[Stylesheet],
    folders: Sequence[Path],
    read: Read = Path.read_bytes,
    root: Path | None = None,
) -> tuple[int, Iterator[bytes]]:
    """The number of a document's pages, and each by itself to look at; see ``Renderer.sketch``."""
    renderer = _renderer(stylesheets, folders, read, root)
    return renderer.sketch(html, base_url=base_url, read=read)


def _renderer(
    stylesheets: Sequence[Stylesheet], folders: Sequence[Path], read: Read, root: Path | None
) -> Renderer:
    key = (tuple(stylesheets), tuple(folders), root)
    renderer = _renderers.get(key)
    if renderer is None or not renderer.is_current(read):
        renderer = _renderers[key] = Renderer(stylesheets, folders=folders, read=read, root=root)
    return renderer
