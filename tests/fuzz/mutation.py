"""Spoils texts at random, the same way for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

LONGEST = 60_000
"""Letters of a spoilt text: what is larger is refused by its size, which has tests of its own."""

COMMON = (
    "\0", "\u202e", "\u2066", "\ufeff", "\u00ad", "\ud800", "\U0001f9ec", "\u0661", "\r", "\t",
    "../../x", "/etc/passwd", "file:///etc/passwd", "//evil.example/x", "javascript:x", "CON", "%00",
    "9" * 60, "1e999999999", "-0", "{{", "}}", "{%", "'", '"', "\\", "&#0;", "&lt;", "<!--", "]]>",
)  # fmt: skip

TOKENS = {
    "yaml": (
        "? ", ": ", "- ", "&a ", "*a", "!!python/object/apply:os.system ", "!x ", "<<: *a", "|\n",
        ">-\n", "---\n", "...\n", "%YAML 9.9\n", "[", "]", "{", "}", "#", "~", ".inf", ".nan", "no",
        "0o7", "0xF", "2026-02-30", "seen: ", "population: ", "not reported", "\n ", "\n",
    ),
    "markdown": (
        "::: ", ":::: columns", ":::", "# ", "### ", "- ", "1. ", "> ", "    ", "| a | b |\n|---|---|\n",
        "![x](y)", "[x](y)", "[x][y]", "[y]: z\n", "<b>", "<script>", "{{ a.b }}", "{{ 3 | plain }}",
        "{{ a.b | no-such }}", "[@a.b]", "**", "*", "_", "`", "```\n", "---\n", "\ue0000\ue001",
        '::: write-in x="y"', "::: risk-pair fact=a first=b second=c", "\n\n", "\n",
    ),
    "css": (
        "@import 'https://evil.example/x.css';", "url(../../x)", "url(data:,x)", "@font-face{", "}",
        "{", "@media print{", "@page{", "@layer a{", "var(--a)", "--a:var(--a);", "calc(1px*",
        "content:counter(a,b);", "attr(x)", "!important", "99999999999px", "-1e39mm", "NaN", ":is(",
        ":not(", "::before", "/*", "*/", "\\", "display:grid;", "display:flex;", "float:left;",
        "position:running(a);", "transform:rotate(9turn);", "columns:99;", "grid-template:1fr/1fr;",
    ),
    "svg": (
        "<!DOCTYPE svg [<!ENTITY a 'b'>]>", "&a;", "<use href='#a'/>", "<g id='a'>", "</g>", "<script>x</script>",
        "<image href='https://evil.example/x'/>", "<image href='file:///etc/passwd'/>", "<foreignObject/>",
        "style='fill:url(#a)'", "transform='scale(1e99)'", "viewBox='0 0 0 0'", "width='-1'", "d='M0 0 A'",
        "d='M1e999 0'", "<filter id='f'/>", "<pattern id='a' width='1e-9' height='1e-9'/>",
        "<text>x</text>", "<style>@import 'x'</style>", "<marker/>", "<clipPath id='c'/>", "mask='url(#a)'",
        "font-size='1e9'", "stroke-dasharray='0'", "<linearGradient id='a' href='#a'/>", "<tspan>", "<svg>",
    ),
}  # fmt: skip


def spoilt(kind: str, seeds: Sequence[str], random: Random) -> str:
    """One of the texts, changed in one to six places."""
    text = random.choice(seeds)
    if len(text) > 4_000 and random.random() < 0.5:
        text = _part(text, random)
    for _ in range(random.randint(1, 6)):
        text = random.choice(_CHANGES)(text, kind, seeds, random)
    return text[:LONGEST]


def _span(text: str, random: Random, longest: int = 200) -> tuple[int, int]:
    start = random.randint(0, len(text))
    return start, min(len(text), start + random.randint(0, longest))


def _part(text: str, random: Random) -> str:
    start = text.rfind("\n", 0, random.randint(0, len(text))) + 1
    return text[: random.randint(0, 600)] + text[start : start + 3_000]


def _without(text: str, _kind: str, _seeds: Sequence[str], random: Random) -> str:
    start, stop = _span(text, random)
    return text[:start] + text[stop:]


def _twice(text: str, _kind: str, _seeds: Sequence[str], random: Random) -> str:
    start, stop = _span(text, random)
    return text[:stop] + text[start:stop] * random.choice((1, 2, 40)) + text[stop:]


def _with_token(text: str, kind: str, _seeds: Sequence[str], random: Random) -> str:
    start, _ = _span(text, random)
    token = random.choice((*TOKENS[kind], *COMMON))
    return text[:start] + token * random.choice((1, 1, 1, 2, 7, 300)) + text[start:]


def _with_sign(text: str, _kind: str, _seeds: Sequence[str], random: Random) -> str:
    start, _ = _span(text, random)
    sign = chr(random.choice((random.randint(0, 127), random.randint(128, 0x2FFF))))
    return text[:start] + sign + text[start + 1 :]


def _spliced(text: str, _kind: str, seeds: Sequence[str], random: Random) -> str:
    other = random.choice(seeds)
    start, stop = _span(other, random, 600)
    where, _ = _span(text, random)
    return text[:where] + other[start:stop] + text[where:]


def _moved_line(text: str, _kind: str, _seeds: Sequence[str], random: Random) -> str:
    lines = text.split("\n")
    line = lines.pop(random.randrange(len(lines)))
    lines.insert(random.randint(0, len(lines)), random.choice(("", "  ", "\t")) + line)
    return "\n".join(lines)


_Change = Callable[[str, str, Sequence[str], Random], str]
_CHANGES: tuple[_Change, ...] = (
    _without,
    _twice,
    _with_token,
    _with_token,
    _with_sign,
    _spliced,
    _moved_line,
)
