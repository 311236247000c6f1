"""Choosing one record by typing: names for editors, only those that the person may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.crm.models import Deal, Lead, Organization, Person, Product

MOST = 20


@require_safe
def lookup(request: HttpRequest, kind: str) -> JsonResponse:
    """[{"id", "name", "about"}] of up to 20 records whose name holds what was typed. 404 for a kind that has none."""
    if kind not in ROWS:
        raise Http404
    assert isinstance(request.user, User)
    text = request.GET.get("q", "").strip()[:200]
    rows = ROWS[kind](request.user, text)[:MOST]
    return JsonResponse([_drawn(kind, row) for row in rows], safe=False)


def _deals(user: User, text: str) -> QuerySet[Any]:
    rows = Deal.objects.visible_to(user).kept().filter(title__icontains=text)
    return rows.select_related("organization", "stage").order_by("title", "pk")  # type: ignore[no-any-return]


def _leads(user: User, text: str) -> QuerySet[Any]:
    rows = Lead.objects.visible_to(user).kept().filter(title__icontains=text)
    return rows.select_related("organization").order_by("title", "pk")  # type: ignore[no-any-return]


def _people(user: User, text: str) -> QuerySet[Any]:
    held = Q(name__icontains=text) | Q(first_email__icontains=text)
    rows = Person.objects.visible_to(user).kept().filter(held)
    return rows.select_related("organization").order_by("name", "pk")  # type: ignore[no-any-return]


def _organizations(user: User, text: str) -> QuerySet[Any]:
    held = Q(name__icontains=text) | Q(domain__icontains=text)
    return Organization.objects.visible_to(user).kept().filter(held).order_by("name", "pk")  # type: ignore[no-any-return]


def _products(user: User, text: str) -> QuerySet[Any]:
    held = Q(name__icontains=text) | Q(code__icontains=text)
    return Product.objects.visible_to(user).kept().filter(held, active=True).order_by("name", "pk")  # type: ignore[no-any-return]


def _users(user: User, text: str) -> QuerySet[Any]:
    held = Q(name__icontains=text) | Q(email__icontains=text)
    return User.objects.filter(held, is_active=True).select_related("team")


ROWS = {
    "deal": _deals,
    "lead": _leads,
    "person": _people,
    "organization": _organizations,
    "product": _products,
    "user": _users,
}
ABOUT = {
    "deal": lambda deal: (deal.organization, deal.stage),
    "lead": lambda lead: (lead.organization,),
    "person": lambda person: (person.organization, person.first_email),
    "organization": lambda organization: (organization.domain, organization.industry),
    "product": lambda product: (product.code,),
    "user": lambda user: (user.team, user.email),
}


def _drawn(kind: str, row: Any) -> dict[str, Any]:
    about = " · ".join(str(part) for part in ABOUT[kind](row) if part)
    return {"id": row.pk, "name": str(row), "about": about}
