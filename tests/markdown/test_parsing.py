from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handouts.diagnostics import InvalidInput
from handouts.markdown import parsing
from handouts.markdown.blocks import (
    Block,
    Component,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Table,
    references_in,
    words_of,
)
from handouts.markdown.parsing import parse_blocks, parse_inline
from handouts.markdown.references import Reference

MARKS = [
    *("- ", "* ", "1. ", "2) ", "\n", "\n\n", "  ", "    ", "\t", ":::", "::: a", "\n:::\n"),
    *(
        "::: call-us x=1\n",
        '::: a b="c d"\n',
        "{{",
        "}}",
        "{{ a.b | number }}",
        '{{ "x" | plain }}',
    ),
    *("[@a.b]", "[@", "<script>", "</script>", "<", "&", "&lt;", "&#60;", "script", "*", "**"),
    *("_", "`", "``", "[", "](", ")", "![", "javascript:", "https://a", '"', "|", "|---|", "\\"),
    *("#", "## ", "===", "---", "> ", "\ue000", "\ue001", "\x02", "\x03", "\x00", "0", "\ud800"),
    *("klzzwxh:0000", "wzxhzdk:0", "\r", "\x0b", "\u2028", "<!--", "-->", "&colon;", "word "),
]
WILD = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=3)), max_size=25).map("".join)
ALLOWED = {f"{slash}{tag}" for tag in ("strong", "a", "code", "br", "span") for slash in ("", "/")}


def parsed(text: str, first_line: int = 1) -> tuple[Block, ...]:
    return parse_blocks(text, "a.md", first_line)


def one(text: str) -> Block:
    (block,) = parsed(text)
    return block


def html(words: Inline) -> str:
    return "".join(f"<{each.subject}>" if isinstance(each, Reference) else each for each in words)


def said(text: str) -> str:
    """The words of a text that is one paragraph."""
    block = one(text)
    assert isinstance(block, Paragraph)
    return html(block.words)


def listed(text: str) -> list[tuple[str, int]]:
    """The items of a text that is one list, with their lines."""
    block = one(text)
    assert isinstance(block, ListBlock)
    return [(html(item.words), item.line) for item in block.items]


def outline(blocks: tuple[Block, ...]) -> list[tuple[str, int]]:
    return [(type(block).__name__, block.line) for block in blocks]


def problems(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        parsed(text)
    assert all(each.severity == "error" for each in caught.value.diagnostics)
    return [f"{each.line}:{each.column} {each.code}" for each in caught.value.diagnostics]


def told(text: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        parsed(text)
    return str(caught.value)


class TestBlocksKnowTheirLines:
    def test_each_block_has_the_line_it_starts_on(self) -> None:
        text = (
            "First.\n\n## Second\n\nThird\ngoes on.\n\n- fourth\n\n\n::: call-us\nfifth\n:::\nsixth"
        )
        assert outline(parsed(text)) == [
            ("Paragraph", 1),
            ("Heading", 3),
            ("Paragraph", 5),
            ("ListBlock", 8),
            ("Component", 11),
            ("Paragraph", 14),
        ]

    def test_lines_are_counted_from_where_the_words_start_in_their_file(self) -> None:
        assert outline(parsed("a\n\nb", 11)) == [("Paragraph", 11), ("Paragraph", 13)]

    def test_a_heading_needs_no_empty_line_around_it(self) -> None:
        assert outline(parsed("before\n## Heading\nafter")) == [
            ("Paragraph", 1),
            ("Heading", 2),
            ("Paragraph", 3),
        ]

    def test_words_inside_a_component_keep_the_lines_of_the_file(self) -> None:
        component = one("::: call-us\n\n- one\n- two\n\nthree\n:::")
        assert isinstance(component, Component)
        assert outline(component.blocks) == [("ListBlock", 3), ("Paragraph", 6)]

    def test_references_know_the_line_they_stand_on(self) -> None:
        block = one("one\ntwo {{ a }}\nthree [@b.c]")
        assert isinstance(block, Paragraph)
        assert [(each.line, each.column) for each in references_in(block.words)] == [(2, 5), (3, 7)]

    def test_every_run_of_words_is_found_with_its_line(self) -> None:
        text = "## a\n\nb\n\n- c\n- d\n\n::: x\ne\n:::\n\n| f | g |\n|---|---|\n| h | i |"
        assert [(html(words), line) for words, line in words_of(parsed(text))] == [
            *(("a", 1), ("b", 3), ("c", 5), ("d", 6), ("e", 9)),
            *(("f", 12), ("g", 12), ("h", 12), ("i", 12)),
        ]

    def test_an_empty_text_has_no_blocks(self) -> None:
        assert parsed("") == parsed("\n \n\n") == ()


class TestHeadings:
    @pytest.mark.parametrize(("text", "level"), [("## Two", 2), ("### Three", 3), ("Two\n---", 2)])
    def test_sections_have_level_two_or_three(self, text: str, level: int) -> None:
        block = one(text)
        assert isinstance(block, Heading)
        assert block.level == level

    @pytest.mark.parametrize("text", ["# One", "One\n===", "#### Four", "###### Six"])
    def test_other_levels_are_refused(self, text: str) -> None:
        assert problems(f"words\n\n{text}") == ["3:1 heading-level"]


class TestLists:
    def test_a_tight_list_has_an_item_on_each_line(self) -> None:
        assert listed("- a\n- b\n* c") == [("a", 1), ("b", 2), ("c", 3)]

    def test_a_loose_list_is_the_same_list(self) -> None:
        assert listed("- a\n\n- b\n\n\n- c") == [("a", 1), ("b", 3), ("c", 6)]

    def test_a_list_may_be_loose_in_one_place(self) -> None:
        assert listed("- a\n- b\n\n- c") == [("a", 1), ("b", 2), ("c", 4)]

    def test_an_item_may_go_on_in_lines_and_paragraphs_below_it(self) -> None:
        assert listed("- a\n  and more\n- b") == [("a\n  and more", 1), ("b", 3)]
        assert listed("- a\n\n  and more\n- b") == [("a\nand more", 1), ("b", 4)]
        assert listed("1. a\n\n   and more\n2. b") == [("a\nand more", 1), ("b", 4)]

    def test_a_list_with_numbers_is_ordered(self) -> None:
        first, second = one("1. a\n2. b"), one("- a\n- b")
        assert isinstance(first, ListBlock)
        assert isinstance(second, ListBlock)
        assert (first.ordered, second.ordered) == (True, False)

    def test_a_list_ends_where_words_stand_at_the_edge_again(self) -> None:
        assert outline(parsed("- a\n\nwords")) == [("ListBlock", 1), ("Paragraph", 3)]

    def test_a_component_ends_a_list_also_without_an_empty_line(self) -> None:
        blocks = parsed("- a\n::: call-us\n- b\n:::\n- c")
        assert outline(blocks) == [("ListBlock", 1), ("Component", 2), ("ListBlock", 5)]
        assert [html(words) for words, _ in words_of(blocks)] == ["a", "b", "c"]

    def test_tabs_stand_for_spaces(self) -> None:
        assert listed("-\ta\n-\tb") == [("a", 1), ("b", 2)]

    @pytest.mark.parametrize("inner", ["  - b", "    - b", "   1. b", "\t- b"])
    def test_a_list_inside_a_list_is_refused(self, inner: str) -> None:
        assert problems(f"- a\n{inner}") == ["1:1 nested-list"]

    @pytest.mark.parametrize("item", ["- a", "1. a"])
    def test_a_list_inside_a_paragraph_is_refused(self, item: str) -> None:
        assert problems(f"Call for:\n{item}\n{item}") == ["2:1 broken-list"]
        assert "put an empty line above it" in told(f"Call for:\n{item}")

    def test_a_dash_may_be_escaped(self) -> None:
        assert said("a\n\\- b") == "a\n- b"


class TestTables:
    def test_the_first_row_is_the_header(self) -> None:
        table = one("| Harm | {{ a | number }} |\n|---|---|\n| Rash | {{ b }} |\n| Pain | 2 |")
        assert isinstance(table, Table)
        assert [html(cell) for cell in table.header] == ["Harm", "<a>"]
        assert [[html(cell) for cell in row] for row in table.rows] == [
            ["Rash", "<b>"],
            ["Pain", "2"],
        ]

    def test_a_cell_too_many_would_be_lost_and_is_refused(self) -> None:
        assert problems("| a | b |\n|---|---|\n| 1 | 2 |\n| 1 | 2 | 3 |") == ["4:1 broken-table"]

    def test_a_cell_too_few_moves_the_others_and_is_refused(self) -> None:
        assert problems("| a | b |\n|---|---|\n| 1 | 2 |\n| 1 |") == ["4:1 broken-table"]

    def test_a_header_without_rows_is_refused(self) -> None:
        assert problems("| a | b |\n|---|---|") == ["1:1 broken-table"]

    @pytest.mark.parametrize("text", ["words\n| a | b |", "| a | b |\n| 1 | 2 |", "words\n  | a |"])
    def test_a_row_of_no_table_is_refused(self, text: str) -> None:
        assert {each.split()[1] for each in problems(text)} == {"broken-table"}

    @pytest.mark.parametrize(
        "row", ["1 | 2", "| 1 | 2", r"| 1 \| 2 | 3 |", "| {{ a | number }} | 2 |"]
    )
    def test_a_row_may_be_written_in_several_ways(self, row: str) -> None:
        assert isinstance(one(f"| a | b |\n|---|---|\n{row}"), Table)


class TestComponents:
    @pytest.mark.parametrize("line", [" ::: call-us", ":: call-us", "  :::", "words\n ::: x"])
    def test_a_fence_that_is_none_is_refused_and_not_printed(self, line: str) -> None:
        (problem,) = problems(line)
        assert problem.endswith(" broken-component")

    def test_components_stand_in_each_other_to_a_limit(self) -> None:
        def nested(deep: int) -> str:
            fences = [":" * (3 + deep - i) for i in range(deep)]
            return "\n".join([*(f"{each} a" for each in fences), "words", *reversed(fences)])

        assert isinstance(one(nested(6)), Component)
        assert problems(nested(7)) == ["7:1 too-deep"]

    def test_a_component_has_a_name_arguments_and_words(self) -> None:
        block = one('::: risk-pair fact=a.b first="With the drug" second=without\nwords\n:::')
        assert isinstance(block, Component)
        assert block.name == "risk-pair"
        assert block.arguments == (
            ("fact", "a.b"),
            ("first", "With the drug"),
            ("second", "without"),
        )
        assert block.argument("first") == "With the drug"
        assert block.argument("third") is None
        assert [html(words) for words, _ in words_of(block.blocks)] == ["words"]

    def test_a_component_may_be_empty(self) -> None:
        block = one("::: risk-pair\n:::")
        assert isinstance(block, Component)
        assert block.blocks == ()

    def test_an_empty_value_may_be_quoted(self) -> None:
        block = one('::: a b=""\n:::')
        assert isinstance(block, Component)
        assert block.argument("b") == ""

    def test_components_may_follow_each_other_without_empty_lines(self) -> None:
        assert outline(parsed("::: a\nx\n:::\n::: b\ny\n:::")) == [
            ("Component", 1),
            ("Component", 4),
        ]

    def test_a_component_inside_another_has_a_shorter_fence(self) -> None:
        outer = one(":::: a\n\n::: b\nwords\n:::\n\nmore\n::::")
        assert isinstance(outer, Component)
        assert outline(outer.blocks) == [("Component", 3), ("Paragraph", 7)]

    @pytest.mark.parametrize("fence", [":::", "::::"])
    def test_one_with_a_fence_as_long_is_refused(self, fence: str) -> None:
        text = f"::: a\n{fence} b\nx\n{fence}\n:::"
        assert problems(text)[0] == "2:1 broken-component"
        assert "a component inside another needs a shorter fence" in told(text)

    def test_a_component_that_is_never_closed_is_told_once(self) -> None:
        assert problems("words\n\n::: call-us\n- a\n- b") == ["3:1 broken-component"]
        assert "component `call-us` is never closed" in told("::: call-us\n- a")

    @pytest.mark.parametrize(
        "fence", [":::", "::: Call-Us", "::: call us", "::: a b", "::: a b=", "::: 1", ":::: a"]
    )
    def test_a_fence_that_opens_no_component_is_told(self, fence: str) -> None:
        assert problems(f"words\n{fence}\nwords\n\nwords") == ["2:1 broken-component"]


class TestWordsAreSafe:
    def test_signs_of_html_are_escaped(self) -> None:
        assert said("a < b & c > d") == "a &lt; b &amp; c &gt; d"
        assert said("p<0.05 & more") == "p&lt;0.05 &amp; more"

    def test_entities_are_not_escaped_twice(self) -> None:
        assert said("a &lt; b &amp; c") == "a &lt; b &amp; c"

    def test_entities_make_no_tags(self) -> None:
        assert said("&#60;script&#62;") == "&lt;script&gt;"

    @pytest.mark.parametrize(
        "html", ["<b>", "</b>", "<script>", "<!-- -->", "<?php", "<https://example.org>", "`<b>`"]
    )
    def test_raw_html_is_refused(self, html: str) -> None:
        assert any(each.endswith("raw-html") for each in problems(f"a {html} >"))

    def test_raw_html_is_told_at_its_place(self) -> None:
        assert problems("fine\nnot <i>fine</i>") == ["2:5 raw-html", "2:12 raw-html"]

    @pytest.mark.parametrize("picture", ["![a](b.png)", "![](b.png)", "![a]", "[![a](b)](c)"])
    def test_pictures_are_refused(self, picture: str) -> None:
        assert [each.split()[1] for each in problems(f"a {picture}")] == ["raw-picture"]

    @pytest.mark.parametrize("address", ["https://a.org/b?c=d", "mailto:a@b.org", "tel:+15550100"])
    def test_links_lead_to_pages_mail_and_phones(self, address: str) -> None:
        assert said(f"[x]({address})") == f'<a href="{address}">x</a>'

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            "java&#115;cript:alert(1)",
            "vbscript:a",
            "data:text/html,a",
            "http://a.org",
            "file:///etc/passwd",
        ],
    )
    def test_other_links_are_errors(self, address: str) -> None:
        assert problems(f"[x]({address})") == ["1:1 unsafe-link"]

    def test_bold_words_stay_and_other_marks_are_taken_out(self) -> None:
        assert said("**a** *b* _c_ `d`") == "<strong>a</strong> b c <code>d</code>"

    def test_quotes_and_rules_are_words(self) -> None:
        assert said("> a") == "&gt; a"
        assert said("---") == "---"

    def test_characters_that_mean_something_to_the_parser_are_refused(self) -> None:
        assert problems("a \ue0000\ue001") == ["1:3 bad-character", "1:5 bad-character"]
        assert problems("**a**\n\x02klzzwxh:0000\x03")[0] == "2:1 bad-character"
        assert problems("\ud800") == ["1:1 bad-character"]


class TestReferences:
    def test_a_reference_stands_among_the_words(self) -> None:
        assert said("In **{{ a }}** of {{ b }}, [@c.d]") == "In <strong><a></strong> of <b>, <c.d>"

    def test_one_that_is_broken_is_told(self) -> None:
        assert problems("fine\nand {{ not }") == ["2:5 broken-reference"]
        assert "write {{ fact }}" in told("{{ not")

    def test_none_can_stand_in_an_address(self) -> None:
        assert problems("[x](https://a/{{ b }})") == ["1:15 broken-reference"]


class TestBounds:
    """What would exhaust the stack or take too long is a mistake at its line."""

    @pytest.mark.parametrize("mark", ["- ", "* ", "1. ", "-\t", "  - "])
    def test_many_list_marks_on_a_line(self, mark: str) -> None:
        assert problems(f"words\n\n{mark * 600}x") == ["3:1 too-deep"]

    def test_a_few_list_marks_on_a_line_are_a_list(self) -> None:
        assert isinstance(one("- - - x"), ListBlock)

    def test_a_block_of_very_many_lines(self) -> None:
        start = time.monotonic()
        found = problems("words\n\n" + "a\n===\n" * 8000)
        assert time.monotonic() - start < 5
        assert found[0] == "3:1 too-deep"

    def test_a_long_table_is_no_such_block(self) -> None:
        assert isinstance(one("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 900), Table)

    def test_what_still_exhausts_the_stack(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(parsing, "_MARKERS", re.compile("(?!)"))
        assert problems("words\n\n" + "- " * 600) == ["3:1 too-deep"]
        assert said("words") == "words"  # the parser was stopped halfway, and is made anew


def test_all_problems_are_told_at_once() -> None:
    text = "# One\n\n<b>\n\n{{ a\n\n![p](q)\n\n::: a\n:::\n:::"
    assert [each.split()[1] for each in problems(text)] == [
        *("heading-level", "raw-html", "broken-reference", "raw-picture", "broken-component")
    ]


class TestProseOfARecord:
    def test_it_is_one_run_of_words(self) -> None:
        words = parse_inline("Adults with\n  **cancer**; {{ n }} < all.", "a.yaml", 4, 9)
        assert html(words) == "Adults with <strong>cancer</strong>; <n> &lt; all."

    @pytest.mark.parametrize("text", ["2. line", "# 5", "- a", "> b", "::: c"])
    def test_it_has_no_blocks(self, text: str) -> None:
        assert html(parse_inline(text, "a.yaml", 1)).replace("&gt;", ">") == text

    def test_it_may_be_empty(self) -> None:
        assert parse_inline("", "a.yaml", 1) == ()

    def test_its_problems_have_its_place(self) -> None:
        with pytest.raises(InvalidInput) as caught:
            parse_inline("a <b>", "a.yaml", 4, 9)
        (problem,) = caught.value.diagnostics
        assert (problem.place, problem.code) == ("a.yaml:4:11", "raw-html")


@given(st.one_of(WILD, st.text()))
@example("- a\n\n  b\n- c")
@example("[a](javascript:b)")
def test_any_text_is_words_or_a_mistake_of_its_author(text: str) -> None:
    try:
        blocks = parsed(text)
    except InvalidInput:
        return
    for words, line in words_of(blocks):
        shown = "".join(each for each in words if isinstance(each, str))
        assert set(re.findall(r"<(/?[a-z]+)", shown)) <= ALLOWED
        assert not re.search("<script|href=.?javascript|<!--", shown, re.IGNORECASE)
        assert 1 <= line <= text.count("\n") + 1


@given(WILD)
def test_any_prose_is_words_or_a_mistake_of_its_author(text: str) -> None:
    try:
        words = parse_inline(text, "a.yaml", 1)
    except InvalidInput:
        return
    assert "<script" not in "".join(each for each in words if isinstance(each, str)).lower()


@given(st.lists(st.from_regex(r"[a-z]{1,8}( [a-z]{1,8}){0,3}", fullmatch=True), min_size=1))
def test_every_item_of_a_list_is_there(words: list[str]) -> None:
    for gap in ("\n", "\n\n"):
        text = gap.join(f"- {each}" for each in words)
        assert [item for item, _ in listed(text)] == words
