"""The filter bar: what is asked, as chips that can be changed and taken off, and what more could be asked.

Lists and the board draw it by `{% include "lists/_filter.html" %}` with a `bar`. It is plain links and forms;
js/filter.js makes it quicker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from leadline.accounts.models import User
from leadline.crm import filtering
from leadline.crm.fields import Linked
from leadline.crm.filtering import Asker, Derived, Filter, joined
from leadline.web.lists.editor import Editor, editor_of
from leadline.web.lists.writing import READING


@dataclass(frozen=True)
class Chip:
    """A condition on the page: the link that changes it and the one that takes it off."""

    name: str
    word: str
    text: str
    change: str
    without: str


@dataclass(frozen=True)
class Offer:
    """Something more that can be asked."""

    name: str
    word: str
    href: str


@dataclass(frozen=True)
class Bar:
    """`keep` is what else stands in the address (sort, view …) and stays there."""

    kind: str
    path: str
    filter: Filter
    keep: tuple[tuple[str, str], ...]
    chips: list[Chip]
    offers: list[Offer]
    editor: Editor | None
    clear: str

    @property
    def q(self) -> str:
        return self.filter["q"]

    @property
    def editors(self) -> str:
        """Where the script finds editors; the name takes the place of the 0."""
        return reverse("filter_editor", args=[self.kind, "0"])

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """What a form sends along so that it is not lost."""
        return [*((c.name, c.text) for c in self.filter.conditions if c.name not in without), *self.keep]


def bar_of(
    request: HttpRequest,
    kind: str,
    filter: Filter,
    *,
    keep: Mapping[str, Any] | None = None,
    asker: Asker | None = None,
) -> Bar:
    """The bar of this page's address. `keep` is what else the page has in its address, canonical values only."""
    assert isinstance(request.user, User)
    asker = asker or Asker(request.user, Linked(request.user))
    kept = tuple((name, str(value)) for name, value in (keep or {}).items() if value not in ("", None))
    path, names = request.path, filtering.askable(kind, asker.fields)

    def to(*without: str, **more: str) -> str:
        conditions = [(c.name, c.text) for c in filter.conditions if c.name not in without]
        query = joined([*conditions, *kept, *more.items()])
        if not conditions and "view" in dict(kept):  # nothing at all, rather than what the view says
            query += "&q="
        return f"{path}?{query}" if query else path

    chips = [
        Chip(c.name, c.word, c.told(READING), to(ask=c.name), to(c.name)) for c in filter.conditions if c.name != "q"
    ]
    asked = {condition.name for condition in filter.conditions}
    offers = [
        Offer(name, str(named.word), to(ask=name))
        for name, named in names.items()
        if name not in asked and not (isinstance(named, Derived) and named.hidden)
    ]
    offers.sort(key=lambda offer: offer.word.casefold())
    ask = request.GET.get("ask", "")
    editor = editor_of(kind, ask, filter[ask], asker) if ask in names else None
    return Bar(kind, path, filter, kept, chips, offers, editor, to(*asked))
