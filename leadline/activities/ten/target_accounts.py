"""People at the organizations that bear a label, in turns from one organization to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest

from django.utils.translation import gettext as _

from leadline.activities.ten.found import POOL, Found, Search, Setting, chunks, first_of
from leadline.activities.ten.not_contacted import quiet_since
from leadline.activities.ten.reach import rested
from leadline.crm.models import Organization


def found(search: Search, setting: Setting) -> list[Found]:
    """Nobody as long as no label is chosen."""
    return first_of(_found(search, setting)) if setting["label"] else []


def _found(search: Search, setting: Setting) -> Iterator[Found]:
    people = quiet_since(rested(search), search.days_ago(setting["days"]))
    marked = Organization.objects.visible_to(search.user).kept().labelled(setting["label"])
    places = dict(marked.order_by("pk").values_list("pk", "name"))
    for ids in chunks(list(places)):
        at: dict[int, list[int]] = defaultdict(list)
        rows = people.filter(organization__in=list(ids)).order_by("pk").values_list("pk", "organization_id")
        for pk, place in rows[: POOL * 10]:
            at[place].append(pk)
        for turn in zip_longest(*([(pk, place) for pk in pks] for place, pks in at.items())):
            yield from (
                Found(one[0], _("%(place)s is a target account") % {"place": places[one[1]]}) for one in turn if one
            )
