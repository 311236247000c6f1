"""A sales company made up from a seed, with known causes and at most one planted fault (design: the simulator)."""
