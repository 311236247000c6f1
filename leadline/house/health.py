"""`/healthz`: may traffic come here? For load balancers, process supervisors and people with curl."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leadline.house import schema
from leadline.insights import warehouse


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 with status "ok", or 503 with what is wrong. A few small queries; nothing in it is secret.

    `warehouse_lag` is the number of changes that the next question will read first; null before the first question.
    """
    try:
        found = schema.state()
        answer = {"status": "ok", "schema": str(found), "database": connection.vendor}
        if found is schema.State.CURRENT:
            return JsonResponse(answer | {"warehouse_lag": warehouse.lag()})
    except DatabaseError:
        return JsonResponse({"status": "database does not answer", "database": connection.vendor}, status=503)
    return JsonResponse(answer | {"status": schema.explain(found)}, status=503)
