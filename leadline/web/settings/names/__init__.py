"""The short lists of a company: sources with campaigns, lost reasons, labels, activity types, outcomes."""
