"""Two imports at once: the first that ends takes nothing from the other, and the last leaves all as it was."""

from __future__ import annotations

import gc
import sys

from leadline.imports.calm import SELDOM, TURN, calm


def state() -> tuple[tuple[int, int, int], float]:
    return gc.get_threshold(), sys.getswitchinterval()


def test_it_holds_until_the_last_has_left() -> None:
    usual = state()
    first, second = calm(), calm()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert state() == (SELDOM, TURN)
    second.__exit__(None, None, None)
    assert state() == usual
