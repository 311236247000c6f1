"""How the process is kept: hand-offs, playbooks, fit, and what a review of the stages finds."""
