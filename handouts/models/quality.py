"""What the authors of a handout think of it, item by item, by published instruments.

Only items that people decide are kept: the program decides the others anew each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints

from handouts.models.numbers import Count

NOT_APPLICABLE = "not applicable"

Said = Annotated[str, StringConstraints(min_length=3, max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What people think of one item.

    Attributes:
        score: on the scale of the item, or that it does not apply.
        reason: why, in few words.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    score: Count | Literal["not applicable"]
    reason: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class QualitySheet:
    """A self-assessment of the English words of a handout.

    Attributes:
        assessed_by: who; a rating by somebody else does not belong here.
        assessed: when.
        words: mark of the words that were assessed; see ``loading.staleness.mark_of``.
        audience: whom the handout is for.
        literacy: what is known about how well they read.
        objective: what they are to think, feel or do afterwards.
        main_message: the one thing to remember. These four are what the CDC index asks first.
        scores: judgement by item, such as ``pemat-2``.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    assessed_by: Literal["the authors; not independent raters"]
    assessed: date
    words: str
    audience: Said
    literacy: Said
    objective: Said
    main_message: Said
    scores: dict[str, Judgement]
