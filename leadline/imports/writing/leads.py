"""Leads: rows of a leads file."""

from leadline.crm.models import Lead
from leadline.imports.kinds import Kind
from leadline.imports.planning.staging import Staged
from leadline.imports.values import contacts, spelling
from leadline.imports.writing.batch import State
from leadline.imports.writing.context import states
from leadline.imports.writing.everything import Everything
from leadline.imports.writing.qualifying import compose
from leadline.imports.writing.records import add_custom, common
from leadline.imports.writing.sameness import keep_external, repeated, same
from leadline.imports.writing.touching import clocks_of_new
from leadline.imports.writing.users import short

from django.utils.translation import gettext as _  # isort: skip

STAGES = {
    "target": "target new open notcontacted subscriber lead raw cold suspect",
    "mql": "mql marketingqualified marketingqualifiedlead marketing engaged",
    "sql": "sql salesqualified salesqualifiedlead qualified contacted working connected",
    "sal": "sal accepted salesaccepted salesacceptedlead opportunity",
}
STATUSES = {
    "converted": "converted customer won closedconverted",
    "discarded": "discarded disqualified unqualified lost junk rejected dead closednotconverted notinterested badfit",
    "nurture": "nurture nurturing recycled parked badtiming later",
}
STAGE_OF = {word: stage for stage, words in STAGES.items() for word in words.split()}
STATUS_OF = {word: status for status, words in STATUSES.items() for word in words.split()}


def bring_in(all_: Everything, chunk: list[Staged]) -> None:
    """Rows of a leads file."""
    context = all_.context
    all_.parties.look_up(chunk)
    all_.leads.look_up(pair for row in chunk for pair in keys(row))
    known = states(Lead, (pk for row in chunk for pk in all_.leads.all_of(keys(row))))
    for row in chunk:
        pk = same(row, all_.leads, keys(row), known, context.duplicates)
        if repeated(all_, Kind.LEADS, row, pk, known):
            continue
        wanted = fields(all_, row)
        there = known.get(pk or 0)
        keep_external(wanted, there)
        add_custom(all_, Kind.LEADS, row, wanted, there)
        if there and there.get("deal_id"):
            # What became of it is known better than its old row tells.
            wanted = {name: value for name, value in wanted.items() if name not in ("status", "stage", "closed_at")}
        elif pk is None:
            wanted = {"stage": stage_of(all_, row), "status": "open", **wanted, "title": title_of(row, wanted)}
        pk = create(all_, row, wanted) if pk is None else context.settle(Kind.LEADS, Lead, pk, there, wanted)
        all_.leads.keep(pk, [key for key, _text in keys(row)])


def create(all_: Everything, row: Staged, wanted: State) -> int:
    """A new lead with its past."""
    context = all_.context
    context.count(Kind.LEADS, "created")
    state, begun, changes = compose(wanted, row.body, context.stamp)
    pk = context.batch.create(Lead, state, begun, clocks_of_new(wanted, changes, context.by.id))
    for at, values in changes:
        before = {name: state.get(name) for name in values}
        state = {**state, **values}
        context.batch.change(Lead, pk, before, state, at)
    context.batch.set(Lead, pk, {name: state[name] for _at, values in changes for name in values})
    return pk


def fields(all_: Everything, row: Staged) -> State:
    """The lead as its row has it."""
    body = row.body
    wanted = common(all_, row)
    organization = all_.parties.organization(row)
    wanted |= {"organization_id": organization, "originator_id": all_.users.named(row, "originator")}
    wanted["person_id"] = all_.parties.person(with_person(row), organization)
    if "title" in body:
        wanted["title"] = body["title"]
    if "source" in body:
        wanted["source_id"] = all_.sources.get(body["source"])
    if "campaign" in body:
        wanted["campaign_id"] = all_.campaigns.get(body["campaign"], source_id=wanted.get("source_id"))
    if "value" in body:
        wanted |= {"value": body["value"], "currency": all_.money.currency(row)}
    if "discard_note" in body:
        wanted["discard_note"] = body["discard_note"]
    if "stage" in body or spelling.key(body.get("status", "")) in STAGE_OF:
        wanted["stage"] = stage_of(all_, row)
    status = STATUS_OF.get(spelling.key(body.get("status", "")), "")
    if body.get("is_converted") or body.get("converted_at"):
        status = "converted"
    if status:
        wanted["status"] = status
        ended = body.get("converted_at") or body.get("closed_at")
        if ended and status != "nurture":
            wanted["closed_at"] = ended
    return wanted


def stage_of(all_: Everything, row: Staged) -> str:
    """target, mql, sql or sal: as told; a file of MQLs says so in its headings; else a target."""
    for word in (row.body.get("stage", ""), row.body.get("status", "")):
        if spelling.key(word) in STAGE_OF:
            return STAGE_OF[spelling.key(word)]
    heading = all_.context.headings.get(row.file, {}).get("external_id", "")
    return "mql" if "mql" in heading.casefold() else "target"


def with_person(row: Staged) -> Staged:
    """The row with the lead's own name in the place of a person's."""
    body = row.body
    name = body.get("person_name") or " ".join(filter(None, (body.get("first_name"), body.get("last_name"))))
    return row._replace(body={**body, "person": name}) if name and "person" not in body else row


def title_of(row: Staged, wanted: State) -> str:
    """A lead without a title is named for who it is, else for its id."""
    body = row.body
    person = with_person(row).body.get("person", "")
    return (
        wanted.get("title")
        or contacts.name(person)
        or body.get("organization")
        or body.get("person.email")
        or _("Lead %(id)s") % {"id": short(row.ext)}
    )[:255]


def keys(row: Staged) -> list[tuple[str, str]]:
    """An id says which lead is meant; without one its title does."""
    if row.ext:
        return [("x:" + row.ext, row.ext)]
    title = title_of(row, {"title": row.body.get("title")})
    return [("n:" + spelling.key(title), title)]
