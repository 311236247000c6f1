"""What stages ask for (R2): their playbooks are drafted and published here, and stages are reviewed."""
