"""How good diagnosis and forecast are: on simulated companies whose truth is known, and on real data."""
