"""The ledger: all that happened to sales, as arrays; diagnosis, forecast and what-if are computed from it."""
