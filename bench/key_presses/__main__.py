"""Does the ten acts and writes what they took."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

import bench.key_presses as about
from bench import children, machine
from bench.browsing import SIZE, browser
from bench.key_presses.counting import Counter
from bench.key_presses.ours import ACTS
from bench.key_presses.peer import FLOWS
from bench.serving import free_port, running

SELLER = ("tom.harker@brightwater.example", "soundings at dawn")  # of the example company
PAGE = machine.CHECKOUT / "docs" / "evidence" / "key-presses.md"


def count(address: str, only: list[str]) -> dict[str, int]:
    """Presses by act."""
    taken = {}
    with browser() as opened:
        context = opened.new_context(base_url=address, viewport=SIZE)
        counter = Counter(context)
        page = context.new_page()
        _sign_in(page, *SELLER)
        for name, prepare in ACTS.items():
            if only and name not in only:
                continue
            act = prepare(page)
            counter.taken()
            act(page)
            page.wait_for_load_state("load")
            taken[name] = counter.taken()
    return taken


def _sign_in(page: Any, email: str, password: str) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def table(taken: dict[str, int]) -> str:
    """As Markdown."""
    rows = ["| act | Leadline | Pipedrive | there, step by step | told by |", "|---|--:|--:|---|---|"]
    for name, presses in taken.items():
        flow = FLOWS[name]
        steps = "; ".join(flow.steps) + (f" ({flow.open})" if flow.open else "")
        rows.append(f"| {name} | {presses} | {flow.presses} | {steps} | {flow.source} |")
    fewer = sum(presses < FLOWS[name].presses for name, presses in taken.items())
    same = sum(presses == FLOWS[name].presses for name, presses in taken.items())
    return "\n".join([*rows, "", f"Fewer in {fewer} of {len(taken)}, as many in {same}."])


def written(taken: dict[str, int]) -> str:
    """The page of evidence."""
    told = machine.described()
    said = (about.__doc__ or "").split("\n\n", 1)[1].strip()
    return "\n".join(
        [
            "<!-- Written by `python -m bench.key_presses --work FOLDER --write`. -->",
            "",
            "# Key presses and clicks",
            "",
            said,
            "",
            table(taken),
            "",
            f"Counted {told['when']} at commit {told['commit']}.",
            "",
        ]
    )


def main() -> None:
    ask = argparse.ArgumentParser(description=(about.__doc__ or "").splitlines()[0])
    ask.add_argument(
        "--work", type=Path, required=True, help="a folder in which the example company is made, and removed"
    )
    ask.add_argument("--only", action="append", default=[], choices=ACTS)
    ask.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    asked = ask.parse_args()
    port = free_port()
    command = children.leadline("demo", "--port", str(port))
    asked.work.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="key-presses-", dir=asked.work) as data,  # each act leaves less to act on
        running(command, children.environment(Path(data)), port),
    ):
        taken = count(f"http://127.0.0.1:{port}", asked.only)
    print(table(taken))
    if asked.write:
        PAGE.write_text(written(taken), encoding="utf-8")


if __name__ == "__main__":
    main()
