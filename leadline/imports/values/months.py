"""Names of months in the languages exports come in, full and cut to what is still distinct."""

NAMES = {
    1: "january jan januar janvier janv enero ene gennaio gen janeiro januari января янв январь",
    2: "february feb februar février fevrier févr fév febrero febbraio fevereiro fev februari февраля фев февраль",
    3: "march mar märz maerz mrz mär mars marzo março marco maart mrt марта мар март",
    4: "april apr avril avr abril abr aprile апреля апр апрель",
    5: "may mai mayo maggio mag maio mei мая май",
    6: "june jun juni juin junio giugno giu junho июня июн июнь",
    7: "july jul juli juillet juil julio luglio lug julho июля июл июль",
    8: "august aug août aout agosto ago augustus августа авг август",
    9: "september sep sept septembre septiembre settembre set setembro сентября сен сентябрь",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out октября окт октябрь",
    11: "november nov novembre noviembre novembro ноября ноя ноябрь",
    12: "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro декабря дек декабрь",
}
NUMBERS = {name: number for number, names in NAMES.items() for name in names.split()}


def number(word: str) -> int:
    """1 to 12, or 0 where the word names no month."""
    return NUMBERS.get(word.casefold().rstrip("."), 0)
