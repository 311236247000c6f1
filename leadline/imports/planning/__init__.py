"""From files to a plan: what each table is, what each column means, and every row read and checked, in a staging file."""
