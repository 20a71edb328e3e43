"""Which of our languages a text is in, by its characters."""

import regex

_HAN = regex.compile(r"\p{Han}")
_LETTER = regex.compile(r"\p{L}")
_ENGLISH = regex.compile(r"\b(?:the|of|and|is|are|to|in|for|with|that|can|not)\b", regex.I)
_SAMPLE = 20_000  # characters
_CHINESE = 0.2  # of the letters: a sentence of five English words holds as many letters as a long Chinese one


def detect(text: str) -> tuple[str, bool]:
    """The language ("en", "zh-hant", "zh-hans") and whether the text speaks for it; English where nothing does."""
    sample = text[:_SAMPLE]
    han = _HAN.findall(sample)
    letters = len(_LETTER.findall(sample))
    if han and len(han) >= _CHINESE * letters:
        return _script(han)
    words = sample.split()
    return "en", 25 * len(_ENGLISH.findall(sample)) >= len(words) > 0


def _script(han: list[str]) -> tuple[str, bool]:
    """Traditional or Simplified, by the characters that only one of the two old character sets has."""
    traditional = sum(_has(character, "cp950") and not _has(character, "gb2312") for character in han)
    simplified = sum(_has(character, "gb2312") and not _has(character, "cp950") for character in han)
    return ("zh-hans" if simplified > traditional else "zh-hant"), traditional != simplified


def _has(character: str, encoding: str) -> bool:
    try:
        return bool(character.encode(encoding))
    except UnicodeEncodeError:
        return False
