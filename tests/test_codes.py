"""Every code is explained in ``handouts/codes.yaml``, and none is explained that does not exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from handouts.config import LOCKED_CODES

PACKAGE = Path(__file__).resolve().parents[1] / "handouts"
EXPLAINED = set(yaml.safe_load((PACKAGE / "codes.yaml").read_text(encoding="utf-8")))
MAKERS = {"error", "warning", "note", "Finding", "_problem", "_unknown", "PydanticCustomError"}
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+|weasyprint|draft|expired")


def _made() -> Iterator[str]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            first: ast.expr | None = None
            if isinstance(node, ast.Call) and node.args:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                name = node.func.id if isinstance(node.func, ast.Name) else name
                first = node.args[0] if name in MAKERS else None
            elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                first = node.value.elts[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                code = first.value.replace("_", "-")
                if CODE.fullmatch(code):
                    yield code


def test_every_code_is_explained() -> None:
    assert set(_made()) - EXPLAINED == set()


def test_nothing_is_explained_that_the_program_never_says() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    said = set(_made()) | set(re.findall(r'"([a-z0-9_-]+)"', source.replace("_", "-")))
    composed = {code for code in EXPLAINED if re.match(r"unknown-\w+$", code)}
    assert EXPLAINED - said - composed == set()


def test_locked_codes_exist() -> None:
    assert LOCKED_CODES <= EXPLAINED
