"""Ideas (R34): added by the line, worked by keyboard, with a floor below which the page warns."""
