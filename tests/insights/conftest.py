"""One warehouse for all ledgers of a file: it is built anew whenever another ledger is followed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leadline.insights.store.warehouse import Warehouse


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    opened = Warehouse()
    yield opened
    opened.close()
