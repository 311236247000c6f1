"""The words for somebody: an opening with their names put in."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.activities.models import Opening, TenEntry
from leadline.activities.ten.openings import filled
from leadline.crm.models import Organization, Person
from leadline.history.numbers import number_of
from leadline.web.frame.doing import reader_of
from leadline.web.ten.cards import mail_of


@require_safe
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Of one's own list: the opening that is asked for, filled in."""
    user = reader_of(request)
    entry = get_object_or_404(TenEntry.objects.kept().filter(owner=user), pk=pk)
    return render(request, "ten/_words.html", words_for(entry, user, request.GET.get("opening", "")))


def words_for(entry: TenEntry, user: User, asked: str = "") -> dict[str, Any]:
    """What the part draws: all openings to choose from, and the text as it would be sent."""
    choices = list(openings_of(user))
    opening = opening_of(entry, user, asked)
    person = Person.objects.visible_to(user).filter(pk=entry.person_id or 0).first()
    at = Organization.objects.visible_to(user).filter(pk=person.organization_id).first() if person else None
    text = filled(opening.text if opening else "", person, user, str(at or ""))
    mail = mail_of(person)
    return {
        "entry": entry,
        "choices": choices,
        "opening": opening,
        "text": text,
        "mailto": text.mailto(mail) if mail else "",
    }


def openings_of(user: User) -> QuerySet[Opening]:
    """One's own and those that are shared."""
    rows: QuerySet[Opening] = Opening.objects.visible_to(user).kept().order_by("pk")
    return rows


def opening_of(entry: TenEntry, user: User, asked: str = "") -> Opening | None:
    """The one that is asked for; else the one that the card shows: a note always says with which words it was begun.

    A key may come before the card has its words: they are these all the same.
    """
    choices = openings_of(user)
    wanted = choices.filter(pk=number_of(asked) or 0).first() or choices.filter(pk=entry.opening_id or 0).first()
    return wanted or usual_opening(user)


def usual_opening(user: User) -> Opening | None:
    """The one that they used last, else the first."""
    last = TenEntry.objects.kept().filter(owner=user, written_at__isnull=False, opening__isnull=False)
    used = last.order_by("-written_at").values_list("opening_id", flat=True).first()
    return openings_of(user).filter(pk=used or 0).first() or openings_of(user).first()
