"""Whether a sentence explains a word where it stands.

Seen by form: "seizure (fit)", "PIK3CA, a gene that can change", "HER2 is a protein", "a change
called L755S", "A new biopsy. A small piece is tested", "other signals: MET, FGFR and IGF1R".
"""

from __future__ import annotations

import re

_AFTER = re.compile(
    r"[\w’-]*\s*(?:\(|[,:–—]?\s?(?:that is|which (?:is|are|means)|meaning|means?|stands? for)\s"
    r"|\s(?:is|are)\s(?:an?|the|when|where|how|what|one|short for|also called)\s"
    r"|,\s(?:an?|the|also called|also known as|or)\s|[”\"’]?\s(?:means?|says?)\s"
    r"|[,:]?\s(?:es|son|significa|quiere decir)\s|,\s(?:un|una|el|la|los|las|o)\s)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\b(?:called|known as|named|say|llamad[oa]s?|conocid[oa]s? como)\s(?:an?\s|the\s)?|:\s)"
    r"[“\"‘]?(?:[\w-]+,?\s(?:and\s|or\s|y\s|o\s)?){0,6}$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\w\s?\([^()]*$")
_LABEL = re.compile(r"^\W*(?:\w+\s){0,3}$")
_LABEL_ENDS = re.compile(r"^[\w’-]*(?:\s\w+)?[.:]\s+\w")


def is_explained(passage: str, start: int, end: int) -> bool:
    """Whether the words of a passage from ``start`` to ``end`` are explained there."""
    before, after = passage[:start], passage[end:]
    sentence = re.split(r"[.!?]\s", before)[-1]
    return bool(
        _AFTER.match(after)
        or _BEFORE.search(sentence)
        or (_IN_BRACKETS.search(sentence) and re.match(r"[^()]*\)", after))
        or (_LABEL.match(before) and _LABEL_ENDS.match(after))
    )
