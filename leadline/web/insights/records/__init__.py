"""The records behind a number: deals, leads or activities, as a list and as a file."""
