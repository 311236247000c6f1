"""Currency signs and codes, found in amounts and in columns of their own."""

import re

SIGNS = {
    "R$": "BRL", "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "MX$": "MXN",
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH", "₺": "TRY", "₩": "KRW",
    "₪": "ILS", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "kr.": "DKK", "kr": "SEK", "CHF": "CHF", "Fr.": "CHF",
    "руб.": "RUB", "руб": "RUB", "р.": "RUB", "Rs.": "INR", "Rs": "INR",
}  # fmt: skip
CODES = frozenset(
    [
        "AED",
        "ARS",
        "AUD",
        "BGN",
        "BRL",
        "CAD",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CZK",
        "DKK",
        "EGP",
        "EUR",
        "GBP",
        "HKD",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "JPY",
        "KES",
        "KRW",
        "KZT",
        "MAD",
        "MXN",
        "MYR",
        "NGN",
        "NOK",
        "NZD",
        "PEN",
        "PHP",
        "PKR",
        "PLN",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "SAR",
        "SEK",
        "SGD",
        "THB",
        "TRY",
        "TWD",
        "UAH",
        "USD",
        "UYU",
        "VND",
        "ZAR",
    ]
)
ORDERED = sorted(SIGNS, key=len, reverse=True)
CODE = re.compile(r"\b(" + "|".join(sorted(CODES)) + r")\b", re.IGNORECASE)


def found(text: str) -> str:
    """The currency an amount is written in ("€ 1.200", "1200 USD"), or "". A bare "$" says "$", not which."""
    code = CODE.search(text)
    if code:
        return code[1].upper()
    sign = next((sign for sign in ORDERED if sign in text), "")
    return "$" if sign == "$" else SIGNS.get(sign, "")


def without(text: str) -> str:
    """The amount alone."""
    if text.isascii() and not any(char.isalpha() or char == "$" for char in text):
        return text
    bare = CODE.sub("", text)
    for sign in ORDERED:
        bare = bare.replace(sign, "")
    return bare.strip()


def code(text: str) -> str:
    """The ISO 4217 code meant by a cell of a currency column, or "" where it is none."""
    word = text.strip().upper()
    if len(word) == 3 and word.isascii() and word.isalpha():
        return word
    return SIGNS.get(text.strip(), "")
