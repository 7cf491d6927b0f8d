"""Written documents: front matter and words of one Markdown file in one language.

Patient handouts are ``content/patient/<id>/<language>.md``; pages for clinicians that compare or
explain are ``content/clinician/<id>/en.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from handouts.diagnostics import Diagnostic, InvalidInput, error
from handouts.loading.components import component_problems
from handouts.loading.files import read_text, unprintable
from handouts.loading.records import validate
from handouts.loading.strict_yaml import DataPath, Document, parse_yaml
from handouts.markdown.blocks import Block
from handouts.markdown.parsing import parse_blocks
from handouts.models.edition import Kind
from handouts.models.front_matter import ClinicianFront, FrontMatter, PatientFront
from handouts.models.record import Record

_MARK = "---"


F = TypeVar("F", bound=FrontMatter)


@dataclass(frozen=True, slots=True)
class Written(Generic[F]):
    """A document in one language.

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
    front: F
    blocks: tuple[Block, ...]
    place: Callable[[DataPath], tuple[int, int]]

    @property
    def kind(self) -> Kind:
        """What the document is for."""
        return Kind(self.front.kind)  # type: ignore[attr-defined]  # each kind has its own literal

    @property
    def record(self) -> Record[F]:
        """Its front matter as a record."""
        return Record(self.id, self.path, self.front, self.place)


PatientHandout = Written[PatientFront]
ClinicianPage = Written[ClinicianFront]


def load_handout(path: Path, shown: str) -> PatientHandout:
    """Load one patient handout.

    Raises:
        InvalidInput: the file can't be read, its front matter or its words can't be used; the
            problems of both are reported together.
    """
    return _load(path, shown, PatientFront)


def load_clinician_page(path: Path, shown: str) -> ClinicianPage:
    """Load one page for clinicians; raises as ``load_handout``."""
    return _load(path, shown, ClinicianFront)


def _load(path: Path, shown: str, type_: Any) -> Written[Any]:
    text = read_text(path, shown)
    halves = head_and_words(text)
    if halves is None:
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
    front: Any = None
    document: Document | None = None
    blocks: tuple[Block, ...] = ()
    try:
        document = parse_yaml(halves[0], shown, first_line=2)
        front = validate(document, type_, shown)
    except InvalidInput as invalid:
        problems.extend(invalid.diagnostics)
    try:
        blocks = _blocks(halves[1], shown, halves[0].count("\n") + 4)
        if front is not None:
            problems.extend(component_problems(blocks, Kind(front.kind), shown))
    except InvalidInput as invalid:
        problems.extend(invalid.diagnostics)
    if problems or front is None or document is None:
        raise InvalidInput(tuple(problems))

    place = document.line_and_column
    return Written(path.parent.name, path.stem, shown, front, blocks, place)


def head_and_words(text: str) -> tuple[str, str] | None:
    """The front matter of a file, without the lines around it, and what stands below.

    None if there is no front matter, or if it has no end.
    """
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == _MARK), None)
    if lines[0].rstrip() != _MARK or end is None:
        return None
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])


def _blocks(text: str, shown: str, first_line: int) -> tuple[Block, ...]:
    if problems := unprintable(text, shown, first_line):
        raise InvalidInput(problems)
    return parse_blocks(text, shown, first_line)
