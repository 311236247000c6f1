"""Deals: rows of a deals file, with their stage changes where there are any."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from leadline.crm.models import Deal
from leadline.imports.kinds import Kind
from leadline.imports.planning.staging import Event, Staged
from leadline.imports.values import outcome, revenue, spelling
from leadline.imports.writing import lines, past, twins
from leadline.imports.writing.batch import State, difference
from leadline.imports.writing.composing import CLOSING, Step, compose
from leadline.imports.writing.context import states
from leadline.imports.writing.conversion import Conversions
from leadline.imports.writing.everything import Everything
from leadline.imports.writing.records import add_custom, common
from leadline.imports.writing.sameness import keep_external
from leadline.imports.writing.steps import steps_of
from leadline.imports.writing.touching import Touches
from leadline.imports.writing.users import short

CLOSE_VALUE = re.compile(r"\s*(deal|opportunity)?[\s_-]*(close[d]?|won|final)[\s_-]*(value|amount)", re.IGNORECASE)
PLAIN = ("competitor", "lost_note", "revisit_on")


def bring_in(all_: Everything, chunk: list[Staged]) -> None:
    """A chunk of rows: matched, composed, collected for writing."""
    context = all_.context
    for row in chunk:
        if not row.ext:
            row.body.setdefault("title", title_of(all_, row, {}))
    all_.parties.look_up(chunk)
    all_.deals.look_up(pair for row in chunk for pair in keys(row))
    conversions = Conversions(all_, chunk)
    twin = twins.find(chunk)
    found = (pk for row in chunk if row.ext for pk in all_.deals.all_of([("x:" + row.ext, row.ext)]))
    known = states(Deal, {*found, *twin.values()})
    pasts = past.Pasts(all_, known)
    told = lines.Told(all_, known)
    events = context.staging.events_of([key for row in chunk for key in event_keys(row)])
    for row in chunk:
        pk = match(all_, row, twin)
        there = known.get(pk or 0)
        place = find_place(all_, row, there)
        if place is None:
            blame_events(all_, row, events)
            continue
        wanted = fields(all_, row, *place)
        conversions.inherit(row, wanted)
        told_of = [event for key in event_keys(row) for event in events.get(key, [])]
        steps = steps_of(all_, told_of, place[0], wanted["currency"])
        take_worth_when_set(wanted, steps)
        if pk is None:
            pk = create(all_, row, wanted, steps)
        elif there is None:
            context.count(Kind.DEALS, "unchanged")
            context.fault(
                row, "title", row.body.get("title", ""), _("an earlier row has the same title, value and date"),
                _("Give the deals ids if they are two. The row was taken as a copy."),
            )  # fmt: skip
            continue
        else:
            edit(all_, row, pk, there, wanted, steps, pasts)
        all_.deals.keep(pk, [key for key, _text in keys(row)])
        conversions.convert(row, pk, wanted)
        told.line(row, pk, "" if there else wanted.get("created_at") or "")
    Touches(context).by_moves().write(Deal)


def keys(row: Staged) -> list[tuple[str, str]]:
    """An id says which deal is meant; without one title, value and creation date together do."""
    title = row.body.get("title", "")
    by_title = [("n:" + spelling.key(title), title)] if title else []
    return [("x:" + row.ext, row.ext) if row.ext else (twins.signature(row.body), title), *by_title]


def event_keys(row: Staged) -> list[str]:
    """The keys by which stage changes may name the deal."""
    return [key for key, _text in keys(row) if key[0] in "xn"]


def match(all_: Everything, row: Staged, twin: dict[int, int]) -> int | None:
    """The deal that a row tells of, or None for a new one."""
    if row.ext:
        return all_.deals.get("x:" + row.ext)
    if all_.context.duplicates == "create":
        return None
    return twin.get(row.id) or all_.deals.get(twins.signature(row.body))


def find_place(all_: Everything, row: Staged, there: State | None) -> tuple[int, int | None, str] | None:
    """(pipeline, stage, status) of a row; None where the stage is unknown, which is reported.

    What the row does not tell stays as it is for a deal that is `there`.
    """
    body, stages = row.body, all_.stages
    word = body.get("stage.id") or body.get("stage") or ""
    status = status_of(all_, row, word)
    text = body.get("pipeline.id") or body.get("pipeline") or ""
    pipeline = (stages.pipeline(text) if text else there and there["pipeline_id"]) or stages.own_pipeline([])
    if not word or stages.ending(word) or (outcome.status(word) == "open" and not stages.find(pipeline, word)):
        if there and there["stage_id"] and there["pipeline_id"] == pipeline:
            return pipeline, there["stage_id"], status
        return (
            (pipeline, None, status) if status in ("won", "lost") else open_without_stage(all_, row, pipeline, status)
        )
    stage = stages.find(pipeline, word)
    if stage is None and not text:
        elsewhere = stages.anywhere(word)
        pipeline, stage = elsewhere if elsewhere else (pipeline, None)
    if stage is None:
        all_.context.fault(
            row, "stage.id" if "stage.id" in body else "stage", word, _("there is no such stage"),
            _("Use one of: %(stages)s; or add it to the file of stages.") % {"stages": stages.choices(pipeline)},
            fatal=True,
        )  # fmt: skip
        return None
    return pipeline, stage, status


def open_without_stage(all_: Everything, row: Staged, pipeline: int, status: str) -> tuple[int, int | None, str] | None:
    """An open deal whose stage the file does not tell stands in the first one, and that is said."""
    stages = all_.stages
    first = stages.first_stage(pipeline)
    all_.context.notes[_("%(file)s: open deals without a stage were put into the first one") % {"file": row.file}] += 1
    return pipeline, first, status


def status_of(all_: Everything, row: Staged, stage: str) -> str:
    """won, lost, open or nurture: from the status, the stage, the flags or the dates, in that order."""
    body = row.body
    told = outcome.status(body.get("status", "")) or all_.stages.ending(stage) or ""
    if not told or told == "open":
        if body.get("is_won"):
            told = "won"
        elif body.get("is_closed"):
            told = told if told in ("won", "lost") else "lost"
        elif not told and body.get("won_at"):
            told = "won"
        elif not told and body.get("lost_at"):
            told = "lost"
    return told or "open"


def fields(all_: Everything, row: Staged, pipeline: int, stage: int | None, status: str) -> State:
    """The deal as its row has it."""
    body = row.body
    organization = all_.parties.organization(row)
    wanted = common(all_, row)
    wanted |= {"pipeline_id": pipeline, "stage_id": stage, "status": status, "organization_id": organization}
    wanted |= {
        "person_id": all_.parties.person(row, organization),
        "originator_id": all_.users.named(row, "originator"),
    }
    wanted |= {name: body[name] for name in PLAIN if name in body}
    if "title" in body:
        wanted["title"] = body["title"]
    if "source" in body:
        wanted["source_id"] = all_.sources.get(body["source"])
    if "campaign" in body:
        wanted["campaign_id"] = all_.campaigns.get(body["campaign"], source_id=wanted.get("source_id"))
    if "revenue_type" in body:
        wanted["revenue_type"] = revenue.kind(body["revenue_type"]) or "new"
    add_dates(all_, row, wanted)
    add_value(all_, row, wanted)
    return wanted


def add_dates(all_: Everything, row: Staged, wanted: State) -> None:
    """A closing date is the day it closed if it has, else the day on which it is expected to."""
    body, status = row.body, wanted["status"]
    if status in ("won", "lost"):
        own = body.get("won_at") if status == "won" else body.get("lost_at")
        closed = own or body.get("closed_at") or body.get("close_date")
        if closed:
            wanted["closed_at"] = closed
        else:
            all_.context.fault(
                row, "closed_at", "", _("it is %(status)s but has no closing date") % {"status": status},
                _("Give the date. The row is in; it is left out of everything that is counted by closing date."),
            )  # fmt: skip
        if status == "lost" and "lost_reason" in body:
            wanted["lost_reason_id"] = all_.lost_reasons.get(body["lost_reason"])
    elif "close_date" in body and "expected_close_on" not in body:
        wanted["expected_close_on"] = body["close_date"][:10]
    if "expected_close_on" in body:
        wanted["expected_close_on"] = body["expected_close_on"]


def add_value(all_: Everything, row: Staged, wanted: State) -> None:
    """The amount, its currency, and its worth in the base currency at the rate of its day."""
    wanted["currency"] = all_.money.currency(row)
    if "value" in row.body:
        day = (wanted.get("closed_at") or wanted.get("created_at") or all_.context.stamp)[:10]
        wanted["value"] = row.body["value"]
        wanted["value_base"] = all_.money.in_base(wanted["value"], wanted["currency"], day)


def take_worth_when_set(wanted: State, steps: Sequence[Step]) -> None:
    """Where the history tells on which day the amount was set, its worth is that of this day."""
    for step in steps:
        if "value" in wanted and step.values.get("value") == wanted["value"]:
            wanted["value_base"] = step.values["value_base"]


def title_of(all_: Everything, row: Staged, wanted: State) -> str:
    """A deal without a title is named for its buyer and product, else for its id."""
    body = row.body
    buyer = body.get("organization") or body.get("person") or ""
    made = ": ".join(filter(None, (buyer, all_.products.shown(body["product"]) if "product" in body else "")))
    return (wanted.get("title") or made or _("Deal %(id)s") % {"id": short(row.ext)})[:255]


def create(all_: Everything, row: Staged, wanted: State, steps: Sequence[Step]) -> int:
    """A new deal with its whole history."""
    context = all_.context
    context.count(Kind.DEALS, "created")
    add_custom(all_, Kind.DEALS, row, wanted, None)
    final = {"revenue_type": "new", **wanted, "title": title_of(all_, row, wanted)}
    keep_last_stage(final, steps)
    say_if_moved_after_the_close(all_, row, final, steps)
    first, begun, moments, entered = compose(final, steps, context.stamp, known_at_the_close(all_, row))
    pk = context.batch.create(Deal, first, begun)
    for moment in moments:
        context.batch.change(Deal, pk, moment.before, moment.after, moment.at, by_id=moment.by_id)
    last = moments[-1].after if moments else first
    context.batch.set(Deal, pk, {**last, "stage_entered_at": entered if last.get("stage_id") else None})
    context.count(Kind.STAGE_CHANGES, "created", len(steps))
    return pk


def known_at_the_close(all_: Everything, row: Staged) -> tuple[str, ...]:
    """The fields that nobody knew before the deal closed: a "close_value" is what it came to, not what was hoped."""
    heading = all_.context.headings.get(row.file, {}).get("value", "")
    return ("value", "value_base") if CLOSE_VALUE.match(heading) else ()


def say_if_moved_after_the_close(all_: Everything, row: Staged, final: State, steps: Sequence[Step]) -> None:
    """The deal counts as open again until it is closed by its row: that is worth a look."""
    closed = final.get("closed_at")
    late = [step.at for step in steps if closed and step.stage is not None and step.at > closed]
    if late:
        all_.context.fault(
            row, "closed_at", closed, _("a stage change (%(when)s) is later than the close") % {"when": late[-1][:10]},
            _("Correct the closing date or the stage change. The row is in; it counts as open in between."),
        )  # fmt: skip


def keep_last_stage(final: State, steps: Sequence[Step]) -> None:
    """A closed deal whose row names no stage closed in the last one that its stage changes tell of."""
    if final.get("stage_id") is None:
        stages = [step.stage for step in steps if step.stage is not None]
        if not stages and steps and steps[-1].origin is not None:
            stages = [steps[-1].origin]
        final["stage_id"] = stages[-1] if stages else None


def edit(
    all_: Everything, row: Staged, pk: int, there: State, wanted: State, steps: Sequence[Step], pasts: past.Pasts
) -> None:
    """A deal that is there: what the row tells otherwise is changed, stage changes not yet known are added."""
    context = all_.context
    if context.duplicates == "skip":
        context.count(Kind.DEALS, "unchanged")
        return
    pasts.add(pk, there, steps)
    keep_external(wanted, there)
    add_custom(all_, Kind.DEALS, row, wanted, there)
    given = {name: value for name, value in wanted.items() if value not in (None, "")}
    if "value" in row.body:
        given["value_base"] = wanted["value_base"]  # None where there is no rate: the old worth would be a lie
    if "currency" in given and "value" not in row.body:
        del given["currency"]
    if steps and not (given.get("status") in ("won", "lost") and there["status"] != given["status"]):
        given = {name: value for name, value in given.items() if name not in ("stage_id", "pipeline_id")}
    if given["status"] == "open" and "status" not in row.body and "stage" not in row.body:
        del given["status"]
    changed = difference(there, given)
    if given.get("status") == "open" and changed.get("status"):
        changed |= {"closed_at": None, "lost_reason_id": None}
    if not changed:
        context.count(Kind.DEALS, "unchanged")
        return
    context.count(Kind.DEALS, "updated")
    for at, values in in_time(changed, pk, pasts, context.stamp):
        context.update(Deal, pk, there, values, at)
        if "stage_id" in values:
            context.batch.set(Deal, pk, {"stage_entered_at": at})


def in_time(changed: State, pk: int, pasts: past.Pasts, stamp: str) -> list[tuple[str, State]]:
    """What is changed and when: at the closing date what the log has not set since, the rest now.

    Behind every earlier setting of the same field in any case, else the log would say otherwise than the row.
    """
    closing = changed.get("closed_at")
    later = {name for name in changed if not closing or pasts.latest(pk, name) > closing}
    if later & set(CLOSING):
        later |= set(CLOSING)
    early = {name: value for name, value in changed.items() if name not in later}
    late = {name: value for name, value in changed.items() if name in later}
    now = max(stamp, pasts.latest(pk))
    return [(at, values) for at, values in ((closing or now, early), (now, late)) if values]


def blame_events(all_: Everything, row: Staged, events: dict[str, list[Event]]) -> None:
    """Stage changes of a deal that did not come in cannot either."""
    for key in event_keys(row):
        for event in events.get(key, []):
            all_.context.fault(
                event, "deal.id" if "deal.id" in event.body else "deal", key[2:], _("its deal could not be imported"),
                _("Mend the deal's row and import both again."), fatal=True,
            )  # fmt: skip
