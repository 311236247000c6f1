"""Placeholders that stand for nothing: an export's way of leaving a cell empty."""

PLACEHOLDERS = frozenset(
    """
    select|select...|select one|please select|- select -|--select--|choose|-|--|---|–|—|.|?|na|n/a|n.a.|n.a|#n/a
    #na|null|(null)|<null>|nil
    none|-none-|- none -|(none)|--none--|<none>|nan|<na>|undefined|(blank)|blank|empty|(empty)
    not set|not specified|no value|(no value)|not available|not assigned|unassigned|#ref!
    #value!|#div/0!|#name?|#null!|#num!
    k.a.|s/o|n. v.|нет|не указано|не указан|н/д
    """.replace("\n", "|")
    .strip("| ")
    .split("|")
)
PLACEHOLDERS = frozenset(word.strip() for word in PLACEHOLDERS if word.strip())

# Almost every cell is longer than any placeholder or short and ordinary: look only where it may be one.
LONGEST = max(map(len, PLACEHOLDERS))


def filled(cell: str) -> str:
    """The cell without surrounding blanks, or "" where it holds a placeholder ("Select", "N/A", "-", "null")."""
    if not cell:
        return ""
    if "0" <= cell[0] <= "9" and " " < cell[-1] < "\x7f":
        return cell  # the commonest cells by far, and no placeholder begins with a digit
    text = cell.strip().strip("\u00a0\u200b\ufeff").strip()
    if len(text) <= LONGEST and text.casefold() in PLACEHOLDERS:
        return ""
    return text
