"""What eases the work while rows stream by: less garbage collection, and quick turns for other threads."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = (100_000, 50, 1000)  # rows make no circles, and looking for some costs a sixth
# Seconds after which a busy thread lets others have a turn. A page waits that long after each of its queries.
TURN = 0.0005

_lock = Lock()
_inside = 0
_usual: tuple[tuple[int, int, int], float] = (gc.get_threshold(), sys.getswitchinterval())


@contextmanager
def calm() -> Iterator[None]:
    """Holds within the block, and until the last of several at once has left it; then all is as before."""
    global _inside, _usual
    with _lock:
        if not _inside:
            _usual = gc.get_threshold(), sys.getswitchinterval()
            gc.set_threshold(*SELDOM)
            sys.setswitchinterval(TURN)
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside:
                gc.set_threshold(*_usual[0])
                sys.setswitchinterval(_usual[1])
