"""Won, lost, open or parked, wherever an export has put it: the stage, the status, or flags of its own."""

from leadline.imports.values import spelling

WON = "won closedwon won100 dealwon win success successful closedsuccess signed gewonnen gagne ganado ganada vinto"
LOST = (
    "lost closedlost deallost closedfailed failed lostdeal unsuccessful verloren perdu perdido perdida perso rejected"
)
OPEN = "open active inprogress ongoing pending working offen ouvert abierto aberto"
NURTURE = "nurture parked onhold recycled"
WORDS = {
    word: status
    for status, words in {"won": WON, "lost": LOST, "open": OPEN, "nurture": NURTURE}.items()
    for word in words.split()
}
WORDS |= dict.fromkeys(map(spelling.key, ("Успешно", "Выиграна", "Успешно реализовано", "Сделка успешна")), "won")
WORDS |= dict.fromkeys(map(spelling.key, ("Проиграно", "Проиграна", "Закрыто и не реализовано")), "lost")


def status(text: str) -> str:
    """won, lost, open or nurture where a status cell says so, else ""."""
    return WORDS.get(spelling.key(text), "")


def ending(text: str) -> str:
    """won or lost where a *stage* cell is in truth an outcome ("Closed Won"), else ""."""
    found = status(text)
    return found if found in ("won", "lost") else ""
