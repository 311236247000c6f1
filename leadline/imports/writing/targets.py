"""Targets: whose and of what a row is must be known already; a file of targets makes nobody."""

from django.utils.translation import gettext as _

from leadline.crm.models import Target
from leadline.crm.targeting import METRICS_SET
from leadline.imports.kinds import Kind
from leadline.imports.planning.staging import Staged
from leadline.imports.values import money_signs
from leadline.imports.writing.batch import State
from leadline.imports.writing.everything import Everything
from leadline.imports.writing.taken import Days
from leadline.insights.catalogue import METRICS


class Refused(Exception):
    """A row that cannot come in: field, reason, mend."""


def bring_in(all_: Everything, chunk: list[Staged]) -> None:
    """Rows of a file of targets."""
    for row in chunk:
        try:
            settle(all_, row, wanted(all_, row))
        except Refused as refused:
            name, reason, mend = refused.args
            all_.context.fault(row, name, row.body.get(name, ""), reason, mend, fatal=True)


def wanted(all_: Everything, row: Staged) -> State:
    """The fields of a target. Raises `Refused`."""
    body = row.body
    start, end = body["period"].split("/") if "period" in body else (body["start_on"], body["end_on"])
    state: State = {"metric": body.get("metric") or next(iter(METRICS_SET)), "start_on": start, "end_on": end}
    state |= {"amount": body["amount"], "user_id": None, "team_id": None, "pipeline_id": None}
    for name, column, find, mend in (
        ("person", "user_id", all_.users.find, _("Correct the name, address or id, or bring the person in first.")),
        ("team", "team_id", all_.users.teams.find, _("Correct the name, or make the team first.")),
        ("pipeline", "pipeline_id", all_.stages.pipeline, _("Correct the name, or make the pipeline first.")),
    ):
        if name in body:
            state[column] = find(body[name])
            if state[column] is None:
                raise Refused(name, NOBODY[name](), mend)
    require_base(all_, row, state["metric"])
    return state


NOBODY = {
    "person": lambda: _("nobody is known by this"),
    "team": lambda: _("there is no such team"),
    "pipeline": lambda: _("there is no such pipeline"),
}


def require_base(all_: Everything, row: Staged, metric: str) -> None:
    """Raises `Refused` for an amount in another currency than that in which targets are held."""
    if METRICS[metric].unit != "money":
        return
    base, told = all_.money.base, row.body.get("currency", "")
    sign = all_.money.of_sign(row.body.get("sign", "")) or all_.context.plan.options.currency
    code = money_signs.code(told) if told else sign
    if code != base and (told or code):
        mend = _("Write the amount in %(code)s.") % {"code": base}
        raise Refused("currency" if told else "amount", _("targets are in %(code)s") % {"code": base}, mend)


def settle(all_: Everything, row: Staged, state: State) -> None:
    """Make the target, change the one of the same days, or leave it. Raises `Refused` where its days are taken."""
    context, other = all_.context, all_.targets.at(state)
    if other is not None and other.row and same(other, state) and other.state["amount"] == state["amount"]:
        context.fault(
            row, "", "", _("the row repeats %(place)s") % {"place": place(other, row)},
            _("Nothing is lost: the copy was left out."),
        )  # fmt: skip
        context.count(Kind.TARGETS, "unchanged")
        return
    if other is not None and (other.row or not same(other, state)):
        name = "period" if "period" in row.body else "start_on"
        raise Refused(name, taken(other, row), _("Correct the days, or delete one of the two."))
    # As of a past day it was known from its first day on: a file does not tell when it was set.
    at = min(f"{state['start_on']}T00:00:00.000000Z", context.stamp)
    old = other.state if other else None
    pk = context.settle(Kind.TARGETS, Target, other.pk if other else None, old, state, at=at)
    all_.targets.keep(Days(pk, state, row.file, row.row))


def same(other: Days, state: State) -> bool:
    """Whether they are of the very same days."""
    return other.span == (state["start_on"], state["end_on"])


def taken(other: Days, row: Staged) -> str:
    """Why the days of a row are not free."""
    start, end = other.span
    if other.row:
        return _("it overlaps the target in %(place)s") % {"place": place(other, row)}
    return _("it overlaps the target from %(start)s to %(end)s that is there") % {"start": start, "end": end}


def place(other: Days, row: Staged) -> str:
    """Where the other row stands."""
    named = _("row %(row)s") % {"row": other.row}
    return named if other.file == row.file else f"{other.file} {named}"
