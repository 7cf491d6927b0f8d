"""What comes of the editions of a build, one after another."""

from __future__ import annotations

from dataclasses import dataclass, field

from handouts.build.pool import was_costly
from handouts.build.record import EditionRecord
from handouts.build.result import Result
from handouts.models.edition import Edition


@dataclass(slots=True)
class Outcome:
    """What has come of the editions so far.

    Attributes:
        made: those that are good, made now or by an earlier build.
        failed: those that were tried.
        blocked: those that could not be tried: what they are made of can't be read.
        built: how many were made now.
    """

    made: dict[Edition, EditionRecord] = field(default_factory=dict)
    failed: dict[Edition, Result] = field(default_factory=dict)
    blocked: list[Edition] = field(default_factory=list)
    built: int = 0

    @property
    def done(self) -> dict[Edition, Result | EditionRecord]:
        """Those of which there is something to say, good or not."""
        return {**self.made, **self.failed}

    @property
    def without_file(self) -> tuple[Edition, ...]:
        """Those that could not be made, or not be tried."""
        return (*self.failed, *self.blocked)

    @property
    def had_bad_luck(self) -> bool:
        """Whether one failed for what need not be so again: a killed process, a slow one."""
        return any(map(was_costly, self.failed.values()))
