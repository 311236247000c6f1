"""The warehouse's file: how it opens, follows the log and stands as of a date. Knows no Django."""
