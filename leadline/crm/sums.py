"""What a sum of deals leaves out, told apart in one way wherever sums stand: on the board, above lists, in insights."""

from __future__ import annotations

from django.db.models import Count, Q

WITHOUT_VALUE = Q(value__isnull=True)
WITHOUT_RATE = Q(value__isnull=False, value_base__isnull=True)  # a value is there, but nothing to convert it by

LEFT_OUT = {
    "without_value": Count("pk", filter=WITHOUT_VALUE),
    "without_rate": Count("pk", filter=WITHOUT_RATE),
}
