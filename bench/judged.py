"""Opens Leadline as every start does and lets the doctor look: `python -m bench.judged DATA` prints what is bad.

One process for both, so that a hundred kills are judged in minutes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.opened import open_leadline


def judge(data: Path) -> list[dict[str, object]]:
    """The bad findings. What a dead import left is taken back by the opening."""
    open_leadline(data)
    from leadline.cli.doctor import look

    return [dict(finding.plain()) for finding in look() if not finding.good]


if __name__ == "__main__":
    print(json.dumps(judge(Path(sys.argv[1]))))
