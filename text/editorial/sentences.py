"""Where a sentence ends, in both scripts."""

import regex

_END = regex.compile(
    r"(?<=[。！？；][」』”’）]{0,3})(?![。！？；」』”’）])"
    r"|(?<=[.!?][\"”’)\]]{0,3})(?<!\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|Fig|vs|etc|al|approx|e\.g|i\.e)\.)\s++(?=[^\p{Ll}\s])"
)
_HAN = regex.compile(r"\p{Han}")
_LETTER = regex.compile(r"\p{L}")


def sentences(words: str) -> list[str]:
    """The sentences of a paragraph, without blanks at their ends. A break of line ends none."""
    return [sentence for part in _END.split(" ".join(words.split())) if part and (sentence := part.strip())]


def is_chinese(words: str) -> bool:
    """Whether most letters of some words are Chinese characters."""
    return 2 * len(_HAN.findall(words)) > len(_LETTER.findall(words))
