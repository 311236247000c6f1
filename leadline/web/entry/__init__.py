"""The door: signing in, the first administrator, accepting an invitation."""
