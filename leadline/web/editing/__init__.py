"""Editing in place: one way for record pages, lists and cards.

`showing` draws a value, `drawing` puts the sign of editing on it, `reading` understands what was typed, `views` answer.
"""
