"""Which encoding a text file is in: byte order mark, else UTF-8 if the whole file is, else a guess."""

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

BLOCK = 1 << 20
# What spreadsheets outside Western Europe save as; guessing among all encodings there are finds rarities.
COMMON = ("cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp932", "gb18030", "big5", "cp949", "koi8_r")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def of(path: Path) -> str:
    """Name of the encoding, as Python's `open` takes it."""
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    return without_mark(path, head)


def without_mark(path: Path, head: bytes) -> str:
    """The encoding of a file that does not say."""
    wide = utf16_by_zeros(head)
    if wide:
        return wide
    foreign = first_not_utf8(path)
    return guessed(foreign) if foreign else "utf-8"


def utf16_by_zeros(head: bytes) -> str:
    """UTF-16 without a mark: in Western text every second byte is zero."""
    pairs = len(head) // 2
    if pairs < 2:
        return ""
    if head[1::2].count(0) > 0.7 * pairs:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > 0.7 * pairs else ""


def first_not_utf8(path: Path) -> bytes:
    """A stretch of the file that is not UTF-8, or nothing where the whole file is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                start = max(0, error.start - (BLOCK >> 3))
                return block[start : start + (BLOCK >> 2)]
    return b""


def guessed(sample: bytes) -> str:
    """Windows-1252 unless letters beyond ASCII are so frequent that the script is another one."""
    high = sum(byte >= 0x80 for byte in sample)
    letters = sum(chr(byte).isalpha() for byte in sample if byte < 0x80)
    if high < 0.25 * (letters + high):
        return "cp1252" if decodes(sample, "cp1252") else "latin-1"
    best = from_bytes(sample[:65536], cp_isolation=list(COMMON)).best()
    return best.encoding if best else "cp1252"


def decodes(sample: bytes, name: str) -> bool:
    """Whether every byte means something in that encoding."""
    try:
        sample.decode(name)
    except UnicodeDecodeError:
        return False
    return True
