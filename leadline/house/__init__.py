"""The house Leadline lives in: data folder, schema, server, health, and what doctor checks."""
