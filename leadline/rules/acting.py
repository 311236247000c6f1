"""A rule acts on a cause: once, whatever happens, and all of it or nothing."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.crm import conditions
from leadline.history.models import Change
from leadline.history.registry import model_of
from leadline.history.standing import undone_among
from leadline.history.writing import locked, writing
from leadline.rules import chains
from leadline.rules.acts import ACTS, Doing
from leadline.rules.causes import Cause
from leadline.rules.models import Rule, RuleRun, RunState

AWAY = (OperationalError, InterfaceError)  # the database, not the act: tried again by whoever asks next
LONGEST = 1000
log = logging.getLogger(__name__)


def act(rule_id: int, cause: Cause) -> RuleRun | None:
    """What came of it; None where there is nothing to do: the rule is off or deleted, began later than the cause, has
    acted on it before, or the record does not meet its condition now.

    The rule's row is locked, so that two servers take turns; the run is written in the transaction of what is done, so
    that a kill leaves both or none. Raises only what says that the database is away.
    """
    with writing():
        rule: Rule | None = locked(Rule.objects.kept().filter(pk=rule_id, active=True)).first()
        if rule is None or not _new(rule, cause):
            return None
        run = _run(rule, cause)
        try:
            if cause.record_id not in conditions.met(rule.kind, rule.query, [cause.record_id]):
                return None
        except ValidationError as error:
            return _failed(run, error)
        chain = chains.behind(cause)
        run.depth = chain.depth
        if chain.ends_before(rule.pk, cause):
            run.state, run.act = RunState.STOPPED, None
            run.save()
            return run
        return _carried_out(rule, run)


def again(run_id: int) -> RuleRun:
    """A run that failed, once more, whatever the condition says now: somebody wants it, and has mended what was wrong.

    Anything but a failed run is left as it is.
    """
    with writing():
        run: RuleRun = locked(RuleRun.objects.select_related("rule").filter(pk=run_id)).get()
        if run.state != RunState.FAILED:
            return run
        run.at, run.act, run.error = timezone.now(), uuid.uuid4(), ""
        return _carried_out(run.rule, run)


def carried_out(rule: Rule, cause: Cause, by: Actor) -> list[dict[str, Any]]:
    """Does everything that the rule says to the record; what came of each. Raises what the verbs raise."""
    record = model_of(cause.kind).objects.get(pk=cause.record_id)
    did = []
    for given in rule.acts:
        record.refresh_from_db()
        one = ACTS[given["do"]].do(Doing(rule.pk, cause.kind, record, given, by))
        did.append({"do": given["do"], **one})
    return did


def told(error: Exception) -> str:
    """What went wrong and the mend, as far as it is known."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)[:LONGEST]
    if isinstance(error, PermissionDenied):
        return str(error)[:LONGEST] or _("It is not allowed.")
    return _("Something unexpected went wrong (%(kind)s); the server's log tells more.") % {
        "kind": type(error).__name__
    }


def _new(rule: Rule, cause: Cause) -> bool:
    if rule.since is None or cause.at < rule.since or rule.runs.filter(cause=cause.key).exists():
        return False
    if cause.change_id is None:
        return True
    change = Change.objects.filter(pk=cause.change_id).first()
    return change is not None and change.recorded_at >= rule.since and not undone_among([change])


def _run(rule: Rule, cause: Cause) -> RuleRun:
    return RuleRun(
        rule=rule, cause=cause.key, change_id=cause.change_id, kind=cause.kind, record_id=cause.record_id,
        at=timezone.now(), act=uuid.uuid4(),
    )  # fmt: skip


def _carried_out(rule: Rule, run: RuleRun) -> RuleRun:
    cause = Cause(run.cause, run.kind, run.record_id, run.at, run.change_id)
    run.state = RunState.DONE
    run.save()  # before what is done: chains are found by its act
    try:
        with transaction.atomic():
            run.did = carried_out(rule, cause, Actor(None, "rule", run.act))
    except AWAY:
        raise
    except Exception as error:
        return _failed(run, error)
    run.save()
    return run


def _failed(run: RuleRun, error: Exception) -> RuleRun:
    if not isinstance(error, ValidationError | PermissionDenied):
        log.exception("Rule %s on %s %s", run.rule_id, run.kind, run.record_id)
    run.state, run.error, run.act, run.did = RunState.FAILED, told(error), None, []
    run.save()
    return run
