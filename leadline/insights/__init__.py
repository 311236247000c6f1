"""THE NUMBERS: pure functions on tables. Only `warehouse` and `ask` know Django."""
