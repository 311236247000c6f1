"""Who gets a new lead (R39): rules in their order, turns, load, who is away and who stands in, and why it was they.

`assign` is called where a lead comes without an owner: by a form, a webhook, a rule, or at somebody's wish.
"""

from leadline.crm.assigning.choosing import Choice, PassedOver, Why, propose
from leadline.crm.assigning.giving import assign, assign_waiting, assigned_by

__all__ = ["Choice", "PassedOver", "Why", "assign", "assign_waiting", "assigned_by", "propose"]
