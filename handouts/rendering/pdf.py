"""HTML and stylesheets to an accessible PDF, with what there is to know about its pages."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration

from handouts.diagnostics import InvalidInput, error
from handouts.rendering import fonts, standards
from handouts.rendering.accessibility import install
from handouts.rendering.drawing import Drawing
from handouts.rendering.layout import POINTS_PER_PIXEL, Layout
from handouts.rendering.leftovers import drop_boxes
from handouts.rendering.messages import diagnostics_of, recorded
from handouts.rendering.nesting import TOO_DEEP, is_too_deep
from handouts.rendering.resources import Fetcher, Read
from handouts.rendering.standards import OUTPUT_INTENT, VARIANT, colour_profiles

if TYPE_CHECKING:
    import logging
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from handouts.diagnostics import Diagnostic
    from handouts.rendering.identity import Identity
    from handouts.rendering.nesting import TOO_DEEP, is_too_deep
    from handouts.rendering.papers import Move
from handouts.rendering.resources import Refusal


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
        self.files: tuple[Path, ...] = ()
        self._parse(read)

    def _parse(self, read: Read) -> None:
        self._last: _LaidOut | None = None
        self._drawn: _Drawn | None = None
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
                raise InvalidInput(
                    (error("too-deep", TOO_DEEP, path=name, hint="is a brace not closed?"),)
                )
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

        Raises:
            InvalidInput: ``too-deep``, of the page's own styles; it names no file.
        """
        drawn = self._drawn_for(html, base_url, read or self._read)
        return self._document(drawn, path, identity)

    def render_moved(
        self,
        html: str,
        move: Move,
        *,
        base_url: str | Path,
        path: str | None = None,
        read: Read | None = None,
        identity: Identity | None = None,
    ) -> PdfDocument | None:
        """Set one document on another paper than that of the stylesheets.

        The drawing is that of ``render``, whichever is asked for first. For the other arguments,
        see there.

        Returns:
            The document, or None if it holds what belongs to its own paper.
        """
        drawn = self._drawn_for(html, base_url, read or self._read)
        if not drawn.drawing.can_move(move):
            return None
        return self._document(drawn, path, identity, move)

    def forget_drawing(self) -> None:
        """Keep the last drawing no longer."""
        with self._lock:
            self._drawn = None

    def _document(
        self, drawn: _Drawn, path: str | None, identity: Identity | None, move: Move | None = None
    ) -> PdfDocument:
        layout = drawn.drawing.layout
        if move is not None:
            layout = move.layout(layout)
        sizes = tuple(
            (page.width * POINTS_PER_PIXEL, page.height * POINTS_PER_PIXEL) for page in layout.pages
        )
        own = diagnostics_of(drawn.records, drawn.refusals, drawn.sources, path)
        return PdfDocument(
            drawn.drawing.written(identity, move),
            len(layout.pages),
            sizes,
            layout,
            tuple(dict.fromkeys(self._diagnostics + own)),
            drawn.root,
        )

    def _drawn_for(self, html: str, base_url: str | Path, read: Read) -> _Drawn:
        """The drawing of a document; the last one is kept for other papers."""
        with self._lock:
            drawn = self._drawn
            if (
                drawn is not None
                and (drawn.html, drawn.base_url) == (html, str(base_url))
                and not drawn.refusals  # what was not there may be there by now
                and all(read(file) == content for file, content in drawn.files.items())
            ):
                return drawn
            self._drawn = None
            with recorded() as records, self._own_fonts_only(read):
                laid_out = self._laid_out(html, base_url, read)
                self._last = None  # a layout is drawn once
                root = laid_out.document.etree_element
                drawing = Drawing(laid_out.rendering, root)
            inline = [(None, "".join(each.itertext())) for each in root.iter("style")]
            self._drawn = _Drawn(
                html, str(base_url), drawing, dict(laid_out.fetcher.files),
                tuple(laid_out.fetcher.refusals), (*laid_out.records, *records),
                (*inline, *self._sources), root,
            )  # fmt: skip
            return self._drawn

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


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A drawn document, and what was said and read on the way."""

    html: str
    base_url: str
    drawing: Drawing
    files: Mapping[Path, bytes]
    refusals: tuple[Refusal, ...]
    records: tuple[logging.LogRecord, ...]
    sources: tuple[tuple[str | None, str], ...]
    root: Any


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
    if any(is_too_deep("".join(each.itertext())) for each in page.etree_element.iter("style")):
        raise InvalidInput((error("too-deep", f"a `style` element of the page: {TOO_DEEP}"),))
    return page, tuple(records)


_renderers: dict[Any, Renderer] = {}


def forget_drawings() -> None:
    """Give back the memory of the last drawings, when another document comes."""
    for renderer in _renderers.values():
        renderer.forget_drawing()


def renderer_for(
    stylesheets: Sequence[Stylesheet],
    *,
    folders: Sequence[Path],
    read: Read = Path.read_bytes,
    root: Path | None = None,
) -> Renderer:
    """The renderer for these stylesheets, which is kept for the next document.

    ``read`` is asked for every stylesheet each time, parsed already or not, so it sees all that a
    document depends on; stylesheets that have changed are parsed again. For the arguments, and what
    may be raised, see ``Renderer``.
    """
    key = (tuple(stylesheets), tuple(folders), root)
    renderer = _renderers.get(key)
    if renderer is None or not renderer.is_current(read):
        renderer = _renderers[key] = Renderer(stylesheets, folders=folders, read=read, root=root)
    return renderer
