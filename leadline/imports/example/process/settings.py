"""What the example's leaders have set: who fits, who gets new leads, two doors, rules that are switched off."""

from __future__ import annotations

from typing import Any

from leadline.accounts.actors import Actor
from leadline.accounts.models import SalesRole, User
from leadline.activities.models import ActivityType
from leadline.crm.models import AssignmentRule, Campaign, CustomField, Door, FitCriterion, Pod, Source
from leadline.crm.models.intake import DoorKind
from leadline.rules.models import Rule

FIT = (
    ("Water runs day and night", "deal", "own_{Building}={Hotel},{Hospital},{Leisure}", 20),
    ("Hotels, inns and spas", "organization", "industry=Hospitality", 15),
    ("Looks after buildings", "person", "job_title=manager", 15),
    ("Comes by a referral or a partner", "lead", "source={Referral},{Partner}", 40),
    ("Came by a referral or a partner", "deal", "source={Referral},{Partner}", 40),
    ("Laundries and other services", "organization", "industry=Services", -20),
)

FORM: tuple[dict[str, Any], ...] = (
    {"name": "person", "word": "Your name", "kind": "text", "required": True},
    {"name": "organization", "word": "Your firm", "kind": "text", "required": False},
    {"name": "email", "word": "E-mail", "kind": "email", "required": True},
    {"name": "message", "word": "What would you like to measure?", "kind": "long", "required": False},
)
# Of a source: minutes of work within which its leads are to be answered, and after which whoever leads hears of it.
PROMISED = {"Inbound web": (480, 960), "Inbound content": (960, 1440), "Referral": (480, 960), "Partner": (960, 1440)}


def set_up(by: Actor) -> None:
    """Each in its order."""
    sources = {source.name: source.pk for source in Source.objects.kept()}
    building = CustomField.objects.kept().get(entity="deal", name="Building")
    named = {**sources, **{label: pk for pk, label in building.labels.items()}, "Building": building.pk}
    for position, (name, of, query, weight) in enumerate(FIT):
        filled = query.format(**named)
        FitCriterion(name=name, of=of, query=filled, weight=weight, position=position).add(by=by)
    for source in Source.objects.kept().filter(name__in=PROMISED):
        within, after = PROMISED[source.name]
        source.edit(by=by, answer_within=within, escalate_after=after)
    _assign(by, sources)
    _doors(by, sources)
    _rules(by)


def _assign(by: Actor, sources: dict[str, int]) -> None:
    """Partners' leads to who looks after customers, the rest in turn to who develops inbound leads."""
    keepers = list(User.objects.filter(sales_role=SalesRole.ACCOUNT_MANAGER, left_on=None).order_by("pk"))
    partner = f"source={sources['Partner']}" if "Partner" in sources else ""
    AssignmentRule(
        name="Partners' leads",
        query=partner,
        user_ids=[user.pk for user in keepers],
        by="load",
        most_open=40,
        position=0,
    ).add(by=by)
    pod = Pod.objects.kept().order_by("pk").first()
    AssignmentRule(name="Everything else", pod=pod, sales_role=SalesRole.INBOUND, by="turn", position=1).add(by=by)


def _doors(by: Actor, sources: dict[str, int]) -> None:
    """A form for the firm's own site, and a webhook that the fair's programme sends to."""
    campaign = Campaign.objects.kept().filter(name="Price list").first()
    Door(
        kind=DoorKind.FORM,
        name="Ask for an offer",
        token="example-ask-for-an-offer",
        source_id=sources.get("Inbound web"),
        campaign=campaign,
        fields=[{**field, "options": []} for field in FORM],
        texts={"title": "Ask for an offer", "button": "Send", "thanks": "Thank you. We call you within a working day."},
        consent="Brightwater may write to me about meters and leak alarms.",
    ).add(by=by)
    Door(
        kind=DoorKind.HOOK,
        name="Visitors of the fair",
        token="example-visitors-of-the-fair",
        source_id=sources.get("Partner"),
        mapping={"visitor.name": "person", "visitor.company": "organization", "visitor.mail": "email"},
    ).add(by=by)


def _rules(by: Actor) -> None:
    """Three small ones to look at and to try on the past; none acts until somebody switches it on."""
    kinds = {kind.name: kind.pk for kind in ActivityType.objects.kept()}
    told: tuple[dict[str, Any], ...] = (
        {
            "name": "Say thank you after a win",
            "when": "won",
            "acts": [
                {"do": "activity", "type_id": kinds["Call"], "subject": "Say thank you", "in_days": 1, "whose": "owner"}
            ],
        },
        {
            "name": "Tell who leads of large deals that lie idle",
            "when": "idle",
            "details": {"days": 14},
            "query": "value=10000..",
            "acts": [{"do": "notify", "to": ["leader"], "text": "A large deal has not been touched for two weeks."}],
        },
        {
            "name": "Before the expected close",
            "when": "near",
            "details": {"field": "expected_close_on", "days": 7},
            "query": "status=open",
            "acts": [
                {
                    "do": "checklist",
                    "whose": "owner",
                    "items": [
                        {"type_id": kinds["Call"], "subject": "Ask whether the day still holds", "in_days": 0},
                        {"type_id": kinds["Task"], "subject": "Prepare the order", "in_days": 2},
                    ],
                }
            ],
        },
    )
    for position, rule in enumerate(told):
        Rule(kind="deal", position=position, active=False, **rule).add(by=by)
