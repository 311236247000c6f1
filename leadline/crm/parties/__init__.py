"""Whom a lead is about, when it becomes a deal: who is known already, why it may be they, and no copies (R39)."""

from leadline.crm.parties.settling import Choice, settle
from leadline.crm.parties.suggesting import Suggested, Why, organizations_for, people_for

__all__ = ["Choice", "Suggested", "Why", "organizations_for", "people_for", "settle"]
