"""Where chance comes from: a stream of its own for every purpose and block, the same in every scenario of a seed.

So what a fault does not touch comes out as it does in the healthy company, draw by draw.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

COMPANY = 0  # a block number kept for what is drawn once; the blocks of leads count from 1
TRIAL = 1 << 30  # the same for the trial run


class Purpose(IntEnum):
    """What is drawn."""

    STAFF = 0
    ARRIVALS = 1
    LEADS = 2
    DEALS = 3
    AGAIN = 4
    WORK = 8
    FLUFF = 9


def chance(seed: int, block: int, purpose: Purpose) -> np.random.Generator:
    """The stream of a purpose in a block."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(block, int(purpose))))
