"""The forecast as pages and snapshots want it: plain numbers, days and ids, which JSON can hold."""
