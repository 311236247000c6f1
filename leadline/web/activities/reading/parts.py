"""How long, how much it matters, where, by whom and with whom: each said in one way that cannot be mistaken."""

from __future__ import annotations

import re

from leadline.web.activities.reading.days import DAY, WEEKDAY
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
COLLEAGUE = re.compile(r'(?<!\S)@(?:"(?P<quoted>[^"]+)"|(?P<word>[^\W\d_][\w\'-]*)(?![\w.]*\.\w))')
STOP = r"about|re|regarding|concerning|to|for|on|at|in"
_NAME = rf"(?-i:[A-ZÀ-ÖØ-Þ])[^\s,;{MARK}\"]*(?:[ ](?-i:[A-ZÀ-ÖØ-Þ])[^\s,;{MARK}\"]*){{0,3}}"
WITH = re.compile(
    rf'(?<!\S)with\s+(?:"(?P<quoted>[^"]+)"|(?P<list>{_NAME}(?:,[ ]{_NAME})+,?[ ](?:and|&)[ ]{_NAME})'
    rf'|(?P<words>(?:(?!(?:{STOP})\s)[^\s,;{MARK}"]+\s*)+))',
    re.IGNORECASE | re.ASCII,
)
LONGEST_MINUTES = 24 * 60
# What may stand behind a length; before any other small word a number is that thing's: "order 30m cable".
_THING = re.compile(
    rf"[ ](?!(?:{STOP}|with|and|every|each|until|till|from|by|this|next|last|today|tonight|tomorrow|tmrw|noon|daily"
    rf"|weekly|monthly|e[ao][dwm]|call|meeting|place:|{WEEKDAY})\b)(?-i:[a-z])",
    re.IGNORECASE,
)
_BY_A_DAY = re.compile(rf"(?<!\S)(?:{DAY},?\s+(?:at\s+)?|at\s+)$", re.VERBOSE | re.IGNORECASE | re.ASCII)
_HOUR = re.compile(r"(?:[7-9]|1\d|2[0-3])h(?:[0-5]\d)?")
DATED = re.compile(rf"\s(?={DAY}{END})", re.VERBOSE | re.IGNORECASE | re.ASCII)


def length(text: str, begins: int = 0) -> tuple[str, int | None]:
    """(what is left, minutes). The type ends at `begins`: "30m cable" may follow it at once, but not "3M"."""
    match = LENGTH.search(text)
    if match is None or _is_no_length(match, text, begins):
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


def _is_no_length(match: re.Match[str], text: str, begins: int) -> bool:
    before = text[: match.start()]
    if match[0][-1] in "MH" or (_HOUR.fullmatch(match[0]) and _BY_A_DAY.search(before)):
        return True  # 3M; "tue 10h" is an hour of the day
    stands = len(before.strip()) <= begins or re.search(rf"[\d{MARK}]\s*$|(?:{WEEKDAY}|tomorrow)\s+$", before, re.I)
    return not stands and not match[0].casefold().startswith("for") and bool(_THING.match(text, match.end()))


def priority(text: str) -> tuple[str, int]:
    """(what is left, 0 to 3): !high, !medium, !low."""
    match = PRIORITY.search(text)
    if match is None:
        return text, 0
    return without(text, match), {"l": 1, "m": 2, "h": 3}[match["word"][0].casefold()]


def place(text: str) -> tuple[str, str]:
    """place:Office, place:"Room 4", or up to the next comma or day."""
    match = PLACE.search(text)
    if match is None:
        return text, ""
    ends = DATED.search(text, match.start("word"), match.end()) if match["word"] else None
    if ends:
        return f"{text[: match.start()]} {MARK} {text[ends.end() :]}", plain(text[match.start("word") : ends.start()])
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
    names = plain(match["quoted"] or match["list"] or match["words"]).rstrip(".!?")
    return (without(text, match), names) if names else (text, "")
