"""The diagnosis: what holds sales back, what it is worth, and what to do first (R16-R26)."""
