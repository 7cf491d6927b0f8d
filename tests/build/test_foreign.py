"""Pages for screens load nothing from elsewhere, and run nothing."""

from __future__ import annotations

import pytest

from handouts.build.foreign import foreign_in_page, foreign_in_style
from tests.projects import ROOT, Project

WEB = "templates/layouts/web.html.jinja"


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<IFRAME src='a.html'></IFRAME>",
        "<object data=a></object>",
        "<p onclick=x>",
        "<img src=http://a.example/x.png>",
        "<img src='//a.example/x.png'>",
        "<img src='ht\ntp://a.example/x.png'>",
        "<img src=file:///etc/passwd>",
        "<img srcset='a.png 1x, https://a.example/b.png 2x'>",
        "<link rel=stylesheet href=https://a.example/x.css>",
        "<style>@import 'https://a.example/x.css'</style>",
        "<p style='background: url(//a.example/t.gif)'>",
    ],
)
def test_what_a_page_loads_or_runs_is_found(html: str) -> None:
    assert foreign_in_page(html)


@pytest.mark.parametrize(
    "html",
    [
        "<a href=https://a.example>a source</a>",
        "<img src='data:image/png;base64,//8A'>",
        "<img src=a.png srcset='a.png 1x, b.png 2x'>",
        "<link rel=stylesheet href=../assets/web.css>",
        "<svg xmlns='http://www.w3.org/2000/svg'><use href='#a'/></svg>",
        "<style>p { color: red }</style>",
    ],
)
def test_links_and_our_own_files_are_good(html: str) -> None:
    assert foreign_in_page(html) == ()


@pytest.mark.parametrize(
    "css",
    [
        "\n@import 'https://a.example/x.css';",
        "\n@IMPORT url( 'HTTP://a.example/x.css' );",
        "\n@media print { p { background: url(https://a.example/t.gif) } }",
        "\np { background: image-set('//a.example/t.gif' 1x) }",
        "\np { background: \\75rl(\\68ttp://a.example/t.gif) }",
    ],
)
def test_what_a_stylesheet_loads_is_found_with_its_line(css: str) -> None:
    assert [line for line, _ in foreign_in_style(css)] == [2]


def test_what_a_stylesheet_only_says_is_good() -> None:
    css = "/* url(https://a.example) */ p::after { content: 'https://a.example' } @import 'a.css';"
    assert list(foreign_in_style(css)) == []


def test_a_twin_with_a_script_is_an_error(project: Project) -> None:
    text = (ROOT / WEB).read_text(encoding="utf-8")
    project.write(WEB, text.replace("</main>", "<script src='https://a.example/x.js'></script>"))
    done = project.build("her2climb")
    assert (done.exit_code, set(done.codes)) == (1, {"foreign-resource", "draft", "left-off"})
    assert not any(name.endswith("/index.html") for name in project.published)


@pytest.mark.parametrize("name", ["styles/web.css", "styles/components/call-us.css"])
def test_a_stylesheet_that_loads_from_the_web_is_an_error(project: Project, name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    line = text.count("\n") + 1
    project.write(name, text + "b{background:url(https://a.example/t.gif)}\n")
    for command in ("build", "check"):
        done = project.run(command, "her2climb", "-j", "1")
        assert done.exit_code == 1
        assert f"{name}:{line}: error: the stylesheet would load" in done.stderr
    assert f"assets/{name.removeprefix('styles/')}" not in project.published
