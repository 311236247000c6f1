"""Asking axe-core what hinders people on a page. It is put into the page by the test, never shipped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import CHECKOUT, leave_out

SCRIPT: Path = CHECKOUT / "tests" / "vendor" / "axe.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# What can differ between themes and widths on a page whose markup is the same.
OF_LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]


# What moves is looked at when it has come to rest: a toast half faded in has too little contrast.
AT_REST = """
for (const one of document.getAnimations()) if (Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
"""


# What lies under a bar that sticks is scrolled out from under it by people; axe takes it for covered.
LOOSE = """
for (const one of document.querySelectorAll("header, footer, nav, form, div, p")) {
  if (getComputedStyle(one).position !== "sticky") continue;
  one.style.setProperty("position", "relative");
  one.style.setProperty("inset", "auto");
}
"""


@cache
def _script() -> str:
    return SCRIPT.read_text()


def hindrances(page: Any, *, of_looks: bool = False) -> list[str]:
    """Each finding as a line: rule, where, why. `of_looks`: only by the rules that depend on theme and width."""
    if not SCRIPT.is_file():
        leave_out("no axe-core: bin/test fetches it")
    # By the protocol, not by a script element: the page's own policy would rightly refuse that.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    page.evaluate(AT_REST)
    page.evaluate(LOOSE)
    # What is fine is not told: that alone takes most of the time on a long page.
    chosen = {"type": "rule", "values": OF_LOOKS} if of_looks else TAGS
    options = {"runOnly": chosen, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{finding['id']}: {node['target']} {node['failureSummary']}"
        for finding in found["violations"]
        for node in finding["nodes"]
    ]


def hindrances_in_both_themes(page: Any) -> list[str]:
    """The page as it stands, light by all rules and dark by those of looks; it is left dark."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.evaluate("for (const change of document.getAnimations()) change.cancel()")
        found += [f"{theme}: {finding}" for finding in hindrances(page, of_looks=theme == "dark")]
    return found
