"""The state of a document on paper: who checked it, and what keeps it from being published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from handouts.diagnostics import Diagnostic, error
from handouts.models.review import Review, ReviewState


def state_words(
    review: Review | None, reference: str, day: Callable[[date], str]
) -> dict[str, object]:
    """What templates print about the state of a document; ``review`` covers its words as they are.

    Args:
        review: the approval, or None for a draft.
        reference: the document's code.
        day: writes a date.
    """
    return {
        "is_draft": review is None,
        "reviewer": f"{review.by}, {review.role}" if review else None,
        "reviewed": day(review.approved) if review else None,
        "next_review": day(review.next_review) if review else None,
        "fingerprint": "",
        "reference_line": reference,
    }


def state_problems(
    review: Review | None,
    state: ReviewState,
    *,
    version: str,
    fingerprint: str,
    compiled: date,
    today: date,
    allow_draft: bool,
    day: Callable[[date], str],
    path: str,
) -> Iterator[Diagnostic]:
    """Why a document may not be published in its state; the first reason is enough.

    Args:
        review: the approval that its file holds, whether or not it covers the words as they are.
        state: of the document.
        version: of the document, as its file says.
        fingerprint: of its words and numbers as they are.
        compiled: day on which its facts were last put together.
        today: decides whether an approval lies in the future.
        allow_draft: whether the project publishes what nobody has reviewed.
        day: writes a date.
        path: the document's file.
    """
    if review is not None and not compiled <= review.approved <= today:
        yield error(
            "impossible-review",
            f"it was approved on {day(review.approved)}, which is not between the day"
            " its facts were put together and today",
            path=path,
            line=1,
        )
    elif review is not None and review.next_review <= review.approved:
        yield error(
            "impossible-review",
            "its next review is not after its approval",
            path=path,
            line=1,
        )
    elif state is ReviewState.EXPIRED and review is not None:
        yield error(
            "expired",
            f"its review ended on {day(review.next_review)}",
            path=path,
            line=1,
            hint="have it reviewed again; `handouts review` prints what to sign",
        )
    elif review is not None and state is ReviewState.DRAFT and review.version == version:
        yield error(
            "version-unchanged",
            f"the words or numbers of version {version} differ from what {review.by} approved",
            path=path,
            line=1,
            hint=f"raise `version`, or take the change back (now {fingerprint})",
        )
    elif state is ReviewState.DRAFT and not allow_draft:
        yield error(
            "draft-not-allowed",
            "nobody has reviewed this document",
            path=path,
            line=1,
            hint="have it reviewed, or set `allow_draft: true` in content/project.yaml",
        )
