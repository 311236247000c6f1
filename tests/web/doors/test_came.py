"""The page of a lead says how it came, and what was agreed to."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from leadline.accounts.models import User
from leadline.crm.intake import make_waiting
from leadline.crm.models import Lead
from tests.cast import Cast
from tests.crm.intake.making import form
from tests.web.doors.sending import JANE, send


def test_a_lead_says_how_it_came(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    door = form(name="Price list", consent="You may write to me.")
    send(door, **JANE, _page="https://site.example/<prices>", _utm_source="letter")
    send(door, **JANE, message="And pipes?", _consent="1")
    make_waiting()
    page = signed_in(cast.administrator).get(f"/leads/{Lead.objects.get().pk}/").content.decode()
    assert "Came by Price list and once more" in page
    assert "https://site.example/&lt;prices&gt;" in page
    assert "letter" in page
    assert "“You may write to me.” (not agreed to)" in page
    assert "“You may write to me.” (agreed to on" in page
