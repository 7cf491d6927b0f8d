"""Patient handouts: front matter and words of ``content/patient/<id>/<language>.md``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from handouts.diagnostics import Diagnostic, InvalidInput, error
from handouts.loading.components import component_problems
from handouts.loading.files import read_text, unprintable
from handouts.loading.records import validate
from handouts.loading.strict_yaml import DataPath, Document, parse_yaml
from handouts.markdown.blocks import Block
from handouts.markdown.parsing import parse_blocks
from handouts.models.patient import FrontMatter

_MARK = "---"


@dataclass(frozen=True, slots=True)
class PatientHandout:
    """A handout in one language.

    Attributes:
        id: name of its folder.
        language: name of its file.
        path: the file, as it is shown to people.
        front: its front matter.
        blocks: its words.
        place: line and column of a value of the front matter.
    """

    id: str
    language: str
    path: str
    front: FrontMatter
    blocks: tuple[Block, ...]
    place: Callable[[DataPath], tuple[int, int]]


def load_handout(path: Path, shown: str) -> PatientHandout:
    """Load one handout.

    Raises:
        InvalidInput: the file can't be read, its front matter or its words can't be used; the
            problems of both are reported together.
    """
    text = read_text(path, shown)
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == _MARK), None)
    if lines[0].rstrip() != _MARK or end is None:
        raise InvalidInput(
            (
                error(
                    "missing-front-matter",
                    "this file has no front matter",
                    path=shown,
                    line=1,
                    column=1,
                    hint="begin with a line `---`, the fields, and another line `---`",
                ),
            )
        )
    problems: list[Diagnostic] = []
    front: FrontMatter | None = None
    document: Document | None = None
    blocks: tuple[Block, ...] = ()
    try:
        document = parse_yaml("\n".join(lines[1:end]), shown, first_line=2)
        front = validate(document, FrontMatter, shown)
    except InvalidInput as invalid:
        problems.extend(invalid.diagnostics)
    try:
        blocks = _blocks("\n".join(lines[end + 1 :]), shown, end + 2)
        problems.extend(component_problems(blocks, shown))
    except InvalidInput as invalid:
        problems.extend(invalid.diagnostics)
    if problems or front is None or document is None:
        raise InvalidInput(tuple(problems))

    read = document

    def place(at: DataPath) -> tuple[int, int]:
        found = read.place(at)
        return found.line, found.column

    return PatientHandout(path.parent.name, path.stem, shown, front, blocks, place)


def _blocks(text: str, shown: str, first_line: int) -> tuple[Block, ...]:
    if problems := unprintable(text, shown, first_line):
        raise InvalidInput(problems)
    return parse_blocks(text, shown, first_line)
