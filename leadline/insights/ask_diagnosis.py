"""The door to the diagnosis: what holds sales back, as it is kept for pages, or worked out at once (R16-R26)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from leadline.accounts.models import User
from leadline.insights.findings import recording
from leadline.insights.kept.asking import Kind
from leadline.insights.kept.plain import made, plain
from leadline.insights.kept.subject import Subject

if TYPE_CHECKING:
    from leadline.insights.findings.told import Diagnosed


def diagnosed(subject: Subject, user: User | None = None) -> Diagnosed:
    """Worked out now, of what `user` may see (None: of everything). Raises BadQuestion."""
    # numpy stays off the start-up path
    from leadline.insights.ask_ledger import ledger  # noqa: PLC0415
    from leadline.insights.diagnosis.diagnose import diagnose  # noqa: PLC0415
    from leadline.insights.findings.counting import counted  # noqa: PLC0415
    from leadline.insights.findings.told import told  # noqa: PLC0415

    found = ledger(user=user, as_of=subject.as_of, pipeline=subject.pipeline, team=subject.team)
    return counted(told(diagnose(found), found), subject, user)


def _noted(subject: Subject, user: User | None) -> Diagnosed:
    """The same, and what it has found is written down where it is of now."""
    found = diagnosed(subject, user)
    if subject.as_of is None:
        recording.note(found.findings, subject, user, today())
    return found


def _read(data: Any) -> Diagnosed:
    from leadline.insights.findings.told import Diagnosed  # noqa: PLC0415  see diagnosed

    found: Diagnosed = made(Diagnosed, data)
    return found


def today() -> dt.date:
    """The company's day."""
    return timezone.now().astimezone(ZoneInfo(settings.LEADLINE_TIME_ZONE)).date()


DIAGNOSIS: Kind[Diagnosed] = Kind("diagnosis", 3, _noted, plain, _read)
