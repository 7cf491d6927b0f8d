"""Where the templates and styles that come with the program are.

In a checkout they lie beside the package; in an installed wheel they are its package data.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def builtin_folder(name: str) -> Path:
    """The built-in ``templates`` or ``styles`` folder."""
    packaged = _PACKAGE / f"_{name}"
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def package_folder() -> Path:
    """The folder of the program itself."""
    return _PACKAGE
