"""Makes the checkout ready and hands over: `python -I bin/install run|test ARGUMENTS`. Standard library only."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import environment
from progress import CannotInstall

CHECKOUT = Path(__file__).resolve().parent.parent.parent
NEXT = {"run": ["-m", "leadline.cli"], "test": [str(CHECKOUT / "bin" / "checks")]}


def main() -> None:
    kind, *arguments = sys.argv[1:]
    try:
        python = environment.make_ready(CHECKOUT, kind)
    except CannotInstall as error:
        sys.exit(f"leadline: {error}")
    except KeyboardInterrupt:
        sys.exit("leadline: installation stopped; the next start takes it up again.")
    os.execv(python, [str(python), "-I", *NEXT[kind], *arguments])


main()
