"""Views of a list: the tabs above it."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.crm.models import PreferredView, View
from leadline.web.lists.asked import Asked, first_ready


@dataclass(frozen=True)
class Tab:
    """A view to go to. `mine` ones can be renamed, changed and deleted; `first` is what I see when I come here."""

    name: str
    href: str
    here: bool
    pk: int | None = None
    mine: bool = False
    shared: bool = False
    by: str = ""
    first: bool = False


def tabs_of(ask: Asked) -> list[Tab]:
    """Those that everybody has, then one's own and those that others share."""
    views = View.objects.visible_to(ask.user).kept().filter(kind=ask.kind.name).select_related("owner")
    habit = PreferredView.objects.filter(user=ask.user, kind=ask.kind.name).values_list("view_id", flat=True).first()
    first = first_ready(ask.kind, ask.user) if habit is None else None
    own = list(views.order_by("name", "pk"))
    ready = [
        Tab(
            str(r.word),
            f"{ask.path}?view={r.name}",
            ask.view_key == r.name,
            first=r == first,
        )
        for r in ask.kind.ready
    ]
    return [
        *ready,
        *(
            Tab(
                view.name, f"{ask.path}?view={view.pk}", ask.view_key == str(view.pk), view.pk,
                view.owner_id == ask.user.pk or ask.user.is_administrator, view.shared,
                "" if view.owner_id == ask.user.pk else str(view.owner), habit == view.pk,
            )
            for view in own
        ),
    ]  # fmt: skip
