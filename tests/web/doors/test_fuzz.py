"""Whatever is sent to a door: it is answered, never by a failure; and what was thanked for is there, and counted."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.crm.intake import counts, make_waiting
from leadline.crm.intake.signing import secret_of, signature
from leadline.crm.models import Arrival, Door, Lead
from leadline.web.doors import guarding
from tests.crm.intake.making import FIELDS, form, hook
from tests.web.doors.sending import post, send

pytestmark = pytest.mark.django_db
bounded = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])

odd = st.sampled_from(["\0", "\ud800", "\u202e", "=1+1", "<script>", "'; --", "a@b.example", "١٢", "x" * 300, "￾", " "])
texts = st.one_of(st.text(max_size=40), odd)
names = st.one_of(st.sampled_from(["person", "email", "organization", "message", "phone", "website", "title"]), texts)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=4)),
    max_leaves=12,
)


@pytest.fixture
def doors() -> tuple[Door, Door]:
    mapping = {"a.0.b": "email", "person.name": "person", "x.y": "own.no-such-field", "title": "utm_campaign"}
    return form(fields=[*FIELDS, {"name": "website", "kind": "url"}]), hook(mapping=mapping)


def adds_up() -> None:
    make_waiting()
    told = counts()
    assert told.came == sum(told[1:])
    assert told.waiting == 0
    assert Lead.objects.count() == told.taken
    assert not Arrival.objects.filter(state__in=("taken", "joined"), lead=None).exists()
    assert not Arrival.objects.filter(why__startswith="Leadline failed").exists()


def sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@bounded
@given(
    filled=st.dictionaries(names, texts, max_size=6),
    where=st.dictionaries(st.sampled_from(("_page", "_utm_term", "_seal", "_url", "_embed")), texts),
)
def test_forms(doors: tuple[Door, Door], filled: dict[str, str], where: dict[str, str]) -> None:
    guarding.forget()
    said = {sendable(name): sendable(text) for name, text in {**filled, **where}.items()}
    before = Arrival.objects.count()
    answer = send(doors[0], **{**said, **({} if "person" in said else {"person": "Jo"})})
    assert answer.status_code in (303, 422)
    assert Arrival.objects.count() - before == (answer.status_code == 303) or Arrival.objects.filter(given__person="Jo")
    adds_up()


@bounded
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(
        ["application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16", "é"]
    ),
    query=st.text(max_size=30),
    method=st.sampled_from(["GET", "POST", "HEAD", "PUT", "OPTIONS"]),
)
def test_addresses_and_bodies(doors: tuple[Door, Door], body: bytes, kind: str, query: str, method: str) -> None:
    guarding.forget()
    for door, at in ((doors[0], "forms"), (doors[1], "hooks")):
        address = f"/{at}/{door.token}/"
        ask: Any = {"QUERY_STRING": sendable(query).encode().decode("latin-1"), "HTTP_REFERER": sendable(query)}
        answer = Client().generic(method, address, body, content_type=kind, **ask)
        assert answer.status_code < 500
    adds_up()


@bounded
@given(content=st.dictionaries(names, values, max_size=6), mark=st.text(min_size=1, max_size=20))
def test_messages(doors: tuple[Door, Door], content: dict[str, Any], mark: str) -> None:
    guarding.forget()
    before = Arrival.objects.count()
    answer = post(doors[1], content, mark="".join(sign for sign in mark if sign.isprintable()) or "x")
    assert answer.status_code in (202, 200)
    assert Arrival.objects.count() - before == (answer.status_code == 202)
    adds_up()


@bounded
@given(body=st.one_of(st.binary(min_size=1, max_size=60), values.map(lambda value: json.dumps(value).encode())))
def test_messages_of_bytes(doors: tuple[Door, Door], body: bytes) -> None:
    guarding.forget()
    moment = str(int(time.time()))
    signed = {"webhook-signature": signature(secret_of(doors[1]), "m", moment, body), "webhook-timestamp": moment}
    ask: Any = {"content_type": "application/json", "headers": {"webhook-id": "m", **signed}}
    assert Client().post(f"/hooks/{doors[1].token}/", body, **ask).status_code in (202, 200, 400)
    adds_up()
