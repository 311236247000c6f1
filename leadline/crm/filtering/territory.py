"""Where the organization of a lead or a deal is: what its address says, or how its web domain ends."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm.filtering.columns import text_in
from leadline.crm.filtering.derived import Derived, add_conditions
from leadline.crm.filtering.kinds import searched
from leadline.crm.filtering.meaning import Asker, Meaning, Unreadable
from leadline.crm.models import Organization

MOST = 30  # places of one territory


def _territory(text: str, asker: Asker) -> Meaning:
    """`Berlin,Hamburg,.de`: one of these stands in the address; what begins with a dot ends the domain."""
    places = list(dict.fromkeys(searched(part) for part in text.split(",") if part.strip()))
    if not places:
        raise Unreadable(_("Write places, as they stand in addresses: Berlin, Hamburg. Or how domains end: .de"))
    if len(places) > MOST:
        raise Unreadable(_("Choose at most %(most)d.") % {"most": MOST})
    there = Q(pk__in=[])
    for place in places:
        there |= Q(domain__endswith=place.lower()) if place.startswith(".") else text_in("address", place)
    seen = Organization.objects.visible_to(asker.user).filter(there).order_by().values("pk")
    return Meaning(Q(organization__in=seen), ",".join(places), lambda write: ", ".join(places))


TERRITORY = Derived("territory", gettext_lazy("Territory (address, or .domain)"), _territory)
add_conditions(("lead", "deal"), [TERRITORY])
