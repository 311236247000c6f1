"""What a picture or file says of its question: in its name, and in the line under its title."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from leadline.crm.models import Pipeline
from leadline.web.frame import formats
from leadline.web.insights.asked import Asked
from leadline.web.insights.period import company_today


def file_name(what: str, asked: Asked, kind: str) -> str:
    """Such as funnel-2026-Q3-as-of-2026-09-30.png: files of different questions do not overwrite each other."""
    moment = asked.as_of or company_today()
    parts = [what, *_narrowed(asked), _period(asked, moment), "as-of", moment.isoformat()]
    return "-".join(re.sub(r"[^\w.]+", "-", part).strip("-") for part in parts if part) + f".{kind}"


def attached(name: str) -> str:
    """The header by which a browser saves it under this name."""
    return content_disposition_header(as_attachment=True, filename=name) or ""


def question_line(asked: Asked) -> str:
    """Such as "Jan 1, 2026 to Mar 10, 2026, as of Mar 10, 2026. Pipeline: Renewals." """
    if asked.start and asked.end:
        period = _("%(start)s to %(end)s") % {"start": formats.day(asked.start), "end": formats.day(asked.end)}
    elif asked.start:
        period = _("From %s") % formats.day(asked.start)
    elif asked.end:
        period = _("Until %s") % formats.day(asked.end)
    else:
        period = _("All time")
    as_of = _("as of %s") % formats.day(asked.as_of or company_today())
    return f"{period}, {as_of}" + "".join(f" · {part}" for part in _narrowed(asked))


def _narrowed(asked: Asked) -> list[str]:
    pipeline = Pipeline.objects.filter(pk=asked.pipeline).values_list("name", flat=True) if asked.pipeline else ()
    return [*pipeline, *asked.where.values()]


def _period(asked: Asked, moment: dt.date) -> str:
    named = {
        "month": f"{moment:%Y-%m}",
        "quarter": f"{moment.year}-Q{(moment.month + 2) // 3}",
        "year": str(moment.year),
        "12m": "12-months",
        "all": "all-time",
        "30d": "30-days",
        "90d": "90-days",
    }
    if asked.period in named:
        return named[asked.period]
    return "-to-".join(day.isoformat() for day in (asked.start, asked.end) if day) or "all-time"
