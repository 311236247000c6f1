"""Goals (R31): rings, setting one with what history says of it (R49), and the board of those who want to be on it."""
