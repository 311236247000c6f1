"""What the board feels like in a browser: `python -m bench.browsing --deals 100000 --work FOLDER`.

Chromium without a window and without a graphics card draws the board of `bin/leadline serve` on a copy of the data:
when its largest part stands, what scripts it loads, and how evenly frames come while somebody scrolls through a
column of a thousand cards and drags one of them. The baseline of frames is a page that only scrolls empty boxes.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import children, folders
from bench.figures import Figure, options, percentile, show
from bench.pages import copied, prepared
from bench.person import EMAIL, PASSWORD
from bench.rows import known
from bench.serving import free_port, leadline_command, running

SIZE = {"width": 1440, "height": 900}
SILENT = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FRAME = 1000 / 60  # milliseconds
LARGEST = """() => new Promise((tell) => {
  new PerformanceObserver((list) => tell(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""
SCRIPTS = """() => performance.getEntriesByType("resource").filter((one) => new URL(one.name).pathname.endsWith(".js"))
  .map((one) => [new URL(one.name).pathname.split("/").at(-1), one.encodedBodySize])"""
WATCH = """() => {
  window.frames60 = []; window.watching = true;
  const step = (now) => { window.frames60.push(now); if (window.watching) requestAnimationFrame(step); };
  requestAnimationFrame(step);
}"""
STOP = "() => { window.watching = false; return window.frames60; }"
SCROLL = """(list) => new Promise((done) => {
  const steps = 180, far = list.scrollHeight - list.clientHeight;
  let step = 0;
  const go = () => {
    list.scrollTop = far * (step <= steps / 2 ? step * 2 / steps : 2 - step * 2 / steps);
    if (step++ < steps) requestAnimationFrame(go); else done();
  };
  requestAnimationFrame(go);
})"""
EMPTY = """<!doctype html><style>ol { block-size: 800px; overflow-y: auto } li { block-size: 96px }</style>
<ol>%s</ol>""" % ("<li></li>" * 1000)


@contextmanager
def browser() -> Iterator[Any]:
    """Debian's Chromium by Playwright. Raises RuntimeError where there is none."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise RuntimeError("There is no Chromium: apt install chromium.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=SILENT)
        yield opened
        opened.close()


def measure(address: str, pipeline: int, loads: int) -> list[Figure]:
    """Figures of one board."""
    with browser() as opened:
        page = opened.new_context(base_url=address, viewport=SIZE).new_page()
        sign_in(page)
        largest = [_largest(page, f"/pipeline/{pipeline}/") for _ in range(loads)]
        scripts = dict(page.evaluate(SCRIPTS))
        fullest = fill(page)
        scrolled, dragged = _frames(page, lambda: page.evaluate(SCROLL, fullest)), _frames(page, lambda: drag(page))
        page.set_content(EMPTY)
        empty = _frames(page, lambda: page.evaluate(SCROLL, page.query_selector("ol")))
    cards = f"{CARDS} cards in the column"
    return [
        Figure("largest contentful paint, median", statistics.median(largest), "ms", None, 1000, loads),
        Figure("scripts, compressed", sum(scripts.values()) / 1000, "kB", None, 150, 1, f"{len(scripts)} files"),
        *_steady("scrolling", scrolled, empty, cards),
        *_steady("dragging", dragged, empty, cards),
    ]


CARDS = 1000


def sign_in(page: Any) -> None:
    page.goto("/sign-in/")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("nav.rail")


def _largest(page: Any, path: str) -> float:
    page.goto(path, wait_until="load")
    page.wait_for_timeout(300)
    return float(page.evaluate(LARGEST))


def fill(page: Any) -> Any:
    """The fullest column, scrolled until a thousand cards are in it, or all there are."""
    page.evaluate(
        """() => [...document.querySelectorAll("[data-cards-of]")]
          .sort((a, b) => Number(b.closest("section").querySelector(".count").textContent.replace(/\\D/g, ""))
                        - Number(a.closest("section").querySelector(".count").textContent.replace(/\\D/g, "")))[0]
          .setAttribute("data-fullest", "")"""
    )
    column = page.query_selector("[data-fullest]")
    for _ in range(400):
        count = page.evaluate("(list) => list.querySelectorAll('[data-id]').length", column)
        if count >= CARDS or not page.evaluate("(list) => Boolean(list.querySelector('.more'))", column):
            break
        page.evaluate("(list) => { list.scrollTop = list.scrollHeight; }", column)
        page.wait_for_timeout(50)
    page.evaluate("(list) => { list.scrollTop = 0; }", column)
    page.wait_for_timeout(500)
    return column


def drag(page: Any) -> None:
    """The first card of the fullest column, to and fro over the board, and back where it was."""
    box = page.query_selector("[data-fullest] [data-id]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 12
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(120):
        page.mouse.move(x + 300 * (1 - abs(1 - step / 60)), y + step % 60)
    page.mouse.move(x, y)
    page.keyboard.press("Escape")
    page.mouse.up()


def _frames(page: Any, work: Any) -> list[float]:
    """Milliseconds between frames while something is done."""
    page.evaluate(WATCH)
    work()
    times = page.evaluate(STOP)
    return [after - before for before, after in itertools.pairwise(times)]


def _steady(what: str, frames: list[float], empty: list[float], note: str) -> list[Figure]:
    late = sum(1 for frame in frames if frame > 1.5 * FRAME) / len(frames) * 100
    bare = sum(1 for frame in empty if frame > 1.5 * FRAME) / len(empty) * 100
    return [
        Figure(f"{what}: frame, p95", percentile(frames, 0.95), "ms", percentile(empty, 0.95), 17.5, len(frames), note),
        Figure(f"{what}: frames that came late", late, "%", bare, None, len(frames)),
    ]


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--loads", type=int, default=5)
    parser.add_argument("--work", type=Path, required=True, help="a folder for generated files and imported data")
    asked: argparse.Namespace = parser.parse_args()
    at_rest = folders.imported(asked.work, asked.deals)
    prepared(at_rest)
    data = copied(at_rest)
    at, port = known(data), free_port()
    with running(leadline_command(port), children.environment(data), port):
        found = measure(f"http://127.0.0.1:{port}", at.pipeline, asked.loads)
    shutil.rmtree(data.parent)
    title = f"The board in a browser, {len(at.open):,} open deals, {at.fullest:,} in a column"
    show(title, "a page of a thousand empty boxes in the same browser", found, asked.json)


if __name__ == "__main__":
    main()
