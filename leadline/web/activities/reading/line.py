"""An activity in one line: "call tue 10 about the proposal with Acme 30m !high" is a type, a time, a subject and more.

Days and times are read in English, whatever the page's language; types and outcomes by their own names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from leadline.web.activities.reading import parts
from leadline.web.activities.reading.repeats import first_on, repeats
from leadline.web.activities.reading.text import LONGEST, MARK, tidy, without
from leadline.web.activities.reading.times import When, find_time, read_clock

# Other words for the types that a company begins with.
CALLED = {"email": "e-mail", "mail": "e-mail", "e-mail": "e-mail", "phone": "call", "ring": "call", "meet": "meeting"}
# What has been done already is said by these.
PAST = {
    "called": "call", "phoned": "call", "rang": "call", "spoke to": "call", "spoke with": "call", "talked to": "call",
    "talked with": "call", "had a call": "call", "met": "meeting", "had a meeting": "meeting", "emailed": "e-mail",
    "e-mailed": "e-mail", "mailed": "e-mail",
}  # fmt: skip
_BARE = re.compile(rf"(?P<hour>\d{{1,2}})(?=\s*(?:$|[{MARK},;])|\s+(?:about|with|re|regarding)\s)", re.I | re.A)
_GUESS = re.compile(rf"\s*(?P<name>(?:(?!(?:{parts.STOP}|and)\b)[^\s,;:{MARK}]+\s*){{1,4}})", re.I | re.A)


@dataclass(frozen=True)
class Line:
    """What a line was read as.

    `type` and `outcome` are ids. `due` is a moment (aware), `on` a day alone. `names` stands after "with" and is not in
    the `subject`. `guess` is who may be meant where nobody is named: "call Acme". `owner` stands after "@". `done`: the
    words say that it has been done. `missed` is a date that does not exist.
    """

    subject: str
    type: int | None = None
    due: dt.datetime | None = None
    on: dt.date | None = None
    minutes: int | None = None
    priority: int = 0
    place: str = ""
    repeats: str = ""
    names: str = ""
    guess: str = ""
    owner: str = ""
    outcome: int | None = None
    done: bool = False
    missed: str = ""

    def whole(self, kind: str = "") -> str:
        """The subject with the names that it was without; `kind` is the word for the type."""
        said = f"{self.subject or kind} with {self.names}".strip()
        return said[:1].upper() + said[1:] if self.names else self.subject


def read_line(
    text: str,
    types: Mapping[int, str],
    now: dt.datetime,
    locale: Locale,
    *,
    days: bool = True,
    outcomes: Mapping[int, str] | None = None,
) -> Line:
    """`now` is in the reader's time zone; `locale` says whether 3/12 is in March. Without `days` no time is looked for.

    A time without a day is today's; a day without a time is a day alone. The first time that stands there counts.
    """
    text = " ".join(text.split())
    head, tail = text[:LONGEST], text[LONGEST:]
    past = _first(head, PAST) is not None
    head, place = parts.place(head)
    head, priority = parts.priority(head)
    head, owner = parts.colleague(head)
    head, names = parts.company_of(head, quoted=True)
    rule, when, minutes = "", When(), None
    if days:
        head, rule = repeats(head, now, locale)
        head, minutes = parts.length(head, len(_type(head, types)[1]))
        head, when = _time(head, types, now, locale, past)
        when = _settled(when, rule, now)
    head, outcome = _outcome(head, outcomes or {}, past or _is_past(when, now))
    if not names:
        head, names = parts.company_of(head)
    kind, word = _type(tidy(head), types)
    return Line(
        subject=_subject(tidy(head) + tail, word, kind),
        type=kind or _type(text, types)[0],
        due=when.due,
        on=when.on,
        minutes=minutes or when.minutes,
        priority=priority,
        place=place[:255],
        repeats=rule,
        names=names,
        guess="" if names else _guess(tidy(head), word),
        owner=owner,
        outcome=outcome,
        done=(past or when.behind) and not _is_to_come(when, now),
        missed=when.missed,
    )


def _subject(rest: str, word: str, kind: int | None) -> str:
    rest = "" if kind and rest.casefold() == word else rest
    return rest[:1].upper() + rest[1:]


def _time(text: str, types: Mapping[int, str], now: dt.datetime, locale: Locale, past: bool) -> tuple[str, When]:
    """What is left, and when. An hour may stand bare behind the type: "call 3 about the invoice"."""
    _kind, word = _type(text, types)
    bare = _BARE.match(text, len(word) + 1) if word and not past else None
    clock = read_clock(bare["hour"]) if bare else None
    if bare and clock:
        return without(text, bare), When(dt.datetime.combine(now.date(), clock, now.tzinfo))
    return find_time(text, now, locale, past, len(word))


def _is_past(when: When, now: dt.datetime) -> bool:
    return (when.due is not None and when.due <= now) or (when.on is not None and when.on < now.date())


def _is_to_come(when: When, now: dt.datetime) -> bool:
    """On a later day: no word makes it done ("called Ann tomorrow")."""
    day = when.due.date() if when.due is not None else when.on
    return day is not None and day > now.date()


def _settled(when: When, rule: str, now: dt.datetime) -> When:
    """What comes again begins with a day; one whose hour has passed today begins with the next."""
    if not rule:
        return when
    if when.due is None and when.on is None:
        return When(on=first_on(rule, now.date()), missed=when.missed)
    if when.due is not None and when.due <= now:
        day = first_on(rule, now.date() + dt.timedelta(days=1)) if "BY" in rule else now.date() + dt.timedelta(days=1)
        return When(dt.datetime.combine(day, when.due.timetz()), minutes=when.minutes)
    return when


def _first(text: str, words: Mapping[str, object]) -> str | None:
    """The longest of the words that the text begins with."""
    said = text.casefold()
    fitting = (word for word in sorted(words, key=len, reverse=True) if said.startswith(word))
    return next((word for word in fitting if re.match(rf"$|[\s,:;{MARK}]", said[len(word) :])), None)


def _type(text: str, types: Mapping[int, str]) -> tuple[int | None, str]:
    """The type that the line begins with, the longest name first, and the word that says so."""
    names = {name.casefold(): pk for pk, name in types.items()}
    words = {word: names[name] for word, name in (CALLED | PAST).items() if name in names} | names
    word = _first(text, words)
    return (words[word], word) if word else (None, "")


def _outcome(text: str, outcomes: Mapping[int, str], done: bool) -> tuple[str, int | None]:
    """Of what has been done: an outcome of the company's list behind a comma, or at the very end."""
    if not done:
        return text, None
    for pk, name in sorted(outcomes.items(), key=lambda one: -len(one[1])):
        match = re.search(rf"(?:^|[\s,;:{MARK}])({re.escape(name)})\s*[.!]?\s*(?=$|{MARK})", text, re.IGNORECASE)
        if match and tidy(text[match.end() :]) == "":
            return text[: match.start(1)] + MARK + text[match.end() :], pk
    return text, None


def _guess(text: str, word: str) -> str:
    """Who may be meant: what follows the type at once, up to four words."""
    match = _GUESS.match(text, len(word)) if word else None
    return match["name"].strip() if match else ""
