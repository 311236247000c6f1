"""The fields a file can fill, by kind of table: what sort of value each takes.

A name with a dot says by what another record is referred to: `organization.domain`, `person.email`, `owner.id`;
without one the cell may hold an id, an address or a name.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What one row of a table is. The order is the order in which tables are written."""

    TEAMS = "teams"
    USERS = "users"
    PIPELINES = "pipelines"
    STAGES = "stages"
    PRODUCTS = "products"
    ORGANIZATIONS = "organizations"
    PEOPLE = "people"
    LEADS = "leads"
    DEALS = "deals"
    STAGE_CHANGES = "stage-changes"
    DEAL_PRODUCTS = "deal-products"
    ACTIVITIES = "activities"
    TARGETS = "targets"


# Sorts of value: text, number, money, time, day, flag, emails, phones, domain, words (several, by comma),
# metric, period.
SORTS: dict[str, str] = {
    "value": "money", "unit_price": "money", "amount": "money", "line_total": "money", "product_price": "money",
    "quantity": "number", "discount": "number", "probability": "number", "position": "number", "minutes": "number",
    "seconds": "number", "product_quantity": "number", "rot_days": "number",
    "created_at": "time", "updated_at": "time", "closed_at": "time", "close_date": "time", "won_at": "time",
    "lost_at": "time", "changed_at": "time", "due_at": "time", "done_at": "time", "date": "time",
    "converted_at": "time", "mql_at": "time", "sql_at": "time", "sal_at": "time",
    "expected_close_on": "day", "hired_on": "day", "left_on": "day", "revisit_on": "day",
    "start_on": "day", "end_on": "day",
    "is_won": "flag", "is_closed": "flag", "is_lost": "flag", "deleted": "flag", "active": "flag",
    "is_converted": "flag",
    "emails": "emails", "phones": "phones", "domain": "domain", "labels": "words",
    "participants": "words",
    "metric": "metric", "period": "period",
}  # fmt: skip

OWNERS = "owner owner.id owner.email"
PARTIES = "organization organization.id organization.domain person person.id person.email"
STREAM = "source campaign originator originator.id originator.email"
FIELDS: dict[Kind, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        Kind.TEAMS: "external_id name",
        Kind.USERS: "external_id name first_name last_name email role active team team.id manager hired_on "
        "left_on deleted",
        Kind.PIPELINES: "external_id name position deleted",
        Kind.STAGES: "external_id name pipeline pipeline.id position probability is_closed is_won is_lost "
        "active deleted rot_days",
        Kind.PRODUCTS: "external_id name code unit_price currency active deleted",
        Kind.ORGANIZATIONS: f"external_id name domain website address city state country postcode industry {OWNERS} "
        "created_at updated_at labels deleted",
        Kind.PEOPLE: "external_id name first_name last_name job_title emails email2 phones phone2 "
        f"created_at updated_at labels deleted organization organization.id organization.domain {OWNERS}",
        Kind.LEADS: f"external_id title stage status value currency created_at updated_at closed_at labels deleted "
        f"is_converted converted_at mql_at sql_at sal_at discard_note person_name first_name last_name {OWNERS} "
        f"{STREAM} {PARTIES}",
        Kind.DEALS: "external_id title stage stage.id status pipeline pipeline.id value currency created_at updated_at "
        "closed_at close_date won_at lost_at expected_close_on lost_reason lost_note competitor labels revenue_type "
        "product product.id product_quantity product_price is_won is_closed deleted lead.id probability revisit_on "
        f"{OWNERS} {STREAM} {PARTIES}",
        Kind.STAGE_CHANGES: "external_id deal deal.id stage stage.id from_stage changed_at pipeline pipeline.id value "
        "expected_close_on by by.id property probability",
        Kind.DEAL_PRODUCTS: "external_id deal deal.id product product.id code quantity unit_price discount line_total "
        "created_at position deleted",
        Kind.ACTIVITIES: f"external_id type subject due_at done_at date status minutes seconds outcome outcome2 note "
        f"created_at updated_at deleted deal deal.id lead.id participants place priority {OWNERS} {PARTIES}",
        Kind.TARGETS: "metric person team pipeline period start_on end_on amount currency",
    }.items()
}


def sort_of(field: str) -> str:
    """The sort of value a field takes."""
    return SORTS.get(field, "text")
