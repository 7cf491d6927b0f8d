from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from functools import partial

import pytest

from handouts.rendering.leftovers import clear_up, drop_boxes


class Box:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.around = self


@pytest.fixture(autouse=True)
def _no_other_collection() -> object:
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.parametrize("free", [drop_boxes, partial(clear_up, is_first=False)])
def test_what_hangs_together_is_freed_where_the_rest_is_frozen(free: Callable[[], None]) -> None:
    gc.freeze()
    left = weakref.ref(Box())
    assert left() is not None
    free()
    assert left() is None


@pytest.mark.parametrize("free", [drop_boxes, partial(clear_up, is_first=True)])
def test_a_process_that_froze_nothing_is_left_alone(free: Callable[[], None]) -> None:
    left = weakref.ref(Box())
    free()
    assert left() is not None
    assert not gc.get_freeze_count()


def test_what_the_first_document_leaves_stays_for_good() -> None:
    gc.freeze()
    before, kept = gc.get_freeze_count(), [Box() for _ in range(100)]
    clear_up(is_first=True)
    assert gc.get_freeze_count() >= before + len(kept)
