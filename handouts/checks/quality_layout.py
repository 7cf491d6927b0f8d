"""Rules of quality sheets about parts, headings, lists, pictures and tables.

Proxies: printed handouts standard, 1.1 to 1.3. As in ``quality_words``, form stands for sense.
"""

from __future__ import annotations

import re

from handouts.checks.passages import Part
from handouts.checks.quality_reading import (
    PICTURES,
    Reading,
    Section,
    Verdict,
    is_visual,
    passed,
)
from handouts.checks.sentences import words_in
from handouts.checks.style import LONGEST_LIST, WORDS_UNDER_HEADING
from handouts.diagnostics import Diagnostic
from handouts.markdown.blocks import Block, Component, Inline, Paragraph, Table, words_of

LONGEST_HEADING = 8
MOST_COLUMNS, MOST_ROWS, LONGEST_COLUMN_HEADING = 4, 7, 4

_SAYS_NOTHING = frozenset(
    {"introduction", "overview", "background", "general", "information", "summary", "details",
     "other", "notes", "about"}
)  # fmt: skip
_CAPTIONED = frozenset({"risk-pair", "diagram"})
"""Components that print a caption of their own."""

_EXPLAINS = re.compile(r"what\s", re.IGNORECASE)
"""How the heading of a column begins that explains the rest of its row."""

_TAG = re.compile(r"<[^>]*>")


def short_sections(reading: Reading) -> Verdict:
    """PEMAT-P 8, CDC 9: at most 120 words between two headings, at most 7 items in a list."""
    problem = reading.problem("few-headings", "long-list")
    return passed(problem is None, _said(problem, f"at most {WORDS_UNDER_HEADING} words each"))


def short_lists(reading: Reading) -> Verdict:
    """CDC 8: there are lists, and none has more than 7 items."""
    counts = [count for _, count in reading.text.lists]
    longest = max(counts, default=0)
    return passed(0 < longest <= LONGEST_LIST, f"{len(counts)} lists of at most {longest} items")


def chunks(reading: Reading) -> Verdict:
    """SAM 17: superior with short sections and short lists, adequate with one of the two."""
    problems = [reading.problem(code) for code in ("few-headings", "long-list")]
    first = next(filter(None, problems), None)
    return Verdict(problems.count(None), _said(first, "short sections, short lists"))


def telling_headings(reading: Reading) -> Verdict:
    """PEMAT-P 9: headings of at most 8 words, none of which only says *Overview* or the like."""
    found = _empty_heading(reading) or _long_heading(reading)
    return passed(found is None, found or f"headings of at most {LONGEST_HEADING} words")


def road_signs(reading: Reading) -> Verdict:
    """SAM 9: as PEMAT-P 9; headings that are only too long are adequate."""
    if found := _empty_heading(reading):
        return Verdict(0, found)
    if found := _long_heading(reading):
        return Verdict(1, found)
    return Verdict(2, f"headings of at most {LONGEST_HEADING} words")


def main_points_first(reading: Reading) -> Verdict:
    """PEMAT-P 11, CDC 2, CDC 10: the box of main points is the first block."""
    first = reading.handout.blocks[0] if reading.handout.blocks else None
    is_first = isinstance(first, Component) and first.name == "main-points"
    return passed(is_first, "main points come first" if is_first else "main points come later")


def bold_main_point(reading: Reading) -> Verdict:
    """CDC 3: the box of main points has words in bold."""
    box = reading.component("main-points")
    runs = [words for words, _ in words_of(box.blocks)] if box else []
    is_bold = any("<strong>" in part for run in runs for part in run if isinstance(part, str))
    return passed(is_bold, "in bold, in a box" if is_bold else "nothing in the box is bold")


def boxes(reading: Reading) -> Verdict:
    """PEMAT-P 12: a box of main points, and one that says when to call."""
    missing = [each for each in ("main-points", "call-us") if reading.component(each) is None]
    return passed(not missing, f"no {missing[0]}" if missing else "main points and call-us boxes")


def an_action(reading: Reading) -> Verdict:
    """PEMAT-P 20, CDC 5, CDC 12: steps to take, or signs to call for."""
    found = [each for each in ("steps", "call-us") if reading.component(each)]
    return passed(bool(found), ", ".join(found) or "neither steps nor signs to call for")


def whom_to_call(reading: Reading) -> Verdict:
    """CDC 14: the sheet says when to call, with phones (how and when to contact counts)."""
    is_there = reading.component("call-us") is not None
    return passed(is_there, "signs and phones" if is_there else "nobody to call")


def a_tool(reading: Reading) -> Verdict:
    """PEMAT-P 23: a list to tick, a calendar, or lines to write on."""
    found = [each for each in ("calendar", "questions", "write-in") if reading.component(each)]
    return passed(bool(found), ", ".join(found) or "nothing to tick or fill in")


def interaction(reading: Reading) -> Verdict:
    """SAM 18: superior with lines to write on and a question to answer in one's own words."""
    writes = any(reading.component(each) for each in ("questions", "write-in"))
    answers = reading.component("teach-back") is not None
    reasons = ["lines to write on"] * writes + ["teach-back"] * answers
    return Verdict(len(reasons), ", ".join(reasons) or "nothing to do for the reader")


def titled_pictures(reading: Reading) -> Verdict:
    """PEMAT-P 17: each picture or table has a caption, or a heading for itself alone."""
    visuals = [(section, each) for section in reading.sections for each in _visuals(section)]
    if not visuals:
        return Verdict(None, "it has neither pictures nor tables")
    bare = next((each for section, each in visuals if not _is_titled(each, section)), None)
    return passed(bare is None, f"no title: {_name(bare)}" if bare else "all have one")


def captions(reading: Reading) -> Verdict:
    """SAM 14: superior if each picture has a caption of its own, adequate with a heading for it."""
    pictures = [
        (section, each)
        for section in reading.sections
        for each in _visuals(section)
        if isinstance(each, Component) and each.name in PICTURES
    ]
    if not pictures:
        return Verdict(None, "it has no pictures")
    if bare := next((each for section, each in pictures if not _is_titled(each, section)), None):
        return Verdict(0, f"no caption: {_name(bare)}")
    if other := next((each for _, each in pictures if each.name not in _CAPTIONED), None):
        return Verdict(1, f"only a heading: {_name(other)}")
    return Verdict(2, "each has a caption")


def simple_tables(reading: Reading) -> Verdict:
    """PEMAT-P 19: at most 4 columns, 7 rows, and 4 words in the heading of a column.

    Cells can't be merged in our tables. A calendar is a picture here, and for people to judge.
    """
    if not reading.tables:
        return Verdict(None, "it has no tables")
    for table in reading.tables:
        longest = max(table.header, key=lambda each: len(words_in(_plain(each))))
        if len(table.header) > MOST_COLUMNS or len(table.rows) > MOST_ROWS:
            return passed(False, f"{len(table.header)} columns, {len(table.rows)} rows")
        if len(words_in(_plain(longest))) > LONGEST_COLUMN_HEADING:
            return passed(False, f"a long heading of a column: {_plain(longest)}")
    return passed(True, f"at most {MOST_COLUMNS} columns, {MOST_ROWS} rows, short headings")


def explained_charts(reading: Reading) -> Verdict:
    """PEMAT-P 25: a paragraph follows each picture or table and says what it means.

    A table may also say so in a column whose heading begins with *What*; a calendar prints what
    its ticks mean.
    """
    visuals = [(section, each) for section in reading.sections for each in _visuals(section)]
    if not visuals:
        return Verdict(None, "it has neither charts nor tables")
    bare = next((each for section, each in visuals if not _is_explained(each, section)), None)
    return passed(bare is None, f"nothing after it: {_name(bare)}" if bare else "all are explained")


def _visuals(section: Section) -> list[Block]:
    return [each for each in section.blocks if is_visual(each)]


def _is_titled(block: Block, section: Section) -> bool:
    has_caption = isinstance(block, Component) and block.name in _CAPTIONED
    return has_caption or (section.heading is not None and len(_visuals(section)) == 1)


def _is_explained(block: Block, section: Section) -> bool:
    if isinstance(block, Component) and block.name == "calendar":
        return True
    inner = block.blocks if isinstance(block, Component) else (block,)
    headers = [cell for each in inner if isinstance(each, Table) for cell in each.header]
    if any(_EXPLAINS.match(_plain(each)) for each in headers):
        return True
    index = section.blocks.index(block) + 1
    return index < len(section.blocks) and isinstance(section.blocks[index], Paragraph)


def _headings(reading: Reading) -> list[str]:
    return [each.text for each in reading.text.passages if each.part is Part.HEADING]


def _empty_heading(reading: Reading) -> str | None:
    headings = _headings(reading)
    if not headings:
        return "it has no headings"
    empty = (each for each in headings if each.strip(" .:?").lower() in _SAYS_NOTHING)
    found = next(empty, None)
    return f"a heading that tells nothing: {found}" if found else None


def _long_heading(reading: Reading) -> str | None:
    for each in _headings(reading):
        if len(words_in(each)) > LONGEST_HEADING:
            return f"a heading of {len(words_in(each))} words: {each}"
    return None


def _plain(words: Inline) -> str:
    return "".join(_TAG.sub("", each) for each in words if isinstance(each, str)).strip()


def _name(block: Block) -> str:
    return f"{block.name if isinstance(block, Component) else 'table'}, line {block.line}"


def _said(problem: Diagnostic | None, otherwise: str) -> str:
    return problem.message if problem else otherwise
