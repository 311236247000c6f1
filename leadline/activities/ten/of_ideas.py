"""Ideas whom one can reach: the oldest first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.activities.ideas import ideas_of
from leadline.activities.ten.found import CHUNK, Found, Search, Setting, first_of, said
from leadline.activities.ten.reach import rested


def found(search: Search, _setting: Setting) -> list[Found]:
    """Of those that name somebody."""
    rows = ideas_of(search.user).filter(person__isnull=False).order_by("pk")
    ideas = list(rows.values_list("pk", "person_id", "created_at")[: CHUNK * 2])
    open_to = set(rested(search).filter(pk__in=[person for _pk, person, _at in ideas]).values_list("pk", flat=True))
    return first_of(
        Found(person, _("An idea since %(day)s") % {"day": said(at.date())} if at else _("An idea"), lead=pk)
        for pk, person, at in ideas
        if person in open_to
    )
