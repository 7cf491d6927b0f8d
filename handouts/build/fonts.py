"""The fonts of a build: the project's own and the built-in ones, and no others."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from handouts.build.folders import Folders
from handouts.build.generator import EPOCH
from handouts.rendering import fonts


def use_fonts(folders: Folders) -> None:
    """Set this process and its children up; comes before WeasyPrint is imported.

    Raises:
        RuntimeError: WeasyPrint is imported already, with other fonts.
    """
    os.environ.setdefault("SOURCE_DATE_EPOCH", EPOCH)
    found = [folder / "fonts" for folder in folders.styles if (folder / "fonts").is_dir()]
    try:
        fonts.use_only(found, folders.cache / "fonts")
    except OSError:  # the project can't be written to
        fonts.use_only(found, Path(tempfile.gettempdir()) / f"handouts-fonts-{os.getuid()}")
