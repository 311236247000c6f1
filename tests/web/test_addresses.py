"""Every address, tried by everybody. An address that is not in the table fails the test: say who may come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.models import User
from leadline.web.insights.known import BY_NAME
from tests.cast import Cast
from tests.web.addresses import DOOR_DONE, SHAPING, names

DOOR = "sign-in"  # sent to the sign-in page
ASKED_AGAIN = "confirm"  # asked once more who one is
FIRST = f"/insights/{next(iter(BY_NAME))}/"

BLOCK_READ = ("block_change", "block_sit", "block_move", "block_one", "block_counts")
BLOCK_DONE = tuple(f"block_{act}" for act in ("end", "skip", "sit_down", "get_up", "pause", "through", "log", "next"))
WEIGHED = ("assignment", "criterion")
HANDING, HANDED = ("lead_hand", "deal_hand", "hand_off_return"), ("hand_off_accept", "hand_off_withdraw")

# What GET answers: to nobody in particular, and to somebody signed in.
TABLE: dict[str, tuple[int | str, int | str]] = {
    "healthz": (200, 200),
    **dict.fromkeys(("door_form", "door_theme", "door_embed", "door_hook"), (404, 404)),  # whoever has the address
    "favicon": ("/static/icon.svg", "/static/icon.svg"),
    "home": (DOOR, "/pipeline/"),
    "setup": (410, 410),
    "join": (410, 410),
    "account_login": (200, "/"),
    "account_logout": ("/sign-in/", 200),
    "account_inactive": (200, 200),
    "account_reauthenticate": (DOOR, 200),
    "account_change_password": (DOOR, 200),
    "account_set_password": (DOOR, "/me/password/"),
    "account_reset_password": (200, 200),
    "account_reset_password_done": (200, 200),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_from_key_done": (200, 200),
    "me": (DOOR, 200),
    "theme": (405, 405),
    "feed": (404, 404),  # whoever has the secret reads it
    **dict.fromkeys(("feed_add", "feed_revoke"), (DOOR, 405)),
    "activity_invitation": (DOOR, 404),
    "end_session": (DOOR, 405),
    "mfa_index": (DOOR, 200),
    "mfa_authenticate": (DOOR, "/"),
    "mfa_reauthenticate": (DOOR, "/me/confirm/"),
    "mfa_reauthenticate_webauthn": (DOOR, "/me/confirm/"),
    "mfa_activate_totp": (DOOR, ASKED_AGAIN),
    "mfa_deactivate_totp": (DOOR, 404),
    "mfa_view_recovery_codes": (DOOR, 404),
    "mfa_generate_recovery_codes": (DOOR, ASKED_AGAIN),
    "mfa_download_recovery_codes": (DOOR, 404),
    "mfa_list_webauthn": (DOOR, 200),
    "mfa_add_webauthn": (DOOR, ASKED_AGAIN),
    "mfa_remove_webauthn": (DOOR, ASKED_AGAIN),
    "mfa_edit_webauthn": (DOOR, ASKED_AGAIN),
    "mfa_login_webauthn": (DOOR, "/"),
    "live": (DOOR, 200),
    "undo": (DOOR, 405),
    "edit": (DOOR, 404),
    "imports": (DOOR, 200),
    **{f"import_{act}": (DOOR, 405) for act in ("new", "example", "files", "file_out", "read", "decide", "start")},
    **{f"import_{act}": (DOOR, 405) for act in ("away", "cancel", "undo")},
    **dict.fromkeys(("import_draft", "import", "import_bad_rows"), (DOOR, 404)),
    **dict.fromkeys(("goals", "goal_add", "goal_likely"), (DOOR, 200)),
    "goal_board": (DOOR, 403),  # for those who are on it, and for those who lead
    **dict.fromkeys(("goal_board_join", "goal_end"), (DOOR, 405)),
    "goal_change": (DOOR, 404),
    "insights": (DOOR, FIRST),
    **{f"insights_{name}": (DOOR, 200) for name in BY_NAME},
    **dict.fromkeys(("insights_panel", "insights_csv", "insights_picture"), (DOOR, 200)),
    "own_forecast_say": (DOOR, 405),
    **dict.fromkeys(("finding_dismiss", "finding_acted", "finding_draft"), (DOOR, 404)),
    "finding_take_up": (DOOR, 405),
    "dashboards": (DOOR, 200),
    "report_keep": (DOOR, 200),
    **dict.fromkeys(("dashboard", "dashboard_pdf", "dashboard_mail", "schedule", "letter_file"), (DOOR, 404)),
    **dict.fromkeys(("schedule_switch", "schedule_try", "schedule_delete"), (DOOR, 405)),
    "outbox": (DOOR, 200),
    "letter_again": (DOOR, 405),
    "digest": (DOOR, 200),
    "digest_wish": (DOOR, 405),
    "letters_stop": (404, 404),  # whoever has the link
    **dict.fromkeys(("report_change", "report_delete", "dashboard_change", "dashboard_delete"), (DOOR, 405)),
    **dict.fromkeys(("tiles_order", "tile_change", "home_choose"), (DOOR, 405)),
    "people_csv": (DOOR, "/insights/people/compared.csv"),
    "people_picture": (DOOR, "/insights/people/compared.picture"),
    **dict.fromkeys(("deals_behind", "deals_csv"), (DOOR, 200)),
    **dict.fromkeys(("leads_behind", "leads_csv", "activities_behind", "activities_csv"), (DOOR, 400)),  # of no metric
    "lookup": (DOOR, 200),
    "search": (DOOR, 200),
    "palette": (DOOR, 200),
    "settings": (DOOR, 200),
    **dict.fromkeys(("what_if", "what_if_csv", "calculator"), (DOOR, 200)),
    "users": (DOOR, 200),
    "user_add": (DOOR, 403),  # administrators have it
    "user": (DOOR, 404),
    "user_link": (DOOR, 405),
    "user_sign_out": (DOOR, 405),
    "user_leave": (DOOR, 405),
    "user_return": (DOOR, 405),
    "user_hand_over": (DOOR, 405),
    "teams": (DOOR, 200),
    "team_add": (DOOR, 405),
    "team_change": (DOOR, 405),
    "team_end": (DOOR, 405),
    "visibility": (DOOR, 200),
    "visibility_set": (DOOR, 405),
    "audit": (DOOR, 403),  # leaders and administrators have it
    "audit_csv": (DOOR, 403),
    "audit_undo": (DOOR, 405),
    "trash": (DOOR, 200),
    "trash_restore": (DOOR, 405),
    "pipeline": (DOOR, 200),
    "pipeline_start": (DOOR, 405),
    "board": (DOOR, 404),
    "forecast": (DOOR, 404),
    "column": (DOOR, 404),
    "board_needed": (DOOR, 404),
    "board_as_of": (DOOR, 404),
    "nurture": (DOOR, 200),
    "nurture_happened": (DOOR, 405),
    "cards": (DOOR, 404),
    "deal_add": (DOOR, 200),
    "deal_new": (DOOR, 200),
    "deal_line": (DOOR, 200),
    "deal_stage": (DOOR, 405),
    "deal_month": (DOOR, 405),
    **dict.fromkeys(("deal_won", "deal_answer"), (DOOR, 405)),
    "deal_lost": (DOOR, 405),
    "deal_parked": (DOOR, 405),
    "deal_open": (DOOR, 405),
    "deal": (DOOR, 404),
    "timeline": (DOOR, 404),
    "note_add": (DOOR, 405),
    "file_add": (DOOR, 405),
    "activity_log": (DOOR, 405),
    "activity_line": (DOOR, 200),
    "change_undo": (DOOR, 405),
    "note": (DOOR, 404),
    "note_pin": (DOOR, 405),
    "note_trash": (DOOR, 405),
    "file": (DOOR, 404),
    "file_rename": (DOOR, 405),
    "file_trash": (DOOR, 405),
    "activity": (DOOR, 404),
    **dict.fromkeys(("activity_add", "activity_with", "activities_replan"), (DOOR, 200)),
    "reminders": (DOOR, 204),
    "reminders_set": (DOOR, 405),
    "calendar": (DOOR, 200),
    "calendar_event": (DOOR, 404),
    "calendar_move": (DOOR, 405),
    **dict.fromkeys(
        ("activity_done", "activity_outcome", "activity_next", "activity_skip", "activity_end", "activity_move"),
        (DOOR, 405),
    ),
    "activity_edit": (DOOR, 404),
    "activity_trash": (DOOR, 405),
    **dict.fromkeys(("today", "today_focus", "today_goals"), (DOOR, 200)),
    **dict.fromkeys(("focus_done", "focus_skip"), (DOOR, 405)),
    **dict.fromkeys(("person", "organization", "lead", "product", "product_sold", "erase"), (DOOR, 404)),
    **dict.fromkeys(("person_add", "organization_add", "lead_add"), (DOOR, 200)),
    "product_add": (DOOR, 403),  # those who lead have it
    **dict.fromkeys(("person_known", "organization_known"), (DOOR, 200)),
    **dict.fromkeys(("inbox", "inbox_do"), (DOOR, 200)),
    **dict.fromkeys(("lead_discard", "lead_park", "convert", "hand_off", *HANDING), (DOOR, 404)),
    **dict.fromkeys(("lead_reopen", "deal_convert", "record_trash", "record_restore", "follow", *HANDED), (DOOR, 405)),
    **dict.fromkeys(("related", "merge", "line_add", "line", "participant_add", "participant"), (DOOR, 404)),
    "deal_asked": (DOOR, 404),
    **dict.fromkeys(("line_remove", "lines_value", "participant_remove", "notices_read"), (DOOR, 405)),
    **dict.fromkeys(("notices", "bell"), (DOOR, 200)),
    "notice": (DOOR, 404),
    "sources": (DOOR, 200),
    **dict.fromkeys(("lost_reasons", "discard_reasons", "lacks"), (DOOR, 200)),
    "labels": (DOOR, 200),
    "activity_types": (DOOR, 200),
    "outcomes": (DOOR, 200),
    **dict.fromkeys(("pipelines", "fields_of", "currencies", "working_days"), (DOOR, 200)),
    "stages": (DOOR, 404),
    "playbooks": (DOOR, 200),
    **dict.fromkeys(("playbook", "playbook_file", "stage_review", "stage_review_deals"), (DOOR, 404)),
    **dict.fromkeys(("playbook_publish", "playbook_discard", "playbook_file_add", "stage_reviewed"), (DOOR, 405)),
    **{"doors": (DOOR, 200), "door": (DOOR, 404), "arrivals": (DOOR, 403), **dict.fromkeys(DOOR_DONE, (DOOR, 405))},
    **dict.fromkeys(("door_arrivals", "door_preview"), (DOOR, 404)),
    "door_preview_theme": (DOOR, 200),
    **dict.fromkeys(("assignment", "pods", "ideal_client", "ideal_client_meaning"), (DOOR, 200)),
    **dict.fromkeys(("assignment_add", "criterion_add"), (DOOR, 403)),
    **dict.fromkeys(("assignment_rule", "criterion"), (DOOR, 404)),
    **dict.fromkeys(("assignment_give", "assignment_off"), (DOOR, 405)),
    **{f"{of}_{act}": (DOOR, 405) for of in WEIGHED for act in ("form", "order", "delete", "restore")},
    **{f"pod_{act}": (DOOR, 405) for act in ("add", "change", "delete", "restore")},
    **{f"absence_{act}": (DOOR, 405) for act in ("add", "change", "delete")},
    "rules": (DOOR, 200),
    "rule_add": (DOOR, 403),
    **dict.fromkeys(("rule_change", "rule_runs"), (DOOR, 404)),
    **dict.fromkeys(("rule_draw", "rule_try", "rule_switch", "rule_delete", "rule_restore"), (DOOR, 405)),
    **dict.fromkeys(("run_again", "run_undo"), (DOOR, 405)),
    "fields": (DOOR, "/settings/fields/deal/"),
    **dict.fromkeys(("named_uses", "fields_uses", "pipelines_uses", "currencies_uses"), (DOOR, 200)),
    "stages_uses": (DOOR, 404),
    **dict.fromkeys(SHAPING, (DOOR, 405)),
    "targets": (DOOR, 200),
    **dict.fromkeys(("blocks", "block_add", "block_preview", "block_rows"), (DOOR, 200)),
    "block_accept": (DOOR, 405),
    **dict.fromkeys(("time_spent", "time_rows", "time_csv"), (DOOR, 200)),
    "time_rates": (DOOR, 403),
    **dict.fromkeys(BLOCK_READ, (DOOR, 404)),
    **dict.fromkeys(BLOCK_DONE, (DOOR, 405)),
    "target_template": (DOOR, 200),
    **dict.fromkeys(("target_set", "target_fill", "target_add", "target_delete"), (DOOR, 405)),
    "working_place": (DOOR, 405),
    "own_day_add": (DOOR, 405),
    "own_day_change": (DOOR, 405),
    "own_day_delete": (DOOR, 405),
    **dict.fromkeys(("ten", "ten_notes", "ten_rules", "openings"), (DOOR, 200)),
    **dict.fromkeys(("ten_words", "opening"), (DOOR, 404)),
    **dict.fromkeys(("ten_fill", "ten_mark", "opening_delete"), (DOOR, 405)),
    "ideas": (DOOR, 200),
    **dict.fromkeys(("ideas_add", "ideas_floor", "idea_contact"), (DOOR, 405)),
    # lists of every kind of record
    **{
        f"{at}{part}": (DOOR, status)
        for at in ("deals", "leads", "people", "organizations", "products", "activities")
        for part, status in (
            ("", 200),
            ("_rows", 200),
            ("_figures", 200),
            ("_as_csv", 200),
            ("_as_xlsx", 200),
            ("_bulk", 405),
            ("_bulk_form", 200),
        )
    },
    **dict.fromkeys(("view_add", "view_first", "columns_choose", "view_change", "view_delete"), (DOOR, 405)),
    "filter_editor": (DOOR, 200),
}
ARGUMENTS = {
    **{key: [999] for key in ("goal_change", "goal_end")},
    **{f"insights_{part}": ["funnel", "stages"] for part in ("panel", "csv", "picture")},
    **{key: [0] for key in ("person", "organization", "lead", "product", "erase", "convert", "deal_convert")},
    **{key: [0] for key in ("deal_asked", "deal_answer")},
    **{key: [0] for key in ("hand_off", *HANDING, *HANDED, "lead_discard", "lead_park", "lead_reopen", "notice")},
    **{key: [0] for key in ("participant", "participant_add")},
    **{key: [0] for key in ("line", "line_add", "line_remove", "lines_value", "participant_remove")},
    **{key: ["person", 0] for key in ("record_trash", "record_restore", "follow", "merge")},
    **{"related": ["person", 0, "leads"], "inbox_do": ["park"]},
    **{key: [0] for key in ("ten_words", "ten_mark", "opening", "opening_delete", "idea_contact")},
    "named_uses": ["sources"],
    "fields_uses": ["deal"],
    "stages_uses": [0],
    "product_sold": [0],
    "deal": [999],
    **{key: ["deal", 999] for key in ("timeline", "note_add", "file_add", "activity_log")},
    "change_undo": ["deal", 999, 1],
    **{key: [999] for key in ("note", "note_pin", "note_trash", "file", "file_rename", "file_trash")},
    **{
        f"activity{key}": [999]
        for key in ("", "_done", "_outcome", "_next", "_edit", "_trash", "_skip", "_end", "_move")
    },
    **{key: [999] for key in ("calendar_event", "calendar_move")},
    **{key: [999] for key in ("focus_done", "focus_skip")},
    **{key: [0] for key in (*DOOR_DONE[1:], "door", "door_arrivals", "door_preview", "door_preview_theme")},
    **{key: ["no-such-door"] for key in ("door_form", "door_theme", "door_embed", "door_hook")},
    "feed": ["x"],
    "letters_stop": ["x"],
    "letter_again": [0],
    **{key: [0] for key in ("feed_revoke", "activity_invitation")},
    **{key: [999, "2026-11-23"] for key in (*BLOCK_READ, *BLOCK_DONE)},
    **{key: [999] for key in ("block_change", "block_end")},
    "block_one": [999, "2026-11-23", "lead-1"],
    "time_csv": ["periods"],
    "undo": ["00000000-0000-0000-0000-000000000000"],
    "edit": ["deal", 0, "title"],
    "lookup": ["person"],
    **{key: [0] for key in ("board", "forecast", "column", "cards", "board_needed", "board_as_of")},
    "nurture_happened": ["deal", 0],
    **{f"deal_{act}": [0] for act in ("stage", "month", "won", "lost", "parked", "open")},
    "user": [0],
    "user_link": [0],
    "user_sign_out": [0],
    "user_leave": [0],
    "user_return": [0],
    "user_hand_over": [0],
    "team_change": [0],
    "team_end": [0],
    "visibility_set": ["deal"],
    "audit_undo": [0],
    "trash_restore": ["deal"],
    **{key: ["sources"] for key in ("named_add", "named_order")},
    **{key: ["sources", 1] for key in ("named_change", "named_delete", "named_restore", "named_join")},
    **{f"pipeline_{act}": [999] for act in ("change", "copy", "delete", "restore")},
    **{key: [999] for key in ("stages", "stage_add", "stages_order", "stage_change", "stage_delete", "stage_restore")},
    **{key: [999] for key in ("playbook", "playbook_publish", "playbook_discard", "playbook_file_add")},
    "playbook_file": ["x", "y"],
    "stage_reviewed": [999],
    **{key: [999] for key in ("stage_review", "stage_review_deals")},
    **{f"rule_{act}": [0] for act in ("change", "runs", "switch", "delete", "restore")},
    **{key: [0] for key in ("run_again", "run_undo")},
    **{key: [0] for key in ("assignment_rule", "assignment_off", "criterion")},
    **{f"{of}_{act}": [0] for of in WEIGHED for act in ("delete", "restore")},
    **{f"pod_{act}": [0] for act in ("change", "delete", "restore")},
    **{f"absence_{act}": [0] for act in ("change", "delete")},
    **{key: [1] for key in ("field_change", "field_delete", "field_restore", "choice_add", "choices_order")},
    **{key: [1, 1] for key in ("choice_change", "choice_remove")},
    **{key: ["deal"] for key in ("fields_of", "field_add", "fields_order")},
    "target_delete": [1],
    **{key: [1] for key in ("currency_drop", "rate_change", "rate_delete", "own_day_change", "own_day_delete")},
    "rate_add": ["EUR"],
    **{f"import_{act}": [999] for act in ("draft", "files", "file_out", "read", "decide", "start", "away")},
    **{key: [999] for key in ("import", "import_bad_rows", "import_cancel", "import_undo")},
    "setup": ["x"],
    "join": ["x"],
    "account_reset_password_from_key": ["1", "x-y"],
    "mfa_remove_webauthn": [1],
    "mfa_edit_webauthn": [1],
    **{f"{at}_bulk_form": ["field"] for at in ("deals", "leads", "people", "organizations", "products", "activities")},
    **{key: [0] for key in ("view_change", "view_delete")},
    **{key: [0] for key in ("report_change", "report_delete", "dashboard", "dashboard_pdf", "dashboard_mail")},
    **{key: [0] for key in ("schedule", "schedule_switch", "schedule_try", "schedule_delete", "letter_file")},
    **{key: [0] for key in ("dashboard_change", "dashboard_delete")},
    **{f"finding_{act}": [0] for act in ("dismiss", "acted", "draft", "take_up")},
    "tiles_order": [0],
    "tile_change": [0, 0],
    "filter_editor": ["deal", "owner"],
}
# Who gets another answer than the rest.
OTHERWISE: dict[tuple[str, str], int | str] = {
    **{(name, part): 200 for name in ("audit", "audit_csv", "time_rates") for part in ("administrator", "leader")},
    **{(name, "reader"): 403 for name in ("ten_rules", "openings")},
    **{("arrivals", part): 200 for part in ("administrator", "leader")},
    **{(f"{of}_add", part): 200 for of in (*WEIGHED, "rule") for part in ("administrator", "leader")},
    ("user_add", "administrator"): 200,
    ("product_add", "administrator"): 200,
    ("product_add", "leader"): 200,
    **{(name, "reader"): 403 for name in ("goal_add", "activity_add")},
    **{("goal_board", part): 200 for part in ("administrator", "leader")},
    **{(name, "reader"): 403 for name in ("person_add", "organization_add", "lead_add", "deal_add", "deal_new")},
    **{("erase", part): 403 for part in ("leader", "owner", "teammate", "outsider", "reader")},
}
QUERY = {
    "deals_behind": "?metric=win_rate",
    "deals_csv": "?metric=win_rate",
    "report_keep": "?place=funnel.stages",
}


def address(name: str) -> str:
    return reverse(name, args=ARGUMENTS.get(name)) + QUERY.get(name, "")


def came_to(client: Client, name: str) -> int | str:
    answer = client.get(address(name))
    if answer.streaming:  # a file: read to its end, it is closed
        b"".join(answer.streaming_content)
    if answer.status_code != 302:
        return answer.status_code
    place = answer.headers["Location"]
    if place.startswith("/sign-in/?next=") or (place == "/sign-in/" and name.startswith("mfa_")):
        return DOOR
    return ASKED_AGAIN if place.startswith("/me/confirm/?next=") else place


def test_the_table_names_every_address() -> None:
    assert set(names()) == set(TABLE)


def wrong(client: Client, expected: Mapping[str, int | str]) -> dict[str, tuple[int | str, int | str]]:
    """By address, what it came to and what it should: a client goes to each in turn, as a browser does."""
    came = {name: came_to(client, name) for name in expected}
    return {name: (came[name], expected[name]) for name in expected if came[name] != expected[name]}


def test_nobody_in_particular(cast: Cast) -> None:
    assert wrong(Client(), {name: answers[0] for name, answers in TABLE.items()}) == {}


@pytest.mark.parametrize("part", ["administrator", "leader", "owner", "teammate", "outsider", "reader"])
def test_everybody_who_signed_in(cast: Cast, part: str, signed_in: Callable[[User], Client], request: Any) -> None:
    """Pages with something to show, and before that all others in an empty company."""
    expected = {name: OTHERWISE.get((name, part), answers[1]) for name, answers in TABLE.items()}
    pages = {name for name, answers in TABLE.items() if answers == (DOOR, 200)}
    client = signed_in(getattr(cast, part))
    assert wrong(client, {name: expected[name] for name in TABLE if name not in pages}) == {}
    request.getfixturevalue("company")
    assert wrong(client, {name: expected[name] for name in TABLE if name in pages}) == {}


def test_somebody_let_go_is_nobody(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    found = {}
    for name, answers in TABLE.items():
        found |= wrong(signed_in(cast.inactive), {name: answers[0]})
    assert found == {}
