"""The rules of quality sheets by the names that ``quality_items.yaml`` calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handouts.checks import quality_layout as layout
from handouts.checks import quality_words as words
from handouts.checks.quality_items import Decider
from handouts.checks.quality_reading import Reading, Verdict

Rule = Callable[[Reading], Verdict]

RULES: Mapping[Decider, Rule] = {
    "everyday-words": words.everyday_words,
    "explained-terms": words.explained_terms,
    "active-voice": words.active_voice,
    "active-key-parts": words.active_key_parts,
    "clear-numbers": words.clear_numbers,
    "no-calculation": words.no_calculation,
    "shown-calculation": words.shown_calculation,
    "says-you": words.says_you,
    "grade": words.grade,
    "sentences": words.sentences,
    "type": words.type_,
    "short-sections": layout.short_sections,
    "short-lists": layout.short_lists,
    "chunks": layout.chunks,
    "telling-headings": layout.telling_headings,
    "road-signs": layout.road_signs,
    "main-points-first": layout.main_points_first,
    "bold-main-point": layout.bold_main_point,
    "boxes": layout.boxes,
    "an-action": layout.an_action,
    "whom-to-call": layout.whom_to_call,
    "a-tool": layout.a_tool,
    "interaction": layout.interaction,
    "titled-pictures": layout.titled_pictures,
    "captions": layout.captions,
    "simple-tables": layout.simple_tables,
    "explained-charts": layout.explained_charts,
}
