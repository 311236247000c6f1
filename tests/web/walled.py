"""What the tests of walls share: hidden records, the state of everything, the ways of asking."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from leadline.history.models import Change
from leadline.history.registry import MEMBERS, recorded_models
from tests.cast import Cast
from tests.web.hidden import Hidden, hide


@pytest.fixture
def hidden(cast: Cast) -> Hidden:
    return hide(cast)


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens inside is not for the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def state() -> dict[str, list[Any]]:
    """Everything that is kept, and how long the log is."""
    models = (*recorded_models().values(), *MEMBERS)
    rows = {model.ENTITY: list(model._default_manager.order_by("pk").values()) for model in models}
    for user in rows["user"]:
        del user["last_login"]
    return {**rows, "log": [Change.objects.count()]}


WAYS: dict[str, dict[str, str]] = {
    "page": {},
    "htmx": {"HX-Request": "true"},
    "script": {"Accept": "application/json"},
}
