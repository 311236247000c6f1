"""Data sets as ledgers: what was kept is read again. That they come in is seen by `leadline evaluate`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leadline.insights.evaluate import datasets
from leadline.insights.evaluate.companies import company
from leadline.insights.ledger.keeping import keep


def test_one_that_was_kept_needs_no_files(tmp_path: Path) -> None:
    ledger, _truth = company("healthy", 5, "small")
    keep(ledger, tmp_path / "maven.npz")
    assert np.array_equal(datasets.dataset("maven", tmp_path, tmp_path).deals.closed, ledger.deals.closed)
    with pytest.raises(FileNotFoundError, match="LEADLINE_TEST_DATA"):
        datasets.dataset("olist", tmp_path, tmp_path)
