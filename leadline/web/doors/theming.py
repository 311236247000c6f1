"""A form's own look, as a style sheet of its own: no page of ours holds a style (CSP)."""

from __future__ import annotations

from typing import Any

from leadline.crm.colours import BLACK, WHITE, is_dark, on

FONTS = {"serif": 'ui-serif, Georgia, Cambria, "Noto Serif", serif', "mono": "var(--mono)"}

SIZES = {"small": "93.75%", "large": "118.75%"}


def sheet(theme: dict[str, Any]) -> str:
    """Custom properties over those of tokens.css. `theme` is as `door_shape.clean_theme` leaves it."""
    said: dict[str, str] = {}
    paper, ink = theme.get("paper", ""), theme.get("ink", "")
    if paper or ink:
        said |= _ground(paper or on(ink), ink or on(paper))
    elif theme.get("scheme", "auto") != "auto":
        said["color-scheme"] = theme["scheme"]
    if accent := theme.get("accent", ""):
        said |= {
            "--accent": accent,
            "--accent-strong": f"color-mix(in srgb, {accent} 85%, {BLACK if on(accent) == WHITE else WHITE})",
            "--on-accent": on(accent),
        }
    if "radius" in theme:
        said |= {"--radius": f"{theme['radius']}px", "--radius-small": f"{theme['radius'] * 2 // 3}px"}
    if theme.get("size") in SIZES:
        said["font-size"] = SIZES[theme["size"]]
    if theme.get("font") in FONTS:
        said["--sans"] = FONTS[theme["font"]]
    lines = "".join(f"  {name}: {value};\n" for name, value in said.items())
    return f":root {{\n{lines}}}\n"


def _ground(paper: str, ink: str) -> dict[str, str]:
    def mixed(share: int) -> str:
        return f"color-mix(in srgb, {ink} {share}%, {paper})"

    return {
        "color-scheme": "dark" if is_dark(paper) else "light",
        "--paper": paper,
        "--surface": paper,
        "--sunken": mixed(6),
        "--line": mixed(16),
        "--line-strong": mixed(60),
        "--ink": ink,
        "--ink-soft": mixed(88),
        "--ink-faint": mixed(80),
    }
