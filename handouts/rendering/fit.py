"""Fit to a page by rule: blocks of least priority go first, then the setting gets tighter.

The rule (design system, section 4.5): blocks are left off in the order of their priority; where
that is not enough, spaces shrink to their floor, and then type to its floor. At the loosest setting
that holds what is required, as many of the other blocks stand as there is room for.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from handouts.models.priority import Priority

TIGHTEST = 2
"""Settings, from the loosest at 0: all space; spaces at their floor; type at its floor too."""

_LOOSER = (0.02, 0.03)
"""Least share of a page that each setting takes more than the next tighter one: spaces; type."""

_LINE = 0.01
"""Share of a page that its lowest block takes."""

_BRIEF = 40
_REFERENCE = re.compile(r"\{\{.*?\}\}|\[@.*?\]")
_IN_ORDER = tuple(Priority)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a page is set.

    Attributes:
        shown: optional blocks of this rank and below are on it.
        setting: 0 for the loosest, up to ``TIGHTEST``.
    """

    shown: int = sys.maxsize
    setting: int = 0


EVERYTHING = Fit()
"""Every block: the HTML twin, and what a fingerprint is taken from."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block that may be left off: what it is (a plural), and how it is called."""

    kind: str
    name: str
    priority: Priority


@dataclass(frozen=True, slots=True)
class Ranks:
    """The blocks of a page in the order in which they are kept.

    Attributes:
        order: optional blocks, the most important first; a block's rank is its place from 1.
        by_key: rank by key; required blocks have rank 0 and are not in it.
    """

    order: tuple[Block, ...] = ()
    by_key: Mapping[Hashable, int] = field(default_factory=dict)

    def of(self, key: Hashable) -> int:
        """The rank of a block; 0 is required."""
        return self.by_key.get(key, 0)

    def left_off(self, fit: Fit) -> tuple[Block, ...]:
        """What a page that is set so does not show."""
        return self.order[fit.shown :]


def ranked(blocks: Iterable[tuple[Hashable, Block]]) -> Ranks:
    """Rank blocks by priority, and those of one priority in the order of reading."""
    optional = [(key, each) for key, each in blocks if each.priority is not Priority.REQUIRED]
    optional.sort(key=lambda each: _IN_ORDER.index(each[1].priority))  # keeps the order of reading
    return Ranks(
        tuple(block for _, block in optional),
        {key: rank for rank, (key, _) in enumerate(optional, 1)},
    )


Room = Callable[[Fit], float | None]
"""The share of a page's height that is left free when it is set so; None if it runs over."""


def best_fit(ranks: Ranks, room: Room) -> Fit | None:
    """The loosest setting that holds what is required, with as many other blocks as fit.

    Args:
        ranks: the optional blocks.
        room: lays the page out. A page that holds some blocks holds fewer, and one that holds them
            in some setting holds them in a tighter one.

    Returns:
        None if even the tightest setting without any optional block does not fit.
    """
    found: tuple[Fit, float] | None = None
    for setting in range(TIGHTEST, -1, -1):
        # A page that is nearly full has no room for larger type: spare it the try.
        if found is not None and found[1] < _LOOSER[setting]:
            break
        free = room(Fit(0, setting))
        if free is None:
            break
        found = Fit(0, setting), free
    if found is None:
        return None
    fit, free = found
    return Fit(_fullest(len(ranks.order), fit.setting, free, room), fit.setting)


def _fullest(most: int, setting: int, free: float, room: Room) -> int:
    """The greatest count up to ``most`` that fits in a setting in which 0 leaves so much free.

    Full pages have room for few blocks and light ones for all, so these are tried first; in between
    the steps double, and are then halved.
    """
    if most == 0 or free < _LINE:
        return 0

    def fits(shown: int) -> bool:
        return room(Fit(shown, setting)) is not None

    if fits(most):
        return most
    good, bad, step = 0, most, 1
    while good + step < bad and fits(good + step):
        good, step = good + step, 2 * step
    bad = min(bad, good + step)
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if fits(middle) else (good, middle)
    return good


def counted(blocks: Iterable[Block]) -> tuple[tuple[int, str], ...]:
    """How many blocks there are of each kind, in the order in which the kinds come up."""
    return tuple((count, kind) for kind, count in Counter(each.kind for each in blocks).items())


def in_brief(words: str) -> str:
    """The first words of a text, enough to know it by; references are left out."""
    plain = " ".join(_REFERENCE.sub("…", words).split())
    return plain if len(plain) <= _BRIEF else plain[:_BRIEF].rpartition(" ")[0] + " …"
