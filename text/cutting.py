"""Cutting a text into what an index holds: words, Han characters and pairs of neighbours. Never shown to anybody.

Chinese has no blanks between words. Single characters find everything and say little, pairs of neighbours say what
words would say, and both together find more than any list of words does.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Final

from text import latin
from text.fold import FORMS, MEETS, fold
from text.han import SIMPLIFIED

CUT_VERSION: Final = 1
"""Raised whenever the rules here change: what was cut by older ones is then cut anew."""

HAN: Final = "\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNIT = re.compile(f"[{HAN}]|[^{HAN} ]{{1,64}}")
_UNIT_OR_BLANK = re.compile(f"[{HAN}]|[^{HAN} \t]{{1,64}}| ")
_MEETING = re.compile(
    f" (?:(?<=[{HAN}] )(?=[^{HAN}])|(?=[{HAN}])(?<=[^{HAN}] )|(?<=[a-z] )(?=[0-9])|(?<=[0-9] )(?=[a-z]))"
)

_WRITTEN = {"，": " ", "´": "'"}
"""What folding would change for the worse: 1，200 is two numbers, ´ no blank with an accent."""
_SIGNS = dict.fromkeys("'’‘ʼ`ʹ", "'") | dict.fromkeys("-‐‑–−", "-") | dict.fromkeys("/⁄", "/") | {".": ".", ",": ","}
_PLAIN = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th", "ß": "ss"}
_CLUSTER = re.compile(r"[a-z0-9]+(?:['.,/-]+[a-z0-9]+)*|['.,/-]+")
_GREEK = re.compile(r"(?<![\u0370-\u03FF\u1F00-\u1FFF])[α-ω](?![\u0370-\u03FF\u1F00-\u1FFF])")
_MICRO = re.compile(r"μ(?=[glm])")
_X_RAY = re.compile(r"(?<![a-z0-9])x ray(?![a-z0-9])")


def segment(source: str) -> str:
    """Return the form that is stored: folded, simplified, Latin words stemmed, with one blank between the runs.

    A run is letters, marks, digits and Han characters without a sign between them (hpv疫苗, b肝). Numbers keep their
    point (38.5, 120/80) and stand apart from their unit (500 mg, however it was typed), as a word does from a number
    behind it (covid 19; single letters do not: b12, h1n1). Segmenting what was segmented changes nothing.
    """
    text = "".join(map(_SHAPES.__getitem__, source))
    if MEETS in text:
        text = _shaped_together(source)
    runs = _CLUSTER.sub(_cut, _spelled(text)).split()
    return _X_RAY.sub("xray", " ".join(runs))


def words(segmented: str) -> list[str]:
    """The words, the numbers and the single Han characters of a segmented text, in their order."""
    return _UNIT.findall(segmented)


def pairs(segmented: str) -> list[str]:
    """Each two neighbours of a segmented text that say more together: 疫苗, hpv疫, 500mg, covid19.

    Han characters are neighbours inside a run; a word, a number and a Han character also over the blank between two
    runs (hpv 疫苗, type 2). Two words are no pair, nor two numbers.
    """
    units = _UNIT_OR_BLANK.findall(_MEETING.sub("\t", segmented))
    return [one + other for one, other in pairwise(units) if one != " " != other]


class _Shapes(dict[str, str]):
    """What each character of a source becomes, filled in like FORMS; MEETS where its neighbours decide."""

    def __missing__(self, character: str) -> str:
        form = FORMS[_WRITTEN.get(character, character)]
        shape = MEETS if form == MEETS else "".join(map(_shape, form))
        if character in FORMS or character in _WRITTEN:
            self[character] = shape
        return shape


_SHAPES = _Shapes()


def _shaped_together(source: str) -> str:
    for character, written in _WRITTEN.items():
        source = source.replace(character, written)
    shaped = "".join(map(_shape, fold(source)))
    # A mark that went may have kept two others apart.
    return "".join(map(_shape, fold(shaped)))


@lru_cache(1 << 15)
def _shape(character: str) -> str:
    """Of a folded character: itself, its plain or simplified form, a sign that words and numbers hold, or a blank."""
    if character in _SIGNS:
        return _SIGNS[character]
    kind = unicodedata.category(character)
    if kind == "Me" or "\u0300" <= character <= "\u036f" or "\u20d0" <= character <= "\u20ff":
        return ""
    return _plain(character) if kind[0] in "LNM" else " "


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else SIMPLIFIED.get(letter, _PLAIN.get(letter, letter))


def _spelled(text: str) -> str:
    """Greek letters that stand alone by their names, as a keyboard writes them: beta blocker, 5 ug."""
    if not _GREEK.search(text):
        return text
    return _GREEK.sub(_named, _MICRO.sub("u", text))


def _named(greek: re.Match[str]) -> str:
    name = unicodedata.name(greek[0]).rpartition(" ")[2].lower()
    return f" {name.replace('lamda', 'lambda')} "


def _cut(cluster: re.Match[str]) -> str:
    return latin.cut(cluster[0]) or " "
