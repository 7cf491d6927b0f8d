"""What a few pages of each kind look like: compared dot by dot with the pictures that are kept.

``pytest tests/visual --update-golden`` keeps what they look like now. Where they differ, both and
what differs are written as pictures, and the message says where.
"""

from __future__ import annotations

import platform
import sys
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image

from handouts.build.folders import Folders
from handouts.build.job import look_of
from handouts.build.typesetting import Typesetter
from handouts.checks.page_differences import overlay
from handouts.models.edition import Edition, Format, Kind, Paper
from tests.golden import Golden
from tests.projects import ROOT, Project, our_page

KEPT = Path(__file__).parent / "pages"
DIFFERENCES = ROOT / ".cache" / "visual"
DOTS_PER_INCH = 60

OURS = {
    "trial": (Edition("her2climb", Kind.TRIAL, "en", Format.STANDARD, Paper.A4, "default"), 0),
    "comparison": (
        Edition("four-trials", Kind.COMPARISON, "en", Format.STANDARD, Paper.LETTER, "default"), 0,
    ),
    "reference": (
        Edition(
            "resistance-mechanisms", Kind.REFERENCE, "en", Format.STANDARD, Paper.A4, "default"
        ), 0,
    ),
    "arabic": (
        Edition(
            "your-her2climb-treatment", Kind.PATIENT, "ar", Format.STANDARD, Paper.A4, "default"
        ), 1,
    ),
}  # fmt: skip
GALLERY = {
    "gallery-1": ("standard.a4", 0),
    "gallery-2": ("standard.a4", 1),
    "gallery-3": ("standard.a4", 2),
    "gallery-4": ("standard.letter", 3),
    "gallery-large-print": ("large-print.letter", 0),
}

Picture = NDArray[np.uint8]

pytestmark = pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"),
    reason="the pictures are PDFium's on Linux for x86-64; elsewhere edges of letters differ",
)


def picture_of(pdf: bytes, page: int) -> Picture:
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[page].render(scale=DOTS_PER_INCH / 72, rev_byteorder=True)
        return np.array(bitmap.to_numpy()[:, :, :3])


def check(name: str, now: Picture, golden: Golden) -> None:
    path = KEPT / f"{name}.png"
    if golden.update:
        Image.fromarray(now).save(path, optimize=True)
    assert path.is_file(), f"{path.name} is not kept yet: run with --update-golden"
    kept = np.array(Image.open(BytesIO(path.read_bytes())).convert("RGB"))
    if kept.shape == now.shape and (kept == now).all():
        return
    DIFFERENCES.mkdir(parents=True, exist_ok=True)
    Image.fromarray(now).save(DIFFERENCES / f"{name}.now.png")
    if kept.shape == now.shape:
        Image.fromarray(overlay(kept, now)).save(DIFFERENCES / f"{name}.difference.png")
    dots = "size" if kept.shape != now.shape else f"{int((kept != now).any(axis=2).sum())} dots"
    pytest.fail(f"{name} differs ({dots}): see {DIFFERENCES.relative_to(ROOT)}")


@cache
def gallery(folder: Path) -> Project:
    project = Project(ROOT / "tests" / "gallery").copied_to(folder)
    done = project.build()
    assert done.exit_code == 0, done.stderr
    return project


@pytest.mark.parametrize("name", OURS)
def test_a_page_of_our_library_looks_as_it_did(name: str, golden: Golden) -> None:
    edition, page = OURS[name]
    folders = Folders(ROOT, ROOT / "content", ROOT / "output")
    setter = Typesetter(folders, look_of(folders))
    pdf = setter.render(our_page(edition), edition, Path.read_bytes)
    check(name, picture_of(pdf.data, page), golden)


@pytest.mark.parametrize("name", GALLERY)
def test_every_component_looks_as_it_did(
    name: str, golden: Golden, tmp_path_factory: pytest.TempPathFactory
) -> None:
    edition, page = GALLERY[name]
    project = gallery(tmp_path_factory.getbasetemp() / "gallery")
    pdf = project.output / f"default/en/component-gallery/component-gallery.en.{edition}.pdf"
    check(name, picture_of(pdf.read_bytes(), page), golden)


def test_a_picture_that_differs_is_told_and_shown(tmp_path: Path) -> None:
    before = np.full((40, 30, 3), 255, dtype=np.uint8)
    after = before.copy()
    after[10:12, 5:9] = 0
    name = "made-up"
    try:
        check(name, before, Golden(tmp_path, update=True))
        with pytest.raises(pytest.fail.Exception, match=r"made-up differs \(8 dots\)"):
            check(name, after, Golden(tmp_path, update=False))
        shown = np.array(Image.open(DIFFERENCES / f"{name}.difference.png").convert("RGB"))
        assert (shown != 255).any(axis=2).sum() == 8
    finally:
        (KEPT / f"{name}.png").unlink()
