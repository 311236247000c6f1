"""The house's public doors: forms that anybody may fill in, addresses that other programs send leads to (R39)."""
