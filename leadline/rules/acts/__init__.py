"""What rules can do, each by the verbs of the record: `ACTS` by the name under which a rule keeps it as `do`."""

from leadline.rules.acts.act import Act, Doing
from leadline.rules.acts.changing import ASSIGN, LABEL, SET
from leadline.rules.acts.parking import PARK
from leadline.rules.acts.planning import ACTIVITY, CHECKLIST
from leadline.rules.acts.telling import NOTIFY

ACTS: dict[str, Act] = {act.name: act for act in (ACTIVITY, CHECKLIST, ASSIGN, LABEL, SET, NOTIFY, PARK)}

__all__ = ["ACTS", "Act", "Doing"]
