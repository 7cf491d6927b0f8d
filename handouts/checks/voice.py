"""The passive voice in English, by its form: a form of *be* and then a past participle.

A form can't tell a state from an event ("you are worried"), so participles that are adjectives as a
rule are left out, and what is found is a share of sentences to look at, never an error.
"""

from __future__ import annotations

import re

_BE = r"(?:am|is|are|was|were|be|been|being|isn’t|aren’t|wasn’t|weren’t|get|gets|got)"
_BETWEEN = (
    r"(?:\w+ly|not|never|also|often|then|still|now|always|sometimes|both|all|each|first|again|just"
    r"|once|even|soon|too|so|well)"
)
_IRREGULAR = (
    "beaten|begun|bitten|blown|born|bought|bound|broken|brought|built|burnt|caught|chosen|cut|done"
    "|drawn|driven|eaten|fed|felt|forgotten|fought|found|frozen|given|held|heard|hidden|hit|hurt"
    "|kept|known|laid|led|left|lent|lost|made|meant|met|paid|proven|put|read|said|seen|sent|set"
    "|shaken|shown|shut|sold|spent|split|spoken|stolen|swollen|taken|taught|thought|thrown|told|torn"
    "|understood|withdrawn|won|worn|written"
)
_STATES = (
    "aged|advanced|based|bored|bothered|concerned|confused|embarrassed|excited|experienced|"
    "frightened|interested|limited|married|pleased|related|relaxed|scared|supposed|surprised|tired"
    "|unused|used|wasted|worried|unrelated|bleed|feed|need|speed|indeed|red|bed|blistered|sacred"
)
_PASSIVE = re.compile(
    rf"\b{_BE}(?:\s{_BETWEEN}){{0,2}}\s(?!(?:{_STATES})(?!\w))(?:\w{{2,}}ed|{_IRREGULAR})(?![\w-])"
)


def is_passive(sentence: str) -> bool:
    """Whether an English sentence has a verb in the passive voice."""
    return _PASSIVE.search(sentence.lower()) is not None
