"""The bell: what concerns me, unread first counted, each with the way to its record."""
