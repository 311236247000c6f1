"""What is said of a hand-off: by when it is to be answered, and why somebody is the next to be handed one."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.crm.handing_off import Candidate
from leadline.crm.models import Choosing, HandOff, HandOffState
from leadline.web.frame.formats import day, moment, number
from leadline.web.wording.answering import Said


def due_said(hand_off: HandOff, now: dt.datetime) -> Said:
    """`state` is late, waits, or that of the answer; moments are written as the reader's clocks show them."""
    if hand_off.deleted_at is not None:
        return Said(_("taken back"), HandOffState.WITHDRAWN)
    if hand_off.state != HandOffState.WAITING:
        at = moment(hand_off.answered_at) if hand_off.answered_at else ""
        said = {
            HandOffState.ACCEPTED: _("accepted on %(time)s"),
            HandOffState.RETURNED: _("given back on %(time)s"),
            HandOffState.WITHDRAWN: _("taken back on %(time)s"),
        }[HandOffState(hand_off.state)]
        return Said(said % {"time": at}, hand_off.state)
    if hand_off.due_at is None:
        return Said(_("waits for an answer"), "waits")
    if now > hand_off.due_at:
        return Said(_("late since %(time)s") % {"time": moment(hand_off.due_at)}, "late")
    return Said(_("to be answered by %(time)s") % {"time": moment(hand_off.due_at)}, "waits")


def next_because(one: Candidate) -> str:
    """ "Edith Moran, whose turn it is" """
    if one.by == Choosing.LOAD:
        return _("%(user)s, who has the fewest") % {"user": one.user}
    return _("%(user)s, whose turn it is") % {"user": one.user}


def beside(one: Candidate) -> str:
    """What stands beside a name in the list: away until when, or when they were handed one last."""
    if one.absence is not None:
        return _("away until %(day)s") % {"day": day(one.absence.end_on)}
    if one.by == Choosing.LOAD:
        return ngettext("%(n)s open", "%(n)s open", one.having) % {"n": number(one.having)}
    return _("last on %(day)s") % {"day": day(one.last)} if one.last else _("none yet")
