"""From a plan to records: matched with what is there, written in short transactions, each with its entries in the log."""
