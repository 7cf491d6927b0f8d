"""What a layout leaves behind: boxes that hold each other, and memory that the C library keeps."""

from __future__ import annotations

import ctypes
import gc
import sys
from functools import cache
from typing import Any


def clear_up() -> None:
    """Give back the memory of documents that are done with.

    Boxes of a layout hold each other, so that only a collection frees them; and where small and
    large ones lay side by side, the C library keeps the gaps. It is quick in a process in which
    what stays for good is frozen (``gc.freeze``), and does nothing in another one.
    """
    if not gc.get_freeze_count():
        return
    gc.collect()
    if (trim := _trim()) is not None:
        trim(0)


@cache
def _trim() -> Any:
    """``malloc_trim`` of the GNU C library; other ones have none."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
