"""The deals behind a number: a list, and the same as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Case, F, QuerySet, Sum, When
from django.db.models.expressions import OrderBy, RawSQL
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.crm.fields import Linked
from leadline.crm.fields.hiding import link_seen
from leadline.crm.models import Deal, base_currency
from leadline.web.frame.doing import reader_of
from leadline.web.frame.names import linked
from leadline.web.frame.parts import page
from leadline.web.insights import behind
from leadline.web.insights.csv_lines import csv_lines
from leadline.web.insights.wording import question_in_words

ROWS_A_PAGE = 50
SORTS = {
    "title": "title",
    "organization": "organization__name",
    "owner": "owner__name",
    "stage": "stage__position",
    "status": "status",
    "value": "value_base",
    "created": "created_at",
    "closed": "closed_at",
}


@require_safe
def deals_behind(request: HttpRequest) -> HttpResponse:
    """Fifty at a time, as they are today, whatever the moment the number is of."""
    deals, sort = _found(request)
    shown = Paginator(deals, ROWS_A_PAGE).get_page(request.GET.get("page"))
    total = deals.aggregate(total=Sum("value_base"))["total"]
    linked().load("organization", [deal.organization_id for deal in shown])
    context = {
        "shown": shown,
        "organization_of": lambda deal: linked().get("organization", deal.organization_id),
        "sort": sort,
        "total": total,
        "currency": base_currency(),
        "metric": behind.metric_of(request.GET),
        "words": question_in_words(request.GET, behind.labels_of(request.GET)),
        "address": Address(request),
    }
    return page(request, "insights/deals.html", "insights/_deals.html", context)


@require_safe
def deals_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All of them, in the order of the list."""
    deals, _sort = _found(request)
    response = StreamingHttpResponse(
        csv_lines(_header(), _lines(deals, reader_of(request))), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="deals.csv"'
    return response


class Address:
    """This page's address with something else in it."""

    def __init__(self, request: HttpRequest) -> None:
        self.path, self.query = request.path, request.GET

    def __call__(self, **changes: str | int) -> str:
        query = self.query.copy()
        for name, value in changes.items():
            query[name] = str(value)
        return f"{self.path}?{query.urlencode()}"


def _found(request: HttpRequest) -> tuple[QuerySet[Deal], str]:
    assert isinstance(request.user, User)
    ids = behind.deal_ids(request.GET, request.user)
    sort = request.GET.get("sort", "-value")
    if sort.removeprefix("-") not in SORTS:
        sort = "-value"
    order = OrderBy(_key(sort.removeprefix("-"), request.user), descending=sort.startswith("-"), nulls_last=True)
    deals = Deal.objects.visible_to(request.user).filter(pk__in=_among(ids)).order_by(order, "pk")
    return deals.select_related("owner", "stage"), sort


def _key(name: str, user: User) -> Any:
    """What is sorted by; a name that is hidden from the reader is none."""
    field = F(SORTS[name])
    seen = link_seen(user, "organization", "organization_id") if name == "organization" else None
    return field if seen is None else Case(When(seen, then=field), default=None)


def _among(ids: list[int]) -> RawSQL:
    """Ids as one value: a list of thousands would be more values than SQLite takes in a statement."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [str(ids)])
    return RawSQL("SELECT unnest(%s::bigint[])", [ids])


def _header() -> list[str]:
    return ["id", "title", "organization", "owner", "stage", "status", "value", "currency", "created", "closed"]


def _lines(deals: QuerySet[Deal], reader: User) -> Iterator[list[Any]]:
    names = Linked(reader)
    rows = deals.iterator(chunk_size=2000)
    while some := list(islice(rows, 2000)):
        names.load("organization", [deal.organization_id for deal in some])
        yield from (_line(deal, names) for deal in some)


def _line(deal: Deal, names: Linked) -> list[Any]:
    organization = names.get("organization", deal.organization_id)
    times = [moment and moment.isoformat() for moment in (deal.created_at, deal.closed_at)]
    return [deal.pk, deal.title, organization, deal.owner, deal.stage, deal.status, deal.value, deal.currency, *times]
