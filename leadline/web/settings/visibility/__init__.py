"""Who sees and who changes whose records, in plain words."""
