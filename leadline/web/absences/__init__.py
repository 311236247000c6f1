"""Out of the office: one's own days, and those of the people whom one leads."""
