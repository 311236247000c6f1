"""THE WORK: what was done and is to be done on deals, leads and people."""
