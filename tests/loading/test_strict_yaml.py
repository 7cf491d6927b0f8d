from __future__ import annotations

import time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from handouts.diagnostics import InvalidInput
from handouts.loading import strict_yaml
from handouts.loading.files import read_text
from handouts.loading.strict_yaml import Data, Place, parse_yaml, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def problems_of(text: str, first_line: int = 1) -> list[str]:
    """The lines that are printed."""
    with pytest.raises(InvalidInput) as caught:
        parse_yaml(text, "a.yaml", first_line)
    return str(caught.value).splitlines()


def codes_of(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        parse_yaml(text, "a.yaml")
    return [each.code for each in caught.value.diagnostics]


def value_of(plain: str) -> Data:
    data = parse_yaml(f"[{plain}]", "a.yaml").data
    assert isinstance(data, list)
    return data[0]


class TestPlainScalarsFollowYaml12:
    @pytest.mark.parametrize("word", ["~", "null", "Null", "NULL"])
    def test_nothing_is_written_in_four_ways(self, word: str) -> None:
        assert value_of(word) is None

    def test_a_key_without_a_value_holds_nothing(self) -> None:
        assert parse_yaml("a:\nb: 1\n", "a.yaml").data == {"a": None, "b": 1}

    @pytest.mark.parametrize(
        ("word", "value"), [("true", True), ("True", True), ("TRUE", True), ("False", False)]
    )
    def test_true_and_false_are_the_only_truths(self, word: str, value: object) -> None:
        assert value_of(word) is value

    @pytest.mark.parametrize("word", ["no", "yes", "on", "off", "y", "n", "tRUE", "nULL"])
    def test_other_words_stay_text(self, word: str) -> None:
        assert value_of(word) == word

    @pytest.mark.parametrize(
        "word", ["2:1", "12:30:45", "2019-09-04", "1_000", "0b11", "1.2.3", "0o8", "1e", "10%", "."]
    )
    def test_what_only_looks_like_a_number_stays_text(self, word: str) -> None:
        assert value_of(word) == word

    @pytest.mark.parametrize(
        ("word", "value"),
        [("0", 0), ("-7", -7), ("+7", 7), ("010", 10), ("0o17", 15), ("0x1F", 31)],
    )
    def test_whole_numbers_are_decimal_unless_marked(self, word: str, value: int) -> None:
        assert value_of(word) == value
        assert type(value_of(word)) is int

    @pytest.mark.parametrize(
        ("word", "printed"),
        [("0.60", "0.60"), ("1.0", "1.0"), (".5", "0.5"), ("5.", "5"), ("-0.050", "-0.050")],
    )
    def test_a_number_with_a_point_keeps_its_digits(self, word: str, printed: str) -> None:
        assert str(value_of(word)) == printed

    def test_an_exponent_makes_a_decimal(self) -> None:
        assert value_of("1e-3") == Decimal("0.001")
        assert isinstance(value_of("1E3"), Decimal)

    @pytest.mark.parametrize("text", ["'5'", '"5"', "'true'", '"null"', "''"])
    def test_quotes_make_text_of_anything(self, text: str) -> None:
        assert value_of(text) == text[1:-1]

    def test_blocks_are_text(self) -> None:
        assert parse_yaml("a: |\n  1\nb: >-\n  2\n", "a.yaml").data == {"a": "1\n", "b": "2"}

    @pytest.mark.parametrize("word", [".inf", "-.INF", "+.Inf", ".nan", ".NaN"])
    def test_what_is_not_finite_is_refused(self, word: str) -> None:
        assert problems_of(f"p: {word}") == [
            f"a.yaml:1:4: error: `{word}` is not a number anyone can read [bad-number]",
            "  hint: write it in quotes if it is text",
        ]

    @pytest.mark.parametrize("word", ["1e10", "-1e-999999999", "9" * 41, "0x" + "f" * 40])
    def test_a_number_that_nobody_can_mean_is_refused(self, word: str) -> None:
        assert problems_of(f"p: {word}") == [
            f"a.yaml:1:4: error: the number `{word}` is too long or too large [bad-number]",
            "  hint: write it in quotes if it is text",
        ]


class TestEveryValueKnowsItsPlace:
    def test_values_and_keys_have_line_and_column(self) -> None:
        document = parse_yaml("arms:\n  - name: A\n    n:  404\n", "a.yaml")
        assert document.places == {
            (): Place(1, 1),
            ("arms",): Place(2, 3),
            ("arms", 0): Place(2, 5),
            ("arms", 0, "name"): Place(2, 11),
            ("arms", 0, "n"): Place(3, 9),
        }
        assert document.keys == {
            ("arms",): Place(1, 1),
            ("arms", 0, "name"): Place(2, 5),
            ("arms", 0, "n"): Place(3, 5),
        }

    def test_columns_count_characters(self) -> None:
        assert parse_yaml("é😀: {ü: 1}", "a.yaml").places["é😀", "ü"] == Place(1, 9)

    def test_front_matter_starts_at_a_later_line(self) -> None:
        assert parse_yaml("a: 1", "a.md", 2).places["a",] == Place(2, 4)
        assert problems_of("a: 1\na: 2", first_line=2) == [
            "a.yaml:3:1: error: key `a` stands twice in this mapping [duplicate-key]",
            "  hint: the first is in line 2",
        ]

    def test_what_is_not_there_is_placed_by_what_is_around_it(self) -> None:
        document = parse_yaml("a:\n  b: 1\n", "a.yaml")
        assert document.place(("a", "missing", 3)) == Place(2, 3)
        assert document.place(()) == Place(1, 1)


class TestAliases:
    def test_an_alias_repeats_data_and_points_to_the_original(self) -> None:
        document = parse_yaml("a: &x\n  b: 1\nc: *x\n", "a.yaml")
        assert document.data == {"a": {"b": 1}, "c": {"b": 1}}
        assert document.places["c",] == Place(3, 4)
        assert document.places["c", "b"] == Place(2, 6)
        assert document.keys["c", "b"] == Place(2, 3)

    def test_an_alias_gives_a_copy(self) -> None:
        data = parse_yaml("a: &x [1]\nb: *x\n", "a.yaml").data
        assert isinstance(data, dict)
        assert data["a"] is not data["b"]

    def test_an_alias_in_an_alias_is_followed(self) -> None:
        text = "a: &a [1]\nb: &b {c: *a}\nd: *b\n"
        document = parse_yaml(text, "a.yaml")
        assert document.data == {"a": [1], "b": {"c": [1]}, "d": {"c": [1]}}
        assert document.places["d", "c", 0] == Place(1, 8)

    def test_an_anchored_key_can_be_repeated(self) -> None:
        assert parse_yaml("&a b: *a", "a.yaml").data == {"b": "b"}

    def test_an_alias_without_an_anchor_is_refused(self) -> None:
        assert problems_of("a: *x") == ["a.yaml:1:4: error: alias `x` has no anchor [bad-alias]"]

    def test_recursion_is_refused(self) -> None:
        assert problems_of("a: &x [*x]") == [
            "a.yaml:1:8: error: alias `x` stands inside its own anchor [bad-alias]"
        ]

    def test_an_anchor_has_one_place(self) -> None:
        assert problems_of("a: &x 1\nb: &x 2") == [
            "a.yaml:2:4: error: anchor `x` stands twice [bad-alias]",
            "  hint: give each anchor its own name",
        ]

    def test_fifty_aliases_are_enough(self) -> None:
        assert parse_yaml("- &a 1\n" + "- *a\n" * 50, "a.yaml").data == [1] * 51
        assert problems_of("- &a 1\n" + "- *a\n" * 51) == [
            "a.yaml:52:3: error: more than 50 aliases [too-many-aliases]"
        ]

    def test_a_small_file_can_not_grow_without_bound(self) -> None:
        rows = ["a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
        for inner, outer in zip("abcdef", "bcdefg", strict=True):
            rows.append(f"{outer}: &{outer} [{', '.join([f'*{inner}'] * 8)}]")
        assert problems_of("\n".join(rows)) == [
            "a.yaml:5:16: error: the aliases stand for more than 20,000 values [too-many-aliases]"
        ]


class TestWhatIsRefused:
    def test_a_key_that_stands_twice(self) -> None:
        assert problems_of("x: 1\ny: {z: 1, z: 2}\nx: 3\n") == [
            "a.yaml:2:11: error: key `z` stands twice in this mapping [duplicate-key]",
            "  hint: the first is in line 2",
            "a.yaml:3:1: error: key `x` stands twice in this mapping [duplicate-key]",
            "  hint: the first is in line 1",
        ]

    def test_a_merge_key(self) -> None:
        assert problems_of("a: &a {b: 1}\nc:\n  <<: *a\n") == [
            "a.yaml:3:3: error: the merge key `<<` is not allowed [merge-key]",
            "  hint: write out what it would bring in",
        ]
        assert parse_yaml("'<<': 1", "a.yaml").data == {"<<": 1}

    @pytest.mark.parametrize("key", ["2019", "1.0", "true", "null", "~"])
    def test_a_key_that_is_not_text(self, key: str) -> None:
        assert problems_of(f"{key}: a") == [
            f"a.yaml:1:1: error: key `{key}` must be text [key-not-text]",
            "  hint: write it in quotes",
        ]

    def test_a_key_that_is_a_list_or_empty(self) -> None:
        assert problems_of("? [a]\n: b\n? {c: d}\n: e\n?\n: f\n") == [
            "a.yaml:1:3: error: a key must be text, not a list [key-not-text]",
            "  hint: a value that starts with `{` or `[` and is meant as text needs quotes",
            "a.yaml:3:3: error: a key must be text, not a mapping [key-not-text]",
            "  hint: a value that starts with `{` or `[` and is meant as text needs quotes",
            "a.yaml:5:2: error: a key must be text, but it is empty [key-not-text]",
        ]

    @pytest.mark.parametrize(
        ("text", "tag"),
        [("!!str 5", "!!str"), ("!x 'a'", "!x"), ("! a", "!"), ("!!map {}", "!!map")],
    )
    def test_an_explicit_tag(self, text: str, tag: str) -> None:
        assert problems_of(f"a: {text}") == [
            f"a.yaml:1:4: error: the tag `{tag}` is not allowed [explicit-tag]",
            "  hint: delete it; quotes make text of any value",
        ]

    def test_a_second_document(self) -> None:
        assert problems_of("a: 1\n---\nb: 2\n") == [
            "a.yaml:2:1: error: a second document starts here [many-documents]",
            "  hint: keep one document in a file",
        ]

    def test_more_than_fifty_levels(self) -> None:
        parse_yaml("[" * 50 + "]" * 50, "a.yaml")
        assert problems_of("[" * 51 + "]" * 51) == [
            "a.yaml:1:51: error: more than 50 levels are nested [too-deep]"
        ]

    def test_more_than_fifty_levels_by_aliases(self) -> None:
        deep = "a: &a " + "[" * 30 + "1" + "]" * 30 + "\n"
        assert codes_of(deep + "b: " + "[" * 30 + "*a" + "]" * 30) == ["too-deep"]

    def test_a_hundred_thousand_levels_are_refused_at_once(self) -> None:
        assert codes_of("[" * 100_000) == ["too-deep"]
        assert codes_of("- " * 100_000) == ["too-deep"]

    @pytest.mark.parametrize("text", ["", "\n", "# only this\n", "%YAML 1.2\n---\n", "---\n"])
    def test_nothing_at_all(self, text: str) -> None:
        assert codes_of(text) == ["empty-file"]

    @pytest.mark.parametrize("character", ["\0", "\x07", "\x85", "\u2028", "\ufeff", "\ud800"])
    def test_characters_nobody_sees(self, character: str) -> None:
        message = f"the invisible character U+{ord(character):04X} can't stand here"
        assert problems_of(f"a: 1\nb: é{character}\n") == [
            f"a.yaml:2:5: error: {message} [bad-character]",
            "  hint: delete it",
        ]

    def test_characters_nobody_sees_as_escapes(self) -> None:
        assert problems_of('a: "x\\0"') == [
            "a.yaml:1:4: error: the escaped character U+0000 can't be printed [bad-character]",
            "  hint: delete it",
        ]
        assert value_of('"\\u00e9\\n\\u202f"') == "é\n\u202f"

    def test_all_problems_are_reported_together_in_order(self) -> None:
        assert codes_of("a: !x 1\n<<: {}\na: .nan\n1: 2\nb: [") == [
            "explicit-tag",
            "merge-key",
            "duplicate-key",
            "bad-number",
            "key-not-text",
            "yaml-syntax",
        ]


class TestSyntax:
    """Messages are those of libyaml; places and hints do not depend on the parser."""

    @pytest.fixture(autouse=True)
    def _libyaml(self) -> None:
        if not hasattr(yaml, "CSafeLoader"):
            pytest.skip("libyaml is not there")

    def test_a_tab(self) -> None:
        message = "found character that cannot start any token while scanning for the next token"
        assert problems_of("a:\n\t- b\n") == [
            f"a.yaml:2:1: error: {message} [yaml-syntax]",
            "  hint: indent with spaces, not with tabs",
        ]

    def test_a_reserved_character(self) -> None:
        message = "found character that cannot start any token while scanning for the next token"
        assert problems_of("a: @b\n") == [
            f"a.yaml:1:4: error: {message} [yaml-syntax]",
            "  hint: text that starts with `@` needs quotes",
        ]

    def test_a_colon_in_text(self) -> None:
        assert problems_of("a: text: more\n") == [
            "a.yaml:1:8: error: mapping values are not allowed in this context [yaml-syntax]",
            "  hint: text with `: ` in it needs quotes; or the line stands too far to the right",
        ]

    def test_quotes_that_do_not_end(self) -> None:
        message = "found unexpected end of stream while scanning a quoted scalar from line 1"
        assert problems_of("a: 'x\n\n") == [f"a.yaml:3:1: error: {message} [yaml-syntax]"]

    def test_a_text_that_stops_short(self) -> None:
        message = "did not find expected ',' or '}' while parsing a flow mapping"
        assert problems_of("{a b") == [f"a.yaml:1:5: error: {message} [yaml-syntax]"]

    def test_the_python_parser_reads_the_same(self, monkeypatch: pytest.MonkeyPatch) -> None:
        text = "a: &x\n  - 010\n  - 'no'\nb: *x\né: {c: 0.60, d: no}\nf: |\n  g\n"
        fast = parse_yaml(text, "a.yaml")
        monkeypatch.setattr(strict_yaml, "_LOADER", yaml.SafeLoader)
        assert parse_yaml(text, "a.yaml") == fast
        assert codes_of("a: [\n") == ["yaml-syntax"]
        assert codes_of('a: "\\ud800"') == ["bad-character"]


class TestFiles:
    def test_a_file_is_read_whatever_its_line_ends_and_mark(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n")
        document = read_yaml(file, "content/a.yaml")
        assert document.data == {"a": 1, "b": "x\ny\n"}
        assert document.keys["a",] == Place(1, 1)

    def problem_of(self, path: Path) -> str:
        with pytest.raises(InvalidInput) as caught:
            read_text(path, "content/a.md")
        (only,) = caught.value.diagnostics
        return str(only)

    def test_a_missing_file(self, tmp_path: Path) -> None:
        assert self.problem_of(tmp_path / "a") == (
            "content/a.md: error: there is no such file [missing-file]"
        )

    def test_a_directory(self, tmp_path: Path) -> None:
        assert self.problem_of(tmp_path) == (
            "content/a.md: error: the file can't be read: it is a directory [unreadable-file]"
        )

    def test_a_path_with_a_nul(self, tmp_path: Path) -> None:
        assert "[unreadable-file]" in self.problem_of(tmp_path / "a\0b")

    def test_a_file_that_may_not_be_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        file = tmp_path / "a"
        file.write_text("x")
        monkeypatch.setattr(type(file), "open", refuse)
        assert self.problem_of(file) == (
            "content/a.md: error: the file can't be read: Permission denied [unreadable-file]"
        )

    @pytest.mark.parametrize(
        ("content", "place", "byte"),
        [
            (b"a: 1\nb: \xc3\xa9 \xe9\n", "2:6", "e9"),
            (b"\xef\xbb\xbfa\xff", "1:2", "ff"),
            (b"\xff\xfea\0", "1:1", "ff"),
        ],
    )
    def test_a_file_in_another_encoding(
        self, tmp_path: Path, content: bytes, place: str, byte: str
    ) -> None:
        file = tmp_path / "a"
        file.write_bytes(content)
        assert self.problem_of(file) == (
            f"content/a.md:{place}: error: the byte 0x{byte} is not UTF-8 text [not-utf8]\n"
            "  hint: save the file with the encoding UTF-8"
        )

    @pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf"])
    def test_an_empty_file(self, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "a"
        file.write_bytes(content)
        assert self.problem_of(file) == "content/a.md: error: the file is empty [empty-file]"

    def test_a_file_that_is_too_large(self, tmp_path: Path) -> None:
        file = tmp_path / "a"
        file.write_bytes(b"x" * (2 * 1024 * 1024))
        assert len(read_text(file, "a")) == 2 * 1024 * 1024
        file.write_bytes(b"x" * (2 * 1024 * 1024 + 1))
        assert self.problem_of(file) == (
            "content/a.md: error: the file is larger than 2 MiB [file-too-large]\n  hint: split it"
        )


class TestWildInput:
    @given(st.text() | st.text(alphabet="ab1.0:-[]{},&*!?|>%@'\"#~ \n\t<\\éu"))
    @example("&a [*a, *a]")
    @example("? &a *a : *b")
    @example("&a *a : x")
    @example("---")
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        try:
            parse_yaml(text, "a.yaml")
        except InvalidInput as refused:
            problems = refused.diagnostics
        else:
            return
        last = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        assert problems
        assert all(each.line is not None and 1 <= each.line <= last for each in problems)

    @given(st.from_regex(r"\A-?(0|[1-9][0-9]{0,12})\.[0-9]{1,12}\Z"))
    def test_numbers_keep_their_text(self, text: str) -> None:
        assert f"{value_of(text):f}" == text

    @given(st.from_regex(r"\A-?[1-9][0-9]{0,30}\Z"))
    def test_whole_numbers_keep_their_text(self, text: str) -> None:
        assert str(value_of(text)) == text

    def test_a_long_file_is_read_quickly(self) -> None:
        row = "- id: outcome-{0}\n  arms: {{a: 0.60, b: 12}}\n  note: some words about it\n"
        text = "".join(row.format(number) for number in range(2_200))
        assert len(text) > 150_000
        if not hasattr(yaml, "CSafeLoader"):
            pytest.skip("PyYAML was built without libyaml")
        assert min(_seconds(lambda: parse_yaml(text, "a.yaml")) for _ in range(3)) < 0.3


def _seconds(work: Callable[[], object]) -> float:
    """Processor time, which other work on the machine does not stretch."""
    started = time.process_time()
    work()
    return time.process_time() - started
