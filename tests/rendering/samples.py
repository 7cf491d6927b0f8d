"""Small documents to render in tests, and the renderer for them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.rendering import fonts

if TYPE_CHECKING:
    from handouts.rendering.pdf import PdfDocument, Renderer

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "styles" / "fonts"
FONT_CACHE = ROOT / ".cache" / "fontconfig"

STYLE = """
@page {
  size: A4;
  margin: 20mm;
  @top-left { content: element(banner) }
  @bottom-center {
    content: string(page-word) " " counter(page) " " string(of-word) " " counter(pages);
    font-size: 10pt;
  }
}
body { string-set: page-word attr(data-page), of-word attr(data-of) }
.banner { position: running(banner) }
html { font-family: "Source Sans 3"; font-size: 13pt; line-height: 1.4 }
table { border-collapse: collapse }
td, th { border: 0.5pt solid #000; padding: 1mm }
"""

CHART = """
<svg width="200" height="60" viewBox="0 0 200 60">
<title>Bar chart: 5 of 100 people had a headache</title>
<desc>Drawn to scale.</desc>
<rect width="100" height="20" fill="#0B4F6C"/>
<text x="5" y="50" font-family="Source Sans 3" font-size="14">5 of 100 people</text>
</svg>
"""


def page(body: str, *, style: str = "", language: str = "en", title: str = "A test") -> str:
    """A whole HTML document around some elements."""
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title>'
        '<meta name="author" content="A clinic"><meta name="description" content="A subject">'
        '<meta name="keywords" content="one, two">'
        '<meta name="dcterms.created" content="2026-05-14">'
        f'<style>{style}</style></head><body data-page="Page" data-of="of">{body}</body></html>'
    )


def rows(count: int) -> str:
    """A table that is as long as it takes."""
    body = "".join(
        f'<tr><th scope="row">Effect {number}</th><td>{number} of 100</td></tr>'
        for number in range(1, count + 1)
    )
    return (
        "<table><caption>Side effects</caption><thead><tr>"
        '<th scope="col">Effect</th><th scope="col">People</th></tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


HANDOUT = page(
    f"""
<div class="banner">Draft <b>banner</b></div>
<h1>Your treatment &amp; you</h1>
<p>Take the <u>tablets</u> with <abbr title="water for injection">WFI</abbr>.
Ask <a href="https://example.org/team">our clinic team</a>.</p>
<h2>Steps</h2>
<ul><li>First<ul><li>nested</li></ul></li><li>Second</li></ul>
<ol><li>One</li><li>Two</li></ol>
<p lang="es">Hola <span lang="en">the team</span>, <em lang="fr">bonjour</em>.</p>
<p>In Vietnamese: <span lang="vi">Thuốc điều trị</span>.</p>
{rows(40)}
{CHART}
<h2>The end</h2>
"""
)


def use_our_fonts() -> None:
    """Keep system fonts out of the test process."""
    fonts.use_only([FONTS], FONT_CACHE)


@lru_cache(maxsize=1)
def renderer() -> Renderer:
    """The renderer of all tests."""
    from handouts.rendering.pdf import Renderer, StyleText

    return Renderer([StyleText("sample.css", STYLE)], folders=[FONTS], root=ROOT)


@lru_cache(maxsize=8)
def rendered(html: str) -> PdfDocument:
    """A document in the sample's style."""
    return renderer().render(html, base_url=ROOT, path="sample.md")
