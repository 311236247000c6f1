"""Between Arrow, arrays and rows."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyarrow as pa

from leadline.insights.numbers.centre import Groups
from leadline.insights.numbers.proportions import Floats


def floats(table: pa.Table, name: str) -> Floats:
    """A column of numbers."""
    found: Floats = table.column(name).to_numpy().astype(np.float64)
    return found


def groups(table: pa.Table, name: str) -> Groups:
    """A column of lists, each in ascending order."""
    lists: Any = table.column(name).combine_chunks()
    starts = lists.offsets.to_numpy().astype(np.int64)
    values = lists.values.to_numpy(zero_copy_only=False).astype(np.float64)
    return Groups(values[starts[0] : starts[-1]], starts - starts[0])


def shown(value: float) -> float | None:
    """A number for a row; None for what cannot be said."""
    return None if math.isnan(value) else float(value)
