"""What a target is of, and over which days, as people write it."""

import re

from django.utils.translation import gettext as _

from leadline.crm.targeting import METRICS_SET
from leadline.imports.faults import BadValue
from leadline.imports.values import months, spelling
from leadline.imports.values.dates import EARLIEST, LATEST, full_year
from leadline.insights import periods

FORMS = {
    "year": re.compile(r"(?P<y>\d{4})"),
    "quarter": re.compile(r"(?P<y>\d{4})[- ]?Q(?P<q>[1-4])", re.IGNORECASE),
    "month": re.compile(r"(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])"),
    "fiscal_year": re.compile(r"FY ?(?P<y>\d{4}|\d{2})", re.IGNORECASE),
    "fiscal_quarter": re.compile(r"FY ?(?P<y>\d{4}|\d{2})[- ]?Q(?P<q>[1-4])", re.IGNORECASE),
}
# A spreadsheet makes "Jul-26" of "2026-07".
WORDED = re.compile(r"(?P<m>[^\W\d_]{3,10})\.?[-/ ](?P<y>\d{4}|\d{2})")


def metric(text: str) -> str:
    """The metric with this name or title. Raises `BadValue`."""
    wanted = spelling.key(text)
    for name, title in METRICS_SET.items():
        if wanted in (spelling.key(name), spelling.key(str(title))):
            return name
    known = ", ".join(f"{name} ({title})" for name, title in METRICS_SET.items())
    raise BadValue(_("there are no targets of this"), _("Write one of these: %(known)s.") % {"known": known})


def period(text: str, fiscal_month: int) -> str:
    """ "2026-07-01/2026-09-30" of 2026-Q3; 2026, 2026-07 and Jul 2026 are the calendar's, FY2026 and FY2026-Q3 the
    company's, whose years begin in `fiscal_month` and are named for the year in which they end. Raises `BadValue`.
    """
    kind, said = labelled(text)
    calendar = periods.Calendar(fiscal_start=fiscal_month)
    found = periods.containing(kind, periods.beginning(kind, said, calendar), calendar)
    return f"{found.start}/{found.end}"


def labelled(text: str) -> tuple[str, str]:
    """A kind of period and its label as `periods` has them. Raises `BadValue`."""
    for kind, form in FORMS.items():
        if match := form.fullmatch(text.strip()):
            parts = match.groupdict()
            rest = f"-Q{parts['q']}" if "q" in parts else f"-{parts['m']}" if "m" in parts else ""
            return kind, ("FY" if kind.startswith("fiscal") else "") + year(parts["y"]) + rest
    match = WORDED.fullmatch(text.strip())
    month = months.number(match["m"]) if match else 0
    if match and month:
        return "month", f"{year(match['y'])}-{month:02}"
    raise BadValue(
        _("this is not a period"), _("Write it as 2026, 2026-Q3, 2026-07, FY2026 or FY2026-Q3, or give its days.")
    )


def year(text: str) -> str:
    """Four digits. Raises `BadValue`."""
    found = full_year(text)
    if not EARLIEST <= found <= LATEST:
        raise BadValue(_("the year %(year)s cannot be right") % {"year": found}, _("Correct the year."))
    return str(found)
