"""Who sees what: set by administrators, told in sentences that say what the queries do."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.models import Level, User, Visibility
from leadline.accounts.models.visibility import Guarded, levels
from leadline.accounts.permissions import may, reaches
from leadline.crm.models import Deal
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from leadline.web.settings.visibility.words import example, named
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import read

SignedIn = Callable[[User], Client]


@pytest.mark.parametrize(("see", "change"), itertools.product(Level.values, Level.values))
def test_the_example_says_what_the_queries_do(cast: Cast, see: str, change: str) -> None:
    """For every owner among the cast, everybody's sight and hand agree with the sentence."""
    members.set_visibility("deal", by=cast.administrator, see=see, change_by=change)
    everybody = list(User.objects.all())
    for owner in everybody:
        deal = make.deal(owner=owner)
        shown = example(owner, see, change, everybody)
        for person in everybody:
            seen = Deal.objects.visible_to(person).filter(pk=deal.pk).exists()
            assert seen == reaches(person, see, owner) == (person in shown.see), (person, owner)
            if owner.role != "reader" or person != owner:
                assert may(person, "change", deal) == (person in shown.change), (person, owner)


def test_everybody_reads_it_and_administrators_set_it(cast: Cast, signed_in: SignedIn) -> None:
    for part in ("leader", "owner", "teammate", "outsider", "reader"):
        client = signed_in(getattr(cast, part))
        page = read(client.get(reverse("visibility")).content)
        assert "Everybody sees all deals." in page.text
        assert not page.all("select", name="see")
        answer = client.post(reverse("visibility_set", args=["deal"]), {"see": "owner", "change": "everyone"})
        assert answer.status_code == 403
    assert not Visibility.objects.exists()
    client = signed_in(cast.administrator)
    answer = client.post(
        reverse("visibility_set", args=["deal"]), {"see": "team", "change": "owner"}, headers={"HX-Request": "true"}
    )
    assert levels("deal") == ("team", "owner")
    assert "People see the deals of their own team" in read(answer.content).text
    assert "leadline:done" in answer.headers["HX-Trigger"]
    change = Change.objects.order_by("-id")[0]
    assert (change.entity, change.by_id) == ("visibility", cast.administrator.pk)
    assert change.act
    undo_act(change.act, by=cast.administrator)
    assert levels("deal") == ("everyone", "team")


@pytest.mark.parametrize("sent", [{}, {"see": "owner"}, {"see": "nobody", "change": "team"}, {"see": "", "change": ""}])
def test_nonsense_is_refused(cast: Cast, signed_in: SignedIn, sent: dict[str, str]) -> None:
    client = signed_in(cast.administrator)
    answer = client.post(reverse("visibility_set", args=["deal"]), sent, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert levels("deal") == ("everyone", "team")


def test_only_kinds_that_have_an_owner(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.administrator)
    for kind in ("product", "user", "visibility", "nothing"):
        sent = {"see": "owner", "change": "owner"}
        assert client.post(reverse("visibility_set", args=[kind]), sent).status_code == 404
    for one in Guarded.values:
        client.post(reverse("visibility_set", args=[one]), {"see": "owner", "change": "owner"})
    assert Visibility.objects.count() == len(Guarded)


def test_the_example_tells_of_whom_one_asks(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.administrator)
    members.set_visibility("deal", by=cast.administrator, see="owner", change_by="owner")
    page = client.get(reverse("visibility"), {"of": cast.outsider.pk}).content
    text = read(page).one("section", **{"aria-labelledby": "kind-deal"}).text
    assert text.count("Lena and Umar, and by whoever administers Leadline") == 2
    assert "Ada" not in text, "the rule is about owners and who leads them; it would contradict the sentence"
    members.set_visibility("deal", by=cast.administrator, see="everyone", change_by="owner")
    page = client.get(reverse("visibility"), {"of": cast.outsider.pk}).content
    assert "seen by everybody" in read(page).one("section", **{"aria-labelledby": "kind-deal"}).text
    for nonsense in ("x", "-1", "99999", cast.inactive.pk):
        assert client.get(reverse("visibility"), {"of": nonsense}).status_code == 200


def test_many_names_are_counted(cast: Cast) -> None:
    people = list(User.objects.all()) * 3
    assert named(people[:1], 99) == "Ada"
    assert named([], 99) == "nobody"
    assert named(people[:13], 99) == "13 of 99 people"
    assert named(people, len(people)) == "everybody"
