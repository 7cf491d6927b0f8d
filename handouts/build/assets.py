"""What the HTML twins need beside them: their stylesheets and the fonts."""

from __future__ import annotations

import posixpath
import re

from handouts.build.folders import Folders
from handouts.build.inputs import Inputs, Recorder, files_in

FOLDER = "assets"
ENTRY = "web.css"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']?([^"')\s;]+)""")


def assets_of(folders: Folders) -> tuple[dict[str, bytes], Inputs]:
    """The files by path below the output folder, and what they were read from.

    The stylesheets keep their places to one another, and so do the fonts, so that every address in
    them stays right.
    """
    recorder = Recorder(folders)
    files: dict[str, bytes] = {}
    _collect(ENTRY, folders, recorder, files)
    for folder in folders.styles:
        recorder.search(folder / "fonts")
        for path in files_in(folder / "fonts"):
            name = path.relative_to(folder).as_posix()
            files.setdefault(f"{FOLDER}/{name}", path.read_bytes())
    return files, recorder.inputs


def _collect(name: str, folders: Folders, recorder: Recorder, files: dict[str, bytes]) -> None:
    """A stylesheet and all it imports; what is not there is left to the reader's browser."""
    target = f"{FOLDER}/{name}"
    if target in files or name.startswith("../"):
        return
    try:
        data = recorder.read(folders.styles[0] / name)
    except FileNotFoundError:
        return
    files[target] = data
    for imported in _IMPORT.findall(_COMMENT.sub("", data.decode(errors="replace"))):
        if ":" not in imported and not imported.startswith("/"):
            inner = posixpath.normpath(posixpath.join(posixpath.dirname(name), imported))
            _collect(inner, folders, recorder, files)
