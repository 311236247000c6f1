"""How many deals stand where, of those that somebody sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from leadline.accounts.models import User
from leadline.crm.models import Deal


def open_deals(user: User, by: str, rows: Iterable[int]) -> Counter[int]:
    """Open deals by "stage_id" or "pipeline_id", of these stages or pipelines."""
    deals = Deal.objects.visible_to(user).open().filter(**{f"{by}__in": rows}).order_by().values_list(by)
    return Counter(dict(deals.annotate(n=Count("pk"))))


def with_deals(rows: QuerySet[Any], by: str) -> set[int]:
    """Those of some stages or pipelines (by "stage" or "pipeline") in which any deal stands, whoever sees it."""
    return set(rows.filter(Exists(Deal.objects.filter(**{by: OuterRef("pk")}))).order_by().values_list("pk", flat=True))


def all_deals(by: str, pk: int) -> int:
    """Every deal that a deletion would have to move: closed, parked and trashed ones too, whoever sees them."""
    return int(Deal.objects.filter(**{by: pk}).count())
