"""What must hold for a row by itself, by kind: what it cannot do without, and what contradicts itself."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from leadline.imports.kinds import Kind

Body = dict[str, Any]
# Field, value, reason, mend, and whether it keeps the row out.
Finding = tuple[str, str, str, str, bool]


def found(kind: Kind, body: Body, now: str) -> Iterator[Finding]:
    """Everything wrong with a row, as far as the row itself tells. `now` is plain UTC text."""
    for check in CHECKS.get(kind, ()):
        yield from check(body, now)


def named(body: Body, now: str) -> Iterator[Finding]:
    """Organizations, products, people, teams: somebody must be meant."""
    if not any(body.get(field) for field in ("name", "first_name", "last_name", "domain", "emails", "email", "code")):
        yield "name", "", _("there is no name"), _("Give it a name, or delete the row."), True


def amounts(body: Body, now: str) -> Iterator[Finding]:
    """Money is not negative."""
    for field in ("value", "unit_price"):
        if str(body.get(field, "")).startswith("-") and float(body[field]) != 0:
            yield (
                field,
                body[field],
                _("the amount is negative"),
                _("Correct the amount, or leave it empty where it is unknown."),
                True,
            )


def time_runs_forward(body: Body, now: str) -> Iterator[Finding]:
    """Created before closed, neither in the future."""
    created = body.get("created_at", "")
    ended = body.get("closed_at") or body.get("won_at") or body.get("lost_at") or body.get("converted_at") or ""
    if created and ended and ended < created and ended[:10] != created[:10]:
        yield (
            "closed_at",
            ended[:10],
            _("it was closed before it was created (%(created)s)") % {"created": created[:10]},
            _("Correct one of the dates. The row is in with both as they are; its duration counts as none."),
            False,
        )
    if created > now:
        yield (
            "created_at",
            created[:10],
            _("the creation date lies in the future"),
            _("Correct the date. The row is in as it is."),
            False,
        )


def known_deal(body: Body, now: str) -> Iterator[Finding]:
    """Stage changes and lines belong to a deal."""
    if not body.get("deal") and not body.get("deal.id"):
        yield "deal", "", _("no deal is named"), _("Name the deal by its id."), True


def a_change(body: Body, now: str) -> Iterator[Finding]:
    """A stage change names its stage and its time."""
    if not body.get("stage") and not body.get("stage.id"):
        yield "stage", "", _("no stage is named"), _("Name the stage that the deal moved to."), True
    if not body.get("changed_at"):
        yield "changed_at", "", _("the time is missing"), _("Give the time of the change."), True
    elif body["changed_at"] > now:
        yield (
            "changed_at",
            body["changed_at"][:10],
            _("the change lies in the future"),
            _("Correct the date."),
            True,
        )


def a_deal(body: Body, now: str) -> Iterator[Finding]:
    """A deal can be told from others."""
    if not any(body.get(field) for field in ("external_id", "title", "lead.id", "organization", "product")):
        yield "title", "", _("there is neither an id nor a title"), _("Give the deal an id or a title."), True


def a_lead(body: Body, now: str) -> Iterator[Finding]:
    """A lead is somebody."""
    fields = ("external_id", "title", "person", "person_name", "last_name", "organization", "person.email")
    if not any(body.get(field) for field in fields):
        yield "title", "", _("nobody is named"), _("Give the lead an id, a name or an e-mail address."), True


def a_target(body: Body, now: str) -> Iterator[Finding]:
    """A target is for somebody or the company, over known days, and above nothing."""
    if body.get("person") and body.get("team"):
        yield (
            "team",
            body["team"],
            _("the row names a person and a team"),
            _("Leave one of them empty. Empty both, it is the company's."),
            True,
        )
    if "amount" not in body:
        yield "amount", "", _("the amount is missing"), _("Write the amount, or delete the row."), True
    elif float(body["amount"]) <= 0:
        yield (
            "amount",
            body["amount"],
            _("the amount is not above 0"),
            _("Correct the amount, or delete the row."),
            True,
        )
    yield from its_days(body)


def its_days(body: Body) -> Iterator[Finding]:
    """Either a period or a first and a last day."""
    start, end, period = body.get("start_on", ""), body.get("end_on", ""), body.get("period", "")
    if period and any(day and day != known for day, known in zip((start, end), period.split("/"), strict=True)):
        days = {"start": start or "…", "end": end or "…"}
        reason = _("the period is not from %(start)s to %(end)s") % days
        yield "period", period.replace("/", " – "), reason, _("Leave the period or the days empty."), True
    elif not (start or end or period):
        yield "period", "", _("no days are given"), _("Give a period (2026-Q3), or a first and a last day."), True
    elif not period and not (start and end):
        missing = "end_on" if start else "start_on"
        yield missing, "", _("the day is missing"), _("Give the first and the last day, or a period (2026-Q3)."), True
    elif start and end and end < start:
        yield "end_on", end, _("the last day comes before the first"), _("Correct one of the days."), True


CHECKS: dict[Kind, tuple[Callable[[Body, str], Iterator[Finding]], ...]] = {
    Kind.TEAMS: (named,),
    Kind.ORGANIZATIONS: (named,),
    Kind.PEOPLE: (named,),
    Kind.PRODUCTS: (named, amounts),
    Kind.LEADS: (a_lead, amounts, time_runs_forward),
    Kind.DEALS: (a_deal, amounts, time_runs_forward),
    Kind.STAGE_CHANGES: (known_deal, a_change),
    Kind.DEAL_PRODUCTS: (known_deal, amounts),
    Kind.TARGETS: (a_target,),
}
