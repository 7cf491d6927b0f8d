"""The fonts a page may use: a private Fontconfig set-up, and which characters the files hold."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
  <cachedir>{cache}</cachedir>
  <match target="font">
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
  </match>
</fontconfig>
"""


def use_only(font_folders: Sequence[Path], cache: Path) -> None:
    """Make the files below some folders the only fonts of this process and its children.

    Writes a Fontconfig file that names these folders and nothing else, and points
    ``FONTCONFIG_FILE`` to it. Pango reads it when WeasyPrint is imported, so this comes first.
    Calling it again with the same folders changes nothing.

    Args:
        font_folders: folders with font files; searched with the folders in them.
        cache: a folder to write to, for the file and Fontconfig's own cache; made if missing.

    Raises:
        FileNotFoundError: a folder does not exist.
        RuntimeError: WeasyPrint is imported already, with other fonts.
    """
    folders = [folder.resolve(strict=True) for folder in font_folders]
    cache = cache.resolve()
    text = _CONFIGURATION.format(
        folders="\n".join(f"  <dir>{escape(str(folder))}</dir>" for folder in folders),
        cache=escape(str(cache)),
    )
    path = cache / f"fonts-{hashlib.sha256(text.encode()).hexdigest()[:16]}.conf"
    if are_private() and _folders_in(Path(os.environ["FONTCONFIG_FILE"])) == folders:
        return
    if "weasyprint" in sys.modules:
        raise RuntimeError(
            "WeasyPrint is imported already, with other fonts; call use_only() before that"
        )
    cache.mkdir(parents=True, exist_ok=True)
    _write(path, text)
    os.environ["FONTCONFIG_FILE"] = str(path)


def are_private() -> bool:
    """Whether this process (or the one that started it) has called ``use_only``."""
    path = Path(os.environ.get("FONTCONFIG_FILE", ""))
    return path.name.startswith("fonts-") and path.suffix == ".conf" and path.is_file()


def _folders_in(configuration: Path) -> list[Path]:
    root = ElementTree.parse(configuration).getroot()  # noqa: S314  (we wrote it)
    return [Path(each.text or "") for each in root.iter("dir")]


def missing_glyphs(text: str, font_files: Iterable[Path]) -> set[str]:
    """The characters of a text for which none of the font files has a glyph.

    Line ends, tabs and the controls that never print (joiners, direction marks, soft hyphens)
    need none.

    Raises:
        OSError: a file can't be read.
        fontTools.ttLib.TTLibError: a file is not a font.
    """
    covered: set[int] = set()
    for file in font_files:
        covered |= _characters(file)
    return {
        character
        for character in set(text)
        if ord(character) not in covered and not _never_prints(character)
    }


@lru_cache(maxsize=64)
def _characters(file: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (slow to import)

    with TTFont(file, lazy=True, fontNumber=0) as font:
        return frozenset(font.getBestCmap() or {})


def _never_prints(character: str) -> bool:
    code = ord(character)
    return (
        character in "\t\n\r\f\u00ad\ufeff"
        or 0x200B <= code <= 0x200F
        or 0x2028 <= code <= 0x202E
        or 0x2060 <= code <= 0x206F
        or 0xFE00 <= code <= 0xFE0F
    )


def _write(path: Path, text: str) -> None:
    """Write a file at once, so that another process never reads half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).replace(path)
