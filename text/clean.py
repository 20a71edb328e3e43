"""What people type or paste, without the characters that nobody sees.

Control, bidi-control and invisible characters can disguise a name or hide words, so they go. A joiner stays only where
a script or an emoji is written with it.
"""

import unicodedata

import regex

# Written with ZWJ or ZWNJ in their ordinary spelling.
_JOINING = (
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}"
    r"\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)
_PICTURE = r"\p{Extended_Pictographic}"

_LINE_ENDS = regex.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = regex.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800]")
_UNSEEN = regex.compile(
    # Joiners, variation selectors and flag tags are default-ignorable too and have rules of their own.
    r"(?![\n\u200c\u200d\p{Variation_Selector}\U000e0020-\U000e007f])"
    r"[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]"
)
# What decorates the character before it and stands alone now. The order matters: each may bare the next.
_STRAY = (
    regex.compile(r"(?<!\U0001f3f4[\U000e0020-\U000e007f]{0,8})[\U000e0020-\U000e007f]"),
    regex.compile(r"(?<=^|[\s\u200c\u200d\p{Variation_Selector}])\p{Variation_Selector}"),
    regex.compile(
        rf"(?<!{_JOINING})\u200c|\u200c(?!{_JOINING})"
        rf"|(?<!{_JOINING}|{_PICTURE}|[\p{{Emoji_Modifier}}\ufe0f])\u200d|\u200d(?!{_JOINING}|{_PICTURE}|[\u2640\u2642])"
    ),
)
_PRIVATE = regex.compile(r"\p{Co}")
_BLANK_LINES = regex.compile(r"\n{4,}")


def clean_line(source: str, *, private_use: str = "") -> str:
    """One line in NFC without invisible characters, every run of whitespace folded into one space.

    `private_use` stands in for each private-use character, which means nothing outside the machine it was typed on.
    """
    return " ".join(_visible(source, private_use).split())


def clean_text(source: str, *, private_use: str = "") -> str:
    """Several lines in NFC: ends of lines as LF, at most two blank lines together, nothing invisible.

    Spaces inside a line stay (a table of values, the indent of a Markdown list); a tab becomes four.
    """
    text = _visible(source.replace("\t", "    "), private_use)
    return _BLANK_LINES.sub("\n\n\n", "\n".join(map(str.rstrip, text.split("\n")))).strip()


def lines(source: str) -> list[str]:
    """The lines of a text that say something, each of them clean."""
    return [line for raw in clean_text(source).split("\n") if (line := clean_line(raw))]


def _visible(source: str, private_use: str) -> str:
    text = _BLANKS.sub(" ", _LINE_ENDS.sub("\n", source))
    text = _PRIVATE.sub(private_use, _UNSEEN.sub("", text))
    for stray in _STRAY:
        text = stray.sub("", text)
    return unicodedata.normalize("NFC", text)
