"""What makes the documents: this program, the packages and system libraries it stands on."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from handouts import __version__
from handouts.build.builtin import package_folder
from handouts.build.inputs import digest_of, file_digest
from handouts.build.native import NativeLibrary

PACKAGES = (
    "babel", "brotli", "cffi", "contourpy", "cssselect2", "fonttools", "jinja2", "markdown",
    "markupsafe", "matplotlib", "nh3", "numpy", "page-validation", "pikepdf", "pillow", "pydantic",
    "pydantic-core", "pydyf", "pypdfium2", "pyphen", "pyyaml", "segno", "tinycss2", "tinyhtml5",
    "weasyprint", "zopfli", "zxing-cpp",
)  # fmt: skip
"""Packages that have a say in what a document looks like or in what is found wrong with it."""

_PRINTED = ("weasyprint", "pydyf", "matplotlib", "jinja2", "markdown", "babel", "fonttools")
_OWN = ("*.py", "*.po", "*.yaml", "*.jinja", "*.js")
"""Files of the program: code, words, tables of words, templates of pages with their script."""

EPOCH = "315532800"
"""1980-01-01, the day before which some formats can't go."""


@dataclass(frozen=True, slots=True)
class Generator:
    """Everything but the project that a document depends on.

    Attributes:
        digest: changes when the program, Python or a package does.
        libraries: digest of each system library, by its file.
        versions: as the manifest names them.
    """

    digest: str
    libraries: Mapping[str, str]
    versions: Mapping[str, str]

    @property
    def is_current(self) -> bool:
        """Whether this process would make the same documents."""
        return self.digest == program_digest() and all(
            file_digest(Path(path)) == digest for path, digest in self.libraries.items()
        )


def generator_with(libraries: Iterable[NativeLibrary]) -> Generator:
    """The generator that this process is, with these system libraries."""
    found = {each.name: each for each in libraries}
    versions = {"python": platform.python_version(), **_own_versions()}
    for name, library in (("pango", "pango-1.0"), ("harfbuzz", "harfbuzz")):
        if (each := found.get(library)) is not None and each.version:
            versions[name] = each.version
    paths = [each.path for each in found.values() if each.path is not None]
    digests = {str(path): file_digest(path) for path in paths}
    return Generator(
        program_digest(), {path: each for path, each in digests.items() if each}, versions
    )


def program_digest() -> str:
    """The digest of this program's own files, of Python, and of the versions of all packages."""
    folder = package_folder()
    lines = [
        sys.version,
        platform.machine(),
        os.environ.get("SOURCE_DATE_EPOCH", EPOCH),
        *(f"{name} {version}" for name, version in sorted(installed_versions().items())),
        *(
            f"{path.relative_to(folder).as_posix()} {file_digest(path)}"
            for path in sorted(each for name in _OWN for each in folder.rglob(name))
        ),
    ]
    return digest_of("\n".join(lines).encode())


def installed_versions() -> dict[str, str]:
    """The version of each of ``PACKAGES``, from the names of their folders.

    ``importlib.metadata`` says the same, ten times slower.
    """
    versions: dict[str, str] = {}
    for entry in sys.path:
        try:
            names = os.listdir(entry or ".")  # noqa: PTH208  (an entry may be a file or missing)
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                package, _, version = name.removesuffix(".dist-info").rpartition("-")
                versions.setdefault(re.sub(r"[-_.]+", "-", package).lower(), version)
    return {name: versions.get(name, "?") for name in PACKAGES}


def _own_versions() -> dict[str, str]:
    installed = installed_versions()
    return {"handouts": __version__, **{name: installed[name] for name in _PRINTED}}
