"""A project's own templates and styles, and the built-in files of the same names.

A copy that ``handouts override`` makes begins with the digest of the file it was copied from. When
the program comes with another one, the copy may lack something that pages need.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from handouts.build.folders import Folders
from handouts.build.inputs import digest_of, files_in
from handouts.build.request import InvalidRequest
from handouts.build.writing import clear_errors, write_whole
from handouts.diagnostics import Diagnostic, did_you_mean, error, warning

_FOLDERS = ("templates", "styles")
_ENDINGS = (".jinja", ".css")
_DIGITS = 16
_MARK = re.compile(r"handouts override of [^\s]+ ([0-9a-f]{16})")
_MACRO = re.compile(r"{%-?\s*macro\s+(\w+)\s*\(([^)]*)\)")
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class UsedFile:
    """The file that is used for a name.

    Attributes:
        name: such as ``templates/components/masthead.html.jinja``.
        path: the file, as it is shown to people.
        origin: ``built-in``, ``own`` (the project's, of a name that is not built in) or
            ``override`` (the project's instead of the built-in one).
        is_outdated: whether it overrides another version of the built-in file.
    """

    name: str
    path: str
    origin: str
    is_outdated: bool = False


def used_files(folders: Folders) -> tuple[UsedFile, ...]:
    """Templates and stylesheets by name, each with the file that is used for it."""
    return tuple(sorted(_used(folders), key=lambda each: each.name))


def override_problems(folders: Folders) -> Iterator[Diagnostic]:
    """``outdated-override``: a project's file was made from another version of the built-in one."""
    for name, own, builtin in _pairs(folders):
        if builtin is not None and (why := _outdated(folders.inside, own, builtin)):
            yield warning(
                "outdated-override",
                f"this file overrides another version of the built-in one: {why}",
                path=name,
                line=1,
                hint=f"move it away, run `handouts override {name}`, and make your changes again",
            )


def override(folders: Folders, name: str) -> Path:
    """Copy a built-in file into the project, to be changed there.

    Args:
        folders: of the project.
        name: such as ``styles/tokens.css``; without its folder, if that is clear.

    Returns:
        The copy.

    Raises:
        InvalidRequest: ``unknown-template``, or ``file-exists``: nothing is overwritten.
        InvalidInput: ``cannot-write``.
    """
    builtin = dict(_in_layer(folders, -1))
    found = next((each for each in (name, *(f"{f}/{name}" for f in _FOLDERS)) if each in builtin),
                 None)  # fmt: skip
    if found is None:
        message = f"there is no built-in template or stylesheet `{name}`"
        hint = did_you_mean(name, builtin) or "`handouts list --templates` names them"
        raise InvalidRequest((error("unknown-template", message, hint=hint),))
    target = folders.root / found
    if target.exists() or target.is_symlink():
        message = f"{found} is there already; nothing is overwritten"
        raise InvalidRequest((error("file-exists", message, hint="move it away first"),))
    data = builtin[found].read_bytes()
    mark = f"handouts override of {found} {digest_of(data)[:_DIGITS]}"
    first = f"{{# {mark} #}}\n" if found.endswith(".jinja") else f"/* {mark} */\n"
    with clear_errors(target, "choose a project you may write to"):
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, first.encode() + data)
    return target


def _used(folders: Folders) -> Iterator[UsedFile]:
    own = {}
    for name, path, builtin in _pairs(folders):
        origin = "own" if builtin is None else "override"
        outdated = builtin is not None and bool(_outdated(folders.inside, path, builtin))
        own[name] = UsedFile(name, name, origin, outdated)
    yield from own.values()
    for name, path in _in_layer(folders, -1):
        if name not in own:
            yield UsedFile(name, folders.name(path), "built-in")


def _pairs(folders: Folders) -> Iterator[tuple[str, Path, Path | None]]:
    """Each file of the project's own with the built-in one of its name, if there is one."""
    builtin = dict(_in_layer(folders, -1))
    if folders.templates[0] == folders.templates[-1]:
        return  # the project is the program's own
    for name, path in _in_layer(folders, 0):
        yield name, path, builtin.get(name)


def _in_layer(folders: Folders, layer: int) -> Iterator[tuple[str, Path]]:
    for folder, layers in zip(_FOLDERS, (folders.templates, folders.styles), strict=True):
        base = layers[layer]
        for path in files_in(base):
            if path.suffix in _ENDINGS:
                yield str(PurePosixPath(folder) / path.relative_to(base).as_posix()), path


def _outdated(inside: Callable[[Path], Path], own: Path, builtin: Path) -> str:
    """Why a file does not go with the built-in one; empty if it does, or can't be read."""
    try:
        with inside(own).open("rb") as file:
            text = file.read(_MOST).decode(errors="replace")
        data = builtin.read_bytes()
    except OSError:
        return ""  # said where it is used
    mark = _MARK.search(text.partition("\n")[0])
    if mark is not None:
        made_for, now = mark[1], digest_of(data)[:_DIGITS]
        return "" if made_for == now else f"its mark is {made_for}, the built-in file's is {now}"
    ours, theirs = _macros(data.decode()), _macros(text)
    for name, arguments in ours.items():
        if name not in theirs:
            return f"it has no macro `{name}`"
        if theirs[name] != arguments:
            return f"its `{name}({theirs[name]})` is `{name}({arguments})` there"
    return ""


def _macros(text: str) -> dict[str, str]:
    """The arguments of each macro of a template."""
    return {name: " ".join(given.split()) for name, given in _MACRO.findall(text)}
