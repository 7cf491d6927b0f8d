"""What the preview serves, and to whom."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from handouts.preview.server import Server, published
from handouts.preview.session import Session

DIGEST = "a" * 64


class Looked:
    """A session that nobody has to wait for."""

    looking_at: list[str]

    def __init__(self) -> None:
        self.looking_at = []

    def picture(self, digest: str) -> bytes | None:
        return b"PNG" if digest == DIGEST else None

    def now(self, path: str) -> bytes | None:
        return b"<p>as it is typed" if path == "default/en/a/index.html" else None

    @contextmanager
    def looking(self, document: str, *_: str) -> Iterator[None]:
        self.looking_at.append(document)
        yield
        self.looking_at.remove(document)

    def states(self, *_: str, **__: float) -> Iterator[tuple[str, dict[str, Any]] | None]:
        yield "view", {"title": "</script> \ud800"}
        yield None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("served")
    served = root / "served"
    (served / "default" / "en" / "a").mkdir(parents=True)
    (served / "index.html").write_text("the library")
    (served / "default" / "en" / "a" / "index.html").write_text("as it was built")
    (served / ".hidden").write_text("secret")
    (root / "secret.txt").write_text("secret")
    (served / "link.txt").symlink_to(root / "secret.txt")
    (served / "out").symlink_to(root)
    return served


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with Server(0, cast("Session", Looked()), folder) as running:
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield running
        running.shutdown()


def ask(
    server: Server, path: str, method: str = "GET", host: str | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    port = server.socket.getsockname()[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{server.server_port}")
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_it_serves_what_was_built_its_own_page_and_what_is_looked_at(server: Server) -> None:
    assert ask(server, "/index.html")[2] == b"the library"
    assert ask(server, "/default/en/a/")[2] == b"as it was built"
    assert ask(server, "/-/now/default/en/a/index.html")[2] == b"<p>as it is typed"
    assert ask(server, "/-/now/index.html")[2] == b"the library"
    assert ask(server, f"/-/pages/{DIGEST}.png")[2] == b"PNG"
    assert b"<title>Preview</title>" in ask(server, "/-/?document=default/en/a")[2]
    status, head, _ = ask(server, "/")
    assert (status, head["Location"]) == (302, "/-/")


def test_it_listens_on_this_computer_only(server: Server) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"],
)
def test_a_page_of_another_name_is_refused(server: Server, host: str) -> None:
    for path in ("/", "/index.html", "/-/events", "/-/"):
        status, _, body = ask(server, path, host=host)
        assert status == 421
        assert b"library" not in body


def test_its_own_names_are_not(server: Server) -> None:
    assert ask(server, "/index.html", host=f"LocalHost:{server.server_port}")[0] == 200


class OnPort80(Server):
    """A server that takes its port for that of the web."""

    def server_bind(self) -> None:
        super().server_bind()
        self.server_port = 80


def test_on_the_port_of_the_web_its_names_come_without_it(folder: Path) -> None:
    with OnPort80(0, cast("Session", Looked()), folder) as running:
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        assert ask(running, "/index.html", host="127.0.0.1")[0] == 200
        assert ask(running, "/index.html", host="localhost")[0] == 200
        assert ask(running, "/index.html", host="localhost:80")[0] == 200
        assert ask(running, "/index.html", host="evil.example")[0] == 421
        running.shutdown()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_another_origin_gets_nothing(server: Server, site: str) -> None:
    for path in ("/-/events", "/index.html", "/-/preview.js", f"/-/pages/{DIGEST}.png"):
        for mode, dest in (("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe")):
            status, _, body = ask(
                server, path, Sec_Fetch_Site=site, Sec_Fetch_Mode=mode, Sec_Fetch_Dest=dest
            )
            assert (status, body) == (403, b"403 Forbidden\n")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_its_links_lead_here_but_to_no_events(server: Server, site: str) -> None:
    opened = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert ask(server, "/-/?document=default/en/a", **opened)[0] == 200
    assert ask(server, "/default/en/a/", **opened)[0] == 200
    assert ask(server, "/-/events", **opened)[0] == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_its_own_pages_and_what_people_type_are_answered(server: Server, site: str) -> None:
    for path in ("/-/events", "/index.html", f"/-/pages/{DIGEST}.png"):
        assert ask(server, path, Sec_Fetch_Site=site, Sec_Fetch_Mode="cors")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/default/../../secret.txt", "/..%2fsecret.txt",
        "/..\\secret.txt", "/%5c..%5csecret.txt", "//secret.txt", "/link.txt", "/out/secret.txt",
        "/.hidden", "/default", "/%00", "/index.html%00.txt", "/-/../index.html", "/-/now/../x",
        "/-/pages/../../x.png", "/-/preview.py", "/-/session.py", "/-/fonts/../page.html", "/none",
        "/-/now/.hidden", "/-/now//etc/passwd", "/" + "a/" * 3000,
    ],
)  # fmt: skip
def test_no_path_leads_out_of_it(server: Server, path: str) -> None:
    status, _, body = ask(server, path)
    assert status == 404
    assert b"secret" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "X"])
def test_nothing_can_be_changed_through_it(server: Server, method: str) -> None:
    status, head, _ = ask(server, "/-/", method)
    assert (status, head["Allow"]) == (405, "GET, HEAD")


def test_head_says_what_get_would_without_it(server: Server) -> None:
    status, head, body = ask(server, "/index.html", "HEAD")
    assert (status, head["Content-Length"], body) == (200, "11", b"")
    tag = head["ETag"]
    assert ask(server, "/index.html", If_None_Match=tag)[0] == 304


def test_what_a_page_may_load_is_said_in_each_answer(server: Server) -> None:
    for path in ("/-/", "/index.html", "/none"):
        _, head, _ = ask(server, path)
        policy = head["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "script-src 'self';" in policy
        assert head["X-Content-Type-Options"] == "nosniff"
        assert head["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "'unsafe-inline'" not in ask(server, "/-/")[1]["Content-Security-Policy"]


def test_events_are_told_as_they_come(server: Server) -> None:
    status, head, body = ask(server, "/-/events?document=default/en/a")
    assert (status, head["Content-Type"]) == (200, "text/event-stream; charset=utf-8")
    assert b'event: view\ndata: {"title": "</script> \\ud800"}\n\n' in body
    assert cast("Looked", server.session).looking_at == []


def test_a_request_that_is_none_does_no_harm(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), 10) as line:
        line.sendall(b"\x00\xff\r\n\r\n")
        line.recv(1000)
    assert ask(server, "/index.html")[0] == 200


def test_a_folder_or_a_file_that_is_gone_is_not_found(tmp_path: Path) -> None:
    assert published(tmp_path / "none", "index.html") is None
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert published(tmp_path, "loop") is None
