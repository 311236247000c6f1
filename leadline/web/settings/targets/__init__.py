"""Targets: who should reach how much of a number in each quarter, beside what they reached before."""
