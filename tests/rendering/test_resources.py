from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from handouts.diagnostics import InvalidInput
from handouts.rendering import resources
from handouts.rendering.pdf import Renderer
from tests.rendering.samples import page

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.diagnostics import Diagnostic

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><title>T</title>'
    '<text y="20" font-size="16">In a file</text></svg>'
)


def complaints(folder: Path, source: str) -> list[tuple[str, str]]:
    allowed = folder / "allowed"
    allowed.mkdir(exist_ok=True)
    html = page(f'<h1>A</h1><p><img src="{source}" alt="A picture">')
    found: tuple[Diagnostic, ...] = (
        Renderer([], folders=[allowed]).render(html, base_url=allowed, path="a.md").diagnostics
    )
    assert all(each.severity == "error" and each.path == "a.md" for each in found)
    return [(each.code, each.message) for each in found]


def test_pictures_below_the_folders_are_read(tmp_path: Path) -> None:
    (tmp_path / "allowed" / "in it").mkdir(parents=True)
    (tmp_path / "allowed" / "in it" / "a.svg").write_text(SVG, encoding="utf-8")
    assert complaints(tmp_path, "in it/a.svg?query#part") == []


def test_data_addresses_are_read(tmp_path: Path) -> None:
    assert complaints(tmp_path, "data:image/svg+xml," + SVG.replace('"', "%22")) == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x.svg", "picture `x.svg` can't be read: it does not exist"),
        ("../b.svg", "picture `b.svg` can't be read: it lies outside of the folders"),
        ("link.svg", "picture `link.svg` can't be read: it lies outside of the folders"),
        ("/etc/hostname", "picture `hostname` can't be read: it lies outside of the folders"),
        ("folder.svg", "picture `folder.svg` can't be read: it is not a file"),
        ("bad.svg", "picture `bad.svg` can't be read: it is not a picture"),
        ("large.png", "picture `large.png` can't be read: it is larger than"),
        ("https://example.org/a.png", "picture `https://example.org/a.png` can't be read: it is"),
        ("//example.org/a.png", "picture `a.png` can't be read: it is on another computer"),
        ("ftp://example.org/a.png", "picture `ftp://example.org/a.png` can't be read"),
        ("nul%00.png", "can't be read"),
    ],
)
def test_everything_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, message: str
) -> None:
    monkeypatch.setattr(resources, "MAX_BYTES", 5000)
    allowed = tmp_path / "allowed"
    (allowed / "folder.svg").mkdir(parents=True)
    (allowed / "bad.svg").write_text("no picture", encoding="utf-8")
    (allowed / "large.png").write_bytes(bytes(5001))
    (tmp_path / "b.svg").write_text(SVG, encoding="utf-8")
    (allowed / "link.svg").symlink_to(tmp_path / "b.svg")
    ((code, said),) = complaints(tmp_path, source)
    assert code == "missing-picture"
    assert message in said


def test_other_resources_have_a_code_of_their_own(tmp_path: Path) -> None:
    html = page("<h1>A</h1>", style='@import url("no.css");')
    found = Renderer([], folders=[tmp_path]).render(html, base_url=tmp_path).diagnostics
    assert [(each.code, each.message) for each in found] == [
        ("missing-resource", "`no.css` can't be read: it does not exist")
    ]


def test_reads_go_through_the_given_function_once(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(SVG, encoding="utf-8")
    seen: list[Path] = []

    def read(path: Path) -> bytes:
        seen.append(path)
        return SVG.replace("In a file", "In memory").encode()

    html = page('<h1>A</h1><p><img src="a.svg" alt="A"> <img src="a.svg" alt="A">')
    document = Renderer([], folders=[tmp_path]).render(html, base_url=tmp_path, read=read)
    assert seen == [tmp_path / "a.svg"]
    assert document.layout.pages[0].pictures[0].texts == ("In memory",)


def said_of(folder: Path, style: str) -> list[str]:
    html = page("<h1>A</h1>", style=style)
    found = Renderer([], folders=[folder]).render(html, base_url=folder).diagnostics
    return [each.message for each in found]


@pytest.mark.parametrize("media_type", ["text/css", "image/png", "font/ttf", "text/css;charset=x"])
def test_a_stylesheet_in_an_address_is_bounded_whatever_it_calls_itself(
    tmp_path: Path, media_type: str
) -> None:
    (said,) = said_of(tmp_path, f"@import url(data:{media_type},{quote('.a,.b{' * 40)});")
    assert said.startswith("`data:` can't be read: its rules stand more than 8 deep")


def test_a_stylesheet_in_an_address_is_read_in_its_encoding(tmp_path: Path) -> None:
    css = quote((".a,.b{/*}*/" * 40).encode("utf-16-le"))
    (said,) = said_of(tmp_path, f"@import url(data:text/css;charset=utf-16le,{css});")
    assert "rules stand more than" in said


def test_a_small_stylesheet_in_an_address_is_read(tmp_path: Path) -> None:
    assert said_of(tmp_path, f"@import url(data:text/css,{quote('h1 { color: red }')});") == []


def test_stylesheets_that_import_each_other_are_read_some_times_only(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("@import 'b.css'; @import 'b.css';", encoding="utf-8")
    (tmp_path / "b.css").write_text("@import 'a.css'; @import 'a.css';", encoding="utf-8")
    assert "more than 20 times" in said_of(tmp_path, "@import 'a.css';")[0]


def test_a_drawing_is_bounded_whatever_its_name_ends_with(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SVG.replace("<text", "<g>" * 99 + "<text"), encoding="utf-8")
    assert "one in another" in said_of(tmp_path, "h1 { background: url(a.txt) }")[0]


def test_rules_of_a_page_itself_are_bounded(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="too-deep"):
        said_of(tmp_path, ".a,.b{/*}*/" * 40)
