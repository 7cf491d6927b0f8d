"""Are the components of a handout known, complete, and all there?"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.diagnostics import Diagnostic, did_you_mean, error
from handouts.markdown.blocks import Block, Component
from handouts.models.components import COMPONENTS


def component_problems(blocks: tuple[Block, ...], path: str) -> Iterator[Diagnostic]:
    """Unknown components, missing or unknown arguments, empty ones, required ones left out."""
    components = [block for block in blocks if isinstance(block, Component)]
    for component in components:
        yield from _one(component, path)
    present = {component.name for component in components}
    for name, rule in COMPONENTS.items():
        if rule.required and name not in present:
            yield error(
                "missing-component",
                f"every handout needs the component `{name}`",
                path=path,
                hint=f"add `::: {name}` with its words and `:::`",
            )


def _one(component: Component, path: str) -> Iterator[Diagnostic]:
    rule = COMPONENTS.get(component.name)
    if rule is None:
        yield error(
            "unknown-component",
            f"there is no component `{component.name}`",
            path=path,
            line=component.line,
            column=1,
            hint=did_you_mean(component.name, COMPONENTS),
        )
        return
    given = [name for name, _ in component.arguments]
    for name in rule.needs:
        if name not in given:
            yield error(
                "missing-argument",
                f"component `{component.name}` needs `{name}=...`",
                path=path,
                line=component.line,
                column=1,
            )
    for name in given:
        if name not in rule.needs:
            yield error(
                "unknown-argument",
                f"component `{component.name}` takes no `{name}`",
                path=path,
                line=component.line,
                column=1,
                hint=did_you_mean(name, rule.needs),
            )
    if rule.has_words != bool(component.blocks):
        yield error(
            "empty-component" if rule.has_words else "words-not-allowed",
            f"component `{component.name}` "
            + ("holds no words" if rule.has_words else "takes no words of its own"),
            path=path,
            line=component.line,
            column=1,
        )
