"""QR codes as a phone reads them off the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import zxingcpp

from handouts.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from handouts.checks.raster import Grey

DOTS_PER_INCH = 200
"""About what a phone sees of a sheet held at arm's length."""


def check_codes(
    pages: Iterable[Grey], expected: Collection[str], *, path: str | None = None
) -> list[Diagnostic]:
    """``unreadable-code``: the QR codes of the pages are read as the addresses that are printed.

    Args:
        pages: in grey, at ``DOTS_PER_INCH``.
        expected: the addresses; none if the document has no code.
        path: the file that diagnostics name.
    """
    read = {code.text for page in pages for code in zxingcpp.read_barcodes(page)}
    hint = "let the code be 25 mm wide, black on white, with nothing beside it"
    lost = [
        error("unreadable-code", f"no QR code is read as `{each}`", path=path, hint=hint)
        for each in expected
        if each not in read
    ]
    strange = [
        error("unreadable-code", f"a QR code says `{each}`, which is not printed", path=path)
        for each in sorted(read - set(expected))
    ]
    return lost + strange
