"""Refusing to start: better closed than open on something that may be damaged."""

from __future__ import annotations


class Refused(Exception):
    """Leadline will not start like this. The text says why and names the mend; the command exits with `code`."""

    code = 3
