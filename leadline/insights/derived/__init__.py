"""Derived once, used everywhere: stage visits, passages, touches (2-metrics.md)."""
