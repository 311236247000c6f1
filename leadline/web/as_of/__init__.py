"""The board as it was on a past day, with a slider (R29)."""
