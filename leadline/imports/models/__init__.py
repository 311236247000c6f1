"""Imports, the rows that did not come in, and files on their way to being an import."""

from leadline.imports.models.arrival import Import, State
from leadline.imports.models.draft import Draft, Stand
from leadline.imports.models.failure import ImportFailure

__all__ = ["Draft", "Import", "ImportFailure", "Stand", "State"]
