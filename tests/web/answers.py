"""What settings answer, read: the rows, the act that a toast takes back, the errors beside fields."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.models import User
from tests.cast import Cast
from tests.web.reading import Element, read

SignIn = Callable[[User], Client]


@pytest.fixture
def leader(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.leader)


def at(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def part(answer: Any) -> Element:
    return read(answer.content).one(id="rows")


def act_of(answer: Any) -> str:
    return json.loads(answer.headers["HX-Trigger"])["leadline:done"]["act"]


def errors(answer: Any) -> list[str]:
    return [found.text for found in read(answer.content).all(class_="error")]
