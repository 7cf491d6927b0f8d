"""Serves a preview to browsers on this computer, and to nobody else.

Nothing is served but what was built and the page of the preview itself; nothing can be changed
through it. A page of another site that has its own name led to this computer (DNS rebinding) is
refused by the Host header; one that asks for what is here, or holds connections open, from another
site or port is refused by what browsers say of a request. Links lead here from everywhere.
"""

from __future__ import annotations

import json
import mimetypes
import re
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTP_PORT
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from handouts.build.builtin import builtin_folder
from handouts.preview.session import Session

ADDRESS = "127.0.0.1"
HOME = "/-/"
EVENTS = f"{HOME}events"

_BEAT = 10.0
"""Seconds between two signs of life to a browser."""
_IDLE = 30.0
"""Seconds after which a connection on which nothing comes is closed."""

_FOLDER = Path(__file__).parent
_PICTURE = re.compile(r"pages/([0-9a-f]{64})\.png")
_OWN = {
    "": ("page.html", _FOLDER),
    "preview.js": ("preview.js", _FOLDER),
    "preview.css": ("preview.css", _FOLDER),
}
_SHARED = (
    "screen.css", "tokens.css", "tokens.dark.css",
    *(f"fonts/source-sans-3/SourceSans3-{weight}.ttf" for weight in ("Regular", "Bold")),
)  # fmt: skip
_OWN |= {name: (name, builtin_folder("styles")) for name in _SHARED}
_COMMON = "default-src 'none'; base-uri 'none'; form-action 'none'; font-src 'self'; "
_OF_PAGE = (
    _COMMON + "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " frame-src 'self'; frame-ancestors 'none'"
)
_OF_OUTPUT = (
    _COMMON + "script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " frame-ancestors 'self'"
)
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".ttf": "font/ttf"}


class Server(ThreadingHTTPServer):
    """The server of one preview.

    Args:
        port: to listen at; 0 for one that is free.
        session: what it serves.
        folder: where published files lie.

    Raises:
        OSError: the port can't be had.
    """

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, port: int, session: Session, folder: Path) -> None:
        self.session, self.folder = session, folder
        # Read once: the page of the preview works whatever is done to the project's own styles.
        self.own = {path: (each / name).read_bytes() for path, (name, each) in _OWN.items()}
        super().__init__((ADDRESS, port), _Handler)
        names = (ADDRESS, "localhost")
        self.hosts = frozenset(f"{name}:{self.server_port}" for name in names)
        if self.server_port == HTTP_PORT:  # browsers leave it out
            self.hosts |= frozenset(names)

    @property
    def url(self) -> str:
        """Its address for people."""
        return f"http://{ADDRESS}:{self.server_port}{HOME}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no error."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "handouts"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = _IDLE

    def do_GET(self) -> None:
        """Answer."""
        if self.headers.get("Host", "").lower() not in self.server.hosts:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return
        parts = urlsplit(self.path)
        path = unquote(parts.path, errors="replace")
        if self._is_foreign and (path == EVENTS or not self._opens_a_page):
            self._refuse(HTTPStatus.FORBIDDEN)
        elif path == "/":
            self._answer(b"", "text/plain", HTTPStatus.FOUND, {"Location": HOME})
        elif path == EVENTS:
            self._events(parse_qs(parts.query))
        elif path.startswith(HOME):
            self._own(path.removeprefix(HOME))
        else:
            self._published(path.removeprefix("/"))

    do_HEAD = do_GET  # noqa: N815

    def __getattr__(self, name: str) -> object:
        """Every other method is refused."""
        if name.startswith("do_"):
            return self._not_allowed
        raise AttributeError(name)

    def _not_allowed(self) -> None:
        self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})

    @property
    def _is_foreign(self) -> bool:
        """Whether a page of another origin asks; what is no browser does not say."""
        return self.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}

    @property
    def _opens_a_page(self) -> bool:
        asked = tuple(self.headers.get(f"Sec-Fetch-{name}") for name in ("Mode", "Dest"))
        return asked == ("navigate", "document")

    def _own(self, path: str) -> None:
        if path in self.server.own:
            kind = _type_of(path or "index.html")
            self._answer(self.server.own[path], kind, policy=_OF_PAGE)
        elif match := _PICTURE.fullmatch(path):
            self._answer_if(self.server.session.picture(match[1]), "image/png")
        elif path.startswith("now/"):
            path = path.removeprefix("now/")
            data = self.server.session.now(path)
            if data is not None:
                self._answer(data, _type_of(path))
            else:
                self._published(path)
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _published(self, path: str) -> None:
        if path.endswith("/"):
            path += "index.html"
        self._answer_if(published(self.server.folder, path), _type_of(path))

    def _events(self, query: Mapping[str, list[str]]) -> None:
        document, form, paper = (
            query.get(name, [""])[0] for name in ("document", "format", "paper")
        )
        self._head(HTTPStatus.OK, "text/event-stream", {"Connection": "close"}, _OF_PAGE)
        self.close_connection = True
        if self.command == "HEAD":
            return
        session = self.server.session
        with suppress(OSError), session.looking(document, form, paper):
            self.wfile.write(b"retry: 1000\n\n")
            for event in session.states(document, form, paper, beat=_BEAT):
                name, state = event or ("beat", {})
                text = f"event: {name}\ndata: {json.dumps(state, ensure_ascii=False)}\n\n"
                self.wfile.write(text.encode(errors="backslashreplace"))
                self.wfile.flush()

    def _answer_if(self, data: bytes | None, kind: str) -> None:
        if data is None:
            self._refuse(HTTPStatus.NOT_FOUND)
        else:
            self._answer(data, kind)

    def _answer(
        self,
        data: bytes,
        kind: str,
        status: HTTPStatus = HTTPStatus.OK,
        more: Mapping[str, str] | None = None,
        policy: str = _OF_OUTPUT,
    ) -> None:
        tag = f'"{sha256(data).hexdigest()[:32]}"'
        if status is HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            status, data = HTTPStatus.NOT_MODIFIED, b""
        head = {"ETag": tag, "Content-Length": str(len(data)), **(more or {})}
        self._head(status, kind, head, policy)
        if self.command != "HEAD":
            with suppress(OSError):
                self.wfile.write(data)

    def _refuse(self, status: HTTPStatus, more: Mapping[str, str] | None = None) -> None:
        self.close_connection = True
        text = f"{status.value} {status.phrase}\n".encode()
        self._answer(text, "text/plain", status, {"Connection": "close", **(more or {})})

    def _head(self, status: HTTPStatus, kind: str, more: Mapping[str, str], policy: str) -> None:
        is_text = kind.startswith("text/")
        self.send_response(status)
        for name, value in {
            "Content-Type": f"{kind}; charset=utf-8" if is_text else kind,
            "Content-Security-Policy": policy,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-cache",
            **more,
        }.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: what the terminal says is about documents."""


def published(folder: Path, path: str) -> bytes | None:
    """A file below a folder; None if there is none, or the path or a link leads out of it."""
    parts = path.split("/")
    if "\0" in path or "\\" in path or any(not each or each.startswith(".") for each in parts):
        return None
    try:
        real = folder.joinpath(*parts).resolve(strict=True)
        if real.is_relative_to(folder.resolve()) and real.is_file():
            return real.read_bytes()
    except (OSError, RuntimeError, ValueError):
        pass
    return None


def _type_of(path: str) -> str:
    suffix = Path(path).suffix.lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
