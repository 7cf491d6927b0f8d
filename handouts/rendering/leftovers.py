"""What a layout leaves behind: boxes that hold each other, and memory that the C library keeps."""

from __future__ import annotations

import ctypes
import gc
import sys
from functools import cache
from typing import Any


def drop_boxes() -> None:
    """Free the layouts that are done with: their boxes hold each other.

    It is quick in a process in which what stays for good is frozen (``gc.freeze``), and does
    nothing in another one.
    """
    if gc.get_freeze_count():
        gc.collect()


def clear_up(*, is_first: bool) -> None:
    """Give back the memory of a document, where ``drop_boxes`` does something.

    Where small and large things lay side by side, the C library keeps the gaps.

    Args:
        is_first: whether it was the first one of this process; what it leaves stays for good.
    """
    if not gc.get_freeze_count():
        return
    gc.collect()
    if is_first:
        gc.freeze()
    if (trim := _trim()) is not None:
        trim(0)


@cache
def _trim() -> Any:
    """``malloc_trim`` of the GNU C library; other ones have none."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
