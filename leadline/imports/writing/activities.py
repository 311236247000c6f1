"""Activities: rows of a file of calls, meetings, tasks and notes."""

from datetime import tzinfo

from django.utils.translation import gettext as _

from leadline.activities.models import Activity
from leadline.crm.models import Deal
from leadline.imports.faults import BadValue
from leadline.imports.kinds import Kind
from leadline.imports.permitting import owner
from leadline.imports.planning.rows import deal_key
from leadline.imports.planning.staging import Staged
from leadline.imports.recognition.normal import heading as normal
from leadline.imports.values import flags
from leadline.imports.writing.activity_details import began
from leadline.imports.writing.batch import State
from leadline.imports.writing.context import states
from leadline.imports.writing.everything import Everything
from leadline.imports.writing.touching import LeadTouches, Touches

SMALL = ("subject", "outcome")


def bring_in(all_: Everything, chunk: list[Staged]) -> None:
    """Rows of a file of activities."""
    context = all_.context
    all_.parties.look_up(chunk, also=[row.body["deal.id"] for row in chunk if names_anything(all_, row)])
    all_.deals.look_up(
        (deal_key(row.body), row.body.get("deal.id") or row.body.get("deal", "")) for row in chunk if has_deal(row)
    )
    all_.leads.look_up(("x:" + row.body["lead.id"], row.body["lead.id"]) for row in chunk if "lead.id" in row.body)
    there = existing(chunk, context.zone) if all_.had_activities else {}
    known = states(Activity, there.values())
    touches, on_leads = Touches(context), LeadTouches(context)
    for row in chunk:
        wanted = fields(all_, row)
        pk = there.get(row.ext) if row.ext else there.get(signature(wanted))
        at = wanted.get("created_at") or wanted.get("done_at") or context.stamp
        pk = context.settle(Kind.ACTIVITIES, Activity, pk, known.get(pk or 0), wanted, at=min(at, context.stamp))
        if not row.ext:
            there[signature(wanted)] = pk
        touches.by_activity(wanted)
        on_leads.by_activity(wanted)
    touches.write(Deal)
    on_leads.write()


def has_deal(row: Staged) -> bool:
    """Whether the row names a deal."""
    return "deal.id" in row.body or "deal" in row.body


def existing(chunk: list[Staged], zone: tzinfo) -> dict[object, int]:
    """Activities that are there: by external id; rows without one by what they are and when."""
    ids = [row.ext for row in chunk if row.ext]
    rows = Activity.objects.filter(deleted_at=None)
    found: dict[object, int] = {}
    for start in range(0, len(ids), 500):
        found.update(rows.filter(external_id__in=ids[start : start + 500]).values_list("external_id", "pk"))
    if len(ids) < len(chunk):
        said = [row.body.get("done_at") or row.body.get("date") for row in chunk if not row.ext]
        times = [began(time, zone) for time in said if time]
        pks = [pk for start in range(0, len(times), 500) for pk in rows.filter(
            done_at__in=times[start : start + 500], external_id="").values_list("pk", flat=True)]  # fmt: skip
        found.update({signature(state): pk for pk, state in states(Activity, pks).items()})
    return found


def signature(state: State) -> tuple[object, ...]:
    """What makes two activities without ids the same one."""
    names = ("type_id", "subject", "owner_id", "deal_id", "person_id", "due_at", "done_at")
    return tuple(state.get(name) or None for name in names)


def fields(all_: Everything, row: Staged) -> State:
    """The activity as its row has it."""
    body = row.body
    deal, lead = links(all_, row)
    organization = all_.parties.organization(row) or whatever(all_, row)
    whose = owner(all_.context.by, all_.users.named(row, "owner"))
    wanted: State = {
        "type_id": all_.activity_types.get(body.get("type") or _("Task")),
        "owner_id": whose,
        "deal_id": deal, "lead_id": lead, "organization_id": organization,
        "person_id": all_.parties.person(row, organization), **times(all_, row, whose),
    }  # fmt: skip
    wanted["outcome"] = body.get("outcome") or body.get("outcome2") or ""
    wanted |= {name: body[name] for name in ("subject", "note", "created_at") if name in body}
    wanted |= {name: wanted[name][:255] for name in SMALL if wanted.get(name)}
    wanted |= all_.activity_details.of(row, all_.parties, wanted["outcome"])
    minutes = minutes_of(body)
    if minutes is not None:
        wanted["minutes"] = minutes
    if row.ext:
        wanted["external_id"] = row.ext
    return wanted


def links(all_: Everything, row: Staged) -> tuple[int | None, int | None]:
    """The deal and the lead that a row names; a deal that is not there is left out, and said."""
    body = row.body
    deal = all_.deals.get(deal_key(body)) if has_deal(row) else None
    if has_deal(row) and deal is None and whatever(all_, row) is None:
        all_.context.fault(
            row, "deal.id" if "deal.id" in body else "deal", deal_key(body)[2:], _("there is no such deal"),
            _("Correct the id, or import the deal as well. The activity is in without it."),
        )  # fmt: skip
    return deal, all_.leads.get("x:" + body["lead.id"]) if "lead.id" in body else None


def names_anything(all_: Everything, row: Staged) -> bool:
    """Salesforce's WhatId names a deal or an account."""
    heading = all_.context.headings.get(row.file, {}).get("deal.id", "")
    return "deal.id" in row.body and normal(heading) == "what id"


def whatever(all_: Everything, row: Staged) -> int | None:
    """The account that a WhatId names."""
    return all_.parties.organizations.get("x:" + row.body["deal.id"]) if names_anything(all_, row) else None


def times(all_: Everything, row: Staged, whose: int | None) -> State:
    """When it was due and when it was done. A date alone is when it happened, unless the row says it has not."""
    body, now, zone = row.body, all_.context.stamp, all_.context.zone
    date = body.get("date", "")
    due = body.get("due_at") or date
    done = body.get("done_at")
    if not done and is_done(row, began(due, zone) if due else "", now):
        done = began(date or due, zone) if date or due else ""
    found: State = {}
    if due:
        happened = done and "due_at" not in body
        found |= {"due_at": began(due, zone)} if happened else all_.activity_details.due(due, whose)
    if done:
        found["done_at"] = done
    return found


def is_done(row: Staged, due: str, now: str) -> bool:
    """Whether it has been done: as its status or outcome says, else if its day has passed and it is no open task."""
    for word in (row.body.get("status"), row.body.get("outcome2")):
        if word:
            try:
                return flags.read(word)
            except BadValue:
                continue
    return bool(row.body.get("date")) and due <= now


def minutes_of(body: State) -> int | None:
    """Whole minutes."""
    if "minutes" in body:
        return round(abs(float(body["minutes"])))
    return round(abs(float(body["seconds"])) / 60) if "seconds" in body else None
