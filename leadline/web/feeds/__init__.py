"""Calendars as other programs read them: private addresses, and the invitation of one activity."""
