"""Ticket codes as people write them: Crockford's base 32 (www.crockford.com/base32.html), without its check symbol.

An address carries the code in lower case; paper and screen show it in upper case, four characters at a time.
"""

import unicodedata

import regex

LENGTH = 32  # characters of a code: 160 bits
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_SEPARATORS = regex.compile(r"[\s\p{Pd}\p{Cf}\u2212\u30fc._·•。]+")
_LOOKALIKES = str.maketrans("oil", "011")


def encode(secret: bytes) -> str:
    """Five bits a character, lower case: 20 bytes become 32 characters. Raises ValueError if bits would be left."""
    if len(secret) % 5:
        raise ValueError("A code is made from a multiple of five bytes.")
    number = int.from_bytes(secret)
    length = len(secret) * 8 // 5
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def decode(code: str) -> bytes:
    """The bytes of a code in the form that `encode` gives. Raises ValueError for anything else."""
    number = 0
    for character in code:
        if character not in _VALUES:
            raise ValueError("This is not a code.")
        number = number << 5 | _VALUES[character]
    return number.to_bytes(len(code) * 5 // 8)


def normalise(typed: str) -> str | None:
    """The code that somebody typed, in the form of `encode`; None if it can't be one.

    Any case, full width, spaces, hyphens and dots are forgiven, and O, I and L are read as 0, 1 and 1.
    """
    if len(typed) > 8 * LENGTH:
        return None
    code = _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed)).lower().translate(_LOOKALIKES)
    return code if len(code) == LENGTH and all(character in _VALUES for character in code) else None


def grouped(code: str) -> list[str]:
    """The code in upper case, four characters at a time, to be read aloud or copied by hand."""
    return [code[start : start + 4].upper() for start in range(0, len(code), 4)]
