from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from handouts.diagnostics import Diagnostic, InvalidInput
from handouts.rendering.templates import Templates


class Site:
    """A project with templates of its own over built-in ones."""

    def __init__(self, folder: Path) -> None:
        self.own, self.builtin = folder / "own", folder / "builtin"
        self.read: list[str] = []
        self._root = folder

    def write(self, name: str, text: str | bytes, *, builtin: bool = False) -> Site:
        path = (self.builtin if builtin else self.own) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def shown(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _read(self, path: Path) -> bytes:
        self.read.append(self.shown(path))
        return path.read_bytes()

    def render(
        self,
        name: str = "page.jinja",
        context: Mapping[str, object] | None = None,
        direction: str = "ltr",
    ) -> str:
        folders = self.own, self.builtin
        templates = Templates(folders, self._read, str.upper, self.shown, direction=direction)
        return templates.render(name, context or {})

    def problem(self, context: Mapping[str, object] | None = None) -> Diagnostic:
        with pytest.raises(InvalidInput) as caught:
            self.render(context=context)
        (problem,) = caught.value.diagnostics
        assert problem.severity == "error"
        return problem


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def place_and_code(problem: Diagnostic) -> tuple[str, str]:
    return problem.place, problem.code


class TestCompiledOnce:
    def test_the_source_is_read_for_each_document(self, site: Site) -> None:
        site.write("page.jinja", "{% include 'part.jinja' %}").write("part.jinja", "words")
        for _ in range(2):
            site.read.clear()
            assert site.render() == "words"
            assert site.read == ["own/page.jinja", "own/part.jinja"]

    def test_it_is_compiled_for_the_first(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        site.write("page.jinja", "only compiled once")
        site.render()
        monkeypatch.setattr(ImmutableSandboxedEnvironment, "compile", None)
        assert site.render() == "only compiled once"

    def test_a_constant_is_isolated_for_the_direction_of_the_page(self, site: Site) -> None:
        site.write("page.jinja", "{{ 'T-DM1' | isolated }}")
        first, second, again = (site.render(direction=each) for each in ("ltr", "rtl", "ltr"))
        assert first == again != second


class TestWhichFileIsUsed:
    def test_a_file_of_the_project_wins(self, site: Site) -> None:
        site.write("page.jinja", "built-in", builtin=True)
        assert site.render() == "built-in"
        site.write("page.jinja", "own")
        assert site.render() == "own"

    def test_a_part_of_the_project_is_used_by_a_built_in_page(self, site: Site) -> None:
        site.write("page.jinja", '{% include "part.jinja" %}', builtin=True)
        site.write("part.jinja", "built-in", builtin=True)
        site.write("part.jinja", "own")
        assert site.render() == "own"

    def test_every_try_is_told_also_the_ones_that_find_nothing(self, site: Site) -> None:
        site.write("page.jinja", "x", builtin=True).render()
        assert site.read == ["own/page.jinja", "builtin/page.jinja"]

    @pytest.mark.parametrize("name", ["../secret.jinja", "a/../../secret.jinja", "a\0b"])
    def test_nothing_outside_of_the_folders_is_read(self, site: Site, name: str) -> None:
        (site.own.parent / "secret.jinja").write_text("secret", encoding="utf-8")
        site.write("page.jinja", "{% include name %}")
        assert site.problem({"name": name}).code == "missing-template"
        assert site.read == ["own/page.jinja"]

    def test_nor_is_a_file_by_its_whole_path(self, site: Site) -> None:
        secret = site.own.parent / "secret.jinja"
        secret.write_text("secret", encoding="utf-8")
        site.write("page.jinja", "{% include name %}")
        assert site.problem({"name": str(secret)}).code == "missing-template"

    @pytest.mark.parametrize("name", ["parts", "page.jinja/more"])
    def test_a_folder_is_no_template(self, site: Site, name: str) -> None:
        site.write("parts/a.jinja", "a").write("page.jinja", "{% include name %}")
        assert site.problem({"name": name}).code == "missing-template"


class TestWhatIsWrittenOut:
    def test_text_is_escaped_and_markup_is_not(self, site: Site) -> None:
        site.write("page.jinja", "{{ text }} {{ markup }}")
        assert site.render(context={"text": "<b>&", "markup": Markup("<b>&amp;</b>")}) == (
            "&lt;b&gt;&amp; <b>&amp;</b>"
        )

    def test_text_is_escaped_whatever_the_file_is_called(self, site: Site) -> None:
        assert site.write("page.txt", "{{ text }}").render("page.txt", {"text": "<"}) == "&lt;"

    def test_words_of_the_program_are_translated(self, site: Site) -> None:
        assert site.write("page.jinja", "{{ _('night') }}").render() == "NIGHT"

    def test_plain_counts_are_marked(self, site: Site) -> None:
        assert site.write("page.jinja", "{{ 3 | plain }}").render() == (
            '<span data-plain="">3</span>'
        )

    def test_lines_of_tags_leave_no_lines(self, site: Site) -> None:
        site.write(
            "page.jinja",
            "{% for each in [1, 2] %}\n  {% if each %}\n{{ each }}\n  {% endif %}\n{% endfor %}\n",
        )
        assert site.render() == "1\n2\n"


class TestMistakes:
    def test_an_undefined_variable_is_told_with_the_nearest_name(self, site: Site) -> None:
        site.write("page.jinja", "one\n{{ clinc }}")
        problem = site.problem({"clinic": 1})
        assert place_and_code(problem) == ("own/page.jinja:2", "undefined-variable")
        assert problem.message == "'clinc' is undefined"
        assert problem.hint == "did you mean `clinic`?"

    def test_so_is_a_field_that_a_value_does_not_have(self, site: Site) -> None:
        site.write("page.jinja", "\n\n{{ clinic.nmae }}")
        problem = site.problem({"clinic": "a"})
        assert place_and_code(problem) == ("own/page.jinja:3", "undefined-variable")
        assert "nmae" in problem.message

    def test_it_is_told_in_the_part_where_it_stands(self, site: Site) -> None:
        site.write("page.jinja", '{% import "part.jinja" as part %}\n\n{{ part.show() }}')
        site.write("part.jinja", "{% macro show() %}\n{{ nobody }}\n{% endmacro %}", builtin=True)
        assert place_and_code(site.problem()) == ("builtin/part.jinja:2", "undefined-variable")

    @pytest.mark.parametrize(
        ("text", "line"),
        [("a\n{% if %}", 2), ("{{ a", 1), ("\n\n{% nonsense %}", 3), ("{{ a | b }}", 1)],
    )
    def test_what_is_no_template_is_told(self, site: Site, text: str, line: int) -> None:
        problem = site.write("page.jinja", text).problem()
        assert place_and_code(problem) == (f"own/page.jinja:{line}", "broken-template")
        assert not problem.message.endswith(".")

    @pytest.mark.parametrize(
        "text",
        [
            "{{ " + "(" * 3000 + "x" + ")" * 3000 + " }}",
            "{% for i in x %}" * 40 + "{% endfor %}" * 40,
        ],
    )
    def test_what_is_nested_too_deeply_for_python_is_told(self, site: Site, text: str) -> None:
        problem = site.write("page.jinja", text).problem()
        assert place_and_code(problem) == ("own/page.jinja:1", "broken-template")

    def test_a_template_that_is_not_utf8_is_told(self, site: Site) -> None:
        problem = site.write("page.jinja", b"caf\xe9").problem()
        assert place_and_code(problem) == ("own/page.jinja:1", "broken-template")
        assert problem.message == "not UTF-8"

    def test_a_missing_template_is_told_where_it_is_called(self, site: Site) -> None:
        problem = site.write("page.jinja", '\n{% include "part.jinja" %}').problem()
        assert place_and_code(problem) == ("own/page.jinja:2", "missing-template")
        assert problem.message == "template `part.jinja` was not found"

    def test_a_missing_page_is_told_where_it_belongs(self, site: Site) -> None:
        assert place_and_code(site.problem()) == ("templates/page.jinja", "missing-template")

    @pytest.mark.parametrize(
        "text",
        [
            "{{ ''.__class__.__mro__ }}",
            "{{ a.append(1) }}",
            "{{ a.__init__.__globals__ }}",
            "{{ '{0.__class__}'.format(a) }}",
            "{{ (a | attr('__class__')).x }}",
        ],
    )
    def test_a_template_can_not_reach_into_the_program(self, site: Site, text: str) -> None:
        problem = site.write("page.jinja", f"\n{text}").problem({"a": [1]})
        assert problem.code in {"forbidden-template", "undefined-variable"}
        assert problem.place == "own/page.jinja:2"

    @pytest.mark.parametrize(
        "text",
        [
            "{{ 1 / 0 }}",
            "{{ 1 // n }}",
            "{{ 'a' + 1 }}",
            "{{ 'a' | format(1) }}",
            "{{ range(10 ** 9) }}",
            "{{ n() }}",
            "{{ n | join }}",
            "{% for each in n %}{% endfor %}",
            "{{ n | tojson | first | int / 0 }}",
            "{{ 2 * none }}",
            "{{ 2 ** 'a' }}",
            "{{ 10.0 ** 400 }}",
            "{{ '%d' % 'a' }}",
            "{{ 'a'.ljust('b') }}",
            "{{ 'a'.expandtabs('b') }}",
            "{{ '{:d}'.format('a') }}",
            "{{ '{0}'.format_map(1, 2) }}",
            "{{ 'a' | center('b') }}",
            "{{ 'a'.join(1) }}",
        ],
    )
    def test_what_fails_in_a_template_is_told_at_its_line(self, site: Site, text: str) -> None:
        problem = site.write("page.jinja", f"\n\n{text}").problem({"n": 0})
        assert place_and_code(problem) == ("own/page.jinja:3", "broken-template")

    @pytest.mark.parametrize(
        "expression",
        [
            "'x' * 10 ** 10",
            "[1] * 10 ** 10",
            "9 ** (9 ** 9)",
            "'%2500000000d' % 1",
            "'%.2500000000f' % 1",
            "'%*d' % (2500000000, 1)",
            "'%(a(b))2500000000d' % {'a(b)': 1}",
            "('%s' * 9999) % ((long,) * 9999)",
            "'%2500000000d' | format(1)",
            "'%(a)2500000000d' | format(a=1)",
            "'{:2500000000}'.format(1)",
            "'{:{w}}'.format(1, w='2500000000')",
            "('{0}' * 9999).format(long)",
            "('<b>{:2500000000}</b>' | safe).format(1)",
            "'{a:2500000000}'.format_map({'a': 1})",
            "'x' | center(2500000000)",
            "'x' | center(width=2500000000)",
            "'x' | indent(2500000000, true)",
            "[1] | batch(2500000000, 'x') | list",
            "['x'] | map('center', 2500000000) | list",
            "'x'.center(2500000000)",
            "'x'.ljust(2500000000)",
            "'x'.rjust(2500000000)",
            "'x'.zfill(2500000000)",
            "('x' | attr('ljust'))(2500000000)",
            "'\\t'.expandtabs(2500000000)",
            "(1).to_bytes(2500000000, 'big')",
            "long.replace('x', long)",
            "long.replace('', long)",
            "long | replace('x', long)",
            "long | replace(old='', new=long)",
            "long.join(['x'] * 9999)",
            "(['x'] * 9999) | join(long)",
            "long.translate({120: long})",
        ],
    )
    def test_what_would_make_gigabytes_is_refused_at_its_line(
        self, site: Site, expression: str
    ) -> None:
        site.write("page.jinja", f"\n{{% set long = 'x' * 500000 %}}\n{{{{ {expression} }}}}")
        problem = site.problem()
        assert place_and_code(problem) == ("own/page.jinja:3", "forbidden-template")
        assert problem.message.endswith("makes more than 1000000 signs here")

    @pytest.mark.parametrize("sum_of_two", ["n.x ~ n.x", "n.x + n.x"])
    def test_what_adds_up_to_gigabytes_is_refused_at_its_line(
        self, site: Site, sum_of_two: str
    ) -> None:
        text = f"{{% for i in range(40) %}}\n{{% set n.x = {sum_of_two} %}}\n{{% endfor %}}"
        site.write("page.jinja", "{% set n = namespace(x='x') %}\n" + text)
        assert place_and_code(site.problem()) == ("own/page.jinja:3", "forbidden-template")

    @pytest.mark.parametrize(
        ("expression", "made"),
        [
            ("'a' ~ 1 ~ '<'", "a1&lt;"),
            ("'%05.1f|%s 5550101' % (2.25, 'b')", "002.2|b 5550101"),
            ("'%(a)s' % {'a': 1}", "1"),
            ("'%s' | format('a')", "a"),
            ("'{:>3}'.format('a')", "  a"),
            ("'{a}'.format_map({'a': 1})", "1"),
            ("('<b>{}</b>' | safe).format('<')", "<b>&lt;</b>"),
            ("'a' | center(3)", " a "),
            ("['a', 1] | join('-')", "a-1"),
            ("', '.join(['a', 'b'])", "a, b"),
            ("'aa'.replace('a', 'b')", "bb"),
            ("'aa' | replace('a', 'b', 1)", "ba"),
            ("2500000000 | round", "2500000000"),
            ("[1] + [2]", "[1, 2]"),
        ],
    )
    def test_what_is_bounded_still_does_its_work(
        self, site: Site, expression: str, made: str
    ) -> None:
        assert site.write("page.jinja", f"{{{{ {expression} }}}}").render() == made

    def test_too_little_memory_is_no_broken_template(self, site: Site) -> None:
        def hungry() -> None:
            raise MemoryError

        problem = site.write("page.jinja", "\n{{ n() }}").problem({"n": hungry})
        assert place_and_code(problem) == ("own/page.jinja:2", "out-of-memory")

    def test_a_division_by_zero_is_named(self, site: Site) -> None:
        problem = site.write("page.jinja", "{{ 1 / 0 }}").problem()
        assert problem.message == "ZeroDivisionError: division by zero"


def test_a_bug_of_the_program_is_no_mistake_of_a_template(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handouts.rendering import words

    def broken(_: object) -> str:
        raise KeyError("ours")

    monkeypatch.setattr(words, "escape", broken)
    site.write("page.jinja", "{{ 3 | plain }}")
    with pytest.raises(KeyError, match="ours"):
        site.render()
