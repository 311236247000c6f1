"""Fields of one's own, for each kind of record."""
