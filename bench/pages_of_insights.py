"""How long the pages of Insights take: `python -m bench.pages_of_insights --work FOLDER [--deals 100000]`.

Every panel of every page, asked for one after the other as its page does, by an administrator in this process: without
a network or a browser, with everything else. Cold: as after any change of the log, nothing remembered. Warm: again.
Without `--deals` it is the example company of `leadline demo`.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bench import folders
from bench.figures import Figure, options, percentile, show
from bench.opened import open_leadline
from bench.person import EMAIL, administrator

COLD, WARM = 2_000, 500  # milliseconds for the whole page


def measure(repeats: int, only: list[str]) -> list[Figure]:
    """Milliseconds of each page, all its panels together, and its slowest panel."""
    from django.test import Client

    from leadline.insights.remembering import remembered
    from leadline.web.insights.known import BY_NAME, panels

    client = Client(headers={"host": "localhost"})
    client.force_login(administrator())
    found = []
    for page in (page for name, page in BY_NAME.items() if not only or name in only):
        names = [panel.name for panel in panels(page)]
        _asked(client, page.name, names)  # compiles, loads
        cold, warm = [], []
        for _ in range(repeats):
            remembered.forget()
            cold.append(_asked(client, page.name, names))
            warm.append(_asked(client, page.name, names))
        slowest = max(names, key=lambda name: percentile([each[name] for each in cold], 0.5))
        for kind, taken, aim in (("cold", cold, COLD), ("warm", warm, WARM)):
            sums = [sum(each.values()) for each in taken]
            note = f"slowest {slowest}: {percentile([each[slowest] for each in taken], 0.5):.0f} ms"
            for share in (0.5, 0.95):
                name = f"{page.name}, {kind}, p{share * 100:.0f}"
                found.append(Figure(name, percentile(sums, share), "ms", None, aim, repeats, note))
    return found


def _asked(client: Any, page: str, names: list[str]) -> dict[str, float]:
    """Milliseconds by panel. Raises RuntimeError where one fails."""
    taken = {}
    for name in names:
        begun = time.perf_counter()
        answer = client.get(f"/insights/{page}/{name}/", headers={"hx-target": f"panel-{page}-{name}"})
        taken[name] = (time.perf_counter() - begun) * 1000
        if answer.status_code != 200:
            raise RuntimeError(f"{page}, {name} answered {answer.status_code}.")
    return taken


def example(work: Path) -> None:
    """Opens a data folder below `work` with the example company; it is loaded where it is not there yet."""
    data = work / "demo"
    data.mkdir(parents=True, exist_ok=True)
    open_leadline(data)
    from leadline.imports.example import load

    load()


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, default=0, help="generated deals, in place of the example company")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", action="append", default=[], help="a page; may be given several times")
    parser.add_argument("--work", type=Path, required=True, help="a folder for generated files and imported data")
    asked = parser.parse_args()
    if asked.deals:
        open_leadline(folders.imported(asked.work, asked.deals))
    else:
        example(asked.work)
    from leadline.crm.models import Deal

    title = f"Pages of Insights over {Deal.objects.count():,} deals, asked as {EMAIL}"
    show(title, "none", measure(asked.repeats, asked.only), asked.json)


if __name__ == "__main__":
    main()
