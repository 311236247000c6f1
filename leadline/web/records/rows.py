"""How a related record is told in one row: a line under its name, a figure at the end."""

from __future__ import annotations

from typing import Any

from leadline.crm.models import Status
from leadline.web.frame.formats import day, money
from leadline.web.frame.names import linked
from leadline.web.records.row import Row

# What the rows below are made of: a page shows a few columns of many records.
DEAL_COLUMNS = (
    "title", "value", "currency", "status", "stage_id", "owner_id", "closed_at", "expected_close_on", "come_back_on",
)  # fmt: skip
LEAD_COLUMNS = ("title", "value", "currency", "status", "stage", "owner_id")
PERSON_COLUMNS = ("name", "job_title", "first_email")


def joined(*words: Any) -> str:
    """The words that are there, with dots between."""
    return " · ".join(str(word) for word in words if word)


def named(kind: str, pk: int | None) -> str:
    """The name of a linked record; nothing where there is none or it is not open to the reader."""
    found = linked().get(kind, pk)
    return str(found) if found is not None and found.pk is not None else ""


def deal_row(deal: Any) -> Row:
    """Stage or outcome, owner; the value, and when it is to close or was closed."""
    stage = named("stage", deal.stage_id)
    where = stage if deal.status == Status.OPEN else deal.get_status_display()
    when = deal.closed_at or (deal.expected_close_on if deal.status == Status.OPEN else deal.come_back_on)
    return Row(
        under=joined(where, named("user", deal.owner_id)),
        figure=money(deal.value, deal.currency),
        foot=day(when) if when else "",
    )


def lead_row(lead: Any) -> Row:
    return Row(
        under=joined(lead.get_stage_display(), named("user", lead.owner_id)),
        figure=money(lead.value, lead.currency) if lead.value is not None else "",
        foot="" if lead.status == "open" else lead.get_status_display(),
    )


def person_row(person: Any) -> Row:
    return Row(under=joined(person.job_title, person.first_email))


def organization_row(organization: Any) -> Row:
    return Row(under=joined(organization.industry, organization.domain))
