"""What is asked of a list: which view, narrowed how, in which order, with which columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm import filtering
from leadline.crm.fields import Field, fields_of
from leadline.crm.filtering import Asker, Filter, joined
from leadline.crm.listing.columns import USUAL_SORT, columns_of
from leadline.crm.listing.sorting import Sort, sort_of
from leadline.crm.models import ChosenColumns, PreferredView, View
from leadline.history.numbers import number_of
from leadline.history.registry import model_of
from leadline.web.frame.doing import reader_of
from leadline.web.frame.names import linked
from leadline.web.lists.kinds import KINDS, Kind, Ready

ROWS = 50
FEW = 2000
STATUS_AT = 2  # its column, beside the name and what it is worth


@dataclass(frozen=True)
class Asked:
    """A list as somebody looks at it. `view` is where they began; what the address says beside it goes first."""

    kind: Kind
    user: User
    view: Ready | View
    filter: Filter
    sort: Sort
    columns: list[Field]
    after: int | None
    given: Mapping[str, str]
    fields: Mapping[str, Field]
    asker: Asker

    @property
    def view_key(self) -> str:
        return self.view.name if isinstance(self.view, Ready) else str(self.view.pk)

    @property
    def saved(self) -> View | None:
        return self.view if isinstance(self.view, View) else None

    @property
    def path(self) -> str:
        return reverse(self.kind.at)

    @cached_property
    def rows(self) -> Any:
        """All the records that the reader may see and the filter lets through, in no order.

        Looking for a text reads everything: where it finds few, that is done once for the sums and the page.
        """
        model = model_of(self.kind.name)
        rows = self.filter.apply(model.objects.visible_to(self.user)).order_by()
        if self.filter["q"]:
            found = list(rows.values_list("pk", flat=True)[: FEW + 1])
            if len(found) <= FEW:
                return model.objects.filter(pk__in=found).order_by()
        return rows

    @cached_property
    def changed(self) -> bool:
        """Whether it is something else by now than the view says."""
        return (
            self.filter.query()
            != filtering.read(self.kind.name, filter_part(self.view.query), self.user, self.asker).query()
            or self.sort.text != _sort_of_view(self)
            or (self.saved is not None and [field.name for field in self.columns] != self._columns_of_view())
        )

    def _columns_of_view(self) -> list[str]:
        names = self.saved.columns if self.saved else []
        return [field.name for field in _columns(self.kind, names, self.fields, self.filter)]

    def keep(self) -> dict[str, str]:
        """What stands in the address beside the filter."""
        usual = USUAL_SORT[self.kind.name]
        return {
            "view": self.view_key,
            "sort": self.sort.text if self.sort.text != usual or "sort" in self.given else "",
            "columns": self.given.get("columns", ""),
        }

    def query(self, **more: str) -> str:
        """The whole of it as an address has it; `q=` says that it is not narrowed, whatever its view does."""
        conditions = {c.name: c.text for c in self.filter.conditions}
        told = joined({**conditions, **self.keep(), **more}.items())
        return told if conditions else f"{told}&q="

    def address(self, **more: str) -> str:
        return f"{self.path}?{self.query(**more)}"


def asked(request: HttpRequest, name: str, query: QueryDict | None = None) -> Asked:
    """Reads the address. What it cannot read it leaves out; the filter says so."""
    if name not in KINDS:
        raise Http404
    return asked_of(KINDS[name], reader_of(request), request.GET if query is None else query)


def asked_of(kind: Kind, user: User, query: QueryDict) -> Asked:
    """An address that names a view and nothing else is that view; one that asks for something asks for just that."""
    view = _view(kind, user, query)
    given = query if _asks(query) else QueryDict(view.query)
    fields = fields_of(kind.name)
    asker = Asker(user, linked(), _minute(), fields)
    narrowed = filtering.read(kind.name, given, user, asker)
    names = query.getlist("columns") or (view.columns if isinstance(view, View) else []) or _chosen(kind, user)
    return Asked(
        kind,
        user,
        view,
        narrowed,
        sort_of(query.get("sort", "") or given.get("sort", ""), fields, USUAL_SORT[kind.name]),
        _columns(kind, [name for part in names for name in part.split(",")], fields, narrowed),
        number_of(query.get("after", "")),
        {name: ",".join(query.getlist(name)) for name in ("sort", "columns") if query.get(name)},
        fields,
        asker,
    )


def _columns(kind: Kind, names: Sequence[str], fields: Mapping[str, Field], narrowed: Filter) -> list[Field]:
    """Those that were chosen, else the usual ones; with the status where the filter lets through more than one."""
    columns = columns_of(kind.name, names, fields)
    if names or "status" not in fields or fields["status"] in columns or _one(narrowed["status"]):
        return columns
    return [*columns[:STATUS_AT], fields["status"], *columns[STATUS_AT:]]


def _one(text: str) -> bool:
    return bool(text) and "," not in text


def _asks(query: QueryDict) -> bool:
    """Whether the address says itself what to show: a filter, or a view of which all was taken off."""
    return any(name not in filtering.PAGE_WORDS for name in query)


def _view(kind: Kind, user: User, query: QueryDict) -> Ready | View:
    name = query.get("view", "")
    if ready := kind.view(name):
        return ready
    if number_of(name) is not None:
        found: View | None = View.objects.visible_to(user).kept().filter(kind=kind.name, pk=name).first()
        if found:
            return found
    if _asks(query):
        return kind.view("all") or kind.ready[0]
    preferred = PreferredView.objects.filter(user=user, kind=kind.name, view__deleted_at=None).select_related("view")
    habit = preferred.filter(view__in=View.objects.visible_to(user)).first()
    first: View | None = habit.view if habit else None
    return first or first_ready(kind, user)


def first_ready(kind: Kind, user: User) -> Ready:
    """The view that somebody sees first; theirs alone only where they own any of that kind."""
    mine, *others = kind.ready
    model: Any = model_of(kind.name)
    if mine.name == "mine" and others and not model.objects.filter(owner=user).exists():
        return others[0]
    return mine


def filter_part(query: str) -> QueryDict:
    """The filter in a view's query, without its order."""
    given = QueryDict(query, mutable=True)
    given.pop("sort", None)
    return given


def _sort_of_view(asked: Asked) -> str:
    return sort_of(QueryDict(asked.view.query).get("sort", ""), asked.fields, USUAL_SORT[asked.kind.name]).text


def _chosen(kind: Kind, user: User) -> list[str]:
    names = ChosenColumns.objects.filter(user=user, kind=kind.name).values_list("names", flat=True).first()
    return [str(name) for name in names] if isinstance(names, list) else []


def _minute() -> dt.datetime:
    """Now, to the minute: so that what was added up a moment ago is the same question."""
    return timezone.now().replace(second=0, microsecond=0)
