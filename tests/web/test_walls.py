"""Every address, tried by those it is not for: over real records, with forms that its owner could send.

An address with arguments stands in one of the tables below, or the first test fails: say what stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import ActivityType
from leadline.crm.models import Dashboard, Pipeline, SavedReport, View
from leadline.history.models import Change
from leadline.imports.models import Draft, Import
from leadline.mail.models import Letter, Schedule
from tests import factories as make
from tests.cast import Cast
from tests.rules.making import rule as kept_rule
from tests.web.addresses import names, patterns
from tests.web.hidden import DOORS, SECRET, Door, Hidden, set_everywhere
from tests.web.walled import WAYS, hidden, state, taken_back

__all__ = ["hidden"]  # the fixture

SignedIn = Callable[[User], Client]

# What is not for everybody, but belongs to one person: others get 404.
KEPT = {
    SavedReport: ("report_change", "report_delete"),
    Dashboard: (
        "dashboard", "dashboard_pdf", "dashboard_mail", "dashboard_change", "dashboard_delete", "tiles_order",
        "tile_change",
    ),
}  # fmt: skip
FOUND = ("finding_dismiss", "finding_acted", "finding_draft", "finding_take_up")  # see tests/web/test_why.py
MAILED = ("schedule", "schedule_switch", "schedule_try", "schedule_delete", "letter_file")
BLOCKS = tuple(  # see tests/web/test_blocks.py
    f"block_{act}"
    for act in (
        "change", "end", "sit", "move", "skip", "sit_down", "get_up", "pause", "through", "one", "log", "next",
        "counts",
    )
)  # fmt: skip
PERSONAL = {
    *BLOCKS,
    *("absence_change", "absence_delete"),  # see tests/web/test_absences.py
    "notice",
    *("feed_revoke", "activity_invitation", "letter_again"),  # see test_feeds.py, test_digests.py
    *("ten_mark", "ten_words", "opening", "opening_delete"),  # see tests/web/test_ten.py
    "view_change",
    "view_delete",
    "goal_change",
    "goal_end",
    *MAILED,
    *FOUND,
    *(name for doors in KEPT.values() for name in doors),
}
IMPORTS = {
    "import", "import_bad_rows", "import_cancel", "import_undo", "import_draft", "import_files", "import_file_out",
    "import_read", "import_decide", "import_start", "import_away",
}  # fmt: skip
# What shapes the company: everybody may look, leaders or administrators change it.
COMPANY = {
    "named_add", "named_order", "named_change", "named_delete", "named_restore", "named_join",
    "pipeline_change", "pipeline_copy", "pipeline_delete", "pipeline_restore", "stages", "stage_add", "stages_order",
    "stage_change", "stage_delete", "stage_restore", "fields_of", "field_add", "fields_order", "field_change",
    "field_delete", "field_restore", "choice_add", "choices_order", "choice_change", "choice_remove", "currency_drop",
    "rate_add", "rate_change", "rate_delete", "own_day_change", "own_day_delete", "target_delete", "product",
    "user", "user_link", "user_sign_out", "user_leave", "user_return", "user_hand_over", "team_change", "team_end",
    "visibility_set", "playbook", "playbook_publish", "playbook_discard", "playbook_file_add", "stage_reviewed",
    "assignment_rule", "assignment_off", "assignment_delete", "assignment_restore",
    "door", "door_typed", "door_preview", "door_preview_theme", "door_arrivals", "door_test", "door_copy",
    "door_rotate", "door_off", "door_delete", "door_restore", "arrival_judge",
    "pod_change", "pod_delete", "pod_restore", "criterion", "criterion_delete", "criterion_restore",
    "rule_change", "rule_runs", "rule_switch", "rule_delete", "rule_restore", "run_again", "run_undo",
}  # fmt: skip
# The arguments name no record of anybody's: a kind, a deed, a field, a token; or a pipeline, whose deals are asked for.
NO_RECORD = {
    "setup", "join", "door_form", "door_theme", "door_embed", "door_hook", "feed", "letters_stop",
    "account_reset_password_from_key", "mfa_remove_webauthn", "mfa_edit_webauthn", "lookup",
    "time_csv", "insights_panel", "insights_csv", "insights_picture", "filter_editor",
    "product_sold", "board", "forecast", "board_needed", "board_as_of", "column", "cards",
    "trash_restore", "audit_undo", "undo",
    "erase", "named_uses", "fields_uses", "stages_uses", "stage_review", "stage_review_deals", "playbook_file",
    "inbox_do",  # the leads stand in the form: see tests/web/test_inbox.py
    *(f"{kind}_bulk_form" for kind in ("deals", "leads", "people", "organizations", "products", "activities")),
}  # fmt: skip


def test_every_address_with_arguments_is_in_a_table() -> None:
    named = {name for name, arguments in patterns() if arguments}
    tables = DOORS.keys() | PERSONAL | IMPORTS | COMPANY | NO_RECORD
    assert named - tables == set(), "say in this file what stands behind these addresses"
    assert tables - named == set(), "these are gone"


def test_no_two_addresses_share_a_name() -> None:
    found = list(names())
    assert {name for name in found if found.count(name) > 1} == set()


def answers(client: Client, name: str, door: Door, hidden: Hidden) -> Iterator[tuple[str, int, bytes]]:
    """(how it was tried, status, body and headers) of each method and each way a browser asks."""
    address = reverse(name, args=door.at(hidden)) + door.query
    for way, headers in WAYS.items():
        for method in ("GET", "POST"):
            with taken_back():
                logged = Change.objects.count()
                if method == "GET":
                    answer = client.get(address, headers=headers)
                else:
                    answer = client.post(address, door.form(hidden), headers=headers)
                body = answer.getvalue() if answer.streaming else answer.content
                if Change.objects.count() != logged:
                    body += CHANGED
                yield (
                    f"{name} {method} by {way}",
                    answer.status_code,
                    body + repr(sorted(answer.headers.items())).encode(),
                )


CHANGED = b" [something was changed]"


def test_what_one_may_not_see_is_not_there(hidden: Hidden, cast: Cast, signed_in: SignedIn) -> None:
    """404, whatever one sends, and not a word of it."""
    set_everywhere("owner", "owner")
    faults = []
    for part in ("owner", "reader"):
        client = signed_in(getattr(cast, part))
        for name, door in DOORS.items():
            tried = list(answers(client, name, door, hidden))
            faults += [
                f"{part}: {how}: {status}"
                for how, status, body in tried
                if status not in (404, 405) or SECRET.encode() in body or CHANGED in body
            ]
            faults += [f"{name}: neither GET nor POST"] * all(status == 405 for _how, status, _body in tried)
    assert not faults, "\n".join(faults)


def test_who_sees_and_may_not_change_is_refused(hidden: Hidden, cast: Cast, signed_in: SignedIn) -> None:
    set_everywhere("everyone", "owner")
    faults = []
    for part in ("owner", "teammate", "reader"):
        client = signed_in(getattr(cast, part))
        for name, door in DOORS.items():
            for how, status, body in answers(client, name, door, hidden):
                reads = " GET " in how and status in (200, 204, 302, 403, 405)
                # 422: who may not change it is offered no way back, and told that there is none.
                refused = status in (403, 405) or (name, status) == ("change_undo", 422)
                sends = " POST " in how and (refused or (door.open_to_seers and status < 400))
                if not (reads or sends) or CHANGED in body:
                    faults.append(f"{part}: {how}: {status}{' and changed it' * (CHANGED in body)}")
    assert not faults, "\n".join(faults)


def test_its_owner_gets_through(hidden: Hidden, cast: Cast, signed_in: SignedIn) -> None:
    """Else the forms above would prove nothing."""
    set_everywhere("owner", "owner")
    client, faults = signed_in(cast.outsider), []
    for name, door in DOORS.items():
        tried = list(answers(client, name, door, hidden))
        got = [status for _how, status, _body in tried if status in (200, 204, 302)]
        if not got:
            faults.append(f"{name}: {[(how, status) for how, status, _body in tried]}")
        faults += [f"{how}: {status}" for how, status, _body in tried if status in (403, 404, 500)]
    assert not faults, "\n".join(faults)


def test_nobody_is_sent_to_the_door(hidden: Hidden, client: Client) -> None:
    before, faults = state(), []
    for name, door in DOORS.items():
        address = reverse(name, args=door.at(hidden))
        for answer in (client.get(address), client.post(address, door.form(hidden))):
            if answer.status_code != 302 or not answer.headers["Location"].startswith("/sign-in/?next="):
                faults.append(f"{name}: {answer.status_code}")
            assert SECRET.encode() not in answer.content
        moved = client.post(address, door.form(hidden), headers={"HX-Request": "true"})
        if not moved.headers.get("HX-Redirect", "").startswith("/sign-in/"):
            faults.append(f"{name} by htmx: {moved.status_code}")
    assert not faults, "\n".join(faults)
    assert state() == before


def test_bulk_and_links_reach_nothing_hidden(hidden: Hidden, cast: Cast, signed_in: SignedIn) -> None:
    """Records that are named inside a form are asked for as those of the address are."""
    set_everywhere("owner", "owner")
    client, own = signed_in(cast.owner), hidden.own
    tries: list[tuple[str, dict[str, Any]]] = [
        (reverse("deals_bulk"), {"deed": "trash", "ids": str(hidden.deal.pk)}),
        (reverse("deals_bulk"), {"deed": "won", "ids": f"{hidden.deal.pk}"}),
        (reverse("deal_won", args=[own.pk]), {"also": str(hidden.deal.pk)}),
        (reverse("edit", args=["deal", own.pk, "organization"]), {"value": hidden.organization.pk, "was": ""}),
        (reverse("edit", args=["deal", own.pk, "person"]), {"value": hidden.person.pk, "was": ""}),
        (reverse("participant_add", args=[own.pk]), {"person": hidden.person.pk}),
        (reverse("merge", args=["deal", own.pk]), {"other": hidden.deal.pk}),
        (reverse("trash_restore", args=["deal"]), {"record": hidden.deal.pk}),
        (reverse("undo", args=[_act_of(hidden, cast)]), {}),
    ]
    faults = []
    for address, form in tries:
        for headers in WAYS.values():
            with taken_back():
                before = state()
                answer = client.post(address, form, headers=headers)
                if state() != before or answer.status_code >= 500 or SECRET.encode() in answer.content:
                    faults.append(f"{address} {form}: {answer.status_code}")
    assert not faults, "\n".join(faults)


def _act_of(hidden: Hidden, cast: Cast) -> Any:
    hidden.deal.edit(by=cast.outsider.via("web").together(), title=f"{SECRET} deal again")
    return Change.objects.latest("id").act


def test_no_page_that_lists_shows_what_is_hidden(hidden: Hidden, cast: Cast, signed_in: SignedIn) -> None:
    """Every address without arguments, read by somebody who may see nothing of Umar's."""
    set_everywhere("owner", "owner")
    client, faults = signed_in(cast.owner), []
    queries = {"search": {"q": SECRET[:6]}, "palette": {"q": SECRET[:6]}, "trash": {"kind": "deal"}}
    for name, arguments in patterns():
        if arguments or name == "account_logout":
            continue
        for headers in WAYS.values():
            answer = client.get(reverse(name), queries.get(name, {}), headers=headers)
            body = answer.getvalue() if answer.streaming else answer.content
            if SECRET.encode() in body or answer.status_code >= 500:
                faults.append(f"{name}: {answer.status_code}")
    for kind in ("deal", "lead", "person", "organization", "product", "activity"):
        body = client.get(reverse("lookup", args=[kind]), {"q": SECRET[:5]}).content
        faults += [f"lookup of {kind}"] * (SECRET.encode() in body)
    faults += ["product_sold"] * (
        SECRET.encode() in client.get(reverse("product_sold", args=[hidden.line.product_id])).content
    )
    pipeline = make.pipeline().pk
    for name in ("board", "forecast"):
        faults += [name] * (SECRET.encode() in client.get(reverse(name, args=[pipeline])).content)
    for name, query in (("column", {"stage": hidden.deal.stage_id}), ("cards", {"ids": hidden.deal.pk})):
        faults += [name] * (SECRET.encode() in client.get(reverse(name, args=[pipeline]), query).content)
    assert not faults, "\n".join(faults)


def test_what_is_personal_is_for_one_person(hidden: Hidden, cast: Cast, signed_in: SignedIn) -> None:
    from leadline.crm.models import Notice

    notice = Notice.objects.create(
        user=cast.outsider, kind="deal", record_id=hidden.deal.pk, why="given", change_id=hidden.change.pk
    )
    for part in ("administrator", "leader", "owner", "reader"):
        client = signed_in(getattr(cast, part))
        assert client.get(reverse("notice", args=[notice.pk])).status_code == 404, part
        for name in ("view_change", "view_delete"):
            answer = client.post(reverse(name, args=[hidden.view.pk]), {"name": "Mine now"})
            assert answer.status_code == 404, (part, name)
            assert SECRET.encode() not in answer.content
    assert View.objects.get(pk=hidden.view.pk).name == f"{SECRET} view"
    assert View.objects.get(pk=hidden.view.pk).deleted_at is None


def test_reports_and_dashboards_are_for_one_person(cast: Cast, signed_in: SignedIn) -> None:
    for model, doors in KEPT.items():
        kept = model(name=SECRET, **({"place": "funnel"} if model is SavedReport else {})).add(by=cast.outsider)
        for part in ("administrator", "leader", "owner", "reader"):
            client = signed_in(getattr(cast, part))
            for name in doors:
                at = reverse(name, args=[kept.pk, 0] if name == "tile_change" else [kept.pk])
                for answer in (client.get(at), client.post(at, {"name": "Mine", "remove": "1"})):
                    assert answer.status_code in (404, 405), (part, name)
                    assert SECRET.encode() not in answer.content
        assert SECRET.encode() not in signed_in(cast.owner).get(reverse("dashboards")).content
        kept.refresh_from_db()
        assert (kept.name, kept.deleted_at) == (SECRET, None)


def test_what_is_mailed_is_for_one_person(cast: Cast, signed_in: SignedIn) -> None:
    board = Dashboard(name=SECRET, tiles=[]).add(by=cast.outsider)
    schedule = Schedule(dashboard=board, recipient_ids=[cast.outsider.pk]).add(by=cast.outsider)
    letter = Letter.objects.create(owner=cast.outsider, to="umar@example.com", subject=SECRET, text=SECRET)
    file = letter.attachments.create(name=f"{SECRET}.pdf", media_type="application/pdf", size=3, content=b"PDF")
    for part in ("administrator", "leader", "owner", "reader"):
        client = signed_in(getattr(cast, part))
        for name in MAILED:
            at = reverse(name, args=[file.pk if name == "letter_file" else schedule.pk])
            reads = part == "administrator" and name == "letter_file"  # whose sight has no bounds
            for answer in (client.get(at), client.post(at, {"on": "no"})):
                assert answer.status_code in ((200, 405) if reads else (404, 405)), (part, name)
                assert reads or SECRET.encode() not in answer.content
        assert (SECRET.encode() in client.get(reverse("outbox")).content) == (part == "administrator")
    schedule.refresh_from_db()
    assert (schedule.is_on, schedule.deleted_at) == (True, None)


def test_files_and_imports_are_for_whoever_brought_them(hidden: Hidden, cast: Cast, signed_in: SignedIn) -> None:
    draft = Draft.objects.create(by=cast.outsider, files=[{"name": f"{SECRET}.csv", "size": 3}])
    arrival = Import.objects.create(by=cast.outsider)
    for part in ("owner", "leader", "reader"):
        client = signed_in(getattr(cast, part))
        for name in sorted(IMPORTS):
            of = draft if "draft" in reverse(name, args=[0]) else arrival
            for answer in (client.get(reverse(name, args=[of.pk])), client.post(reverse(name, args=[of.pk]), {})):
                assert answer.status_code in (403, 404, 405), (part, name, answer.status_code)
                assert SECRET.encode() not in answer.content
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_sellers_and_readers_do_not_shape_the_company(cast: Cast, signed_in: SignedIn) -> None:
    source, field, other_field = make.source(), make.custom_field("choice"), make.custom_field("choice")
    stage, product, types = (
        make.stage(),
        make.product(),
        [make.activity().type, ActivityType(name="Fax").add(by=SYSTEM)],
    )
    second = Pipeline(name="Second").add(by=SYSTEM)
    orders: dict[str, Any] = {
        "named_order": [row.pk for row in types],
        "stages_order": [row.pk for row in stage.pipeline.kept_stages()],
        "fields_order": [field.pk, other_field.pk],
        "choices_order": [1, 2],
        "pipelines_order": [stage.pipeline_id, second.pk],
    }
    rows = {"named": ["sources", source.pk], "pipeline": [stage.pipeline_id], "stage": [stage.pk], "field": [field.pk]}
    at: dict[str, list[Any]] = {
        **{name: rows["named"] for name in COMPANY if name.startswith("named_")},
        **{name: rows["pipeline"] for name in COMPANY if name.startswith("pipeline_")},
        **{name: rows["stage"] for name in COMPANY if name.startswith("stage_")},
        **{name: rows["stage"] for name in COMPANY if name.startswith("playbook")},
        **{name: rows["field"] for name in COMPANY if name.startswith("field_")},
        **{name: [kept_rule().pk] for name in COMPANY if name.startswith(("rule_", "run_"))},
        **{name: [cast.teammate.pk] for name in COMPANY if name.startswith("user")},
        **{name: [cast.teammate.team_id] for name in COMPANY if name.startswith("team_")},
        "named_add": ["sources"],
        "named_order": ["activity-types"],
        "stage_add": rows["pipeline"],
        "stages": rows["pipeline"],
        "stages_order": rows["pipeline"],
        "fields_of": ["deal"],
        "field_add": ["deal"],
        "fields_order": ["deal"],
        "choice_add": rows["field"],
        "choices_order": rows["field"],
        "choice_change": [*rows["field"], 1],
        "choice_remove": [*rows["field"], 1],
        "rate_add": ["EUR"],
        "visibility_set": ["deal"],
        "product": [product.pk],
    }
    form = {
        "name": "New", "to": cast.owner.pk, "into": "", "ids": "1", "order": "1", "kind": "text", "label": "New",
        "see": "owner", "change": "owner", "role": "administrator", "rate": "2", "on_date": "2026-01-01",
        "date": "2026-01-01",
    }  # fmt: skip
    before, faults = state(), []
    for part in ("owner", "reader"):
        client = signed_in(getattr(cast, part))
        for name, arguments in at.items():
            answer = client.post(reverse(name, args=arguments), {**form, **_turned(orders, name)})
            if answer.status_code not in (403, 404, 405):
                faults.append(f"{part}: {name}: {answer.status_code}")
        for name in ("pipeline_add", "pipelines_order", "currency_add", "base_change", "working_week", "working_place"):
            answer = client.post(reverse(name), {**form, **_turned(orders, name)})
            if answer.status_code not in (403, 422):
                faults.append(f"{part}: {name}: {answer.status_code}")
    assert not faults, "\n".join(faults)
    assert state() == before


def _turned(orders: dict[str, list[int]], name: str) -> dict[str, str]:
    """The other way round than it stands."""
    return {"order": ",".join(map(str, reversed(orders[name])))} if name in orders else {}
