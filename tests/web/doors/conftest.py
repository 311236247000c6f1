"""Doors are asked by people and programs that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leadline.web.doors import guarding


@pytest.fixture(autouse=True)
def _nobody_has_sent_anything() -> Iterator[None]:
    guarding.forget()
    yield
    guarding.forget()
