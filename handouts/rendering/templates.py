"""Templates: Jinja in a sandbox, a project's own file before the built-in one of the same name."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, UndefinedError

from handouts.diagnostics import Diagnostic, InvalidInput, did_you_mean, error
from handouts.rendering import sandbox
from handouts.rendering.blocks import kept
from handouts.rendering.isolation import filled, isolated
from handouts.rendering.sandbox import Sandbox
from handouts.rendering.words import plain

_MISSING_NAME = re.compile(r"'([^']+)' is undefined")
_PROGRAM = Path(__file__).parents[1]
_MOST_CODES = 512
"""Templates kept compiled; a project has some fifty."""

Read = Callable[[Path], bytes]


class _Folders(BaseLoader):
    """Loads a template from the first folder that has it, and tells the reader of every try."""

    def __init__(self, folders: tuple[Path, ...], read: Read) -> None:
        self._folders, self._read = folders, read

    def get_source(
        self, environment: Any, template: str  # noqa: ARG002
    ) -> tuple[str, str, Callable[[], bool]]:  # fmt: skip
        parts = Path(template).parts
        if "\0" in template or ".." in parts or Path(template).is_absolute():
            raise TemplateNotFound(template)
        for folder in self._folders:
            path = folder / template
            try:
                data = self._read(path)
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                continue
            try:
                return data.decode(), str(path), lambda: True
            except UnicodeDecodeError:
                raise TemplateSyntaxError("not UTF-8", 1, template, str(path)) from None
        raise TemplateNotFound(template)


class _Compiled(BytecodeCache):
    """The code of templates by name, file and source: compiled once, not for each document.

    The source itself is read each time, as a document depends on it.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self._codes) >= _MOST_CODES:
            self._codes.clear()
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


@cache
def _compiled(direction: str) -> _Compiled:  # noqa: ARG001  (it is what the cache goes by)
    """The code for documents of a direction: a filter of a constant is filled in on compilation."""
    return _Compiled()


class Templates:
    """All templates of a project.

    Args:
        folders: where they are looked for, the project's own first.
        read: gives the bytes of a file; a place to record what a document depends on.
        translate: words of the program in the document's language.
        shown: how a template's path is shown to people.
        direction: which way the document's language is written, ``ltr`` or ``rtl``.
    """

    def __init__(
        self,
        folders: tuple[Path, ...],
        read: Read,
        translate: Callable[[str], str],
        shown: Callable[[Path], str],
        *,
        direction: str = "ltr",
    ) -> None:
        self._shown = shown
        self._environment = Sandbox(
            loader=_Folders(folders, read),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.do"],
            bytecode_cache=_compiled(direction),
        )
        self._environment.filters["plain"] = plain
        self._environment.filters["kept"] = kept
        self._environment.filters["filled"] = filled
        self._environment.filters["isolated"] = partial(isolated, direction)
        self._environment.globals["_"] = translate

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """The template filled in.

        Raises:
            InvalidInput: ``missing-template``, ``broken-template``, ``undefined-variable``,
                ``forbidden-template`` or ``out-of-memory``, at the template's own line.
        """
        try:
            return self._environment.get_template(name).render(context)
        except TemplateError as problem:
            raise InvalidInput((self._diagnostic(problem, name, context),)) from problem
        except MemoryError as problem:
            if not _is_of_template(problem):
                raise
            path, line = self._frame(problem)
            message = "this makes more than memory holds"
            hungry = error("out-of-memory", message, path=path, line=line)
            raise InvalidInput((hungry,)) from problem
        except Exception as problem:
            if not _is_of_template(problem):
                raise
            path, line = self._frame(problem)
            broken = error("broken-template", f"{type(problem).__name__}: {problem}",
                           path=path, line=line)  # fmt: skip
            raise InvalidInput((broken,)) from problem

    def _diagnostic(
        self, problem: TemplateError, name: str, context: Mapping[str, object]
    ) -> Diagnostic:
        if isinstance(problem, TemplateNotFound):
            path, line = self._frame(problem)
            return error(
                "missing-template",
                f"template `{problem.name}` was not found",
                path=path or f"templates/{name}",
                line=line,
                hint="templates lie in the project's templates/ or are built in",
            )
        if isinstance(problem, TemplateSyntaxError):
            path = self._shown(Path(problem.filename)) if problem.filename else f"templates/{name}"
            return error(
                "broken-template",
                (problem.message or "syntax error").rstrip("."),
                path=path,
                line=problem.lineno,
            )
        path, line = self._frame(problem)
        if isinstance(problem, UndefinedError):
            message = problem.message or "a variable is undefined"
            missing = _MISSING_NAME.search(message)
            return error(
                "undefined-variable",
                message,
                path=path,
                line=line,
                hint=did_you_mean(missing[1], context) if missing else None,
            )
        code = "forbidden-template" if isinstance(problem, SecurityError) else "broken-template"
        return error(code, problem.message or str(problem), path=path, line=line)

    def _frame(self, problem: BaseException) -> tuple[str | None, int | None]:
        """The innermost template line of a traceback."""
        for frame in reversed(traceback.extract_tb(problem.__traceback__)):
            if frame.filename.endswith(".jinja"):
                return self._shown(Path(frame.filename)), frame.lineno
        return None, None


def _is_of_template(problem: Exception) -> bool:
    """Whether a template, and nothing of this program that it called, brought the problem about."""
    for frame in reversed(traceback.extract_tb(problem.__traceback__)):
        if frame.filename.endswith(".jinja"):
            return True
        if frame.filename != sandbox.__file__ and Path(frame.filename).is_relative_to(_PROGRAM):
            return False
    return False
