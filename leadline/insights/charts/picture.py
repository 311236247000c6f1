"""A chart that leaves the page."""

from __future__ import annotations

from leadline.insights.charts.frame import Spec

WIDTH = 640


def picture(spec: Spec, kind: str) -> bytes:
    """The chart as "svg" or "png", on white. The first one of a process takes a second or two."""
    import vl_convert  # noqa: PLC0415  holds a JavaScript engine: kept off the start-up path

    config = {**spec["config"], "background": "white", "font": "Noto Sans, DejaVu Sans, Arial, sans-serif"}
    wide = {**spec, "width": WIDTH, "config": config}
    if kind == "svg":
        return vl_convert.vegalite_to_svg(wide).encode()
    return vl_convert.vegalite_to_png(wide, scale=2)
