"""The pages Leads and Playbook: what was handed over, what comes back, what playbooks brought, what fits."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, Visibility
from leadline.crm.models import Deal, HandOff, Lack, Playbook
from leadline.history import members
from leadline.insights.ask_fit import by_fit
from leadline.insights.ask_stage_review import ask_stage_review, deals_of_stage_review
from leadline.web.insights.process.reviewing import said
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db
ITEM = {"key": "sent", "name": "Proposal sent", "kind": "tick", "event": True}


@pytest.fixture
def cast() -> Cast:
    return assemble()


def only_own(kind: str) -> None:
    members.add(Visibility(kind=kind, see=Level.OWNER, change=Level.OWNER), by=SYSTEM)


def shown(client: Client, page: str) -> str:
    return re.sub(r"\s+", " ", client.get(f"/insights/{page}/?whole=1&period=all").content.decode())


def table(html: str, name: str) -> str:
    return re.sub("<[^>]+>", " ", html.split(f'id="{name}-table"')[1].split("</table>")[0])


def test_r39_the_page_of_hand_offs(cast: Cast, client: Client) -> None:
    only_own("lead")
    make.deal()
    now = timezone.now()
    lack = Lack(name="No budget").add(by=SYSTEM)
    for state, lacks in (("accepted", []), ("returned", [lack.pk]), ("waiting", [])):
        lead = make.lead(owner=cast.owner)
        HandOff(
            lead=lead,
            giver=cast.teammate,
            taker=cast.owner,
            giver_role="inbound",
            taker_role="closer",
            state=state,
            handed_at=now - dt.timedelta(hours=5),
            answered_at=None if state == "waiting" else now,
            lacks=lacks,
        ).add(by=SYSTEM)
    client.force_login(cast.administrator)
    html = shown(client, "handoffs")
    roles = re.sub(r"\s+", " ", table(html, "handoffs-roles"))
    assert "Inbound development" in roles
    assert "1 of 2" in roles
    assert "No budget" in table(html, "handoffs-lacks")
    behind = client.get("/insights/leads/?metric=hand_offs_accepted&part=failed&giver_role=inbound")
    assert "counts hand-offs" in behind.content.decode()
    assert "from: Inbound development · that were given back" in re.sub(r"\s+", " ", behind.content.decode())
    # Who sees none of the leads counts none of them.
    client.force_login(cast.outsider)
    assert "Inbound development" not in shown(client, "handoffs")


def test_r2_r44_the_page_of_playbooks(cast: Cast, client: Client) -> None:
    stage = make.stage(0)
    for version in (1, 2):
        book = Playbook(stage=stage, version=version, items=[ITEM], published_at=timezone.now())
        book.add(by=SYSTEM)
    won, lost = make.deal(value=100), make.deal()
    won.win(by=SYSTEM)
    lost.lose(by=SYSTEM)
    Deal.objects.filter(pk=won.pk).update(fit=80)
    client.force_login(cast.administrator)
    html = shown(client, "playbook")
    assert f"{stage.name}, version 2" in table(html, "playbook-versions")
    fit = re.sub(r"\s+", " ", table(html, "playbook-fit"))
    assert "75 to 100" in fit
    assert "criteria of today" in html
    found = {row["band"]: (row["numerator"], row["n"], row["size"]) for row in by_fit()}
    assert found == {"75 to 100": (1, 1, 100.0), None: (0, 1, None)}
    behind = client.get("/insights/deals/?panel=playbook.fit&column=value&band=75+to+100").content.decode()
    assert f"/deals/{won.pk}/" in behind
    assert f"/deals/{lost.pk}/" not in behind


def test_r2_a_review_of_stages_by_who_asks(cast: Cast) -> None:
    only_own("deal")
    pipeline = make.stage(0).pipeline_id
    for _n in range(25):
        make.deal(owner=cast.owner, stage=make.stage(0)).move_to(make.stage(1), by=SYSTEM)
    review = ask_stage_review(pipeline, cast.administrator)
    first = review.stages[0]
    assert (first.entered, first.advanced, first.at_once) == (25, 25, 25)
    assert [said(found) for found in review.of(first.stage)] == [
        "Nearly everybody goes on: it decides nothing.",
        f"Who was here comes to {review.stages[1].name} within the hour: the two may be one.",
    ]
    assert len(deals_of_stage_review(review, cast.administrator, first.stage, "at_once")) == 25
    assert ask_stage_review(pipeline, cast.outsider).findings == ()
