"""The tree of teams: added, renamed, moved and ended by administrators only, never in circles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Team, User
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from leadline.web.settings.teams.tree import tree
from tests.cast import Cast
from tests.web.reading import read

SignedIn = Callable[[User], Client]


def team(name: str) -> Team:
    return Team.objects.get(name=name)


def test_the_tree_reads_from_the_top(cast: Cast, signed_in: SignedIn) -> None:
    assert [(branch.team.name, branch.depth) for branch in tree()] == [("Head office", 0), ("North", 1), ("South", 1)]
    for part in ("administrator", "leader", "owner", "reader"):
        page = read(signed_in(getattr(cast, part)).get(reverse("teams")).content)
        assert [heading.text for heading in page.one("ul", class_="team-tree").all("h2")] == [
            "Head office",
            "North",
            "South",
        ]
        assert bool(page.all("form", action=reverse("team_add"))) == (part == "administrator")


def test_added_renamed_moved_and_ended(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.administrator)
    client.post(reverse("team_add"), {"name": " Far   North ", "parent": team("North").pk})
    far = team("Far North")
    assert far.parent == team("North")
    client.post(reverse("team_change", args=[far.pk]), {"name": "East", "parent": team("South").pk})
    assert team("East").parent == team("South")
    client.post(reverse("team_end", args=[team("North").pk]), {"into": team("East").pk})
    assert not Team.objects.filter(name="North").exists()
    assert User.objects.get(name="Olga").team == team("East")
    client.post(reverse("team_change", args=[far.pk]), {"name": "East", "parent": ""})
    assert team("East").parent is None


def test_ending_one_can_be_taken_back(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.administrator).post(
        reverse("team_end", args=[team("North").pk]), {"into": ""}, headers={"HX-Request": "true"}
    )
    assert "leadline:done" in answer.headers["HX-Trigger"]
    act = Change.objects.order_by("-id")[0].act
    assert act
    undo_act(act, by=cast.administrator)
    assert User.objects.get(name="Olga").team == team("North")


@pytest.mark.parametrize("name", ["", "   ", "NORTH", "south ", "x" * 121])
def test_names_that_cannot_be(cast: Cast, signed_in: SignedIn, name: str) -> None:
    client = signed_in(cast.administrator)
    answer = client.post(reverse("team_add"), {"name": name})
    assert answer.status_code == 422
    assert read(answer.content).all("p", class_="error")
    answer = client.post(reverse("team_change", args=[team("Head office").pk]), {"name": name})
    assert answer.status_code == 422
    assert Team.objects.count() == 3


def test_no_circles_and_no_places_that_are_not_there(cast: Cast, signed_in: SignedIn) -> None:
    client, head = signed_in(cast.administrator), team("Head office")
    for parent in (head.pk, team("North").pk, 99999):
        answer = client.post(reverse("team_change", args=[head.pk]), {"name": "Head office", "parent": parent})
        assert answer.status_code == 422, parent
    assert client.post(reverse("team_end", args=[head.pk]), {"into": team("South").pk}).status_code == 422
    assert client.post(reverse("team_end", args=[head.pk]), {"into": 99999}).status_code == 404
    assert team("Head office").parent is None
    assert Team.objects.count() == 3


def test_only_administrators(cast: Cast, signed_in: SignedIn) -> None:
    logged, north = Change.objects.count(), team("North")
    for part in ("leader", "owner", "teammate", "outsider", "reader"):
        client = signed_in(getattr(cast, part))
        assert client.post(reverse("team_add"), {"name": "Mine"}).status_code == 403
        assert client.post(reverse("team_change", args=[north.pk]), {"name": "Mine"}).status_code == 403
        assert client.post(reverse("team_end", args=[north.pk]), {"into": ""}).status_code == 403
    assert Change.objects.count() == logged


def test_names_are_text_and_nothing_else(cast: Cast, signed_in: SignedIn) -> None:
    members.add(Team(name="<script>alert(1)</script>"), by=SYSTEM)
    page = signed_in(cast.administrator).get(reverse("teams")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
