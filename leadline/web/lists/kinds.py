"""The lists there are, and the views that each begins with."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Word = str | Promise


@dataclass(frozen=True)
class Ready:
    """A view that everybody has. `query` is a filter as it stands in an address."""

    name: str
    word: Word
    query: str


@dataclass(frozen=True)
class Kind:
    """A kind of record that has a list: its address, its words, its views; the first view is what people see first."""

    name: str
    at: str
    word: Word
    icon: str
    ready: tuple[Ready, ...]
    says: Word
    owned: bool = True
    labelled: bool = True
    path: str = ""

    @property
    def place(self) -> str:
        """Where its addresses begin: by its name, but for the list that stands beside an inbox."""
        return self.path or self.at

    def view(self, name: str) -> Ready | None:
        return next((ready for ready in self.ready if ready.name == name), None)


ALL = Ready("all", _("All"), "")
KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "deal", "deals", _("Deals"), "circle-dollar-sign",
            (Ready("open", _("Open"), "status=open"), Ready("mine", _("My open"), "status=open&owner=me"),
             Ready("rotten", _("Rotten"), "rotten=yes"), Ready("won", _("Won"), "status=won"), ALL),
            _("Deals stand here with their value, stage and owner, as soon as there are some."),
        ),
        Kind(
            "lead", "leads", _("Leads"), "inbox",
            (Ready("open", _("Open"), "status=open"), Ready("mine", _("My open"), "status=open&owner=me"), ALL),
            _("Leads wait here until they are worth a deal."), path="leads/list",
        ),
        Kind(
            "person", "people", _("People"), "user", (ALL, Ready("mine", _("Mine"), "owner=me")),
            _("The people you sell to stand here, with how to reach them."),
        ),
        Kind(
            "organization", "organizations", _("Organizations"), "building-2",
            (ALL, Ready("mine", _("Mine"), "owner=me")), _("The companies you sell to stand here."),
        ),
        Kind(
            "product", "products", _("Products"), "package",
            (Ready("on_sale", _("On sale"), "active=yes"), ALL), _("What you sell stands here, with its price."),
            owned=False, labelled=False,
        ),
        Kind(
            "activity", "activities", _("Activities"), "list-checks",
            (Ready("mine", _("Mine to do"), "done=no&owner=me"), Ready("to_do", _("To do"), "done=no"),
             Ready("done", _("Done"), "done=yes"), ALL),
            _("Calls, meetings and tasks stand here, with when they are due."), labelled=False,
        ),
    )
}  # fmt: skip
