"""Messages of other programs: taken once where they are signed, refused in words that a program's maker can act on."""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.crm.doors import rotate
from leadline.crm.intake import make_waiting
from leadline.crm.intake.signing import secret_of, signature
from leadline.crm.models import Arrival, Door, Lead
from leadline.web.doors import places
from tests.crm.intake.making import form, hook
from tests.web.doors.sending import JANE, post, send

pytestmark = pytest.mark.django_db


def test_signatures_are_those_of_the_standard() -> None:
    """The example of the Standard Webhooks specification."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    found = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_is_signed_is_taken_once_and_made_a_lead() -> None:
    door = hook(mapping={"who.name": "person", "who.mail": "email"})
    content = {"who": {"name": "Jane\0", "mail": "jane@acme.com"}, "n": 1e308}
    assert post(door, content).status_code == 202
    again = post(door, {"other": 1})
    assert (again.status_code, again.json()) == (200, {"status": "duplicate"})
    assert post(hook(), content).status_code == 202  # another door's marks are its own
    make_waiting()
    assert [str(lead.person) for lead in Lead.objects.all()] == ["Jane\ufffd"]
    assert Arrival.objects.filter(state="failed").count() == 1  # without a mapping it names nobody


@pytest.mark.parametrize(
    ("status", "content", "sent"),
    [
        (400, b"{", {}),
        (400, b"[1]", {}),
        (400, b'{"a":' * 40 + b"1" + b"}" * 40, {}),
        (400, JANE, {"webhook_id": ""}),
        (401, JANE, {"webhook_signature": "v1,AAAA v2,é"}),
        (401, JANE, {"webhook_id": "other"}),
        (401, JANE, {"ago": 301.0}),
        (401, JANE, {"ago": -400.0}),
        (401, JANE, {"webhook_timestamp": "²"}),
        (413, {"message": "x" * 270_000}, {}),
        (411, JANE, {"transfer_encoding": "chunked", "content_length": ""}),
        (415, JANE, {"kind": "text/plain"}),
        (202, JANE, {"webhook_signature": "v1,AAAA {good}"}),
    ],
)
def test_what_is_not_right_is_refused(status: int, content: Any, sent: dict[str, Any]) -> None:
    door = hook()
    if "{good}" in sent.get("webhook_signature", ""):
        moment = str(int(time.time()))
        good = signature(secret_of(door), "msg_1", moment, json.dumps(content).encode())
        sent = {"webhook_signature": sent["webhook_signature"].format(good=good), "webhook_timestamp": moment}
    answer = post(door, content, **sent)
    assert answer.status_code == status
    assert Arrival.objects.count() == (status == 202)
    if status != 202:
        assert answer.json()["error"]


def test_a_new_secret_ends_the_old_one_in_a_day_and_a_closed_webhook_is_gone() -> None:
    door = hook()
    old = secret_of(door)
    assert old.startswith("whsec_")
    rotate(door, by=SYSTEM)
    assert post(door, JANE).status_code == 202
    assert post(door, JANE, mark="1", secret=old).status_code == 202
    Door.objects.update(rotated_at=timezone.now() - dt.timedelta(hours=25))
    assert post(door, JANE, mark="2", secret=old).status_code == 401
    door.edit(by=SYSTEM, active=False)
    assert post(door, JANE, mark="2").status_code == 410
    assert Client().get(f"/hooks/{door.token}/").status_code == 405
    assert Client().get(f"/hooks/{form().token}/").status_code == 404
    assert send(hook(), **JANE).status_code == 404


def test_more_than_a_program_should_send_is_put_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "SENT_BEYOND", 2)
    monkeypatch.setattr(places, "UNSIGNED_BEYOND", 1)
    door = hook()
    answers = [post(door, JANE, mark=str(number)) for number in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert [post(door, JANE, secret="whsec_AAAA").status_code for _n in range(2)] == [401, 429]
