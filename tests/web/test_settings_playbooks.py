"""Playbooks are written, published and read; stages are reviewed, and who leads is reminded of it (R1, R2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Playbook
from leadline.crm.playbooks import draft_of, published
from leadline.mail.models import Cover
from leadline.web.digests.making import gathered, scope_of
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import read

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def form_of(page: bytes) -> dict[str, Any]:
    """What a browser would send of the editor's form as it is drawn."""
    form = read(page).all(id="playbook-form")[0]
    sent = {}
    for one in form.all("input"):
        kind, name = one.attributes.get("type", "text"), one.attributes.get("name")
        if name and (kind != "checkbox" or "checked" in one.attributes):
            sent[name] = "on" if kind == "checkbox" else one.attributes.get("value", "")
    for one in form.all("select"):
        chosen = [option for option in one.all("option") if "selected" in option.attributes] or one.all("option")
        sent[one.attributes["name"]] = chosen[0].attributes["value"]
    sent["guidance"] = "".join(map(str, form.all("textarea")[0].children)).strip()
    return sent


def test_a_playbook_is_typed_kept_as_a_draft_and_published(cast: Cast, signed_in: SignIn) -> None:
    stage = make.stage(2)
    at, client = reverse("playbook", args=[stage.pk]), signed_in(cast.leader)
    script = {"HX-Request": "true"}

    def send(**more: str) -> Any:
        return client.post(at, {**form_of(client.get(at).content), **more}, headers=script)

    send(**{"new-name": "Budget", "new-kind": "choice", "guidance": "# Ask\n- <b>why</b>"})
    send(**{"new-name": "Who signs?", "new-kind": "person"})
    send(**{"item-0-required": "on", "item-0-weight": "60", "link-0-href": "https://example.com/a"})
    refused = send(**{"item-0-weight": "160", "item-1-name": "Who decides?"})
    assert refused.status_code == 422
    assert "a weight is 0 to 100" in refused.content.decode()
    assert "Who decides?" in refused.content.decode()  # what was typed is still there
    send(do="up-1")
    draft = draft_of(stage)
    assert draft is not None
    assert [(item["name"], item["kind"], item["weight"]) for item in draft.items] == [
        ("Who signs?", "person", 0), ("Budget", "choice", 60),
    ]  # fmt: skip
    assert (draft.items[0]["role"], draft.items[1]["required"]) == ("Who signs?", True)
    assert draft.guidance == "<h1>Ask</h1><ul><li>&lt;b&gt;why&lt;/b&gt;</li></ul>"
    assert draft.links == [{"name": "https://example.com/a", "href": "https://example.com/a"}]

    paper = SimpleUploadedFile("Price list.pdf", b"%PDF-1.7 prices")
    client.post(reverse("playbook_file_add", args=[stage.pk]), {"file": paper}, headers=script)
    draft.refresh_from_db()
    kept = draft.links[1]
    assert kept["name"] == "Price list.pdf"
    got = signed_in(cast.reader).get(kept["href"])
    assert (b"".join(got), got.headers["Content-Type"]) == (b"%PDF-1.7 prices", "application/octet-stream")
    assert client.get(kept["href"].replace(kept["href"].split("/")[2], "0" * 64)).status_code == 404
    send(do="unlink-1")
    draft.refresh_from_db()
    assert len(draft.links) == 1

    stale = form_of(client.get(at).content)
    draft.edit(by=cast.administrator, guidance="<p>Mine.</p>")
    assert (
        "Somebody has worked on this" in client.post(at, {**stale, "do": "remove-0"}, headers=script).content.decode()
    )
    assert len(Playbook.objects.get(pk=draft.pk).items) == 2

    client.post(reverse("playbook_publish", args=[stage.pk]), {"for_standing": "on"}, headers=script)
    assert [(book.version, book.for_standing) for book in published(stage.pk)] == [(1, True)]
    seller = signed_in(cast.owner)
    page = seller.get(at).content.decode()
    assert "Budget" in page
    assert "playbook-form" not in page
    assert seller.post(at, {"items": "0", "links": "0"}).status_code == 403
    assert "version 1 · 2 items, 1 required" in " ".join(read(seller.get(reverse("playbooks")).content).text.split())
    send(do="remove-0")
    client.post(reverse("playbook_discard", args=[stage.pk]), headers=script)
    assert (draft_of(stage), len(published(stage.pk)[0].items)) == (None, 2)


def test_a_review_says_what_the_deals_say_and_comes_again(cast: Cast, signed_in: SignIn) -> None:
    first, second, third = (make.stage(at) for at in range(3))
    for day in range(1, 31):
        at = timezone.now() - dt.timedelta(days=day + 2)
        deal = make.deal(by=cast.owner, owner=cast.owner, stage=first, created_at=at, at=at)
        deal.move_to(second, by=cast.owner, at=at + dt.timedelta(days=1))
        deal.move_to(third, by=cast.owner, at=at + dt.timedelta(days=1, minutes=40))
    client = signed_in(cast.leader)
    page = reverse("stage_review", args=[first.pipeline_id])
    said = read(client.get(page).content).one(id="rows").text
    assert "Nobody stops in Target: 100% (30 of 30) went on" in said
    assert "Contacted and Meeting agreed are passed together" in said
    behind = client.get(f"{page}deals/", {"stage": second.pk, "number": "at_once"})
    assert len(read(behind.content).all("li")) >= 30
    assert client.get(f"{page}deals/", {"stage": first.pk, "number": "x"}).status_code == 400
    client.post(reverse("stage_reviewed", args=[first.pk]), {"weeks": "6"})
    first.refresh_from_db()
    assert first.review_on == timezone.localdate() + dt.timedelta(weeks=6)
    wrong = client.post(reverse("stage_reviewed", args=[first.pk]), {"weeks": "soon"}, headers={"HX-Request": "true"})
    assert "Write how many weeks" in wrong.content.decode()


def test_who_leads_is_reminded_when_a_review_is_due(cast: Cast, signed_in: SignIn) -> None:
    stage, later = make.stage(1), make.stage(2)
    make.deal(by=cast.owner)
    stage.edit(by=SYSTEM, review_on=timezone.localdate() - dt.timedelta(days=3))
    later.edit(by=SYSTEM, review_on=timezone.localdate() + dt.timedelta(days=3))
    told = read(signed_in(cast.leader).get("/today/").content).all(id="reviews")
    assert "Contacted" in told[0].text
    assert "Meeting agreed" not in told[0].text
    assert read(signed_in(cast.owner).get("/today/").content).all(id="reviews") == []
    parts = {part.key: part for part in gathered(scope_of(cast.leader, Cover.WEEK, timezone.now()))}
    assert [line.text for line in parts["reviews"].lines] == ["Contacted"]
