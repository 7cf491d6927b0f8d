"""The system's libraries that WeasyPrint loads: which are there, in which version, and which file.

They are looked up here without importing WeasyPrint, whose import fails with an unhelpful message
where one is missing.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_LIBRARIES = {
    "gobject-2.0": 0,
    "pango-1.0": 0,
    "pangoft2-1.0": 0,
    "harfbuzz": 0,
    "harfbuzz-subset": 0,
    "fontconfig": 1,
}
"""Name and major version, as WeasyPrint asks for them."""

_INSTALL = {
    "apt-get": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "dnf install pango harfbuzz",
    "brew": "brew install pango",
    "apk": "apk add pango fontconfig so:libharfbuzz-subset.so.0",
    "pacman": "pacman -S pango harfbuzz",
    "zypper": "zypper install libpango-1_0-0 libharfbuzz-subset0",
}
"""What installs all of them, by package manager; the same as in script/bootstrap."""


class UnusableEnvironment(Exception):  # noqa: N818  (it is not an error of the program)
    """This system lacks something the program needs; the message says what installs it."""


@dataclass(frozen=True, slots=True)
class NativeLibrary:
    """A library of the system.

    Attributes:
        name: as in ``-l`` of a linker.
        path: the file, symbolic links followed; None if it can't be loaded or is not known.
        version: as the library says, or None.
        is_there: whether it loads.
    """

    name: str
    path: Path | None = None
    version: str | None = None
    is_there: bool = False


def native_libraries() -> tuple[NativeLibrary, ...]:
    """Every library that is needed, loaded to see whether it can be."""
    return tuple(_look_up(name, major) for name, major in _LIBRARIES.items())


def check_native_libraries() -> tuple[NativeLibrary, ...]:
    """The libraries, all of them there.

    Raises:
        UnusableEnvironment: one is missing.
    """
    found = native_libraries()
    missing = [f"lib{each.name}" for each in found if not each.is_there]
    if missing:
        raise UnusableEnvironment(missing_message(missing))
    return found


def missing_message(missing: list[str]) -> str:
    """What is missing, and what to do about it on this system."""
    return f"this system lacks {', '.join(missing)}\n  hint: {install_command()}"


def install_command() -> str:
    """What to type on this system to install all libraries."""
    for manager, command in _INSTALL.items():
        if shutil.which(manager):
            if manager == "brew" or os.geteuid() == 0:
                return f"run `{command}`"
            return f"run `sudo {command}`"
    return "install Pango, HarfBuzz with its subset library, and Fontconfig"


@contextmanager
def quick_lookup() -> Iterator[None]:
    """Import WeasyPrint inside, and it starts no compiler to find its libraries.

    It tries several names for each; for those that don't exist, ctypes runs ldconfig and gcc, some
    80 processes in all. On Linux the name that exists is found without them.

    Raises:
        UnusableEnvironment: a library can't be loaded.
    """
    found = ctypes.util.find_library
    if sys.platform.startswith("linux"):
        ctypes.util.find_library = _nothing
    try:
        yield
    except OSError as problem:
        raise UnusableEnvironment(f"{problem}\n  hint: {install_command()}") from problem
    finally:
        ctypes.util.find_library = found


def _nothing(name: str) -> str | None:  # noqa: ARG001  (in place of ctypes.util.find_library)
    return None


def _look_up(name: str, major: int) -> NativeLibrary:
    library = _load(name, major)
    if library is None:
        return NativeLibrary(name)
    return NativeLibrary(name, _file_of(library, name), _version_of(library, name), is_there=True)


def _load(name: str, major: int) -> ctypes.CDLL | None:
    names = [f"lib{name}.so.{major}", f"lib{name}.dylib", f"lib{name}.{major}.dylib"]
    for each in names:
        try:
            return ctypes.CDLL(each)
        except OSError:
            continue
    found = ctypes.util.find_library(name)
    try:
        return ctypes.CDLL(found) if found else None
    except OSError:
        return None


def _version_of(library: ctypes.CDLL, name: str) -> str | None:
    try:
        if name == "fontconfig":
            number = int(library.FcGetVersion())
            return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
        function = {"pango-1.0": "pango_version_string", "harfbuzz": "hb_version_string"}.get(name)
        if function is None:
            return None
        call = library[function]
        call.restype = ctypes.c_char_p
        return bytes(call()).decode()
    except (AttributeError, TypeError, UnicodeDecodeError):
        return None


_SYMBOLS = {
    "gobject-2.0": "g_object_ref",
    "pango-1.0": "pango_version",
    "pangoft2-1.0": "pango_ft2_font_map_new",
    "harfbuzz": "hb_version",
    "harfbuzz-subset": "hb_subset_or_fail",
    "fontconfig": "FcGetVersion",
}


class _Info(ctypes.Structure):
    """What ``dladdr`` fills in: see its manual page."""

    _fields_ = (
        ("file", ctypes.c_char_p),
        ("base", ctypes.c_void_p),
        ("symbol", ctypes.c_char_p),
        ("address", ctypes.c_void_p),
    )


def _file_of(library: ctypes.CDLL, name: str) -> Path | None:
    try:
        address = ctypes.cast(library[_SYMBOLS[name]], ctypes.c_void_p)
        info = _Info()
        if ctypes.CDLL(None).dladdr(address, ctypes.byref(info)) and info.file:
            return Path(os.fsdecode(info.file)).resolve()
    except (AttributeError, OSError):
        pass
    return None
