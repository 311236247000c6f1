"""New business, add-on or renewal, in the words of exports (R12)."""

from leadline.imports.values import spelling

WORDS = {
    "new": "new newbusiness newlogo newcustomer newclient neukunde newdeal acquisition",
    "add_on": "addon existing existingbusiness existingcustomer upsell crosssell expansion upgrade "
    "existingcustomerupgrade existingcustomerreplacement addonbusiness",
    "renewal": "renewal renewals renew existingcustomerrenewal contractrenewal extension",
}
KINDS = {word: kind for kind, words in WORDS.items() for word in words.split()}


def kind(text: str) -> str:
    """new, add_on or renewal; "" where the word is none of these."""
    return KINDS.get(spelling.key(text), "")
