"""What was done about a finding, and whether the number moved, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leadline.crm.models import KnownFinding
from leadline.insights.findings.following import MOVED, WORSE, Moved, Side
from leadline.web.frame import formats
from leadline.web.insights.titles import title_of
from leadline.web.insights.why.saying import amount


@dataclass(frozen=True)
class Followed:
    """What was done, by whom and when; the number before and since; the verdict ("" where nothing can be said)."""

    done: str
    before: str
    after: str
    verdict: str


def followed(row: KnownFinding, moved: Moved | None) -> Followed:
    """In words."""
    words = {"day": formats.day(row.acted_on), "what": row.done, "who": row.acted_by or _("somebody")}
    done = _("Done on %(day)s by %(who)s: %(what)s") % words
    if moved is None:
        return Followed(done, "", "", "")
    name = title_of(moved.metric)
    before = _("%(name)s in the time before: %(value)s") % {"name": name, "value": _side(moved.before, moved.unit)}
    after = _("since: %(value)s") % {"value": _side(moved.after, moved.unit)}
    return Followed(done, before, after, _verdict(moved))


def _side(side: Side, unit: str) -> str:
    if side.value is None:
        return _("not known")
    words = {"value": amount(side.value, unit), "n": formats.number(side.n)}
    if side.low is None or side.high is None:
        return _("%(value)s (of %(n)s)") % words
    ends = {"low": amount(side.low, unit), "high": amount(side.high, unit)}
    return _("%(value)s (%(low)s to %(high)s, of %(n)s)") % {**words, **ends}


def _verdict(moved: Moved) -> str:
    if moved.change is None:
        return _("Whether it moved cannot be told: the number is not known for both times.")
    sign = "+" if moved.change > 0 else ""
    by = {"change": sign + _points(moved.change, moved.unit)}
    if moved.low is None or moved.high is None:
        return _("The difference is %(change)s; how much of it is chance is not known.") % by
    by |= {"low": _points(moved.low, moved.unit), "high": _points(moved.high, moved.unit)}
    if moved.verdict == MOVED:
        return _("It moved: %(change)s (90 %% between %(low)s and %(high)s).") % by
    if moved.verdict == WORSE:
        return _("It became worse: %(change)s (90 %% between %(low)s and %(high)s).") % by
    return _("It cannot be told yet whether it moved: %(change)s (90 %% between %(low)s and %(high)s).") % by


def _points(value: float, unit: str) -> str:
    """A difference of shares in percentage points."""
    if unit == "share":
        return _("%(n)s points") % {"n": formats.number(100 * value, 1)}
    return amount(value, unit)
