"""From files to a plan: what each table is and each column means, every row read and checked, in a staging file."""
