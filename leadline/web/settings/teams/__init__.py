"""Teams as a tree: added, renamed, moved, ended."""
