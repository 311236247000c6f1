"""Pods: who sells together, and who of them hands what to whom."""
