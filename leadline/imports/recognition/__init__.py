"""What a table holds: its kind, the meaning of its columns, and what is proposed for the rest."""
