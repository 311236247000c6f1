from leadline.imports.models.arrival import Import, State
from leadline.imports.models.failure import ImportFailure

__all__ = ["Import", "ImportFailure", "State"]
