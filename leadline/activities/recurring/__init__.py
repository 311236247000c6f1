"""Activities that come again and again: a recurrence rule (RFC 5545, 3.3.10) by the clock on the wall."""

from leadline.activities.recurring.checking import checked
from leadline.activities.recurring.coming import between, due_in, following, next_slot, slot_of
from leadline.activities.recurring.moving import moved
from leadline.activities.recurring.rule import ends_before
from leadline.activities.recurring.saying import said

__all__ = ["between", "checked", "due_in", "ends_before", "following", "moved", "next_slot", "said", "slot_of"]
