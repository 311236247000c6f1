"""The house Leadline lives in: its data folder, the state of its database's schema, its server, and what doctor checks."""
