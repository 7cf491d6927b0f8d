from __future__ import annotations

import gc
import weakref

import pytest

from handouts.rendering.leftovers import clear_up


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


def test_what_hangs_together_is_freed_where_the_rest_is_frozen() -> None:
    gc.freeze()
    left = weakref.ref(Box())
    assert left() is not None
    clear_up()
    assert left() is None


def test_a_process_that_froze_nothing_is_left_alone() -> None:
    left = weakref.ref(Box())
    clear_up()
    assert left() is not None
