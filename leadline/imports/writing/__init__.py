"""From a plan to records: matched with what is there, written in short transactions, with entries in the log."""
