"""Findings outside the ledger: told by the ids of records, known from day to day, followed up."""
