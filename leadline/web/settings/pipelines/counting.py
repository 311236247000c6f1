"""How many deals stand where, of those that somebody sees."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count

from leadline.accounts.models import User
from leadline.crm.models import Deal


def open_deals(user: User, by: str) -> Counter[int]:
    """Open deals by "stage_id" or "pipeline_id"."""
    rows = Deal.objects.visible_to(user).open().order_by().values_list(by)
    return Counter(dict(rows.annotate(n=Count("pk"))))


def all_deals(by: str, pk: int) -> int:
    """Every deal that a deletion would have to move: closed, parked and trashed ones too, whoever sees them."""
    return int(Deal.objects.filter(**{by: pk}).count())
