"""How many of each person's open deals have rotted."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from leadline.web.digests.parts import MOST, Line, Part, Scope
from leadline.web.digests.weekly.people import Person, people
from leadline.web.frame import formats
from leadline.web.frame.navigation import address


def rots(scope: Scope) -> Part | None:
    """Most first; the number leads to the deals."""
    found = sorted((one for one in people(scope) if one.rotten), key=lambda one: (-one.rotten, str(one.user)))
    if not found:
        return None
    lines = tuple(
        Line(
            str(one.user),
            formats.number(one.rotten),
            _rotten_of(one),
            other=_("of %(open)s open deals") % {"open": formats.number(one.open)},
            other_href=f"{address('deals')}?{urlencode({'owner': one.user.pk, 'status': 'open'})}",
        )
        for one in found[:MOST]
    )
    count = formats.number(sum(one.rotten for one in found))
    return Part("rots", _("Rotten deals"), "leaf", count, _rotten_of(*found), lines)


def _rotten_of(*some: Person) -> str:
    owners = ",".join(str(one.user.pk) for one in some)
    return f"{address('deals')}?{urlencode({'owner': owners, 'status': 'open', 'rotten': 'yes'})}"
