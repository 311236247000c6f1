"""The one act that asks whether one is sure."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from leadline.accounts.models import User
from leadline.crm.models import Person
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import read

SignIn = Callable[[User], Client]
SCRIPT = {"HX-Request": "true"}


def test_the_name_must_be_typed(cast: Cast, signed_in: SignIn) -> None:
    ann = make.person(name="Ann Lee", emails=[{"value": "ann@acme.example"}])
    client = signed_in(cast.administrator)
    assert "This cannot be undone." in client.get(f"/people/{ann.pk}/erase/").content.decode()
    for typed in ("", "Ann", "Ann  Le"):
        answer = client.post(f"/people/{ann.pk}/erase/", {"name": typed}, headers=SCRIPT)
        assert answer.status_code == 422
    ann.refresh_from_db()
    assert ann.name == "Ann Lee"
    answer = client.post(f"/people/{ann.pk}/erase/", {"name": "ann lee "}, headers=SCRIPT)
    assert answer.status_code == 204
    assert '"act": ""' in answer.headers["HX-Trigger"]  # nothing offers an undo
    ann.refresh_from_db()
    assert (ann.name, ann.emails) == ("Erased person", [])
    page = client.get(f"/people/{ann.pk}/").content.decode()
    assert "Ann Lee" not in page
    assert "ann@acme.example" not in page


def test_only_administrators_are_offered_it_and_may(cast: Cast, signed_in: SignIn) -> None:
    ann = make.person(name="Ann", owner=cast.owner)
    for part in ("leader", "owner", "teammate", "outsider", "reader"):
        client = signed_in(getattr(cast, part))
        assert "/erase/" not in client.get(f"/people/{ann.pk}/").content.decode(), part
        assert client.post(f"/people/{ann.pk}/erase/", {"name": "Ann"}, headers=SCRIPT).status_code == 403, part
    assert Person.objects.get().name == "Ann"
    page = read(signed_in(cast.administrator).get(f"/people/{ann.pk}/").content)
    assert [link.text for link in page.all("a", href=f"/people/{ann.pk}/erase/")] == ["Erase this person’s data"]
