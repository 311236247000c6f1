"""When two spellings are one thing: "GTXPro" and "GTX Pro", "Google" and "google", "Авито" and "avito"."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "_",
            "y",
            "_",
            "e",
            "yu",
            "ya",
            "i",
            "yi",
            "ye",
            "g",
        ],
        strict=True,
    )
)
TABLE = str.maketrans({letter: latin.replace("_", "") for letter, latin in CYRILLIC.items()})
# Signs that tell names apart: C, C++ and C# are three things.
KEPT = "+#&"


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """The same for all spellings of one name: no case, accents, blanks or punctuation; Cyrillic in Latin letters."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(TABLE)
    folded = unicodedata.normalize("NFKD", folded)
    return "".join(c for c in folded if c.isalnum() or c in KEPT) or text.casefold().strip()


def merged(spellings: Iterable[str] | Mapping[str, int]) -> dict[str, str]:
    """From key to the spelling to show: the commonest, then the one with more blanks and capitals."""
    counts = Counter(spellings)
    best: dict[str, str] = {}
    for text in sorted(counts, key=lambda text: (-counts[text], -readable(text), text)):
        best.setdefault(key(text), text)
    return best


def readable(text: str) -> int:
    """How much a spelling looks written by a person."""
    return text.count(" ") * 2 + (text[:1].isupper() and not text.isupper())


def told(text: str) -> str:
    """A name for people from a program's word: "paid_search" stays, "IN_PROGRESS" becomes "In progress"."""
    if text.isupper() and len(text) > 4 and " " not in text:
        text = text.lower()
    return text.replace("_", " ").strip().capitalize() if "_" in text else text


def words_of(stem: str) -> str:
    """A file's name as words: "sales_pipeline-2024" -> "Sales pipeline 2024"."""
    words = " ".join(stem.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:]
