"""Acts on deals: add, move, win, lose, park, open again. Each is one verb, and one undo takes it back."""
