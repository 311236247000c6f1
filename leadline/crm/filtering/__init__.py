"""Filters as they stand in addresses: `?owner=me,5&value=1000..5000&created_at=last-30-days&rotten=yes&q=acme`.

Lists, the board, saved views, exports and links from numbers write the same language; docs/guides/lists.md tells it.
"""

from leadline.crm.filtering.derived import Derived, add_conditions
from leadline.crm.filtering.filter import Condition, Filter, joined
from leadline.crm.filtering.meaning import PLAIN, Asker, Meaning, Unreadable, Write
from leadline.crm.filtering.reading import PAGE_WORDS, askable, read
from leadline.crm.filtering.territory import TERRITORY

__all__ = [
    "PAGE_WORDS",
    "PLAIN",
    "TERRITORY",
    "Asker",
    "Condition",
    "Derived",
    "Filter",
    "Meaning",
    "Unreadable",
    "Write",
    "add_conditions",
    "askable",
    "joined",
    "read",
]
