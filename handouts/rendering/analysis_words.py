"""Which look at the data a result is from, in words."""

from __future__ import annotations

from markupsafe import Markup

from handouts.models.missing import Missing
from handouts.models.trial import Analysis, FollowUp
from handouts.rendering.words import Words


def cut_words(analysis: Analysis, words: Words, trial: str, *, brief: bool = False) -> Markup:
    """Data cut and follow-up of an analysis, as far as the sources give them.

    Args:
        analysis: of the trial.
        words: prints facts.
        trial: id of the trial.
        brief: leave the word "median" to the head of the table.
    """
    translate = words.writing.translate
    followed = translate("follow-up") if brief else translate("median follow-up")
    name = f"{trial}.{analysis.id}"
    parts = []
    if analysis.data_cutoff is Missing.NOT_SEEN:
        parts.append(Markup("{}").format(translate("Data cut not seen")))
    else:
        cutoff = words.fact(f"{name}.cutoff")
        parts.append(Markup("{} {}").format(translate("Data cut"), cutoff))
    if isinstance(analysis.follow_up, FollowUp):
        follow_up = words.fact(f"{name}.follow-up")
        if analysis.follow_up.control is not None:
            both = words.fact(f"{name}.follow-up", "number")
            control = words.fact(f"{name}.follow-up-control")
            follow_up = Markup("{} v {}").format(both, control)
        parts.append(Markup("{} {}").format(followed, follow_up))
    elif analysis.data_cutoff is Missing.NOT_SEEN:
        return Markup("{}").format(translate("Data cut and follow-up not seen"))
    else:
        parts.append(Markup("{}").format(translate("follow-up not seen")))
    return Markup("; ").join(parts)
