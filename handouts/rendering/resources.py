"""What a page may read: ``data:`` addresses and files below the folders it is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import DataHandler, Request, url2pathname

from tinycss2.bytes import decode_stylesheet_bytes  # type: ignore[import-untyped, unused-ignore]
from weasyprint.urls import URLFetcher, URLFetcherResponse

from handouts.rendering.nesting import TOO_DEEP, is_too_deep
from handouts.rendering.pictures import check_picture

Read = Callable[[Path], bytes]
"""Gives the bytes of a file whose path is resolved and allowed. May record it."""

MAX_BYTES = 20_000_000
_MEDIA_TYPES = {
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff2": "font/woff2",
}
MOST_READS = 20
"""Of one stylesheet by one page: twice each in a chain of a few would be thousands."""

_FONT_MARKS = (b"\0\1\0\0", b"OTTO", b"wOF2")
"""What a font begins with."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An address that could not be read.

    Attributes:
        url: the address as WeasyPrint asked for it.
        reason: half a sentence, such as "it does not exist".
    """

    url: str
    reason: str


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Reads what a page asks for, by default nothing.

    Attributes:
        files: what was read, by file.
        refusals: what was asked for in vain, in order.
    """

    def __init__(self, folders: Sequence[Path], read: Read = Path.read_bytes) -> None:
        super().__init__(allowed_protocols=("data", "file"))
        self._folders = [folder.resolve() for folder in folders]
        self._read = read
        self._reads: Counter[Path] = Counter()
        self.files: dict[Path, bytes] = {}
        self.refusals: list[Refusal] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """Answer one address.

        Raises:
            ValueError: it can't be read; WeasyPrint logs that and goes on.
        """
        try:
            scheme = url.split(":", 1)[0].lower()
            if scheme == "data":
                answer = DataHandler().data_open(Request(url, headers=headers or {}))  # noqa: S310
                content = answer.read()
                _check(
                    content, answer.headers.get_content_type(), answer.headers.get_content_charset()
                )
                return URLFetcherResponse(url, content, answer.headers)
            if scheme != "file":
                raise ValueError("it is not a file of the project, and pages read nothing else")
            path = self._allowed(url)
            content = self._read(path)
            media_type = _MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
            if _check(content, media_type):
                self._reads[path] += 1
                if self._reads[path] > MOST_READS:
                    raise ValueError(
                        f"it is asked for more than {MOST_READS} times: stylesheets import each"
                        " other in a circle"
                    )
        except (OSError, ValueError) as problem:
            self.refusals.append(Refusal(url, _reason(problem)))
            raise ValueError(_reason(problem)) from problem
        self.files[path] = content
        return _Answer(url, content, {"Content-Type": media_type})

    def _allowed(self, url: str) -> Path:
        parts = urlsplit(url)
        if parts.netloc not in ("", "localhost"):
            raise ValueError("it is on another computer")
        path = Path(url2pathname(parts.path)).resolve()
        if not any(path.is_relative_to(folder) for folder in self._folders):
            raise ValueError("it lies outside of the folders that pages may read")
        if not path.exists():
            return path  # the reader may know another place for a file of that name
        if not path.is_file():
            raise ValueError("it is not a file")
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
        return path


class _Answer(URLFetcherResponse):  # type: ignore[misc]
    """A file's content; without the path, or WeasyPrint would read the file again later."""

    path = None


def _check(content: bytes, media_type: str, encoding: str | None = None) -> bool:
    """See that a page can take a resource, as a picture and as a stylesheet.

    What it is asked for as, nobody says; the layout engine draws a picture of any name, and reads
    a stylesheet of any name.

    Returns:
        Whether it can be a stylesheet: it is no picture and no font.

    Raises:
        ValueError: as ``check_picture``; rules are nested too deeply.
    """
    if media_type.startswith("font/") and content.startswith(_FONT_MARKS):
        return False
    if check_picture(content):
        return False
    css, _ = decode_stylesheet_bytes(content, protocol_encoding=encoding)
    if is_too_deep(css):
        raise ValueError(TOO_DEEP)
    return True


def _reason(problem: Exception) -> str:
    if isinstance(problem, FileNotFoundError):
        return "it does not exist"
    if isinstance(problem, OSError):
        return problem.strerror or str(problem)
    return str(problem)
