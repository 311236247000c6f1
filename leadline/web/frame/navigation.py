"""Where one can go and what one can add. A page stands in the rail when it works, not before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import Role, User
from leadline.web.frame.reader import reader

THEMES = ("light", "dark")
ASKING = "insights_"  # how the names of pages begin that answer a question
ASKED = ("period", "from", "to", "as_of", "pipeline", "source", "team", "owner", "against")  # that all of them take
RECORDS = frozenset({"deal", "lead", "person", "organization", "product"})  # addresses that name one record


@dataclass(frozen=True)
class Place:
    """One entry of the rail: where it leads, the icon, its word, the paths under which it is the current one.

    `key` is the letter that leads there after `g`; `last` puts it at the bottom.
    """

    name: str
    icon: str
    word: str | Promise
    under: tuple[str, ...]
    key: str = ""
    last: bool = False
    tabs: tuple[Tab, ...] = ()


@dataclass(frozen=True)
class Tab:
    """One of several pages of a place."""

    name: str
    word: str | Promise


@dataclass(frozen=True)
class Kind:
    """A kind of record that people add: the address that adds one, its icon, what the menu says."""

    name: str
    icon: str
    word: str | Promise


TODAY = (
    Tab("today", _("Today")),
    Tab("ten", _("1st & 10")),
    Tab("ideas", _("Ideas")),
    Tab("goals", _("Goals")),
    Tab("blocks", _("Time blocks")),
    Tab("digest", _("Digest")),
)
PIPELINE = (Tab("pipeline", _("Pipeline")), Tab("nurture", _("Nurture")))
LEADS = (Tab("inbox", _("Inbox")), Tab("leads", _("List")), Tab("nurture", _("Nurture")))
ACTIVITIES = (
    Tab("activities", _("List")),
    Tab("calendar", _("Calendar")),
    Tab("time_spent", _("Time spent")),
)
CONTACTS = (Tab("people", _("People")), Tab("organizations", _("Organizations")))
INSIGHTS = (
    Tab("insights_why", _("Why")),
    Tab("insights_health", _("Health")),
    Tab("insights_forecast", _("Forecast")),
    Tab("insights_funnel", _("Funnel")),
    Tab("insights_speed", _("Speed")),
    Tab("insights_people", _("People")),
    Tab("insights_sources", _("Sources")),
    Tab("insights_handoffs", _("Leads")),
    Tab("insights_playbook", _("Playbook")),
    Tab("insights_lost", _("Lost")),
    Tab("insights_revenue", _("Revenue")),
    Tab("insights_activity", _("Activity")),
    Tab("insights_concentration", _("Concentration")),
    Tab("insights_quality", _("Data quality")),
    Tab("what_if", _("What if")),
    Tab("calculator", _("Calculator")),
    Tab("insights_changes", _("Changes")),
    Tab("changes", _("Changes")),
    Tab("dashboards", _("Dashboards")),
)
# In the order of the rail.
RAIL = (
    Place("today", "sun", _("Today"), ("/today/",), "t", tabs=TODAY),
    Place("pipeline", "kanban", _("Pipeline"), ("/pipeline/", "/deals/"), "p", tabs=PIPELINE),
    Place("inbox", "inbox", _("Leads"), ("/leads/",), "l", tabs=LEADS),
    Place("people", "users-round", _("Contacts"), ("/people/", "/organizations/"), "c", tabs=CONTACTS),
    Place("activities", "list-checks", _("Activities"), ("/activities/",), "a", tabs=ACTIVITIES),
    Place("insights", "chart-column-decreasing", _("Insights"), ("/insights/",), "i", tabs=INSIGHTS),
    Place("settings", "settings", _("Settings"), ("/settings/", "/imports/"), "s", last=True),
)
ADDED = (
    Kind("deal", "circle-dollar-sign", _("Deal")),
    Kind("activity", "list-checks", _("Activity")),
    Kind("lead", "inbox", _("Lead")),
    Kind("person", "user", _("Person")),
    Kind("organization", "building-2", _("Organization")),
    Kind("product", "package", _("Product")),
)


# The scripts and the style sheets of every page.
MODULES = (
    "theme", "menus", "toasts", "live", "editing", "moments", "dialogs", "keys", "palette", "frame", "sheet", "offline",
    "activities",
)  # fmt: skip
SHEETS = ("palette", "dialogs", "playbooks", "toasts", "editing", "colours", "notices", "activities")


def frame(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs beside what a view gives it."""
    here = [_entry(request, place, href) for place in RAIL if (href := address(place.name))]
    return {
        "modules": MODULES,
        "sheets": SHEETS,
        "palette_at": address("palette"),
        "search_at": address("search"),
        "rail": here,
        "tabs": next((entry["tabs"] for entry in here if entry["here"]), []),
        "rail_narrow": request.COOKIES.get("rail") == "narrow",
        "adds": adds(request),
        "record_here": record_here(request),
        "theme": chosen_theme(request),
        "zone": reader().zone.key,
    }


def chosen_theme(request: HttpRequest) -> str:
    """ "light" or "dark" where the person has chosen; "" follows their system."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


@cache
def address(name: str) -> str:
    """The address of this name; "" where there is none yet."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def adds(request: HttpRequest) -> list[dict[str, Any]]:
    """What this person may add, as far as there is an address for it; nothing for readers."""
    user = getattr(request, "user", None)  # none yet where a middleware refuses
    if not isinstance(user, User) or user.role == Role.READER:
        return []
    return [
        {"kind": kind.name, "icon": kind.icon, "word": kind.word, "href": href}
        for kind in ADDED
        if (href := address(f"{kind.name}_add")) and (kind.name != "product" or user.leads)
    ]


def record_here(request: HttpRequest) -> str:
    """ "deal-12" on the page of deal 12, else "": what the palette remembers as seen last."""
    match = request.resolver_match
    pk = match.kwargs.get("pk") if match and match.url_name in RECORDS else None
    return f"{match.url_name}-{pk}" if match and pk else ""


def _entry(request: HttpRequest, place: Place, href: str) -> dict[str, Any]:
    asked = _asked(request)
    known = [(tab, to) for tab in place.tabs if (to := address(tab.name))]
    here = max((to for _tab, to in known if request.path.startswith(to)), key=len, default="")
    tabs = [
        {"href": to + (asked if tab.name.startswith(ASKING) else ""), "word": tab.word, "here": to == here}
        for tab, to in known
    ]
    return {
        "name": place.name,
        "href": href,
        "icon": place.icon,
        "word": place.word,
        "key": place.key,
        "last": place.last,
        "here": request.path.startswith(place.under),
        "tabs": tabs if len(tabs) > 1 else [],
    }


def _asked(request: HttpRequest) -> str:
    """The question of a page that answers one, for the tabs beside it: "?period=12m"; a named period without dates."""
    match = request.resolver_match
    if not match or not (match.url_name or "").startswith(ASKING):
        return ""
    asked = {name: said for name in ASKED if (said := request.GET.get(name))}
    if "period" in asked:
        asked = {name: said for name, said in asked.items() if name not in ("from", "to")}
    return f"?{urlencode(asked)}" if asked else ""
