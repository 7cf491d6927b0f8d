"""Are the components of a handout known, complete, and all there?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.diagnostics import Diagnostic, did_you_mean, error
from handouts.markdown.blocks import Block, Component, ListBlock, Table
from handouts.models.components import COMPONENTS, OPTIONAL, ComponentRule
from handouts.models.edition import Kind

_WIDTH = re.compile(r"\d{1,2}(?:\.\d)?")

_BLOCKS = {
    "table": "move these words out of it",
    "ordered list": "number its items `1.`, `2.`, and move other words out of it",
}
"""Blocks of which a component may hold one and nothing else, with what to do about the rest."""

_DOCUMENTS = {
    Kind.PATIENT: "handout",
    Kind.TRIAL: "trial page",
    Kind.COMPARISON: "comparison",
    Kind.REFERENCE: "reference page",
}


def component_problems(blocks: tuple[Block, ...], kind: Kind, path: str) -> Iterator[Diagnostic]:
    """Unknown components, missing or unknown arguments, empty ones, required ones left out."""
    components = list(_components(blocks, ()))
    for component, around in components:
        yield from _one(component, around, kind, path)
    present = {component.name for component, _ in components}
    for name, rule in COMPONENTS.items():
        if rule.required and kind in rule.kinds and name not in present:
            yield error(
                "missing-component",
                f"every {_DOCUMENTS[kind]} needs the component `{name}`",
                path=path,
                hint=f"add `::: {name}` with its words and `:::`",
            )


def _told(block: Block, path: str, code: str, message: str, hint: str | None = None) -> Diagnostic:
    """What is wrong with a block, at the line it begins on."""
    return error(code, message, path=path, line=block.line, column=1, hint=hint)


def _components(
    blocks: tuple[Block, ...], around: tuple[str, ...]
) -> Iterator[tuple[Component, tuple[str, ...]]]:
    """Every component with the names of those it stands in, the nearest last."""
    for block in blocks:
        if isinstance(block, Component):
            yield block, around
            yield from _components(block.blocks, (*around, block.name))


def _one(
    component: Component, around: tuple[str, ...], kind: Kind, path: str
) -> Iterator[Diagnostic]:
    rule = COMPONENTS.get(component.name)
    if rule is not None and kind not in rule.kinds:
        rule = None
    if rule is None:
        yield _told(
            component,
            path,
            "unknown-component",
            f"there is no component `{component.name}`",
            did_you_mean(
                component.name, [name for name, each in COMPONENTS.items() if kind in each.kinds]
            ),
        )
        return
    yield from _misplaced(component, rule, around, path)
    if rule.holds and component.blocks:
        yield from _held(component, rule.holds, path)
        yield from _overfull(component, rule, path)
    given = [name for name, _ in component.arguments]
    for name in dict.fromkeys(each for each in given if given.count(each) > 1):
        yield _told(
            component,
            path,
            "duplicate-argument",
            f"`{name}` is given more than once",
            "keep the one that is meant",
        )
    for name in rule.needs:
        if name not in given:
            yield _told(
                component,
                path,
                "missing-argument",
                f"component `{component.name}` needs `{name}=...`",
            )
    for name in dict.fromkeys(given):
        if name not in (*rule.needs, *rule.takes):
            yield _told(
                component,
                path,
                "unknown-argument",
                f"component `{component.name}` takes no `{name}`",
                did_you_mean(name, (*rule.needs, *rule.takes)),
            )
    for name, choices in rule.choices.items():
        value = component.argument(name)
        if value is not None and value not in choices:
            yield _told(
                component,
                path,
                "wrong-value",
                f"`{name}` must be one of: {', '.join(choices)}, not `{value}`",
                did_you_mean(value, choices),
            )
    if rule.has_words != bool(component.blocks):
        yield _told(
            component,
            path,
            "empty-component" if rule.has_words else "words-not-allowed",
            f"component `{component.name}` "
            + ("holds no words" if rule.has_words else "takes no words of its own"),
        )


def _misplaced(
    component: Component, rule: ComponentRule, around: tuple[str, ...], path: str
) -> Iterator[Diagnostic]:
    """A component outside of the one it belongs in, or inside one it would get lost with."""
    if rule.within and around[-1:] != (rule.within,):
        yield _told(
            component,
            path,
            "misplaced-component",
            f"component `{component.name}` stands only in `{rule.within}`",
            f"open `:::: {rule.within}` around it, with one colon more",
        )
    if rule.required and OPTIONAL in around:
        yield _told(
            component,
            path,
            "misplaced-component",
            f"component `{component.name}` is never left off, so it can't stand in `{OPTIONAL}`",
            "move it out",
        )


def _held(component: Component, holds: str, path: str) -> Iterator[Diagnostic]:
    """Words that a component would not print, and widths that are not those of its table."""
    tables = [each for each in component.blocks if isinstance(each, Table)]
    if holds in _BLOCKS:
        kept = [each for each in component.blocks if _is(each, holds)][:1]
        what = f"one {holds}"
    else:
        kept = [
            each for each in component.blocks if isinstance(each, Component) and each.name == holds
        ]
        what = f"`{holds}` components"
    wrong = [each for each in component.blocks if each not in kept]
    if wrong:
        yield _told(
            wrong[0],
            path,
            "misplaced-words",
            f"component `{component.name}` holds nothing but {what}",
            _BLOCKS.get(holds, "move these words out of it"),
        )
    widths = (component.argument("widths") or "").split()
    if widths and tables:
        columns = len(tables[0].header)
        if len(widths) != columns or not all(_WIDTH.fullmatch(each) for each in widths):
            yield _told(
                component,
                path,
                "wrong-value",
                f"`widths` must be {columns} numbers, per cent of the table's width",
            )


def _is(block: Block, holds: str) -> bool:
    """Whether a block is what a component holds."""
    if holds == "table":
        return isinstance(block, Table)
    return isinstance(block, ListBlock) and block.ordered


def _overfull(component: Component, rule: ComponentRule, path: str) -> Iterator[Diagnostic]:
    """A list or table with more parts than the component has room for."""
    for block in component.blocks:
        if isinstance(block, Table) and rule.columns and len(block.header) != rule.columns:
            yield _told(
                block,
                path,
                "wrong-columns",
                f"component `{component.name}` has {rule.columns} columns,"
                f" this table has {len(block.header)}",
            )
        parts = block.rows if isinstance(block, Table) else getattr(block, "items", ())
        if rule.most and len(parts) > rule.most:
            kind = "rows" if isinstance(block, Table) else "items"
            yield _told(
                block,
                path,
                "too-many-parts",
                f"component `{component.name}` has {len(parts)} {kind}, at most {rule.most}",
                "keep the most important ones, or make two groups with headings of their own",
            )
