"""Derived once, used everywhere: stage visits, passages, what was done about deals (2-metrics.md)."""
