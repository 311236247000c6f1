"""One stream on every record's page: what changed, what was written, attached, done and planned."""
