"""Currencies: the base in which reports add up, and what the others are worth, by day."""
