"""How well somebody fits the ideal client (R44): 0 to 100, worked out by weighted criteria, and explained.

    fit = what the criteria that are met weigh / what all criteria above 0 weigh, in hundredths, held between 0 and 100

Criteria below 0 only take away. What is not known earns nothing; where nothing at all is known, or no criterion is
above 0, there is no fit. Nobody in particular asks, so that a fit does not depend on who looks. docs/decisions/0043.
"""

from leadline.crm.fitting.criteria import Criterion, asked_of, criteria, read
from leadline.crm.fitting.explaining import Part, explained, fit_of
from leadline.crm.fitting.sweeping import again, catch_up, in_background, progress
from leadline.crm.fitting.trying import GROUPS, Counted, Trial, try_out
from leadline.crm.fitting.winding import follow, wind_fits

__all__ = [
    "GROUPS",
    "Counted",
    "Criterion",
    "Part",
    "Trial",
    "again",
    "asked_of",
    "catch_up",
    "criteria",
    "explained",
    "fit_of",
    "follow",
    "in_background",
    "progress",
    "read",
    "try_out",
    "wind_fits",
]
