"""One pipeline as it works at present, with what is not known: fitted to a ledger, and simulated (R17, R24)."""
