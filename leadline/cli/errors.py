"""Errors as people should see them: one plain line and an exit code; the traceback only with --debug."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from leadline.house import disk
from leadline.house.refusal import Refused

FAILED, REFUSED = 1, 3


class Failure(Exception):
    """A command could not do what was asked. The text is one plain line that says why and, where known, the mend."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code


@contextmanager
def plain_errors(traceback: bool) -> Iterator[None]:
    """Turns whatever a command raises into a line on stderr and an exit code, unless the traceback is wanted."""
    try:
        yield
    except BrokenPipeError:
        # The reader went away (`leadline report … | head`): no news, and no second error when stdout is flushed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except Exception as error:
        if traceback:
            raise
        text, code = line(error)
        print(f"leadline: {text}", file=sys.stderr)  # noqa: T201  no console: rich may be what failed
        sys.exit(code)


def line(error: Exception) -> tuple[str, int]:
    """What went wrong in one line, and the exit code. Errors nobody foresaw are named, with the way to see more."""
    # Django only now: it stays off the way to `leadline --help`.
    from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError  # noqa: PLC0415

    from leadline.cli import complaints  # noqa: PLC0415

    if disk.is_full(error):
        return disk.FULL, FAILED
    if isinstance(error, (Failure, Refused)):
        return str(error), error.code
    if isinstance(error, ImproperlyConfigured):
        return str(error), REFUSED
    if isinstance(error, ValidationError):
        return complaints.in_words(error), FAILED
    if isinstance(error, PermissionDenied):
        return str(error) or "not allowed", FAILED
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}", FAILED
    text = " ".join(str(error).split())
    return f"unexpected {type(error).__name__}: {text} (leadline --debug … shows where)", FAILED
