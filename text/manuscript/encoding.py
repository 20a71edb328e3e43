"""The bytes of a manuscript to its text."""

import codecs

import regex

from text.decode import Undecodable, decode

_MARKED = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_WESTERN = "cp1252"
_SINGLE = regex.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_HIGH = regex.compile(rb"[\x80-\xff]")
_FEW = 0.08  # of the bytes
_NULS = 0.2  # of the bytes: UTF-16 without its mark


def decoded(raw: bytes) -> tuple[str, str]:
    """The text of a whole file and the encoding it was in: UTF-8, UTF-16, Big5 (cp950, big5hkscs) or Western.

    Raises Undecodable where none reads it.
    """
    names = [name for mark, name in _MARKED.items() if raw.startswith(mark)][:1] or _unmarked(raw)
    for name in names:
        try:
            return decode(raw, name), name.removesuffix("-sig")
        except (Undecodable, UnicodeError):
            continue
    raise Undecodable(raw)


def _unmarked(raw: bytes) -> list[str]:
    """The encodings to try in their order."""
    nuls = raw.count(0)
    if nuls > _NULS * len(raw):
        return ["utf-16-le" if 2 * raw[1::2].count(0) > nuls else "utf-16-be"]
    return ["utf-8", *([_WESTERN] if _is_western(raw) else []), "cp950", "big5hkscs"]


def _is_western(raw: bytes) -> bool:
    """Whether bytes beyond ASCII are rare and stand alone: accents and curly quotes; Big5's come in pairs."""
    high = len(_HIGH.findall(raw))
    return 0 < high <= _FEW * len(raw) and len(_SINGLE.findall(raw)) == high
