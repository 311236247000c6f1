"""The `leadline` command: one file per command, imported only when it is asked for."""

from __future__ import annotations

import sys

from leadline.cli.commands import frame
from leadline.cli.errors import plain_errors


def main() -> None:
    """Runs the command of `sys.argv`. Exits 0 done, 1 failed, 2 wrong usage, 3 start-up refused."""
    arguments = sys.argv[1:]
    options = arguments[: next((i for i, a in enumerate(arguments) if not a.startswith("-")), len(arguments))]
    with plain_errors(traceback="--debug" in options):
        frame(arguments)(args=arguments, prog_name="leadline")
