"""What comes by doors (R39): kept exactly once before anything is made of it, then made a lead (decision 0040)."""

from leadline.crm.intake.counting import Counts, counts
from leadline.crm.intake.held import Held, said_of
from leadline.crm.intake.keeping import keep
from leadline.crm.intake.making import in_background, make_now, make_waiting
from leadline.crm.intake.signing import secret_of
from leadline.crm.intake.waking import wake

__all__ = [
    "Counts",
    "Held",
    "counts",
    "in_background",
    "keep",
    "make_now",
    "make_waiting",
    "said_of",
    "secret_of",
    "wake",
]
