"""What changed between two days, as a waterfall (R29)."""
