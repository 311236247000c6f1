"""Leadline: a sales pipeline that says why sales are short, what to change first and what will be booked."""

__version__ = "0.1.0"
