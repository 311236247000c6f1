"""Statistics on plain arrays: estimates with their 90 % intervals, and fair comparisons of small groups."""
