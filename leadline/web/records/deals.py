"""The deals of an organization or a person: what is open, and what became of the others."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.models import Deal, Status, base_currency
from leadline.web.frame.formats import short_money
from leadline.web.records.related import Section, place
from leadline.web.records.rows import DEAL_COLUMNS, deal_row

CLOSED = (Status.WON, Status.LOST, Status.NURTURE)


def deal_sections(reader: User, record: Any) -> list[Section]:
    """Open ones by what comes first; the others latest first. Sums are in the base currency."""
    deals: QuerySet[Deal] = Deal.objects.visible_to(reader).kept().filter(**{record.ENTITY: record})
    counts, sums = _figures(deals)
    shown, base = deals.only(*DEAL_COLUMNS), base_currency()
    closed = sum(counts.get(status, 0) for status in CLOSED)
    here = f"{record.ENTITY}={record.pk}"
    soonest = F("expected_close_on").asc(nulls_last=True)
    latest = F("closed_at").desc(nulls_last=True)
    return [
        Section(
            "open-deals",
            _("Open deals"),
            shown.filter(status=Status.OPEN).order_by(soonest, "-pk") if counts.get(Status.OPEN) else shown.none(),
            deal_row,
            none=_("No deal is open here."),
            count=counts.get(Status.OPEN, 0),
            sum=_money(sums, Status.OPEN, base),
            all=place("deals", f"{here}&status=open"),
            add=place("deal_new", f"{here}&then=stay"),
            add_word=_("Add a deal"),
        ),
        Section(
            "closed-deals",
            _("Closed deals"),
            shown.filter(status__in=CLOSED).order_by(latest, "-pk") if closed else shown.none(),
            deal_row,
            quiet=True,
            count=closed,
            sum=_("%(sum)s won") % {"sum": _money(sums, Status.WON, base)} if counts.get(Status.WON) else "",
            all=place("deals", f"{here}&status=won,lost,nurture"),
        ),
    ]


def _figures(deals: QuerySet[Deal]) -> tuple[dict[str, int], dict[str, Decimal | None]]:
    """Count and sum by status, in one question."""
    rows = list(deals.order_by().values_list("status").annotate(n=Count("pk"), sum=Sum("value_base")))
    return {status: n for status, n, _sum in rows}, {status: total for status, _n, total in rows}


def _money(sums: dict[str, Decimal | None], status: str, base: str) -> str:
    total = sums.get(status)
    return short_money(total, base) if total else ""
