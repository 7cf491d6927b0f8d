"""Front matter: what stands above the words of a document, by its kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints

from handouts.models.names import Id
from handouts.models.numbers import Count
from handouts.models.quantity import Statement
from handouts.models.review import Reference, Review, Version

Title = Annotated[str, StringConstraints(min_length=1, max_length=80)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What every written document is, in one language.

    Attributes:
        reference: code printed on the sheet, without the language.
        version: version of the content, in the editors' own counting.
        title: topic, at most 80 characters.
        lead: who the sheet is for, or what it answers, one sentence.
        subject: one sentence for the file's metadata.
        keywords: for the file's metadata.
        compiled: day on which the facts were last put together.
        review: the approval, if there is one.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    reference: Reference
    version: Version
    title: Title
    lead: str
    subject: str
    keywords: tuple[str, ...]
    compiled: date
    review: Review | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientFront(FrontMatter):
    """A patient handout.

    Attributes:
        pages: most pages in the standard format (large print may take three times as many).
        translates: of a translation: a mark of each English block it was made from.
    """

    kind: Literal["patient"]
    pages: Count
    translates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFront(FrontMatter):
    """A clinician page that explains: mechanisms, methods."""

    kind: Literal["reference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedTrial:
    """One column of a comparison. What is compared is in the trial's record and is named here.

    Attributes:
        trial: id of the trial.
        strategy: what was compared with what, in a few words.
        people: setting and people, in a few words.
        endpoint: the primary endpoint with its assessor, in a few words.
        absolute: id of the outcome whose rates at a time show the absolute effect.
        relative: id of the outcome that tells the primary result.
        survival: id of the outcome that tells overall survival.
        main_harms: ids of the harms that matter most, the first one drawn.
        plotted: ids of the outcomes in the forest plot, in order.
        mind: what a reader of the column has to bear in mind.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    trial: Id
    strategy: Statement
    people: Statement
    endpoint: Statement
    absolute: Id
    relative: Id
    survival: Id
    main_harms: tuple[Id, ...]
    plotted: tuple[Id, ...]
    mind: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonFront(FrontMatter):
    """A clinician page that puts trials side by side."""

    kind: Literal["comparison"]
    trials: tuple[ComparedTrial, ...]


ClinicianFront = ReferenceFront | ComparisonFront
