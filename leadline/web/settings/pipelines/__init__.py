"""Pipelines and their stages: how a sale goes (R1)."""
