"""The calculator: what a target takes (R7, R8). The question is in the address; sliders answer at once."""
