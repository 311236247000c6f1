"""From an address to a filter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.fields import Field, FieldKind, Linked, fields_of
from leadline.crm.filtering.derived import Derived, derived_of
from leadline.crm.filtering.filter import Condition, Filter
from leadline.crm.filtering.kinds import read_field
from leadline.crm.filtering.meaning import NOT, Asker, Unreadable
from leadline.history.registry import model_of

# What stands in addresses of lists and boards beside the filter.
PAGE_WORDS = frozenset({"sort", "columns", "view", "after", "page", "ask", "at", "by", "part", "undated"})
SHORT_NAMES = {"label": "labels"}
SEVERAL = frozenset({FieldKind.LINK, FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.LABELS})
SPANS = frozenset({FieldKind.DAY, FieldKind.MOMENT, FieldKind.MONEY, FieldKind.NUMBER})

Named = Field | Derived


def read(kind: str, query: QueryDict | Mapping[str, Any] | str, user: User, asker: Asker | None = None) -> Filter:
    """The filter in an address. What cannot be understood is left out and stands in `problems`; never an error."""
    asker = asker or Asker(user, Linked(user))
    names = askable(kind, asker.fields)
    conditions, problems = [], []
    given = _texts(query)
    for name in _in_order(given, names):
        if name not in names:
            problems.append(_("There is no filter %(name)s here.") % {"name": name[:60]})
            continue
        asked = names[name]
        try:
            meaning = _meaning(asked, model_of(kind), given[name], asker)
            conditions.append(Condition(name, str(asked.word), meaning))
        except Unreadable as error:
            problems.append(f"{asked.word}: {error}")
    return Filter(kind, tuple(conditions), tuple(problems))


def askable(kind: str, fields: Mapping[str, Field] | None = None) -> dict[str, Named]:
    """Everything that can be asked of a kind, by its name in addresses."""
    derived = derived_of(kind)
    known = fields_of(kind) if fields is None else fields
    return {**derived, **{name: f for name, f in known.items() if f.filterable and f.column and name not in derived}}


def _meaning(asked: Named, model: type[models.Model], text: str, asker: Asker) -> Any:
    if isinstance(asked, Derived):
        return asked.read(text, asker)
    return read_field(asked, model, text, asker)


def _in_order(given: Mapping[str, str], names: Mapping[str, Named]) -> list[str]:
    return [*(name for name in names if name in given), *(name for name in given if name not in names)]


def _texts(query: QueryDict | Mapping[str, Any] | str) -> dict[str, str]:
    """Name -> text. Forms give a value several times, or a span as two values; both become one text."""
    if isinstance(query, str):
        query = QueryDict(query)
    pairs = list(query.lists()) if isinstance(query, QueryDict) else [(n, [str(v)]) for n, v in query.items()]
    texts: dict[str, str] = {}
    spans: dict[str, dict[str, str]] = {}
    for raw, values in pairs:
        name, _dash, part = raw.rpartition("-")
        given = [value.strip() for value in values if value.strip()]
        if raw in PAGE_WORDS or not given:
            continue
        if name and part in ("from", "to", "not"):
            spans.setdefault(SHORT_NAMES.get(name, name), {})[part] = given[-1]
        else:
            texts[SHORT_NAMES.get(raw, raw)] = ",".join(given)
    return texts | _spans(spans, texts)


def _spans(spans: Mapping[str, Mapping[str, str]], texts: Mapping[str, str]) -> dict[str, str]:
    """`value-from=1&value-to=5` is `value=1..5`; `owner=3&owner-not=yes` is `owner=!3`."""
    found = {}
    for name, parts in spans.items():
        if name in texts:
            if "not" in parts and not texts[name].startswith(NOT):
                found[name] = NOT + texts[name]
        elif "from" in parts or "to" in parts:
            found[name] = f"{parts.get('from', '')}..{parts.get('to', '')}"
    return found
