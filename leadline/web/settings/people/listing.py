"""The list of everybody who is or was here."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.web.frame.doing import reader_of
from leadline.web.settings.frame import draw
from leadline.web.settings.people.states import State, open_links, state_of

ORDER = list(State)


@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """Everybody with role, team and whether they sign in; `?state=` narrows, `?q=` finds by name or address."""
    invited, wanted = open_links(), request.GET.get("q", "").strip()
    people = [(person, state_of(person, invited)) for person in _found(wanted)]
    people.sort(key=lambda pair: ORDER.index(pair[1]))  # stable: by name within each
    counts = Counter(state for _person, state in people)
    state = request.GET.get("state", "")
    context: dict[str, Any] = {
        "people": [(person, how) for person, how in people if state not in State.values or how == state],
        "states": [(how, State(how).label, counts[State(how)]) for how in State.values if counts[State(how)]],
        "all": len(people),
        "state": state if state in State.values else "",
        "q": wanted,
        "may_add": may(reader_of(request), "add", User()),
    }
    return draw(request, "settings/people/list.html", context, part="settings/people/_list.html")


def _found(wanted: str) -> list[User]:
    """By name or address, whatever the case; the database folds only plain letters."""
    everybody = User.objects.select_related("team")
    text = wanted.casefold()
    return [person for person in everybody if text in f"{person.name} {person.email or ''}".casefold()]
