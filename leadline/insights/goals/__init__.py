"""Goals (R31): their spans, what was reached in each, how likely one is before it is set (R49)."""
