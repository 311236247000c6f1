"""The log is read behind a cursor, and what sets rules off is acted on, in the order in which it happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone

from leadline.crm import conditions
from leadline.history import reading
from leadline.history.models import Change
from leadline.rules import acting, logged, timed
from leadline.rules.causes import Cause
from leadline.rules.logged import Happened
from leadline.rules.models import Rule, RuleReader, RuleRun
from leadline.rules.whens import TIMED

WINDOW, WINDOWS = 2000, 10  # rows of the log read at a time, and how often in one go
AT_ONCE = 500  # changes in one question
LIGHT = ("id", "txn", "entity", "via", "by_id", "undoes")


def catch_up() -> list[RuleRun]:
    """Acts on what has happened since last time; cheap where nothing has. Safe with several servers and after a kill:
    the cursor moves behind what is done, and what is done twice is done once (`acting.act`).
    """
    reader = RuleReader.objects.order_by("pk").first()
    if reader is None:
        return []
    end, done = reading.end_of_log(), []
    rules = running()
    if not [rule for rule in rules if rule.when not in TIMED]:
        if reader.cursor != end:
            reader.move(end)
        return []
    for _n in range(WINDOWS):
        rows = reading.changes_after(reader.cursor, WINDOW, LIGHT)
        rules = running() if rows else rules  # what was switched on before one of the rows happened is among them
        done += _act_on(rules, _telling(rules, rows))
        if not rows or not reader.move(reading.moved(reader.cursor, rows)) or len(rows) < WINDOW:
            break
    return done


def look(now: dt.datetime | None = None) -> list[RuleRun]:
    """Acts on what has come with time since the rules were switched on."""
    now = now or timezone.now()
    done = []
    for rule in running():
        if rule.when in TIMED and rule.since is not None:
            causes = _untouched(rule, timed.causes(rule, rule.since, now))
            done += _all([(rule, cause) for cause in _meeting(rule, causes)])
    return done


def running() -> list[Rule]:
    """Those that are on, in their order."""
    return list(Rule.objects.kept().filter(active=True))


def sets_off(via: str, by_id: int | None) -> bool:
    """Whether what was done this way sets rules off: not what files brought, nor what followed in bulk from a person's
    deed (a stage deleted, work handed over). What another rule did does: chains end by themselves."""
    return via != "import" and not (via == "rule" and by_id is not None)


def _telling(rules: Sequence[Rule], rows: Sequence[tuple[object, ...]]) -> list[int]:
    """The ids of the rows that may set one of the rules off."""
    entities = {logged.entity_of(rule) for rule in rules if rule.when not in TIMED}
    return [
        int(str(pk))
        for pk, _txn, entity, via, by_id, undoes in rows
        if entity in entities and undoes is None and sets_off(str(via), by_id if isinstance(by_id, int) else None)
    ]


def _act_on(rules: Sequence[Rule], ids: Sequence[int]) -> list[RuleRun]:
    done = []
    for start in range(0, len(ids), AT_ONCE):
        for change in Change.objects.filter(pk__in=ids[start : start + AT_ONCE]).order_by("id"):
            happened = [Happened(change)]
            done += _all([(rule, cause) for rule in rules for cause in logged.causes(rule, happened)])
    return done


def _all(pairs: Sequence[tuple[Rule, Cause]]) -> list[RuleRun]:
    """One after the other, so that a later rule sees what an earlier one did. Who does not meet the condition is left
    out by a question that locks nothing."""
    runs = []
    for rule, cause in pairs:
        if rule.since is None or cause.at < rule.since or not _may_meet(rule, cause):
            continue
        if (run := acting.act(rule.pk, cause)) is not None:
            runs.append(run)
    return runs


def _may_meet(rule: Rule, cause: Cause) -> bool:
    try:
        return bool(conditions.met(rule.kind, rule.query, [cause.record_id]))
    except ValidationError:
        return True  # kept as an error, with the mend, by whoever acts


def _meeting(rule: Rule, causes: Sequence[Cause]) -> Sequence[Cause]:
    """Those whose records may meet the condition: at each look the same thousands may not, and are asked together."""
    try:
        meet = conditions.met(rule.kind, rule.query, [cause.record_id for cause in causes])
    except ValidationError:
        return causes
    return [cause for cause in causes if cause.record_id in meet]


def _untouched(rule: Rule, causes: Iterator[Cause]) -> list[Cause]:
    """Those on which the rule has not acted yet."""
    found, fresh = list(causes), []
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        known = set(rule.runs.filter(cause__in=[cause.key for cause in some]).values_list("cause", flat=True))
        fresh += [cause for cause in some if cause.key not in known]
    return fresh
