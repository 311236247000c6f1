"""Icons drawn into the page, so that they take the colour of the text beside them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

FOLDER = Path(__file__).resolve().parent.parent / "static" / "vendor" / "icons"


@cache
def icon(name: str) -> Markup:
    """The icon of this name as decoration; what it means must stand beside it in words.

    Raises LookupError for one that package.json does not list (or where the page's libraries were never fetched).
    """
    path = FOLDER / f"{name}.svg"
    if not path.is_file():
        raise LookupError(f"There is no icon {path}. List it in package.json and run bin/leadline.")
    drawing = re.sub(r"<!--.*?-->", "", path.read_text(), flags=re.DOTALL)
    inner = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    shapes = re.sub(r"\s+", " ", inner).strip()
    attributes = 'class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false"'
    return Markup(f"<svg {attributes}>{shapes}</svg>")
