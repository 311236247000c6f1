"""The page of a lead, and what becomes of it."""
