"""What a table must have to be of a kind, and the words in a file's name that speak for it."""

from collections.abc import Collection
from typing import NamedTuple

from leadline.imports.kinds import Kind

# Every group needs one of its fields; the last group of a kind is waived where the file's name speaks for it.
ANYTHING = "*"
NEEDS: dict[Kind, tuple[frozenset[str], ...]] = {
    kind: tuple(frozenset(group.split("|")) for group in groups.split())
    for kind, groups in {
        Kind.TEAMS: "name nothing",
        Kind.USERS: "name|email|first_name|external_id role|active|team|team.id|email|manager *",
        Kind.PIPELINES: "external_id name nothing",
        Kind.STAGES: "name|external_id position|probability|is_closed|is_won *",
        Kind.PRODUCTS: "name|code code|unit_price|active",
        Kind.ORGANIZATIONS: "name|domain domain|website|address|city|country|industry|owner|owner.id|created_at",
        Kind.PEOPLE: "emails|first_name|last_name|name "
        "emails|phones|job_title|last_name|organization|organization.id|organization.domain",
        Kind.LEADS: "external_id|title|person|person_name|last_name|organization "
        "created_at|source|person.email|is_converted|status",
        Kind.DEALS: "external_id|title|lead.id stage|stage.id|status|value|close_date|closed_at|won_at|created_at *",
        Kind.STAGE_CHANGES: "deal|deal.id stage|stage.id changed_at *",
        Kind.DEAL_PRODUCTS: "deal|deal.id product|product.id|code quantity|unit_price|line_total *",
        Kind.ACTIVITIES: "type|subject due_at|done_at|date *",
        Kind.TARGETS: "amount period|start_on metric",
    }.items()
}

SURE, LIKELY = 20.0, 4.0


class Hint(NamedTuple):
    """What a file's name says: a kind, how surely; or that it is some `other` table, to be left alone."""

    kind: Kind | None = None
    weight: float = 0.0
    other: bool = False


WORDS: tuple[tuple[Hint, str], ...] = (
    (Hint(Kind.STAGE_CHANGES, SURE), "stage history|stage changes|stage change"),
    (Hint(Kind.STAGE_CHANGES, SURE), "opportunity history|deal stage data|deal history"),
    (Hint(Kind.STAGE_CHANGES, SURE), "deal property history|deal flow|opportunity field history"),
    (Hint(Kind.STAGES, SURE), "pipeline stages|pipeline stage|deal stages|stages"),
    (Hint(Kind.PIPELINES, SURE), "pipelines|deal pipeline data|deal pipelines"),
    (Hint(Kind.DEAL_PRODUCTS, SURE), "deal products|deal product|line items|line item|opportunity products"),
    (Hint(Kind.TEAMS, SURE), "team data|teams"),
    (Hint(Kind.USERS, 2 * LIKELY), "users|user|owners|owner|sales teams"),
    (Hint(Kind.USERS, 2 * LIKELY), "sales team|employees|reps|sellers|users data|user data"),
    (Hint(Kind.LEADS, LIKELY), "leads|lead|mql|qualified leads|prospects"),
    (Hint(Kind.DEALS, LIKELY), "deals|deal|opportunities|opportunity|sales pipeline|closed deals"),
    (Hint(Kind.PEOPLE, LIKELY), "people|persons|person|contacts|contact"),
    (Hint(Kind.ORGANIZATIONS, LIKELY), "organizations|organization|companies|company"),
    (Hint(Kind.ORGANIZATIONS, LIKELY), "accounts|account|clients|customers"),
    (Hint(Kind.PRODUCTS, LIKELY), "products|product|catalog|product 2"),
    (Hint(Kind.ACTIVITIES, LIKELY), "activities|activity|tasks|task|events"),
    (Hint(Kind.ACTIVITIES, LIKELY), "event|calls|meetings|engagement|engagements"),
    (Hint(Kind.TARGETS, SURE), "targets|quotas|quota"),
    (Hint(other=True), "ticket|company property history|contact property history|email event|email campaign|form data"),
    (Hint(other=True), "contact list|merge audit|merged deal|user role|role data|property data|property option data"),
    (Hint(other=True), "ticket stage history|ticket pipeline stage|ticket pipeline"),
    (Hint(other=True), "owner team|team user|account history"),
    (Hint(other=True), "payments|payment|invoices|order data"),
    (Hint(other=True), "sf order data|team user data|owner team data|costs"),
    (Hint(other=True), "contact history|deal company|deal contact"),
    (Hint(other=True), "engagement deal|engagement contact|engagement company"),
)  # fmt: skip
BY_WORD = {word: hint for hint, words in WORDS for word in words.split("|")}


def met(kind: Kind, fields: Collection[str], hinted: Kind | None = None) -> bool:
    """Whether these fields can make a table of that kind."""
    groups = NEEDS[kind][:-1] if hinted is kind else NEEDS[kind]
    return all(ANYTHING in group or group & set(fields) for group in groups)


def by_name(normal_name: str) -> Hint:
    """What the name of a file (or sheet) speaks for: the longest word it holds decides."""
    padded = f" {normal_name} "
    found = [word for word in BY_WORD if f" {word} " in padded]
    return BY_WORD[max(found, key=len)] if found else Hint()
