"""What kinds of rows and their fields are called on the page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leadline.imports.kinds import FIELDS, Kind
from leadline.web.frame import formats

KINDS: dict[str, str | Promise] = {
    Kind.DEALS: _("Deals"),
    Kind.LEADS: _("Leads"),
    Kind.PEOPLE: _("People"),
    Kind.ORGANIZATIONS: _("Organizations"),
    Kind.ACTIVITIES: _("Activities"),
    Kind.PRODUCTS: _("Products"),
    Kind.DEAL_PRODUCTS: _("Products in deals"),
    Kind.STAGE_CHANGES: _("Stage changes"),
    Kind.STAGES: _("Stages"),
    Kind.PIPELINES: _("Pipelines"),
    Kind.USERS: _("Colleagues"),
    Kind.TEAMS: _("Teams"),
    Kind.TARGETS: _("Targets"),
}
# What an import makes beside the rows' own records.
MADE: dict[str, str | Promise] = {
    "user": _("Colleagues without a sign-in"),
    "team": _("Teams"),
    "pipeline": _("Pipelines"),
    "stage": _("Stages"),
    "source": _("Sources"),
    "campaign": _("Campaigns"),
    "product": _("Products"),
    "lost_reason": _("Lost reasons"),
    "label": _("Labels"),
    "organization": _("Organizations"),
    "person": _("People"),
    "activity_type": _("Kinds of activity"),
    "custom_field": _("Own fields"),
    "currency": _("Currencies"),
}
SORTS: dict[str, str | Promise] = {
    "text": _("text"),
    "number": _("number"),
    "money": _("money"),
    "date": _("date"),
    "choice": _("choice"),
}
ORDERS: dict[str, str | Promise] = {"dmy": _("day first"), "mdy": _("month first"), "ymd": _("year first")}
HOW: dict[str, str | Promise] = {
    "column": _("seen in the column"),
    "file": _("as in the file's other dates"),
    "logic": _("else dates contradict each other"),
    "told": _("as you said"),
}
FIELD: dict[str, str | Promise] = {
    "external_id": _("Id in the other system"), "name": _("Name"), "title": _("Title"), "first_name": _("First name"),
    "last_name": _("Last name"), "email": _("E-mail"), "role": _("Role"), "active": _("Active"), "team": _("Team"),
    "team.id": _("Team, by id"), "manager": _("Manager"), "hired_on": _("Hired on"), "left_on": _("Left on"),
    "deleted": _("Marked as deleted"), "position": _("Place in the order"), "pipeline": _("Pipeline"),
    "pipeline.id": _("Pipeline, by id"), "probability": _("Probability"), "is_closed": _("Is closed"),
    "is_won": _("Is won"), "is_lost": _("Is lost"), "rot_days": _("Days until it rots"), "code": _("Code"),
    "unit_price": _("Price"), "currency": _("Currency"), "domain": _("Domain"), "website": _("Website"),
    "address": _("Address"), "city": _("City"), "state": _("State or region"), "country": _("Country"),
    "postcode": _("Postcode"), "industry": _("Industry"), "created_at": _("Created"), "updated_at": _("Last changed"),
    "labels": _("Labels"), "job_title": _("Job title"), "emails": _("E-mail"), "email2": _("Second e-mail"),
    "phones": _("Phone"), "phone2": _("Second phone"), "organization": _("Organization"),
    "organization.id": _("Organization, by id"), "organization.domain": _("Organization, by domain"),
    "person": _("Person"), "person.id": _("Person, by id"), "person.email": _("Person, by e-mail"),
    "person_name": _("Person's name"), "owner": _("Owner"), "owner.id": _("Owner, by id"),
    "owner.email": _("Owner, by e-mail"), "originator": _("Who found it"), "originator.id": _("Who found it, by id"),
    "originator.email": _("Who found it, by e-mail"), "source": _("Source"), "campaign": _("Campaign"),
    "stage": _("Stage"), "stage.id": _("Stage, by id"), "status": _("Status"), "value": _("Value"),
    "closed_at": _("Closed"), "close_date": _("Close date (expected while open)"), "won_at": _("Won on"),
    "lost_at": _("Lost on"), "expected_close_on": _("Expected close"), "lost_reason": _("Lost reason"),
    "lost_note": _("Why lost, in words"), "competitor": _("Competitor"), "revenue_type": _("New, add-on or renewal"),
    "product": _("Product"), "product.id": _("Product, by id"), "product_quantity": _("Quantity"),
    "product_price": _("Product's price"), "lead.id": _("Lead, by id"), "revisit_on": _("Revisit on"),
    "is_converted": _("Is converted"), "converted_at": _("Converted"), "discard_note": _("Why discarded"),
    "mql_at": _("Marketing-qualified on"), "sql_at": _("Sales-qualified on"), "sal_at": _("Sales-accepted on"),
    "deal": _("Deal"), "deal.id": _("Deal, by id"), "from_stage": _("Stage before"), "changed_at": _("Time of change"),
    "by": _("Who changed it"), "by.id": _("Who changed it, by id"), "property": _("Changed property"),
    "quantity": _("Quantity"), "discount": _("Discount"), "line_total": _("Total of the line"), "type": _("Type"),
    "subject": _("Subject"), "due_at": _("Due"), "done_at": _("Done at"), "date": _("Date"), "minutes": _("Minutes"),
    "seconds": _("Seconds"), "outcome": _("Outcome"), "outcome2": _("Outcome of the meeting"), "note": _("Note"),
    "metric": _("What is to be reached"), "period": _("Period"), "start_on": _("First day"), "end_on": _("Last day"),
    "amount": _("Amount"),
}  # fmt: skip
NEEDED: dict[str, str | Promise] = {
    Kind.DEALS: _("A deal needs an id or a title, and a stage, status, value or date."),
    Kind.LEADS: _("A lead needs an id, title or name, and where or when it came from."),
    Kind.PEOPLE: _("A person needs a name or an e-mail address, and one thing more."),
    Kind.ORGANIZATIONS: _("An organization needs a name or a domain, and one thing more."),
    Kind.ACTIVITIES: _("An activity needs a type or a subject, and a date."),
    Kind.PRODUCTS: _("A product needs a name or a code, and a price."),
    Kind.DEAL_PRODUCTS: _("A line needs its deal, its product and a quantity or price."),
    Kind.STAGE_CHANGES: _("A stage change needs its deal, its stage and its time."),
    Kind.STAGES: _("A stage needs a name, and its place, its probability or whether it is closed."),
    Kind.PIPELINES: _("A pipeline needs an id and a name."),
    Kind.USERS: _("A colleague needs a name or an address, and a role, team or manager."),
    Kind.TEAMS: _("A team needs an id and a name."),
    Kind.TARGETS: _("A target needs an amount, its days, and what is to be reached."),
}


def fields_of(kind: str) -> list[tuple[str, str]]:
    """What a column of this kind of table may become: (field, word), by word."""
    return sorted(((name, str(FIELD[name])) for name in FIELDS[Kind(kind)]), key=lambda pair: pair[1].casefold())


def becomes(meaning: str) -> str:
    """What a column becomes, in words."""
    head, _colon, sort = meaning.partition(":")
    if head == "custom":
        return str(_("Own field (%(sort)s)")) % {"sort": SORTS.get(sort, SORTS["text"])}
    if meaning in ("-", ""):
        return str(_("Left out"))
    if meaning == "empty":
        return str(_("Left out: it is empty"))
    return str(FIELD.get(meaning, meaning))


def counted(kind: str, n: int) -> str:
    """ "4,238 deals"."""
    words = {
        Kind.DEALS: ngettext("%(n)s deal", "%(n)s deals", n),
        Kind.LEADS: ngettext("%(n)s lead", "%(n)s leads", n),
        Kind.PEOPLE: ngettext("%(n)s person", "%(n)s people", n),
        Kind.ORGANIZATIONS: ngettext("%(n)s organization", "%(n)s organizations", n),
        Kind.ACTIVITIES: ngettext("%(n)s activity", "%(n)s activities", n),
        Kind.PRODUCTS: ngettext("%(n)s product", "%(n)s products", n),
        Kind.DEAL_PRODUCTS: ngettext("%(n)s product in a deal", "%(n)s products in deals", n),
        Kind.STAGE_CHANGES: ngettext("%(n)s stage change", "%(n)s stage changes", n),
        Kind.STAGES: ngettext("%(n)s stage", "%(n)s stages", n),
        Kind.PIPELINES: ngettext("%(n)s pipeline", "%(n)s pipelines", n),
        Kind.USERS: ngettext("%(n)s colleague", "%(n)s colleagues", n),
        Kind.TEAMS: ngettext("%(n)s team", "%(n)s teams", n),
        Kind.TARGETS: ngettext("%(n)s target", "%(n)s targets", n),
    }
    return words[Kind(kind)] % {"n": formats.number(n)}


def rows(n: int) -> str:
    """ "12 rows"."""
    return ngettext("%(n)s row", "%(n)s rows", n) % {"n": formats.number(n)}
