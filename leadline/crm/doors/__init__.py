"""Doors as leaders keep them: opened from a good beginning, given a new secret, and what came by them judged (R39).

`crm.intake` makes leads of what comes; here is what people do to doors and arrivals.
"""

from leadline.crm.doors.counting import counts_of
from leadline.crm.doors.judging import refuse, release, retry
from leadline.crm.doors.opening import add_form, add_hook, copy
from leadline.crm.doors.secrets import old_holds_until, rotate

__all__ = ["add_form", "add_hook", "copy", "counts_of", "old_holds_until", "refuse", "release", "retry", "rotate"]
