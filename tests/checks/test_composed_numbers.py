from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.checks.numbers import number_problems_in_document, number_problems_in_templates
from handouts.loading.library import load_library
from handouts.models.edition import Edition, Format, Kind, Paper
from handouts.rendering.compose import Look, compose
from tests.rendering.samples import ROOT

NOT_FROM_A_FACT = (
    "does not come from a fact [unsourced-number]\n"
    "  hint: fill it in from a fact; a plain count is written {{ 3 | plain }}"
)
ON_PAGE = "fill it in from a fact, or mark a plain count with `data-plain`"
A_NAME = "a name with digits is listed under `names` in content/glossary/en.yaml"


def templates(folder: Path, **texts: str) -> list[str]:
    """Problems of templates, each a file in the folder."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.html.jinja").write_text(text, encoding="utf-8")
    found = number_problems_in_templates([folder], ["HER2"], shown=lambda path: path.name)
    return [str(each) for each in found]


@pytest.mark.parametrize(
    ("text", "line", "number"),
    [
        ("<p>\nIn 45 people</p>", 2, "45"),
        ("<p>{{ x }}\n{% if a %}\nof {{ y }}\nthree</p>", 4, "three"),
        ('<p>\n<img alt="45 people"></p>', 2, "45"),
        ('<p aria-label="45 people"></p>', 1, "45"),
        ('<abbr title="{{ x }} of 45">x</abbr>', 1, "45"),
        ("<svg><title>45 people</title></svg>", 1, "45"),
        ("{{ x }}\n{{ _('of 45 people') }}", 2, "45"),
        ("{% set x = _('of 45 ' 'people') %}", 1, "45"),
        ('<main data-of="{{ _(\n"of 45") }}">', 2, "45"),
        ("<p>{{ 'a' if x else 'in 45' }}</p>", 1, "45"),
        ("<p>{{ 45 }}</p>", 1, "45"),
        ("<p>{{ (x, 0)[1] ~ 4.5 }}</p>", 1, "4.5"),
        ("{{ points('45 people') }}", 1, "45"),
        ("<p>{{ x | default('45') }}</p>", 1, "45"),
        ("{#- a\nb -#}\n\n  {%- if x -%}  45", 4, "45"),
        ("{% raw %}\n45{% endraw %}", 2, "45"),
        ('<p data-fact="x">45</p>', 1, "45"),
        ('<p data-slot="clinic">45</p>', 1, "45"),
        ("<p><b>4</b>5</p>", 1, "45"),
        ("<p data-plain=''>1<br>2</p>3", 1, "3"),
    ],
)
def test_numbers_in_templates(text: str, line: int, number: str, tmp_path: Path) -> None:
    assert templates(tmp_path, a=text) == [
        f"a.html.jinja:{line}: error: the number `{number}` {NOT_FROM_A_FACT}"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{# 45 #}<!-- 45 --><style>p { margin: 45mm }</style>",
        '<meta charset="utf-8"><meta name="viewport" content="initial-scale=1">',
        '<h2 class="a-45" style="width: {{ "%.2f" | format(x) }}mm">{{ rows[0] }}</h2>',
        "<p>{{ 95 | plain }}% of, {{ 'forty' | plain }}, 95% CI, HER2</p>",
        '<p data-plain="">45 <b>46</b></p>',
        "<p>{{ 'a' if x == 3 else 'b' }}{{ x | round(1) }}</p>",
        '{% include "part-2.html" %}{% for row in rows[1:] %}{{ row }}{% endfor %}',
        "<h{{ level }}>x</h{{ level }}>",
        "{{ broken",
    ],
)
def test_no_numbers_in_templates(text: str, tmp_path: Path) -> None:
    assert templates(tmp_path, a=text) == []


def test_of_templates_of_one_name_the_first_counts(tmp_path: Path) -> None:
    assert templates(tmp_path / "own", a="<p>x</p>") == []
    assert templates(tmp_path / "built-in", a="<p>45</p>", b="<p>46</p>") != []
    folders = [tmp_path / "own", tmp_path / "built-in", tmp_path / "none"]
    (only,) = number_problems_in_templates(folders, [])
    assert only.path == (tmp_path / "built-in" / "b.html.jinja").as_posix()


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<p>In 45 people</p>", "number `45` does not come from a fact: `In 45 people`"),
        ("<img alt='45 people'>", "number `45` does not come from a fact: `45 people`"),
        ("<title>HER4</title>", "number in `HER4` does not come from a fact: `HER4`"),
        ("<svg><title>1 of 3</title></svg>", "number `1` does not come from a fact: `1 of 3`"),
        ("<p>a<span data-slot='x'>1<br>2</span> 3</p>", "number `3` does not come from a fact"),
        ("<p>&frac12;</p>", "number `½` does not come from a fact: `½`"),
        ("<p data-plain=''>1</p><p>2", "number `2` does not come from a fact: `2`"),
    ],
)
def test_numbers_on_a_page(html: str, message: str) -> None:
    first, *_ = number_problems_in_document(html, ["HER2"], "en", "a.md")
    assert first.message.startswith(f"the {message}")
    assert (first.path, first.line) == ("a.md", None)
    assert first.hint == (A_NAME if "HER4" in html else ON_PAGE)


def test_a_number_is_named_with_the_words_around_it() -> None:
    html = (
        "<p>After all that was said and done <b data-fact='a'>5</b> of\n<b>forty</b> or so had it,"
        " as it seems to us at the time of writing</p>"
    )
    (only,) = number_problems_in_document(html, [], "en", "a.md")
    around = "… that was said and done … of forty or so had it, as it seems to …"
    assert only.message == f"the number `forty` does not come from a fact: `{around}`"


@pytest.mark.parametrize(
    "html",
    [
        "<head><meta content='45'><style>a { b: 45 }</style></head><script>45</script><p>x</p>",
        "<p><span data-fact='a'>45</span>%, <b data-plain=''>3</b></p>",
        "<div data-slot='clinic'><p>Call <b>112</b><img alt='5'></p></div>",
        "<svg class='chart wide'><title>5 of 100</title><path d='M 1 2'/></svg>",
        "<p><strong>HER2</strong>-positive, T-<b>DM1</b>, 95%&nbsp;CI</p>",
        "<p class='x4' id='y5' data-footer='version 0.1'>x<br/>y</p>",
        "<ol start='4'><li>x</li></ol>",
    ],
)
def test_no_numbers_on_a_page(html: str) -> None:
    assert number_problems_in_document(html, ["HER2", "T-DM1"], "en", "a.md") == ()


@given(st.sampled_from("0123456789"), st.integers(0, 6))
def test_any_digit_on_a_page_is_found(digit: str, place: int) -> None:
    words = ["a", "<b>", "b", "</b>", "c <span data-fact='x'>1</span>", "</p><p>", "d"]
    html = f"<p>{''.join([*words[:place], digit, *words[place:]])}</p>"
    (only,) = number_problems_in_document(html, [], "en", "a.md")
    assert re.match(rf"the number (`{digit}`|in `\w*{digit}\w*`) ", only.message)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_our_own_templates_have_no_problem() -> None:
    names = load_library(ROOT / "content", ROOT).names("en")
    assert list(number_problems_in_templates([ROOT / "templates"], names, shown=shown)) == []


def test_our_own_pages_have_no_problem() -> None:
    library = load_library(ROOT / "content", ROOT)
    look = Look((ROOT / "templates",), (ROOT / "styles",), shown)
    documents = [(Kind.TRIAL, each, "en") for each in library.trials]
    documents += [(Kind.PATIENT, *each) for each in library.handouts]
    for kind, name, language in documents:
        edition = Edition(name, kind, language, Format.STANDARD, Paper.A4, "default")
        document = compose(edition, library, look, date(2026, 12, 1), Path.read_bytes)
        names = library.names(language)
        for html in (document.html, document.twin):
            assert number_problems_in_document(html, names, language, document.source) == ()
