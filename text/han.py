"""Traditional characters as Simplified ones, for comparing and searching, never for showing."""

from typing import Final

from text.han_pairs import PAIRS

SIMPLIFIED: Final = {pair[0]: pair[1] for pair in PAIRS.split()}
_CODES = str.maketrans(SIMPLIFIED)


def simplified(text: str) -> str:
    """Return the text with each Traditional character as its Simplified one: as long as before, many to one.

    Words are not looked at (頭髮 and 發燒 become 头发 and 发烧, 頭發 too): what is a part of a text stays
    a part of its simplified form. Doing it twice changes nothing.
    """
    return text.translate(_CODES)
