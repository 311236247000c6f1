"""The arrival (R51): one plan from a file to records, and back again.

Read, recognise, match, preview, dry run, write, report, undo. `reading`, `values`, `recognition`
and `sources` know no database; `planning` and `writing` do.
"""
