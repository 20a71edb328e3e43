"""In which of the two languages a text is written, as far as its characters and commonest words say."""

import re
from typing import Final

HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
HAN_RUN: Final = re.compile(f"({HAN.pattern}+(?:[\u3000-\u303f\uff00-\uffef]+{HAN.pattern}+)*)")
"""Chinese characters in a row, with the punctuation between them."""
LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’-]*")
IN_PARENTHESES: Final = re.compile(r"\([^()]*\)|（[^（）]*）")
COMMON: Final = re.compile(
    r"\b(?:a|an|and|are|be|by|can|do|for|from|has|have|how|i|if|in|is|it|my|not|of|on|or|that|the|this|to|was|we|what"
    r"|when|which|who|why|with|you|your)\b",
    re.IGNORECASE,
)
FEWEST: Final = 5
"""Latin words of which an English text has at least so many; fewer are names: SLE, Fever Clinic."""


def tongue_of(text: str) -> str:
    """ "zh", "en", or an empty text where it may be either (SLE, 2011/05/01, a drug's name).

    A text is Chinese if it has more than two Han characters to each Latin word, English if it has at least five words,
    none of them Chinese, and one of the commonest among them. Names in parentheses do not count: 狼瘡（lupus）.
    """
    plain = IN_PARENTHESES.sub(" ", text)
    han, words = len(HAN.findall(plain)), LATIN.findall(plain)
    if han > 2 * len(words):
        return "zh"
    return "en" if not han and len(words) >= FEWEST and COMMON.search(plain) else ""


def runs(text: str) -> list[tuple[str, bool]]:
    """Cut a text where Chinese begins and ends: each piece, and whether it is Chinese."""
    return [(piece, place % 2 == 1) for place, piece in enumerate(HAN_RUN.split(text)) if piece]
