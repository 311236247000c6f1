"""The draft as its page shows it: what is known so far, and what is being done."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from leadline.accounts.models import User
from leadline.crm.models import Pipeline, Stage, base_currency
from leadline.imports.drafts import folder
from leadline.imports.models import Draft, Import
from leadline.imports.values.money_signs import CODES
from leadline.web.frame.doing import reader_of
from leadline.web.imports import showing, words
from leadline.web.imports.outcome import outcome

# What a draft's `found` holds before it is known.
NOTHING_FOUND: dict[str, Any] = {
    "tables": [], "strange": [], "notes": [], "questions": [], "refused": "", "problems": [], "previews": [],
    "words": {}, "new_stages": [], "trial": {},
}  # fmt: skip
MANY = 120  # columns
PAGE, PART, SIDE = "imports/draft.html", "imports/_draft.html", "imports/_side.html"


def drawn(request: HttpRequest, draft: Draft, template: str = PART, status: int = 200) -> HttpResponse:
    """The draft's page or one of its parts."""
    known = context(draft, reader_of(request))
    asked = request.POST if request.method == "POST" else request.GET
    return render(request, template, {**known, "opened": asked.get("open", "").split(",")}, status=status)


def body(request: HttpRequest, draft: Draft, which: str) -> HttpResponse:
    """The columns and first rows of one table: `which` is "tables-3", or "strange-0". Raises Http404."""
    known = context(draft, reader_of(request))
    part, _dash, number = which.partition("-")
    if part not in ("tables", "strange") or not number.isdecimal() or int(number) >= len(known["found"][part]):
        raise Http404
    one = "sheet" if part == "strange" else "table"
    template = f"imports/_{one if part == 'tables' else part}_body.html"
    return render(request, template, {**known, "at": int(number), one: known["found"][part][int(number)]})


def context(draft: Draft, user: User) -> dict[str, Any]:
    """All that the templates need; nothing is decided here."""
    draft.refresh_from_db()
    found = NOTHING_FOUND | draft.found
    found["words"] = {"owner": [], "stage": []} | found["words"]
    tables = found["tables"]
    return {
        "draft": draft,
        "found": found,
        "tables": tables,
        "previews": {preview["label"]: preview for preview in found["previews"]},
        "outcome": outcome(draft),
        "percent": min(99, round(100 * draft.done / draft.total)) if draft.total else 0,
        "words": words,
        "show": showing,
        "decided": {"currency": "", "pipeline": "", "duplicates": ""} | draft.decisions,
        "limit": folder.LARGEST // 2**20,
        "base": base_currency(),
        "currencies": sorted(CODES),
        "pipelines": list(Pipeline.objects.kept().order_by("position").values_list("name", flat=True)),
        "people": people(user) if found["words"]["owner"] else [],
        "stages": stage_names() if found["words"]["stage"] else [],
        "pasts": pasts(tables),
        # With so many columns those of a table come when it is opened.
        "many": sum(len(table["columns"]) for table in [*tables, *found["strange"]]) > MANY,
        "fields": {kind: words.fields_of(kind) for kind in kinds_in(found)},
    }


def kinds_in(found: dict[str, Any]) -> list[str]:
    """The kinds whose fields may be chosen on the page."""
    tables = [*found["tables"], *found["strange"]]
    return list(dict.fromkeys(table["kind"] for table in tables if table["kind"]))


def people(user: User) -> list[tuple[str, str]]:
    """Colleagues that a name may mean: (address or name, name). A seller imports what is their own."""
    rows = User.objects.who_may_own().order_by("name") if user.leads else User.objects.filter(pk=user.pk)
    return [(email or name, name) for email, name in rows.values_list("email", "name")]


def stage_names() -> list[str]:
    """All stages there are, each name once."""
    return list(dict.fromkeys(Stage.objects.kept().order_by("pipeline_id", "position").values_list("name", flat=True)))


def pasts(tables: list[dict[str, Any]]) -> dict[int, Import]:
    """The earlier imports after which tables are read."""
    return Import.objects.in_bulk([table["as_in"] for table in tables if table.get("as_in")])
