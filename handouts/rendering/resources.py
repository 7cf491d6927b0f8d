"""What a page may read: ``data:`` addresses and files below the folders it is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import DataHandler, Request, url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

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
DEEPEST_RULES = 8
"""Braces of a stylesheet, one in another. The layout engine writes the selectors around a rule out
in it, so that time and memory double with each."""

_BRACE = re.compile(r"[{}]")
_PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg"})


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
                check_picture(content)
                return URLFetcherResponse(url, content, answer.headers)
            if scheme != "file":
                raise ValueError("it is not a file of the project, and pages read nothing else")
            path = self._allowed(url)
            content = self._read(path)
            if path.suffix.lower() in _PICTURES:
                check_picture(content)
            elif path.suffix.lower() == ".css" and is_too_deep(content.decode(errors="replace")):
                raise ValueError(f"its rules stand more than {DEEPEST_RULES} deep")
        except (OSError, ValueError) as problem:
            self.refusals.append(Refusal(url, _reason(problem)))
            raise ValueError(_reason(problem)) from problem
        self.files[path] = content
        media_type = _MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
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


def is_too_deep(css: str) -> bool:
    """Whether rules of a stylesheet are nested more deeply than anybody would write them."""
    depth = 0
    for brace in _BRACE.finditer(css):
        depth = depth + 1 if brace[0] == "{" else max(0, depth - 1)
        if depth > DEEPEST_RULES:
            return True
    return False


def _reason(problem: Exception) -> str:
    if isinstance(problem, FileNotFoundError):
        return "it does not exist"
    if isinstance(problem, OSError):
        return problem.strerror or str(problem)
    return str(problem)
