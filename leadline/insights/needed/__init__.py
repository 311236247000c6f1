"""Magic numbers (R7, R8): how many deals each stage needs for a target, how many to add, and how much to do."""
