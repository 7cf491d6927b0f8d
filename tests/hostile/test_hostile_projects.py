"""Projects made to do harm: one clear message each, in little time, and nothing outside is touched.

Each case is a change to a small made-up project that lies beside a secret file.
"""

from __future__ import annotations

import codecs
import shutil
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.hostile.guard import watched
from tests.projects import ROOT, Project

SECRET = "TOP-SECRET"  # noqa: S105
SECONDS = 20.0
SHEET = "content/patient/made-up-sheet/en.md"
FACTS = "content/facts/safety.yaml"
CLINIC = "content/clinics/default.yaml"
SETTINGS = "content/project.yaml"
CONTACT = "templates/components/contact.html.jinja"
STYLE = "styles/components/contact.css"


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Fonts and modules are read once in a process; that is no matter of a project."""
    folder = tmp_path_factory.mktemp("warm") / "project"
    shutil.copytree(ROOT / "tests" / "small_project", folder)
    assert Project(folder).run("check", "-j", "1").exit_code == 0


Change = Callable[[Project], object]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    (tmp_path / "secret.css").write_text(f"p::before {{ content: '{SECRET}' }}", encoding="utf-8")
    shutil.copytree(ROOT / "tests" / "small_project", tmp_path / "project")
    return Project(tmp_path / "project")


def template(words: str) -> Change:
    """The contact card of the project's own, with some words more."""
    own = (ROOT / CONTACT).read_text(encoding="utf-8")
    return lambda project: project.write(CONTACT, own.replace("<p>", f"<p>{words}", 1))


def style(css: str, **files: bytes) -> Change:
    own = (ROOT / STYLE).read_text(encoding="utf-8")

    def change(project: Project) -> None:
        project.write(STYLE, f"{css}\n{own}")
        for name, data in files.items():
            project.path(f"styles/components/{name.replace('_', '.')}").write_bytes(data)

    return change


def words(text: str) -> Change:
    return lambda project: project.write(SHEET, f"{project.text(SHEET)}\n{text}\n")


def more(name: str, text: str) -> Change:
    return lambda project: project.write(name, f"{project.text(name)}\n{text}\n")


def link(name: str, target: str) -> Change:
    def change(project: Project) -> None:
        path = project.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.unlink()
        path.symlink_to(target)

    return change


def png(width: int, height: int) -> bytes:
    """A picture of one colour, of some bytes however large it is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )  # fmt: skip


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def drawing(inside: str, before: str = "", encoding: str = "utf-8") -> Change:
    """A picture of these elements behind the contact card."""
    svg = f"{before}{SVG}{inside}</svg>".encode(encoding)
    return style(".contact { background: url(x.svg) }", x_svg=svg)


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
USES = "".join(
    f'<g id="g{n}">{f"<use xlink:href={chr(34)}#g{n - 1}{chr(34)}/>" * 10}</g>'
    for n in range(1, 10)
)

USES_OF_USES = f'<g id="g0"><path d="M0 0"/></g>{USES}'

DEEP_RULES = "can't be read: its rules stand more than 8 deep"


def of_css(text: str) -> str:
    """A stylesheet as an address."""
    return f"data:text/css,{quote(text)}"


IMPORTS_DEEP_RULES = f"@import url({of_css('.a,.b{' * 40)});"

CASES: dict[str, tuple[Change, str]] = {
    # what is changed, and the code of the error that says so, or words of it
    # templates
    "classes": (template("{{ ''.__class__.__mro__ }}"), "forbidden-template"),
    "globals": (template("{{ _.__globals__ }}"), "undefined-variable"),
    "a shell": (
        template("{{ cycler.__init__.__globals__.os.popen('id').read() }}"),
        "forbidden-template",
    ),
    "of a record": (template("{{ clinic.__init__.__globals__ }}"), "forbidden-template"),
    "format": (template("{{ '{0.__class__.__mro__}'.format(clinic) }}"), "forbidden-template"),
    "change": (template("{% do page.blocks.append(1) %}"), "undefined-variable"),
    "dots": (template('{% include "../../../secret.txt" %}'), "missing-template"),
    "absolute": (template('{% include "/etc/passwd" %}'), "missing-template"),
    "a long loop": (template("{% for i in range(10 ** 9) %}x{% endfor %}"), "broken-template"),
    "much text": (template("{{ 'x' * 10 ** 10 }}"), "forbidden-template"),
    "a wide number": (template("{{ '%2500000000d' % 1 }}"), "forbidden-template"),
    "a wide field": (template("{{ '{:2500000000}'.format(1) }}"), "forbidden-template"),
    "a wide text": (template("{{ 'x' | center(2500000000) }}"), "forbidden-template"),
    "text that doubles": (
        template(
            "{% set n = namespace(x='x') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}"
            "{% endfor %}"
        ),
        "forbidden-template",
    ),
    "a product of nothing": (template("{{ 2 * none }}"), "broken-template"),
    "a power beyond all numbers": (template("{{ 10.0 ** 400 }}"), "broken-template"),
    "a large power": (template("{{ 9 ** (9 ** (9 ** 9)) }}"), "forbidden-template"),
    "itself": (
        template("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
        "broken-template",
    ),
    "a script": (template("<script>alert('x')</script>"), "foreign-resource"),
    "an address": (template("<img src='https://evil.example/x.png' alt='x'>"), "foreign-resource"),
    "a file": (template("<img src='file:///etc/passwd' alt='x'>"), "foreign-resource"),
    "a template elsewhere": (link(CONTACT, "../../../secret.txt"), "a link out of the project"),
    # Markdown
    "HTML": (words("<script>alert('x')</script>"), "raw-html"),
    "javascript": (words("[here](java\tscript:alert)"), "unsafe-link"),
    "javascript in entities": (words("[here](&#106;avascript:alert)"), "unsafe-link"),
    "a link to a file": (words("[here](file:///etc/passwd)"), "unsafe-link"),
    "a link to a share": (words("[here](//evil.example/x)"), "unsafe-link"),
    "a picture": (words("![x](../../../../secret.txt)"), "raw-picture"),
    "lists in lists": (words("\n".join("  " * n + "- x" for n in range(1000))), "too-deep"),
    "lists in lists on one line": (words("- " * 600), "too-deep"),
    "numbered lists in lists on one line": (words("1. " * 600), "too-deep"),
    "many headings in a block": (words("a\n===\n" * 8000), "too-deep"),
    "brackets": (words("[" * 30_000), "too-deep"),
    "links in links": (words("[x](" * 8_000), "too-deep"),
    "stars": (words("*a **b " * 5_000), "too-many-pages"),
    "components in components": (
        words("\n".join(":" * (600 - n) + " questions" for n in range(590))),
        "broken-component",
    ),
    # YAML
    "a tag": (more(FACTS, "x: !!python/object/apply:os.system [id]"), "explicit-tag"),
    "aliases": (
        more(
            FACTS,
            "a: &a [1, 1]\n"
            + "\n".join(
                f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]"
                for n in range(9)
            ),
        ),
        "too-many-aliases",
    ),
    "depth": (more(FACTS, "x: " + "[" * 5_000), "too-deep"),
    "a large number": (more(FACTS, "x: 1e999999999"), "bad-number"),
    "many digits": (more(FACTS, f"x: {'9' * 100_000}"), "bad-number"),
    "a NUL": (more(FACTS, "x: a\0b"), "bad-character"),
    "a name that turns": (
        lambda project: project.write(
            CLINIC, project.text(CLINIC).replace("name: ", 'name: "\u202e" # ', 1)
        ),
        "bad-character",
    ),
    "a name that turns, escaped": (
        lambda project: project.write(
            CLINIC, project.text(CLINIC).replace("name: ", 'name: "Cl\\u202Einic" # ', 1)
        ),
        "bad-character",
    ),
    "a long line": (more(FACTS, f"x: {'y' * 10_000_000}"), "file-too-large"),
    "a clinic elsewhere": (
        lambda project: project.write(
            SETTINGS,
            project.text(SETTINGS).replace("default_clinic: default", "default_clinic: ../../x"),
        ),
        "unknown-clinic",
    ),
    # names
    "a name of a device": (
        lambda project: project.copy(SHEET, "content/patient/CON/en.md"),
        "bad-id",
    ),
    "a name with dots": (
        lambda project: project.copy(SHEET, "content/patient/..x/en.md"),
        "bad-id",
    ),
    # links out of the project
    "facts elsewhere": (
        link("content/facts/more.yaml", "../../../secret.txt"),
        "a link out of the project",
    ),
    "a folder elsewhere": (link("content/patient/more", "/etc"), "a link out of the project"),
    "a sheet elsewhere": (link(SHEET, "/etc/passwd"), "a link out of the project"),
    "a style elsewhere": (link(STYLE, "../../../secret.css"), "a link out of the project"),
    # styles, pictures and fonts
    "a style of a host": (style("@import 'https://evil.example/x.css';"), "foreign-resource"),
    "a style of a path": (style("@import '../../../secret.css';"), "missing-stylesheet"),
    "a picture of a host": (
        style(".contact { background: url(//evil.example/x.png) }"),
        "foreign-resource",
    ),
    "a picture of a path": (style(".contact { background: url(/etc/passwd) }"), "missing-picture"),
    "a font of a host": (
        style("@font-face { font-family: x; src: url(https://evil.example/x.ttf) }"),
        "foreign-resource",
    ),
    "a large picture": (
        style(".contact { background: url(x.png) }", x_png=png(60_000, 60_000)),
        "million pixels",
    ),
    "laughs": (
        drawing("<text>&a9;</text>", f"<!DOCTYPE svg [<!ENTITY a0 'ha'>{LAUGHS}]>"),
        "declares entities",
    ),
    "an entity of a file": (
        drawing("<text>&x;</text>", "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
        "declares entities",
    ),
    "uses of uses": (
        drawing(USES_OF_USES),
        "draws more than",
    ),
    "uses of uses, far below": (
        drawing(USES_OF_USES, "\n" * 300),
        "draws more than",
    ),
    "uses of uses, in another encoding": (
        drawing(USES_OF_USES, encoding="utf-16"),
        "draws more than",
    ),
    "a long chain of uses": (
        drawing("".join(f'<use id="u{n}" href="#u{n + 1}"/>' for n in range(3000))),
        "one in another",
    ),
    "a deep drawing": (
        drawing(f"{'<g>' * 5000}{'</g>' * 5000}"),
        "one in another",
    ),
    "a drawing of a host": (
        drawing('<image xlink:href="https://evil.example/x.png" width="9" height="9"/>'),
        "missing-picture",
    ),
    "nested rules": (style("a{" * 20_000), DEEP_RULES),
    "nested rules behind comments": (style(".a,.b{/*}*/" * 40), DEEP_RULES),
    "nested rules behind strings": (style(".a,.b{--x:'}';" * 40), DEEP_RULES),
    "rules that multiply": (style(".a,.b,.c,.d,.e,.f,.g,.h,.i,.j{" * 8), DEEP_RULES),
    "nested rules in an address": (style(f"@import url({of_css('.a,.b{' * 40)});"), DEEP_RULES),
    "nested rules in an address in an address": (
        style(f"@import url({of_css(IMPORTS_DEEP_RULES)});"),
        DEEP_RULES,
    ),
    "nested rules in another encoding": (
        style(
            "@import url(x.css);",
            x_css=codecs.BOM_UTF16_LE + (".a,.b{/*}*/" * 40).encode("utf-16-le"),
        ),
        DEEP_RULES,
    ),
    "nested rules under another name": (
        style("@import url(x.txt);", x_txt=(".a,.b{" * 40).encode()),
        DEEP_RULES,
    ),
    "nested rules in a template": (
        template(f"<style>{'.a,.b{/*}*/' * 40}</style>"),
        "too-deep",
    ),
    "a host in an address": (
        style(f"@import url({of_css('@import url(https://evil.example/x.css);')});"),
        "`https://evil.example/x.css` can't be read",
    ),
    "a style of itself": (style("@import url(contact.css);" * 2), "more than 20 times"),
    "a drawing under another name": (
        style(".contact { background: url(x.txt) }", x_txt=f"{SVG}{USES_OF_USES}</svg>".encode()),
        "draws more than",
    ),
}


QUICK = {
    "a shell", "much text", "javascript", "lists in lists", "aliases", "a name that turns, escaped",
    "facts elsewhere", "laughs", "a large picture",
}  # fmt: skip
"""One of each kind: the others run with the slow tests."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in CASES],
)
def test_a_hostile_project_is_one_clear_message(
    project: Project, tmp_path: Path, name: str
) -> None:
    change, said = CASES[name]
    change(project)
    start = time.monotonic()
    with watched() as guard:
        done = project.run("check", "-j", "1")
    assert time.monotonic() - start < SECONDS
    assert done.exit_code in {1, 2}, done.stderr
    assert said in (done.stderr if " " in said else done.codes)
    assert ": error: " in done.stderr
    assert "Traceback" not in done.stderr
    assert "internal-error" not in done.stderr
    assert SECRET not in done.stderr
    assert len(done.stderr) < 20_000
    assert guard.forbidden == []
    assert guard.outside([project.root]) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "-j", "1", "../../x"),
        ("build", "-j", "1", "CON"),
        ("build", "-j", "1", "made-up-sheet", "--clinic", "../../x"),
        ("build", "-j", "1", "made-up-sheet", "--lang", "../x"),
        ("build", "-j", "1", "\u202emade-up-sheet"),
        ("trace", "../../secret.txt"),
        ("review", "x" * 100_000),
    ],
)
def test_a_hostile_argument_is_wrong_usage(project: Project, arguments: tuple[str, ...]) -> None:
    with watched() as guard:
        done = project.run(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.stderr
    assert guard.forbidden == []
    assert guard.outside([project.root]) == set()


def test_the_guard_sees_sockets_programs_and_files(tmp_path: Path) -> None:
    import socket
    import subprocess

    outside = tmp_path / "outside.txt"
    with watched() as guard:
        outside.write_text("x")
        outside.read_text()
        socket.socket().close()
        subprocess.run(["true"], check=True)
    assert guard.outside([tmp_path / "project"]) == {outside}
    assert any(each.startswith("socket.") for each in guard.forbidden)
    assert any(each.startswith("subprocess.Popen") for each in guard.forbidden)
