"""Settings > Rules: what happens by itself, written in plain words, tried on the past, switched on and off."""
