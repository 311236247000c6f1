"""The list of people and a person's page, by the whole cast and by people who mean harm."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Team, User
from leadline.crm.models import Deal
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast, person
from tests.web.reading import read

SignedIn = Callable[[User], Client]
OTHERS = ("leader", "owner", "teammate", "outsider", "reader")
DEEDS = ("user", "user_link", "user_sign_out", "user_leave", "user_return", "user_hand_over")


def facts(user: User, **changed: object) -> dict[str, object]:
    """What the form of a person's page sends."""
    sent = {"name": user.name, "email": user.email or "", "role": user.role, "team": user.team_id or ""}
    return {**sent, "carries_quota": "on", **changed}


def words(client: Client, address: str) -> str:
    return read(client.get(address).content).one("main").text


def test_everybody_reads_who_is_here(cast: Cast, signed_in: SignedIn) -> None:
    for part in ("administrator", *OTHERS):
        page = words(signed_in(getattr(cast, part)), reverse("users"))
        assert "Olga" in page
        assert "olga@example.com" in page
        assert ("Add somebody" in page) == (part == "administrator")
        one = words(signed_in(getattr(cast, part)), reverse("user", args=[cast.owner.pk]))
        assert "North" in one
        assert ("They leave" in one) == (part == "administrator")


def test_narrowed_by_state_and_found_by_name(cast: Cast, signed_in: SignedIn) -> None:
    members.invite("Ínes", email="ines@example.com", by=SYSTEM)
    client = signed_in(cast.reader)
    assert "Olga" not in words(client, f"{reverse('users')}?state=known")
    assert "Ínes" in words(client, f"{reverse('users')}?q=íNES")
    assert "Olga" not in words(client, f"{reverse('users')}?q=íNES")
    assert "Nobody is called like that" in words(client, f"{reverse('users')}?q=%00<script>")
    assert client.get(f"{reverse('users')}?state=nonsense").status_code == 200


def test_only_administrators_change_anything(cast: Cast, signed_in: SignedIn) -> None:
    before = [(user.pk, user.name, user.role, user.is_active) for user in User.objects.order_by("pk")]
    logged = Change.objects.count()
    for part in OTHERS:
        client = signed_in(getattr(cast, part))
        for target in (cast.owner, getattr(cast, part)):  # their own row as well: nobody gives themselves a role
            sent = facts(target, role="administrator", name="Changed", to=cast.teammate.pk, kind="deal")
            for deed in DEEDS:
                if deed == "user_sign_out" and target.pk == getattr(cast, part).pk:
                    continue  # everybody may end their own sessions
                assert client.post(reverse(deed, args=[target.pk]), sent).status_code == 403, (part, deed)
        assert client.get(reverse("user_add")).status_code == 403
        assert client.post(reverse("user_add"), {"name": "Mallory", "role": "administrator"}).status_code == 403
    assert before == [(user.pk, user.name, user.role, user.is_active) for user in User.objects.order_by("pk")]
    assert Change.objects.count() == logged


def test_somebody_new_gets_a_link_that_is_shown_once(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.administrator)
    team = Team.objects.get(name="South")
    sent = {"name": "Nina", "email": "Nina@Example.com", "role": "seller", "team": team.pk}
    answer = client.post(reverse("user_add"), sent, follow=True)
    nina = User.objects.get(name="Nina")
    assert (nina.email, nina.team, nina.is_active) == ("nina@example.com", team, False)
    link = read(answer.content).one("input", id="link").attributes["value"]
    assert link.startswith("http://testserver/join/")
    assert "/join/" not in words(client, reverse("user", args=[nina.pk]))
    join = Client()
    assert join.post(link, {"password": "seven brass lanterns"}).status_code == 302
    assert User.objects.get(pk=nina.pk).is_active
    assert Client().get(link).status_code == 410


def test_an_address_belongs_to_one_person_whatever_its_case(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.administrator)
    answer = client.post(reverse("user_add"), {"name": "Double", "email": "OLGA@EXAMPLE.COM", "role": "seller"})
    assert answer.status_code == 422
    assert read(answer.content).all("p", class_="error")
    assert not User.objects.filter(name="Double").exists()
    answer = client.post(reverse("user", args=[cast.teammate.pk]), facts(cast.teammate, email=" Olga@example.COM"))
    assert answer.status_code == 422
    assert User.objects.get(pk=cast.teammate.pk).email == "theo@example.com"


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"email": "nobody"}, {"role": "king"}, {"team": 999}, {"hired_on": "2026-02-30"}, {"email": ""}],
)
def test_what_cannot_be_stands_beside_its_field(cast: Cast, signed_in: SignedIn, wrong: dict[str, object]) -> None:
    answer = signed_in(cast.administrator).post(reverse("user", args=[cast.owner.pk]), facts(cast.owner, **wrong))
    assert answer.status_code == 422
    assert len(read(answer.content).all("p", class_="error")) == 1
    assert User.objects.get(pk=cast.owner.pk).name == "Olga"


def test_the_last_day_does_not_lie_before_the_first(cast: Cast, signed_in: SignedIn) -> None:
    sent = facts(cast.owner, hired_on="2026-03-01", left_on="2026-02-01")
    assert signed_in(cast.administrator).post(reverse("user", args=[cast.owner.pk]), sent).status_code == 422


def test_a_change_is_saved_logged_and_taken_back(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.administrator)
    south = Team.objects.get(name="South")
    sent = facts(cast.owner, name="Olga II", role="leader", team=south.pk, hired_on="2024-05-01")
    answer = client.post(reverse("user", args=[cast.owner.pk]), sent, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "leadline:done" in answer.headers["HX-Trigger"]
    olga = User.objects.get(pk=cast.owner.pk)
    assert (olga.name, olga.role, olga.team, str(olga.hired_on)) == ("Olga II", "leader", south, "2024-05-01")
    change = Change.objects.order_by("-id")[0]
    assert (change.by_id, change.entity, change.verb) == (cast.administrator.pk, "user", "change")
    assert change.act
    undo_act(change.act, by=cast.administrator)
    assert User.objects.get(pk=cast.owner.pk).role == "seller"


@pytest.mark.parametrize("sent", [{"role": "seller"}, {"role": "reader"}])
def test_the_last_administrator_stays_one(cast: Cast, signed_in: SignedIn, sent: dict[str, str]) -> None:
    ada, client = cast.administrator, signed_in(cast.administrator)
    answer = client.post(reverse("user", args=[ada.pk]), facts(ada, **sent))
    assert answer.status_code == 422
    assert "The last administrator stays" in read(answer.content).text
    assert client.post(reverse("user_leave", args=[ada.pk]), {}).status_code == 422
    ada = User.objects.get(pk=ada.pk)
    assert ada.is_administrator
    assert ada.is_active
    person("Second", role="administrator")
    client.post(reverse("user", args=[ada.pk]), facts(ada, **sent))
    assert User.objects.get(pk=ada.pk).role == sent["role"]


def test_whoever_leaves_is_out_and_their_work_goes_on(cast: Cast, signed_in: SignedIn) -> None:
    olga_at_work = signed_in(cast.owner)
    deal, won = make.deal(owner=cast.owner), make.deal(owner=cast.owner)
    won.win(by=SYSTEM)
    client = signed_in(cast.administrator)
    answer = client.post(
        reverse("user_leave", args=[cast.owner.pk]),
        {"left_on": "2026-11-01", "to": cast.teammate.pk},
        headers={"HX-Request": "true"},
    )
    assert "1 record was handed over." in answer.headers["HX-Trigger"]
    olga = User.objects.get(pk=cast.owner.pk)
    assert (olga.is_active, str(olga.left_on)) == (False, "2026-11-01")
    assert Deal.objects.get(pk=deal.pk).owner == cast.teammate
    assert Deal.objects.get(pk=won.pk).owner == cast.owner
    assert olga_at_work.get(reverse("me")).status_code == 302
    act = Change.objects.filter(entity="user").order_by("-id")[0].act
    assert act
    assert undo_act(act, by=cast.administrator).left == []
    assert User.objects.get(pk=cast.owner.pk).is_active
    assert Deal.objects.get(pk=deal.pk).owner == cast.owner


def test_nobody_takes_over_who_cannot(cast: Cast, signed_in: SignedIn) -> None:
    make.deal(owner=cast.owner)
    client = signed_in(cast.administrator)
    for to in (cast.owner, cast.inactive, cast.reader):
        for deed in ("user_leave", "user_hand_over"):
            answer = client.post(reverse(deed, args=[cast.owner.pk]), {"to": to.pk, "kind": "deal"})
            assert answer.status_code == 422, (to, deed)
    assert User.objects.get(pk=cast.owner.pk).is_active
    assert Deal.objects.get().owner == cast.owner


def test_only_the_kinds_that_were_ticked_go(cast: Cast, signed_in: SignedIn) -> None:
    deal, lead = make.deal(owner=cast.owner), make.lead(owner=cast.owner)
    client = signed_in(cast.administrator)
    client.post(reverse("user_hand_over", args=[cast.owner.pk]), {"to": cast.teammate.pk, "kind": "lead"})
    deal.refresh_from_db()
    lead.refresh_from_db()
    assert (deal.owner, lead.owner) == (cast.owner, cast.teammate)


def test_sessions_end_everywhere(cast: Cast, signed_in: SignedIn) -> None:
    phone, laptop = signed_in(cast.owner), signed_in(cast.owner)
    client = signed_in(cast.administrator)
    client.post(reverse("user_sign_out", args=[cast.owner.pk]))
    assert phone.get(reverse("me")).status_code == laptop.get(reverse("me")).status_code == 302
    assert client.get(reverse("me")).status_code == 200
    assert Session.objects.count() == 1
    assert User.objects.get(pk=cast.owner.pk).is_active
    answer = client.post(reverse("user_sign_out", args=[cast.administrator.pk]))
    assert answer.headers["Location"] == reverse("account_login")


def test_somebody_comes_back(cast: Cast, signed_in: SignedIn) -> None:
    signed_in(cast.administrator).post(reverse("user_return", args=[cast.inactive.pk]))
    assert User.objects.get(pk=cast.inactive.pk).is_active


def test_a_link_needs_an_address_and_goes_by_mail_where_mail_goes(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.administrator)
    known = members.add(User(name="Known", is_active=False), by=SYSTEM)
    answer = client.post(reverse("user_link", args=[known.pk]), headers={"HX-Request": "true"})
    assert answer.status_code == 422
    address = reverse("user_link", args=[cast.inactive.pk])
    client.post(address, {"send": "1"})
    assert mail.outbox == []  # no EMAIL_URL: the link is shown instead
    locmem = "django.core.mail.backends.locmem.EmailBackend"
    with override_settings(EMAIL_URL="smtp://localhost", EMAIL_BACKEND=locmem):
        answer = client.post(address, {"send": "1"}, follow=True)
        assert [message.to for message in mail.outbox] == [["ivan@example.com"]]
        assert "/join/" in str(mail.outbox[0].body)
        assert "/join/" not in read(answer.content).text
    assert settings.EMAIL_URL == ""
    with override_settings(EMAIL_URL="smtp://x", EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend"):
        with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=1):
            answer = client.post(address, {"send": "1"}, follow=True)
        assert "could not be sent" in read(answer.content).text
        assert read(answer.content).one("input", id="link")
