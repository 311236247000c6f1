"""WHO: users, teams, roles, and the one place that decides what a person may see and do."""
