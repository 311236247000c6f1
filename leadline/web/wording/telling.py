"""Changes of the log, told to a reader."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.models import Assignment, Lead
from leadline.history.models import Change
from leadline.rules.models import RuleRun
from leadline.web.wording.answers import answer_told, key_event
from leadline.web.wording.deeds import Happened, Values, Visits, deed
from leadline.web.wording.kinds import kind_word
from leadline.web.wording.naming import Names, shortened
from leadline.web.wording.parts import Part, parts_of
from leadline.web.wording.values import wanted
from leadline.web.wording.ways import BY_WAY

SAME_DEED = dt.timedelta(minutes=1)  # at most, between a lead that is given and the line that says why
# Where a record that is gone is still called by its name in the log.
TITLES = ("title", "name", "subject", "code", "text")


@dataclass(frozen=True)
class Told:
    """One change in words; `rest` are the parts that the deed does not tell.

    A record is `open` when it is there and the reader may see it, `deleted` in the trash.
    """

    change: Change
    who: str
    deed: str
    record: str
    kind: str
    parts: list[Part]
    rest: list[Part]
    open: bool
    deleted: bool = False
    rule: str = ""  # the rule that did it, by its name
    key_event: bool = False  # of a playbook (R2)

    @property
    def kind_word(self) -> str:
        return kind_word(self.kind)

    @property
    def way(self) -> str:
        if self.rule:
            return _("by the rule “%(rule)s”") % {"rule": self.rule}
        return str(BY_WAY.get(self.change.via, self.change.via))

    @property
    def at(self) -> dt.datetime:
        return self.change.occurred_at


def tell(
    changes: Iterable[Change], reader: User, names: Names | None = None, visits: Visits | None = None
) -> list[Told]:
    """Each change in words, in the order given. The caller has asked whether the reader may see the records.

    `names` are the reader's, where some are known already; `visits` those of deals to their stages,
    where the page has them: asked for where a move is told, which then says how long the deal had stood.
    """
    rows = [(change, change.old, change.new) for change in changes]
    names = names or Names(reader)
    for change, before, after in rows:
        names.want("user", [change.by_id])
        names.want(_kind(change, after), [change.record_id])
        wanted(change.entity, before, names)
        wanted(change.entity, after, names)
    told = [_told(change, before, after, names, visits) for change, before, after in rows]
    rules = rules_behind(change for change, _before, _after in rows)
    given = _given_by({change.pk: (change, after) for change, _before, after in rows if change.act not in rules})
    named = ((one, rules.get(one.change.act) or given.get(one.change.pk)) for one in told)
    return [replace(one, rule=rule) if rule else one for one, rule in named]


def rules_behind(changes: Iterable[Change]) -> dict[uuid.UUID | None, str]:
    """By act, what the rule is called that did it; asked where Leadline itself did something as a consequence."""
    acts = {change.act for change in changes if change.via == "rule" and change.by_id is None and change.act}
    found = RuleRun.objects.filter(act__in=acts) if acts else RuleRun.objects.none()
    return dict(found.values_list("act", "rule__name"))


def _given_by(rows: dict[int, tuple[Change, Values]]) -> dict[int, str]:
    """By change, what the assignment rule is called that gave a lead to somebody."""
    asked = {
        pk: (change, after["owner_id"])
        for pk, (change, after) in rows.items()
        if change.entity == Lead.ENTITY and change.via == "rule" and change.by_id is None and after.get("owner_id")
    }
    if not asked:
        return {}
    leads = {change.record_id for change, _owner in asked.values()}
    given = list(Assignment.objects.filter(lead__in=leads).select_related("rule"))
    return {
        pk: row.rule.name
        for pk, (change, owner) in asked.items()
        for row in given
        if row.lead_id == change.record_id and row.user_id == owner and abs(row.at - change.occurred_at) < SAME_DEED
    }


def _told(change: Change, before: Values, after: Values, names: Names, visits: Visits | None) -> Told:
    parts = parts_of(change, before, after, names)
    answered = change.entity == "answer" and answer_told(change, before, after, names)
    said, rest = deed(Happened(change, before, after, parts, visits, answered or ""))
    kind = _kind(change, after)
    known = names.knows(kind, change.record_id)
    return Told(
        change=change,
        who=names.who(change.by_id),
        deed=said,
        record=names.of(kind, change.record_id) if known else _as_logged(kind, change.record_id, after, names.reader),
        kind=kind,
        parts=parts,
        rest=rest,
        open=known,
        deleted=names.deleted(kind, change.record_id),
        key_event=change.entity == "answer" and key_event(change, before, after, names),
    )


def _kind(change: Change, after: Values) -> str:
    """An erasure is told of the record that it erased."""
    return str(after.get("entity") or change.entity) if change.entity == "erasure" else change.entity


def _as_logged(kind: str, record_id: int, after: Values, reader: User) -> str:
    """Whoever sees everything is told the name of what is gone; to others it may only be closed."""
    called = (shortened(after[name], kind) for name in TITLES if after.get(name) and reader.is_administrator)
    return next(called, f"{kind_word(kind)} {record_id}")
