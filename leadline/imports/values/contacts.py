"""Normal forms of names, e-mail addresses, domains and telephone numbers."""

import re
from urllib.parse import urlsplit

EMAIL = re.compile(r"[^\s@,;<>\"']+@[^\s@,;<>\"']+\.[^\s@,;<>\"'.]{2,}")
DIGITS = re.compile(r"\D+")


def emails(text: str) -> list[str]:
    """All addresses in a cell, in order, each once, in lower case: "A <a@x.org>; b@x.org"."""
    return list(dict.fromkeys(address.lower() for address in EMAIL.findall(text)))


def is_email(text: str) -> bool:
    """Whether the whole cell is one address."""
    return "@" in text and EMAIL.fullmatch(text) is not None


def domain(text: str) -> str:
    """The host of an address, web or mail, without "www."; "" where there is none."""
    bare = text.strip().lower()
    if "@" in bare:
        bare = bare.rpartition("@")[2]
    host = urlsplit(bare if "//" in bare else f"//{bare}").hostname or ""
    host = host.removeprefix("www.")
    return host if "." in host and " " not in host else ""


def phones(text: str) -> list[str]:
    """All numbers in a cell as written, each once; an extension ("x123") stays with its number."""
    found = (part.strip() for part in re.split(r"[;,|\n]|\s/\s", text))
    return list(dict.fromkeys(part for part in found if len(DIGITS.sub("", part)) >= 4))


def phone_key(text: str) -> str:
    """The digits by which two spellings of a number are the same: no 00, trunk 8 for Russia read as 7."""
    digits = DIGITS.sub("", text.partition("x")[0]).removeprefix("00")
    return "7" + digits[1:] if len(digits) == 11 and digits[0] == "8" else digits


def name(text: str) -> str:
    """A name with single blanks."""
    return " ".join(text.split())
