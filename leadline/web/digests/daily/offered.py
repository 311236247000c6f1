"""What was handed to the reader and waits for their answer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.crm.handing_off import waiting_for
from leadline.web.digests.parts import MOST, Line, Part, Scope
from leadline.web.frame import formats
from leadline.web.frame.navigation import address
from leadline.web.frame.places import record_url
from leadline.web.wording.handing import due_said


def offered(scope: Scope) -> Part | None:
    """Due first first."""
    rows = waiting_for(scope.user)
    found = list(rows[:MOST])
    if not found:
        return None
    lines = tuple(Line(str(one), due_said(one, scope.now).text, record_url(one), one.ENTITY, one.pk) for one in found)
    count = formats.number(rows.count())
    return Part("offered", _("Waits for your answer"), "handshake", count, address("today"), lines)
