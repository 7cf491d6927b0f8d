"""What the processes of a preview tell one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handouts.build.report import Report
from handouts.diagnostics import Diagnostic
from handouts.models.edition import Edition


@dataclass(frozen=True, slots=True)
class Turn:
    """Draw, or check, what is looked at. A newer turn ends an older one.

    Attributes:
        number: counts up.
        today: decides whether a review has ended.
        editions: those that are looked at, the latest first.
        whole: whether the rest of the library may have changed too.
    """

    number: int
    today: date
    editions: tuple[Edition, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Listed:
    """What the library holds."""

    turn: int
    title: str
    titles: Mapping[Edition, str | None]


@dataclass(frozen=True, slots=True)
class Styled:
    """Stylesheets and fonts of the pages for screens, by path below the output folder."""

    turn: int
    files: Mapping[str, bytes]
    digest: str


@dataclass(frozen=True, slots=True)
class Composed:
    """The page for screens of an edition."""

    turn: int
    edition: Edition
    twin: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page of an edition as PNG: its place among ``count``, from 0."""

    turn: int
    edition: Edition
    picture: bytes
    place: int
    count: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an edition can't be drawn; with None, why none can."""

    turn: int
    edition: Edition | None
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a build says of an edition."""

    turn: int
    edition: Edition
    problems: tuple[Diagnostic, ...]
    is_good: bool


@dataclass(frozen=True, slots=True)
class Making:
    """So many editions of the library are made, of all that have to be."""

    turn: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Built:
    """The library is built, with the editions that could not be made named as their files are."""

    turn: int
    report: Report


@dataclass(frozen=True, slots=True)
class Began:
    """A process works on a turn from now on.

    Attributes:
        turn: the newest of those it takes together.
        taken: how many of those that it was asked for, from the oldest.
    """

    turn: int
    taken: int


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing more comes of a turn."""

    turn: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A process has died, or was ended because it took too long; it starts anew.

    Attributes:
        turn: that it worked on, which is not taken up again; while it began on none, the newest.
        reason: what it came to.
    """

    turn: int
    reason: str


Message = (
    Listed | Styled | Composed | Drawn | Refused | Checked | Making | Built
    | Began | Finished | Ended
)  # fmt: skip
