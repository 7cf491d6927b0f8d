"""A picture is bounded before it is drawn, however its file is written."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image

from handouts.rendering.pictures import check_picture

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
XLINK = 'xlink:href="#{}"'


def svg(inside: str) -> str:
    return f"{HEAD}{inside}</svg>"


def bomb(href: str = XLINK) -> str:
    """Four groups, each of which draws the one before it twenty times."""
    uses = "".join(
        f'<g id="g{n + 1}">' + f"<use {href.format(f'g{n}')}/>" * 20 + "</g>" for n in range(4)
    )
    return svg(f'<g id="g0"><path d="M0 0"/></g>{uses}')


def chain(length: int) -> str:
    uses = "".join(f'<use id="u{n}" href="#u{n + 1}"/>' for n in range(length))
    return svg(f'{uses}<path id="u{length}" d="M0 0"/>')


@pytest.mark.parametrize(
    "content",
    [
        bomb().encode(),
        b" " * 200 + bomb().encode(),
        b"\n" * 20_000 + bomb().encode(),
        bomb().encode("utf-16"),
        b"\xef\xbb\xbf" + bomb().encode(),
    ],
    ids=["plain", "200 blanks", "many lines", "UTF-16", "byte order mark"],
)
def test_a_drawing_that_repeats_itself_is_refused_however_its_file_begins(content: bytes) -> None:
    with pytest.raises(ValueError, match="draws more than"):
        check_picture(content)


@pytest.mark.parametrize(
    "href", ['href="#{}"', XLINK, 'href=" #{} "', 'href="x.svg#{}"', 'href="?#{}"']
)
def test_a_drawing_that_repeats_itself_is_refused_by_whatever_address(href: str) -> None:
    with pytest.raises(ValueError, match="draws more than"):
        check_picture(bomb(href).encode())


def test_a_name_that_is_given_twice_hides_nothing() -> None:
    with pytest.raises(ValueError, match="draws more than"):
        check_picture(bomb().replace("</svg>", '<g id="g3"/></svg>').encode())


@pytest.mark.parametrize("inside", ['<use id="a" href="#a"/>', '<g id="a"><use href="#a"/></g>'])
def test_a_drawing_that_holds_itself_is_refused(inside: str) -> None:
    with pytest.raises(ValueError, match="draws more than"):
        check_picture(svg(inside).encode())


def test_a_long_chain_of_uses_is_refused_as_deep() -> None:
    with pytest.raises(ValueError, match="one in another"):
        check_picture(chain(3000).encode())


def test_a_short_chain_of_uses_is_a_picture() -> None:
    assert check_picture(chain(40).encode())


def test_what_is_repeated_a_few_times_is_a_picture() -> None:
    assert check_picture(svg('<g id="a"><path d="M0 0"/></g>' + '<use href="#a"/>' * 900).encode())


def test_a_wide_drawing_takes_little_time() -> None:
    start = time.monotonic()
    assert check_picture(svg('<path d="M0 0"/>' * 49_000).encode())
    assert time.monotonic() - start < 5


def test_pixels_are_a_picture_and_words_are_none() -> None:
    out = io.BytesIO()
    Image.new("L", (4, 4)).save(out, "PNG")
    assert check_picture(out.getvalue())
    assert not check_picture(b"p { color: red }")
    assert not check_picture(b"<?xml version='1.0' encoding='nowhere'?><svg/>")
