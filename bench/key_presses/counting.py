"""Counts what a page receives: key presses, clicks, drags. What is written comes in without keys and counts nothing."""

from __future__ import annotations

from typing import Any

LISTEN = """() => {
  let down = null;
  addEventListener("keydown", (event) => {
    if (!["Shift", "Control", "Alt", "Meta"].includes(event.key) && !event.repeat) pressed("key");
  }, true);
  addEventListener("pointerdown", (event) => { down = event; pressed("press"); }, true);
  addEventListener("pointerup", (event) => {
    const far = down && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
    if (far > 10) pressed("release elsewhere");
    down = null;
  }, true);
}"""


class Counter:
    """Of one browser context; `taken` since the last time it was asked."""

    def __init__(self, context: Any) -> None:
        self.count = 0
        context.expose_binding("pressed", lambda _source, _what: self._add())
        context.add_init_script(f"({LISTEN})()")

    def _add(self) -> None:
        self.count += 1

    def taken(self) -> int:
        """And begins anew."""
        count, self.count = self.count, 0
        return count
