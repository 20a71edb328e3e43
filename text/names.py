"""How a name may be written: one form to compare it by, and the other spellings under which people write it."""

import re
import unicodedata
from typing import Final

from text.fold import FORMS, MEETS, fold
from text.han import SIMPLIFIED

_SIGNS: Final = dict.fromkeys("‘’ʼ´`＇", "'") | dict.fromkeys("/⁄·‧・", "-")
_BRITISH: Final = (
    (re.compile(r"aem(?=i[ac])"), "em"),
    (re.compile(r"haem"), "hem"),
    (re.compile(r"anaesth"), "anesth"),
    (re.compile(r"(?<![a-z])(oe)(?=dema|sophag|str[aou])|(?<=h)oe(?=dema)"), "e"),
    (re.compile(r"rrhoe"), "rrhe"),
    (re.compile(r"pnoe"), "pne"),
    (re.compile(r"aec(?=[aeiou])|aec(?=es)"), "ec"),
    (re.compile(r"(?<=p)aed(?=iatr)"), "ed"),
    (re.compile(r"gynaec"), "gynec"),
    (re.compile(r"caesar"), "cesar"),
    (re.compile(r"naev"), "nev"),
    (re.compile(r"melaen"), "melen"),
    (re.compile(r"leuc(?=o)"), "leuk"),
    (re.compile(r"(?<=[tm]o)ur(?=s?(?![a-z]))"), "r"),
    (re.compile(r"is(?=ation|ed(?![a-z]))"), "iz"),
    (re.compile(r"oeuvre"), "euver"),
    (re.compile(r"(?<=lymph)oe"), "e"),
)
"""British spellings and the American ones beside them: who typed one is understood by the other."""
_AMERICAN: Final = (
    (re.compile(r"(?<=[b-z])em(?=i[ac](?:s|l|lly)?(?![a-z]))"), "aem"),
    (re.compile(r"(?<![a-z])hem(?=[ao](?!i))|(?<![a-z])hem(?=o)"), "haem"),
    (re.compile(r"(?<=[a-z])rrhe(?=[ai])"), "rrhoe"),
    (re.compile(r"(?<![a-z])e(?=dema|sophag|strogen)"), "oe"),
    (re.compile(r"anesth"), "anaesth"),
    (re.compile(r"(?<=p)ed(?=iatr)"), "aed"),
    (re.compile(r"gynec"), "gynaec"),
    (re.compile(r"(?<=tum)or(?=s?(?![a-z]))"), "our"),
)
_NOT_AMERICAN: Final = re.compile(r"system|academ|epidem|endem|pandem|polem|totem|chem|hemisph|hemip")
_SHORTEST_TOGETHER: Final = 4
_LATIN: Final = re.compile(r"[a-z0-9]")


class _Forms(dict[str, str]):
    """What each character of a source becomes, filled in as characters are met; MEETS where its neighbours decide."""

    def __missing__(self, character: str) -> str:
        form = FORMS[character]
        same = form if form == MEETS else "".join(map(_same, form))
        if len(self) < 1 << 15:
            self[character] = same
        return same


def _same(character: str) -> str:
    """One character for one, so that places in a text stay what they are. Hyphens stand for what becomes a blank."""
    if character.isascii():
        return _SIGNS.get(character, character)
    if unicodedata.category(character) == "Pd":
        return "-"
    base = unicodedata.normalize("NFD", character)[0]
    if base.isascii() and base.isalpha():
        return base
    return _SIGNS.get(character) or SIMPLIFIED.get(character, character)


_FORMS: Final = _Forms()


def named(source: str) -> str:
    """The form by which names are compared: folded, simplified, without accents, hyphens and slashes as blanks.

    It is as long as `fold(source)`, and what stands at a place of the one stands there in the other.
    """
    text = "".join(map(_FORMS.__getitem__, source))
    if MEETS in text:
        text = "".join(map(_same, fold(source)))
    return " ".join(text.split()).replace("-", " ")


def forms(name: str) -> list[str]:
    """Every form of a name under which a text may name it, its own first; plurals with an s are left to the reader.

    Hyphened names also as one word (X-ray, xray), letters and numbers apart and together (B12, B 12), possessives
    without their sign (Crohn disease), names in the plural also in the singular, British spellings also as American
    ones and the other way round.
    """
    own = named(name).strip()
    found = {own: None}
    together = named(fold(name).replace("-", "")).strip()
    # CAR-T is no cart.
    if len(together) > _SHORTEST_TOGETHER or own[1:2] == " ":
        found[together] = None
    if not _LATIN.search(own):
        return [form for form in found if form]
    for rule in (_possessives, _numbers, _spellings, _numbers_of_things):
        for form in tuple(found):
            found |= dict.fromkeys(rule(form, name))
    return [form for form in found if form]


def _possessives(form: str, _name: str) -> list[str]:
    if "'" not in form:
        return []
    return [form.replace("'s", ""), form.replace("'", "")]


def _numbers(form: str, _name: str) -> list[str]:
    apart = re.sub(r"(?<![a-z0-9])([a-z]{1,5})([0-9]{1,3})(?![a-z0-9])", r"\1 \2", form)
    together = re.sub(r"(?<![a-z0-9])([a-z]{1,5}) ([0-9]{1,3})(?![a-z0-9])", r"\1\2", form)
    return [each for each in (apart, together) if each != form and "type" not in form]


def _spellings(form: str, _name: str) -> list[str]:
    american = form
    for british, other in _BRITISH:
        american = british.sub(other, american)
    british_form = form
    if not _NOT_AMERICAN.search(form):
        for pattern, other in _AMERICAN:
            british_form = pattern.sub(other, british_form)
    return [each for each in (american, british_form) if each != form]


def _numbers_of_things(form: str, name: str) -> list[str]:
    """Singular and plural forms that are not made with a mere s."""
    last = form.rpartition(" ")[2]
    if name.isupper() or not last.isascii() or not last.isalpha():
        return []
    stem = form[: -len(last)]
    if last.endswith("sis"):
        return [f"{stem}{last[:-2]}es"]
    if len(last) > 3 and last.endswith("y") and last[-2] not in "aeiou":
        return [f"{stem}{last[:-1]}ies"]
    if last.endswith(("ss", "us", "is", "sses")) or not last.endswith("s") or len(last) < (5 if stem else 7):
        return []
    if last.endswith("ies"):
        return [f"{stem}{last[:-3]}y", form[:-1]]
    return [form[:-2] if last.endswith(("ches", "shes", "xes")) else form[:-1]]
