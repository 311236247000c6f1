"""What changed in the open value between two moments, step by step, so that it adds up to the cent (R29)."""
