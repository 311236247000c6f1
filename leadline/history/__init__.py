"""WHAT HAPPENED: the append-only change log, the one way to write it, and its readers' cursors."""
