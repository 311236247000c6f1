"""The face for people: one folder per screen."""
