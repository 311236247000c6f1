"""What is asked of the log, read from an address. What cannot be read is said, and left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _

from leadline.accounts.actors import WAYS
from leadline.history.models import Change
from leadline.history.numbers import number_of
from leadline.web.frame.reader import reader
from leadline.web.wording.kinds import kinds

LEADLINE = "leadline"  # asked for as `who`: what nobody's hand did
VERBS = (Change.CREATE, Change.CHANGE, Change.DELETE)
NAMES = ("who", "kind", "record", "verb", "via", "from", "to", "q")


@dataclass(frozen=True)
class Asked:
    """Conditions on the log; each is empty where nothing is asked. `record` belongs to `kind`."""

    who: str = ""
    kind: str = ""
    record: int | None = None
    verb: str = ""
    via: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    q: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def since(self) -> dt.datetime | None:
        """The first moment of the first day, in the reader's time zone."""
        return dt.datetime.combine(self.start, dt.time(), reader().zone) if self.start else None

    @property
    def until(self) -> dt.datetime | None:
        """The first moment after the last day."""
        return dt.datetime.combine(self.end + dt.timedelta(days=1), dt.time(), reader().zone) if self.end else None

    def condition(self) -> tuple[dict[str, Any], Q]:
        """(annotations, condition) on Change without `q` and `record`, which are found by the index on records.

        Columns are wrapped, so that a database goes along the numbers of the log and does not gather all the changes of
        deals first, only to put them in order.
        """
        wrapped: dict[str, Any] = {
            "as_kind": Coalesce(F("entity"), Value("")),
            "as_verb": Coalesce(F("verb"), Value("")),
            "as_via": Coalesce(F("via"), Value("")),
        }
        condition = Q()
        for name, value in (("kind", self.kind), ("verb", self.verb), ("via", self.via)):
            if value:
                condition &= Q(**{f"as_{name}": value})
        if self.who:
            condition &= Q(by_id=None) if self.who == LEADLINE else Q(by_id=int(self.who))
        if since := self.since:
            condition &= Q(recorded_at__gte=since)
        if until := self.until:
            condition &= Q(recorded_at__lt=until)
        return wrapped, condition

    def query(self, **more: Any) -> str:
        """The same question as an address has it."""
        given = {
            "who": self.who, "kind": self.kind, "record": self.record, "verb": self.verb, "via": self.via,
            "from": self.start, "to": self.end, "q": self.q, **more,
        }  # fmt: skip
        return urlencode({name: value for name, value in given.items() if value})

    def __bool__(self) -> bool:
        return bool(self.query())


def read(given: QueryDict) -> Asked:
    """An Asked; values that cannot be are named in `problems`."""
    problems: dict[str, str] = {}
    who, kind, verb, via = (given.get(name, "").strip() for name in ("who", "kind", "verb", "via"))
    known = {"kind": (kind, kinds()), "verb": (verb, VERBS), "via": (via, WAYS)}
    for name, (value, among) in known.items():
        if value and value not in among:
            problems[name] = _("There is no %(value)s to choose here.") % {"value": value}
    if who and who != LEADLINE and number_of(who) is None:
        problems["who"] = _("There is nobody like that.")
    record = number_of(given.get("record", "")) if kind else None
    start, end = (_day(given.get(name, ""), name, problems) for name in ("from", "to"))
    if start and end and end < start:
        problems["to"] = _("The last day lies before the first.")
    return Asked(
        who="" if "who" in problems else who,
        kind="" if "kind" in problems else kind,
        record=record,
        verb="" if "verb" in problems else verb,
        via="" if "via" in problems else via,
        start=start,
        end=end,
        q=given.get("q", "").replace("\0", "").strip()[:200],
        problems=problems,
    )


def _day(text: str, name: str, problems: dict[str, str]) -> dt.date | None:
    if not text.strip():
        return None
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        day = None
    if day is None or not 1970 <= day.year < 9999:
        problems[name] = _("Write a day, such as 2026-11-22.")
        return None
    return day
