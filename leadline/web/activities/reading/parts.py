"""How long, how much it matters, where, by whom and with whom: each said in one way that cannot be mistaken."""

from __future__ import annotations

import re

from leadline.web.activities.reading.text import END, MARK, plain, without

_NOT_BEFORE = r"(?<!\S)(?<!in\s)(?<!the\s)(?<!\san\s)(?<!\sa\s)(?<!every\s)"
LENGTH = re.compile(
    rf"""{_NOT_BEFORE}(?:for\s+)?(?:(?P<h>\d{{1,2}})\s?h(?:ours?|rs?)?\s?(?P<rest>[0-5]?\d)\s?(?:m(?:in(?:ute)?s?)?)?
    |(?P<hours>\d{{1,2}}(?:[.,]5)?)\s?(?:h|hrs?|hours?)|(?P<minutes>\d{{1,3}})(?:m|\s?min(?:ute)?s?)
    |(?P<named>(?<=for\s)(?:half\s+an\s+hour|an\s+hour))){END}(?!\s+ago)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
PRIORITY = re.compile(r"(?<!\S)!(?P<word>high|hi|h|medium|med|m|low|lo|l)(?=[\s,;]|$)", re.IGNORECASE)
PLACE = re.compile(rf'(?<!\S)place:\s*(?:"(?P<quoted>[^"]*)"|(?P<word>[^,;"{MARK}]+))', re.IGNORECASE)
COLLEAGUE = re.compile(r'(?<!\S)@(?:"(?P<quoted>[^"]+)"|(?P<word>[^\W\d_][\w.\'-]*))')
STOP = r"about|re|regarding|concerning|to|for|on|at|in"
WITH = re.compile(
    rf'(?<!\S)with\s+(?:"(?P<quoted>[^"]+)"|(?P<words>(?:(?!(?:{STOP})\s)[^\s,;{MARK}"]+\s*)+))',
    re.IGNORECASE | re.ASCII,
)
LONGEST_MINUTES = 24 * 60


def length(text: str) -> tuple[str, int | None]:
    """(what is left, minutes)."""
    match = LENGTH.search(text)
    if match is None:
        return text, None
    if match["named"]:
        minutes = 30 if match["named"].casefold().startswith("half") else 60
    elif match["minutes"]:
        minutes = int(match["minutes"])
    elif match["hours"]:
        minutes = round(float(match["hours"].replace(",", ".")) * 60)
    else:
        minutes = int(match["h"]) * 60 + int(match["rest"])
    return (without(text, match), minutes) if 0 < minutes <= LONGEST_MINUTES else (text, None)


def priority(text: str) -> tuple[str, int]:
    """(what is left, 0 to 3): !high, !medium, !low."""
    match = PRIORITY.search(text)
    if match is None:
        return text, 0
    return without(text, match), {"l": 1, "m": 2, "h": 3}[match["word"][0].casefold()]


def place(text: str) -> tuple[str, str]:
    """place:Office, place:"Room 4", or up to the next comma."""
    match = PLACE.search(text)
    if match is None:
        return text, ""
    return without(text, match), plain(match["quoted"] or match["word"])


def colleague(text: str) -> tuple[str, str]:
    """@Ann, @"Ann Lee": who is to do it."""
    match = COLLEAGUE.search(text)
    return (without(text, match), match["quoted"] or match["word"]) if match else (text, "")


def company_of(text: str, *, quoted: bool = False) -> tuple[str, str]:
    """with Acme, with "Room & Board", with Ann Lee and Bo: (what is left, the names as they were written).

    `quoted`: only what stands in quotation marks, which nothing in it can be mistaken for.
    """
    match = WITH.search(text)
    if match is None or (quoted and not match["quoted"]):
        return text, ""
    names = plain(match["quoted"] or match["words"]).rstrip(".!?")
    return (without(text, match), names) if names else (text, "")
