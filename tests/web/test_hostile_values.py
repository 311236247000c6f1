"""Odd values in every address and form: refused or left out, never an error page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from leadline.accounts.models import Role, User
from leadline.crm.fields import fields_of
from leadline.crm.models import Kind
from tests import factories as make
from tests.cast import Cast
from tests.web.addresses import patterns
from tests.web.hidden import Hidden, hide

SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
NUMBERS = ["-1", "0", "9" * 18, "9" * 19, "9" * 25, "9" * 5000, "1e5", "NaN", "Infinity", "٣", "²", "1 ", "1\0"]
DAYS = ["0001-01-01", "9999-12-31", "0000-00-00", "2026-02-30", "99999-01-01", "0001-01-01T00:00+14:00"]
PLACES = [f"{key},{pk}" for key in ("NaN", "sNaN", "1e999999", "-1e40", "2026-01-01T00:00", *DAYS) for pk in (1, "²")]
# What addresses read; each is given to every address, which leaves out what it does not know.
ASKED = (
    "after", "also", "as_of", "ask", "before", "by", "count", "from", "ids", "kind", "label", "name", "now",
    "organization", "other", "owner", "page", "person", "pipeline", "q", "row", "seen", "sort", "source", "stage",
    "start", "team", "to", "type", "value", "view", "who", "year", "expected_close_on", "created_at", "idle", "part",
    "columns",
)  # fmt: skip
LEAVES = {"account_logout", "setup", "join"}


@pytest.fixture
def hidden(cast: Cast) -> Hidden:
    for kind in Kind.values:
        make.custom_field(kind, name=f"own {kind}")
    return hide(cast)


def known(hidden: Hidden, name: str) -> object:
    """An argument of an address that names what is there."""
    usual = {
        "kind": "deal", "name": "owner", "key": "sources", "entity": "deal", "deed": "field", "code": "EUR", "act": "x",
        "section": "leads",
    }  # fmt: skip
    return usual.get(name, hidden.deal.pk)


def addresses(hidden: Hidden) -> Iterator[str]:
    """Every address that can be made of usual arguments."""
    for name, arguments in patterns():
        if name in LEAVES or name.startswith(("mfa_", "account_")):
            continue
        try:
            yield reverse(name, args=[known(hidden, argument) for argument in arguments])
        except NoReverseMatch:
            continue


def fails(client: Client, method: str, path: str, data: dict[str, object] | None = None) -> str:
    """What went wrong, "" where nothing did."""
    client.raise_request_exception = False
    answer = getattr(client, method)(path, data, headers=HTMX)
    if answer.streaming:
        list(answer.streaming_content)
    return f"{method} {path[:150]} {str(data)[:150]}: {answer.status_code}" if answer.status_code >= 500 else ""


@pytest.mark.parametrize(
    "value", ["9" * 19, "²", "1\0", "0001-01-01"]
)  # one of a kind: there are hundreds of addresses
def test_every_address(cast: Cast, hidden: Hidden, signed_in: SignIn, value: str) -> None:
    client, query = signed_in(cast.administrator), "&".join(f"{name}={quote(value)}" for name in ASKED)
    tried = [f"{path}?{query}" for path in addresses(hidden)]
    assert len(tried) > 60
    assert not [wrong for path in tried if (wrong := fails(client, "get", path))]


@pytest.mark.parametrize("value", ["-1", "9" * 25, "NaN", "²", "1\0", *DAYS[:2], *DAYS[3:4], DAYS[-1]])
def test_single_questions(cast: Cast, hidden: Hidden, signed_in: SignIn, value: str) -> None:
    """Those that another odd value beside them would keep from being read."""
    client, said, board = signed_in(cast.administrator), quote(value), hidden.deal.pipeline_id
    funnel, deals = reverse("insights_panel", args=["funnel", "months"]), reverse("deals")
    tried = [
        *(reverse("filter_editor", args=["deal", name]) + f"?now={said}" for name in fields_of("deal")),
        *(f"{deals}?view=all&{name}={said}" for name in (*fields_of("deal"), "team", "idle", "rotten", "trashed")),
        f"{deals}?view=all&sort=own_{said}",
        reverse("deals_rows") + f"?ids={said}",
        reverse("deals_rows") + f"?after={said}",
        reverse("cards", args=[board]) + f"?ids={said}",
        *(f"{funnel}?{name}={said}" for name in ("from", "to", "as_of", "pipeline")),
        *(f"{funnel}?period=&from={said}&to={said}&against={against}" for against in ("year", "before")),
        *(f"{funnel}?period={name}&as_of={said}&against=year" for name in ("month", "quarter", "year", "12m")),
        *(reverse("deals_behind") + f"?metric=win_rate&{name}={said}" for name in ("from", "to", "page", "pipeline")),
        reverse("search") + f"?q=a&kind=deal&page={said}",
        *(
            reverse(page) + f"?{name}={said}"
            for page, name in (("sources", "ask"), ("audit", "before"), ("live", "after"))
        ),
        reverse("edit", args=["deal", hidden.deal.pk, "organization"]) + f"?value={said}",
    ]
    assert not [wrong for path in tried if (wrong := fails(client, "get", path))]


def test_places_in_columns(cast: Cast, hidden: Hidden, signed_in: SignIn) -> None:
    client, deal = signed_in(cast.administrator), hidden.deal
    at = reverse("column", args=[deal.pipeline_id]) + f"?lane={deal.stage_id}"
    tried = [
        f"{at}&sort={sort}&after={quote(place)}"
        for sort in ("entered", "next", "idle", "close", "value")
        for place in (*PLACES, *(f"1,{number}" for number in NUMBERS))
    ]
    assert not [wrong for path in tried if (wrong := fails(client, "get", path))]


@pytest.mark.parametrize("value", ["-1", "9" * 19, "9" * 5000, "NaN", "²", "1\0", "0001-01-01", "9999-12-31"])
def test_every_form(cast: Cast, hidden: Hidden, signed_in: SignIn, value: str) -> None:
    client, deal = signed_in(cast.administrator), hidden.deal
    forms: list[tuple[str, list[object], dict[str, object]]] = [
        ("deal_stage", [deal.pk], {"stage": value}),
        ("deal_stage", [deal.pk], {"stage": deal.stage_id, "also": value}),
        ("deal_lost", [deal.pk], {"reason": value}),
        ("deal_parked", [deal.pk], {"date": value}),
        ("deal_month", [deal.pk], {"month": value[:7]}),
        ("deal_add", [], {"title": "t", "stage": value}),
        ("deal_add", [], {"title": "t", "pipeline": value}),
        ("deal_add", [], {"title": f"t {value}k"}),
        ("deal_add", [], {"title": "t", "month": value[:7]}),
        ("deal_new", [], {"title": "t", "value": value, "person": value, "organization": value}),
        ("deal_new", [], {"title": "t", "stage": value}),
        ("person_add", [], {"name": value, "organization": value}),
        ("lead_add", [], {"title": value, "person": value}),
        ("lead_park", [hidden.lead.pk], {"come_back_on": value}),
        ("deals_bulk", [], {"deed": "label", "ids": deal.pk, "value": value}),
        ("deals_bulk", [], {"deed": "lost", "ids": value, "reason": value}),
        ("deals_bulk", [], {"deed": "parked", "ids": deal.pk, "come_back_on": value}),
        (
            "deals_bulk",
            [],
            {"deed": "open", "all": "yes", "from": value, "until": value, "changed": value, "left": value},
        ),
        ("view_first", [], {"kind": "deal", "view": value}),
        ("participant_add", [deal.pk], {"person": value}),
        ("line_add", [deal.pk], {"product": value, "quantity": value}),
        ("line_add", [deal.pk], {"product": hidden.line.product_id, "quantity": value, "unit_price": value}),
        ("line", [hidden.line.pk], {"quantity": value, "unit_price": value, "discount": value}),
        ("note_add", ["deal", deal.pk], {"text": "<p>x</p>", "mention": value}),
        ("activity_log", ["deal", deal.pk], {"subject": "s", "type": value, "due": "2026-11-22T10:00"}),
        (
            "activity_log",
            ["deal", deal.pk],
            {"subject": "s", "type": hidden.activity.type_id, "due": value, "done": "1"},
        ),
        ("activity_edit", [hidden.activity.pk], {"subject": "s", "due": value}),
        ("merge", ["deal", deal.pk], {"other": value}),
        ("convert", [hidden.lead.pk], {"stage": value, "title": "t", "value": value}),
        ("trash_restore", ["deal"], {"record": value}),
        ("named_order", ["sources"], {"order": value, "ids": value}),
        ("stage_change", [deal.stage_id], {"probability": value}),
        ("stage_change", [deal.stage_id], {"rot_days": value}),
        ("stage_delete", [deal.stage_id], {"to": value}),
        ("pipeline_delete", [deal.pipeline_id], {"to": value}),
        ("currency_add", [], {"code": value, "rate": value}),
        ("rate_add", ["EUR"], {"on_date": value, "rate": value}),
        ("own_day_add", [], {"on_date": value, "name": "Day"}),
        ("user_leave", [cast.teammate.pk], {"to": value}),
        ("user_hand_over", [cast.outsider.pk], {"to": value, "kind": value}),
        ("user", [cast.owner.pk], {"name": "Olga", "role": Role.SELLER, "team": value}),
        ("team_add", [], {"name": f"Team {value[:5]}", "parent": value}),
    ]
    wrong = [fails(client, "post", reverse(name, args=args), data) for name, args, data in forms]
    records = {
        "deal": deal, "lead": hidden.lead, "person": hidden.person, "organization": hidden.organization,
        "activity": hidden.activity, "product": hidden.line.product,
    }  # fmt: skip
    for kind, record in records.items():
        for name in (field.name for field in fields_of(kind).values() if field.editable):
            at = reverse("edit", args=[kind, record.pk, name])
            wrong += [
                fails(client, "post", at, {"value": value}),
                fails(client, "post", at, {"value": "1", "was": value}),
            ]
            bulk = {"deed": "field", "name": name, "value": value, "ids": record.pk}
            many = {"person": "people", "activity": "activities"}.get(kind, f"{kind}s")
            wrong.append(fails(client, "post", reverse(f"{many}_bulk"), bulk))
    assert not [text for text in wrong if text]
    pages = [reverse("deals"), reverse("audit"), reverse("board", args=[deal.pipeline_id]), reverse("activities")]
    assert not [text for page in pages if (text := fails(client, "get", page))]


def test_a_mistyped_link_is_refused(cast: Cast, hidden: Hidden, signed_in: SignIn) -> None:
    at = reverse("edit", args=["deal", hidden.deal.pk, "organization"])
    assert signed_in(cast.administrator).post(at, {"value": "Acme", "was": "null"}, headers=HTMX).status_code == 422
