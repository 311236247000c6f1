"""Sources and campaigns, lost reasons, labels, activity types: added to, renamed, joined and deleted by leaders."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import ActivityType, Outcome, add_default_outcomes, add_default_types
from leadline.crm.models import Campaign, Deal, DiscardReason, Label, Lack, LostReason, Source
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import Element, read

SignIn = Callable[[User], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}
PAGES = {
    "sources": Source,
    "lost_reasons": LostReason,
    "discard_reasons": DiscardReason,
    "lacks": Lack,
    "labels": Label,
    "activity_types": ActivityType,
    "outcomes": Outcome,
}
KEYS = {page: page.replace("_", "-") for page in PAGES}
ODD = ["👩‍👩‍👧 Family", "إحالة من عميل", "<script>alert(1)</script>", 'O\'Hara & "Sons"', "x" * 120]


def part(answer: Any) -> Element:
    return read(answer.content).one(id="rows")


def act_of(answer: Any) -> str:
    return json.loads(answer.headers["HX-Trigger"])["leadline:done"]["act"]


def errors(answer: Any) -> list[str]:
    return [found.text for found in read(answer.content).all(class_="error")]


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_list_says_what_will_be_there(cast: Cast, signed_in: SignIn, page: str) -> None:
    answer = signed_in(cast.leader).get(reverse(page))
    assert answer.status_code == 200
    assert part(answer).one(class_="nothing").text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ODD)
def test_rows_of_all_names_come_and_go(cast: Cast, signed_in: SignIn, page: str, name: str) -> None:
    client, key, model = signed_in(cast.leader), KEYS[page], PAGES[page]
    answer = client.post(reverse("named_add", args=[key]), {"name": name}, **HTMX)
    row = model.objects.get()
    assert (answer.status_code, row.name) == (200, name)
    assert b"<script>alert" not in answer.content
    inputs = [found.attributes.get("value") for found in part(answer).all("input", name="name")]
    assert name in inputs
    answer = client.post(reverse("named_change", args=[key, row.pk]), {"name": "Plain", "was": name}, **HTMX)
    assert (answer.status_code, model.objects.get().name) == (200, "Plain")
    undo_act(act_of(answer), by=cast.leader)
    assert model.objects.get().name == name
    answer = client.post(reverse("named_delete", args=[key, row.pk]), **HTMX)
    assert not model.objects.kept().exists()
    assert name in part(answer).one(id="deleted").text
    client.post(reverse("named_restore", args=[key, row.pk]), **HTMX)
    assert model.objects.kept().exists()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["", "   ", "y" * 300, "FIRST"])
def test_what_is_refused_stands_beside_its_field(cast: Cast, signed_in: SignIn, page: str, name: str) -> None:
    client, key = signed_in(cast.leader), KEYS[page]
    client.post(reverse("named_add", args=[key]), {"name": "First"}, **HTMX)
    answer = client.post(reverse("named_add", args=[key]), {"name": name}, **HTMX)
    assert (answer.status_code, len(errors(answer))) == (422, 1)
    assert part(answer).one("input", id="add-name").attributes["value"] == name
    assert PAGES[page].objects.count() == 1


def test_without_scripts_the_same_forms_work(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.administrator)
    answer = client.post(reverse("named_add", args=["sources"]), {"name": "Fair"}, follow=True)
    assert answer.redirect_chain == [(reverse("sources"), 302)]
    assert "Fair added." in read(answer.content).text
    answer = client.post(reverse("named_add", args=["sources"]), {"name": "fair"})
    assert answer.status_code == 422
    assert read(answer.content).one("h1").text == "Sources and campaigns"


def test_somebody_renamed_it_first(cast: Cast, signed_in: SignIn) -> None:
    source = make.source("Fair")
    client = signed_in(cast.leader)
    client.post(reverse("named_change", args=["sources", source.pk]), {"name": "Trade fair", "was": "Fair"}, **HTMX)
    answer = client.post(reverse("named_change", args=["sources", source.pk]), {"name": "Expo", "was": "Fair"}, **HTMX)
    assert answer.status_code == 409
    assert "changed to Trade fair" in errors(answer)[0]
    assert part(answer).one(id=f"name-sources-{source.pk}").attributes["value"] == "Expo"  # what was typed stays


def test_campaigns_stand_in_their_source(cast: Cast, signed_in: SignIn) -> None:
    fair, web = make.source("Fair"), make.source("Web")
    client = signed_in(cast.leader)
    add = reverse("named_add", args=["campaigns"])
    for source in (fair, web):
        assert client.post(add, {"name": "Spring", "source": source.pk}, **HTMX).status_code == 200
    answer = client.post(add, {"name": "spring", "source": web.pk}, **HTMX)
    assert answer.status_code == 422
    assert part(answer).one(id=f"add-campaign-{web.pk}").attributes["value"] == "spring"
    assert part(answer).one(id=f"inside-{web.pk}").attributes.get("open") is not None
    assert client.post(add, {"name": "Lost", "source": "0"}, **HTMX).status_code == 404
    assert set(Campaign.objects.values_list("name", "source_id")) == {("Spring", fair.pk), ("Spring", web.pk)}


def test_uses_are_counted(cast: Cast, signed_in: SignIn) -> None:
    source = make.source()
    make.deal(source=source)
    make.lead(source=source)
    make.lead(source=source)
    campaign, other = make.campaign(source=source), make.source("Fair")
    client = signed_in(cast.leader)
    counted = read(client.get(reverse("named_uses", args=["sources"])).content)
    assert counted.one(id=f"uses-source-{source.pk}").text == "1 deal, 2 leads"
    assert counted.one(id=f"uses-source-{other.pk}").text == "not used"
    assert counted.one(id=f"uses-campaign-{campaign.pk}").text == "not used"
    asked = read(
        client.get(reverse("named_uses", args=["sources"]) + f"?row=source-{source.pk}&row=x&row=label-").content
    )
    assert [place.text for place in asked.all(class_="uses")] == ["1 deal, 2 leads"]


def test_the_page_stands_before_anything_is_counted(cast: Cast, signed_in: SignIn) -> None:
    source = make.source()
    make.deal(source=source)
    client = signed_in(cast.leader)
    page = client.get(reverse("sources"))
    assert part(page).one(id=f"uses-source-{source.pk}").text == ""
    assert read(page.content).one(id="uses").attributes["hx-get"] == reverse("named_uses", args=["sources"])
    assert "Count uses" in page.content.decode()  # without scripts
    assert part(client.get(reverse("sources") + "?uses=shown")).one(id=f"uses-source-{source.pk}").text == "1 deal"


def test_two_that_mean_the_same_become_one(cast: Cast, signed_in: SignIn) -> None:
    keep, lose = make.lost_reason("Price"), make.lost_reason("Too dear")
    deal = make.deal()
    deal.lose(by=SYSTEM, reason=lose)
    client = signed_in(cast.leader)
    asked = part(client.get(reverse("lost_reasons") + f"?ask=join-lost-reasons-{lose.pk}", **HTMX))
    options = [found.text for found in asked.one("select", name="into").all("option")]
    assert options == ["Price"]
    answer = client.post(reverse("named_join", args=["lost-reasons", lose.pk]), {"into": keep.pk}, **HTMX)
    assert answer.status_code == 200
    assert "1 record changed" in answer.headers["HX-Trigger"]
    assert answer.headers["Leadline-Uses"] == f"lost_reason-{keep.pk}"
    assert Deal.objects.get().lost_reason_id == keep.pk
    undo_act(act_of(answer), by=cast.leader)
    assert Deal.objects.get().lost_reason_id == lose.pk


def test_activity_types_have_an_order_and_icons(cast: Cast, signed_in: SignIn) -> None:
    add_default_types(by=SYSTEM)
    ids = list(ActivityType.objects.kept().values_list("pk", flat=True))
    client = signed_in(cast.leader)
    order = reverse("named_order", args=["activity-types"])
    answer = client.post(order, {"order": ",".join(map(str, ids[::-1]))}, **HTMX)
    assert answer.status_code == 200
    assert list(ActivityType.objects.kept().values_list("pk", flat=True)) == ids[::-1]
    answer = client.post(order, {"order": "1,abc,,99999999999999999999"}, **HTMX)
    assert answer.status_code == 422
    change = reverse("named_change", args=["activity-types", ids[0]])
    client.post(change, {"icon": "video"}, **HTMX)
    assert ActivityType.objects.get(pk=ids[0]).icon == "video"
    client.post(change, {"icon": "../../../etc/passwd"}, **HTMX)
    assert ActivityType.objects.get(pk=ids[0]).icon == ""


def test_types_have_a_kind_of_work_and_minutes_outcomes_a_meaning(cast: Cast, signed_in: SignIn) -> None:
    (demo, *_others) = ActivityType.objects.filter(pk__in=[row.pk for row in add_default_types(by=SYSTEM)], name="Demo")
    (reached, *_more) = (row for row in add_default_outcomes(by=SYSTEM) if row.name == "Reached")
    client = signed_in(cast.leader)
    change = reverse("named_change", args=["activity-types", demo.pk])
    for typed, wanted in (
        ({"minutes": "90", "was": "45"}, 200),
        ({"minutes": "", "was": "90"}, 200),
        ({"minutes": "ages", "was": ""}, 422),
        ({"work": "care", "was": "selling"}, 200),
        ({"work": "care", "was": "selling"}, 409),
        ({"work": "idling", "was": "care"}, 422),
    ):
        assert client.post(change, typed, **HTMX).status_code == wanted, typed
    demo.refresh_from_db()
    assert (demo.minutes, demo.work) == (None, "care")
    make.activity(outcome="reached ")
    change = reverse("named_change", args=["outcomes", reached.pk])
    answer = client.post(change, {"counts_as": "conversation", "was": "reached"}, **HTMX)
    assert "counts as is changed" in answer.headers["HX-Trigger"]
    counted = client.get(reverse("named_uses", args=["outcomes"]))
    assert "1 activity" in counted.content.decode()
    undo_act(act_of(answer), by=cast.leader)
    reached.refresh_from_db()
    assert reached.counts_as == "reached"


def test_a_type_with_an_unknown_icon_is_drawn_all_the_same(cast: Cast, signed_in: SignIn) -> None:
    ActivityType(name="Odd", icon="no-such-icon").add(by=SYSTEM)
    assert signed_in(cast.leader).get(reverse("activity_types")).status_code == 200


def test_labels_have_colours(cast: Cast, signed_in: SignIn) -> None:
    label = make.label()
    client = signed_in(cast.leader)
    client.post(reverse("named_change", args=["labels", label.pk]), {"colour": "teal"}, **HTMX)
    assert Label.objects.get().colour == "teal"
    client.post(reverse("named_change", args=["labels", label.pk]), {"colour": "javascript:"}, **HTMX)
    assert Label.objects.get().colour == ""


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["owner", "reader"])
def test_who_may_not_change_sees_no_way_to(cast: Cast, signed_in: SignIn, page: str, who: str) -> None:
    key, model = KEYS[page], PAGES[page]
    row, other = model(name="First").add(by=SYSTEM), model(name="Second").add(by=SYSTEM)
    client = signed_in(getattr(cast, who))
    shown = part(client.get(reverse(page)))
    assert "First" in shown.text
    assert list(shown.all("form")) == list(shown.all("input")) == list(shown.all("button")) == []
    tries: dict[str, tuple[list[Any], dict[str, Any]]] = {
        "named_add": ([key], {"name": "Third"}),
        "named_change": ([key, row.pk], {"name": "Third"}),
        "named_delete": ([key, row.pk], {}),
        "named_join": ([key, row.pk], {"into": other.pk}),
    }
    for name, (args, typed) in tries.items():
        wanted = 404 if (name, page) == ("named_join", "outcomes") else 403
        assert client.post(reverse(name, args=args), typed, **HTMX).status_code == wanted, name
    if page == "activity_types":
        assert client.post(reverse("named_order", args=[key]), {"order": f"{other.pk},{row.pk}"}).status_code == 403
    row.trash(by=SYSTEM)
    assert client.post(reverse("named_restore", args=[key, row.pk]), **HTMX).status_code == 403


def test_lists_and_rows_that_are_none(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.leader)
    assert client.post(reverse("named_add", args=["users"]), {"name": "X"}).status_code == 404
    assert client.post(reverse("named_change", args=["sources", 99]), {"name": "X"}).status_code == 404
    assert client.post(reverse("named_join", args=["sources", make.source().pk]), {"into": "x"}).status_code == 404
    assert client.get(reverse("sources") + "?ask=join-sources-99").status_code == 200
