"""Headings without what differs between exports: case, stars, quotes, punctuation, CamelCase."""

import re
import unicodedata
from functools import lru_cache

CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])|(?<=[A-Z])(?=[A-Z][a-z])")
OTHER = re.compile(r"[^\w#%]+|_+")
PREFIXES = ("property hs ", "property ", "hs ")


@lru_cache(maxsize=4096)
def heading(text: str) -> str:
    """ "Deal - Currency of Value*" -> "deal currency of value", "StageName" -> "stage name"."""
    plain = unicodedata.normalize("NFKC", text).strip("\ufeff\"'`* \t")
    spaced = CAMEL.sub(" ", plain)
    return " ".join(OTHER.sub(" ", spaced).casefold().split())


def spellings(text: str, own: str = "") -> list[str]:
    """The normal form, then the same without a prefix that only names the table (`own`: "deal", "person" ...)."""
    normal = heading(text)
    found = [normal, normal.replace(" ", "")]
    prefixes = (*PREFIXES, f"{own} ") if own else PREFIXES
    return found + [normal[len(prefix) :] for prefix in prefixes if normal.startswith(prefix)]
