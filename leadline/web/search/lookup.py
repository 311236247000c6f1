"""Choosing one record by typing: names for editors, only those that the person may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.crm.searching.finding import search
from leadline.history.registry import model_of
from leadline.web.search.drawing import drawn
from leadline.web.search.limits import limited

MOST = 20
KINDS = ("deal", "lead", "person", "organization", "product")


@require_safe
@limited
def lookup(request: HttpRequest, kind: str) -> JsonResponse:
    """[{"id", "name", "about"}] of up to 20 records for what was typed; the newest for nothing. 404: no such kind."""
    assert isinstance(request.user, User)
    text = request.GET.get("q", "").strip()[:200]
    if kind == "user":
        return JsonResponse(_colleagues(text), safe=False)
    if kind not in KINDS:
        raise Http404
    wanted = _found(request.user, kind, text) if text else _newest(request.user, kind)
    rows = drawn(request.user, [(kind, pk) for pk in wanted])
    return JsonResponse([{"id": row.pk, "name": row.name, "about": row.about} for row in rows], safe=False)


def _found(user: User, kind: str, text: str) -> list[int]:
    return [hit.record_id for hit in search(user, text, [kind], most=MOST)]


def _newest(user: User, kind: str) -> list[int]:
    rows = model_of(kind).objects.visible_to(user).kept().order_by("-pk")
    return list(rows.values_list("pk", flat=True)[:MOST])


def _colleagues(text: str) -> list[dict[str, Any]]:
    held = Q(name__icontains=text) | Q(email__icontains=text)
    rows = User.objects.filter(held, is_active=True).select_related("team")[:MOST]
    return [{"id": row.pk, "name": str(row), "about": str(row.team or row.email or "")} for row in rows]
