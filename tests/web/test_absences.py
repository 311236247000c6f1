"""Out of the office: one's own, those of the people one leads, nobody else's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm.models import Absence
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def test_ones_own_and_of_whom_one_leads(cast: Cast, signed_in: SignedIn) -> None:
    today = timezone.localdate()
    until = today + dt.timedelta(days=4)
    owner, leader = signed_in(cast.owner), signed_in(cast.leader)
    form = {"start_on": today, "end_on": until, "stand_in": cast.teammate.pk, "note": "Holiday"}
    assert owner.post("/me/absences/add/", form).status_code == 302
    own = Absence.objects.get()
    assert (own.owner, own.end_on, own.stand_in, own.note) == (cast.owner, until, cast.teammate, "Holiday")
    assert "Theo stands in" in owner.get("/me/").content.decode()
    assert "Holiday" not in signed_in(cast.teammate).get("/me/").content.decode()
    page = leader.get("/me/").content.decode()
    assert "Olga" in page
    assert leader.post(f"/me/absences/{own.pk}/", {"start_on": today}).status_code == 302  # one day alone, nobody
    own.refresh_from_db()
    assert (own.end_on, own.stand_in) == (today, None)
    assert leader.post("/me/absences/add/", {"owner": cast.teammate.pk, "start_on": today}).status_code == 302
    for stranger in (cast.teammate, cast.outsider):
        assert signed_in(stranger).post(f"/me/absences/{own.pk}/delete/").status_code == 404
        form = {"owner": cast.owner.pk, "start_on": today}
        assert signed_in(stranger).post("/me/absences/add/", form).status_code == 404
    assert owner.post(f"/me/absences/{own.pk}/delete/").status_code == 302
    assert list(Absence.objects.kept().values_list("owner", flat=True)) == [cast.teammate.pk]


def test_what_is_wrong_stands_beside_the_form(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    for form, said in (
        ({"start_on": "soon"}, "2026-12-24"),
        ({"start_on": "2026-12-24", "end_on": "2026-12-23"}, "before the first"),
        ({"start_on": "2026-12-24", "stand_in": cast.owner.pk}, "stands in for themselves"),
    ):
        answer = client.post("/me/absences/add/", form, headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not Absence.objects.exists()
