"""A full disk, told from other faults: each library says it in its own words."""

from __future__ import annotations

import errno
from collections.abc import Iterator

FULL = (
    "The disk is full. Make room where the data folder (LEADLINE_DATA) lies and do it again; "
    "what was cut short is taken back at the next start, and leadline doctor says whether all is well."
)
WORDS = ("disk is full", "no space left on device", "could not extend file", "disk quota exceeded")


def is_full(error: BaseException) -> bool:
    """Whether this, or what led to it, came of a disk (or a quota) without room."""
    return any(
        (isinstance(one, OSError) and one.errno in (errno.ENOSPC, errno.EDQUOT))
        or any(words in str(one).lower() for words in WORDS)
        for one in _chain(error)
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__
