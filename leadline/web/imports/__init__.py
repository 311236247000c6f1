"""Files in: the wizard, what became of each import, and taking one back."""
