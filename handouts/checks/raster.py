"""Pages as a printer or a camera gets them: grids of dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    """Rows of dots, from 0 for black to 255 for paper."""

MM_PER_INCH = 25.4


def grey_pages(data: bytes, dots_per_inch: int) -> Iterator[Grey]:
    """Each page of a PDF in shades of grey.

    Args:
        data: the PDF.
        dots_per_inch: resolution.
    """
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            bitmap = page.render(scale=dots_per_inch / 72, grayscale=True)
            try:
                yield np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width, -1)[..., 0]
            finally:
                bitmap.close()
                page.close()
