"""Personal numbers and addresses in a text that is going to be public.

People write digits full-width, spaced, hyphened, as 〇一二 or with invisible characters between; the guard reads the
text's shadow, where that is undone. Emergency and service lines (119, 1925, 0800) are nobody's; lab values, doses and
dates are no numbers of a person.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from text.guards import numbers
from text.guards.numbers import CHINESE_DIGITS, GAP
from text.guards.shadow import shadow

# The order decides the kind where findings overlap. A landline is any telephone number that is not a mobile of Taiwan
# or China.
KINDS = ("national_id", "resident_id", "labelled_id", "email", "mobile", "landline")


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding: its kind, and where it stands in the original string (`text[start:end]`)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Rule:
    """The group `hit` is found where `is_one` says so of the group `number` and no digit touches that."""

    kind: str
    pattern: re.Pattern[str]
    is_one: Callable[[str], bool]


def find(text: str) -> list[Hit]:
    """Every personal number or address in a text, in order of place, none overlapping another.

    Overlapping findings become one with the kind that comes first in KINDS, so that masking leaves nothing of either.
    """
    seen = shadow(text)
    return _apart([Hit(kind, *seen.span(start, end)) for kind, start, end in _candidates(seen.text)])


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    if _AT_SIGN.search(text):
        yield from _found(_EMAILS, text, text)
    if _DIGITS.search(text):
        yield from _found(_NUMBERS, text, text)
    if _CHINESE.search(text):
        yield from _found(_NUMBERS, text.translate(CHINESE_DIGITS), text)


def _found(rules: tuple[_Rule, ...], text: str, original: str) -> Iterator[tuple[str, int, int]]:
    for rule in rules:
        for match in rule.pattern.finditer(text):
            if _stands_alone(original, *match.span("number")) and rule.is_one(match["number"]):
                yield rule.kind, *match.span("hit")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no digit touches a number. A Chinese numeral beside digits is a word (第一, 一下), not one of them."""
    is_part = _is_digit(text[start - 1 : start]) and _is_digit(text[start])
    return not is_part and not _is_digit(text[end : end + 1]) and not _WORD_TAKEN.search(text[start:end])


def _is_digit(character: str) -> bool:
    return character.isascii() and character.isdigit()


def _apart(hits: list[Hit]) -> list[Hit]:
    apart: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if apart and hit.start < apart[-1].end:
            apart[-1] = _union(apart[-1], hit)
        else:
            apart.append(hit)
    return apart


def _union(one: Hit, other: Hit) -> Hit:
    return Hit(min(one.kind, other.kind, key=KINDS.index), one.start, max(one.end, other.end))


def _digits(least: int, most: int | None = None) -> str:
    return f"(?:{GAP}[0-9]){{{least},{most or least}}}"


def _rule(kind: str, number: str, is_one: Callable[[str], bool], before: str = "", after: str = "") -> _Rule:
    # A lookahead, so that a rejected candidate hides none that begins inside it.
    pattern = f"{before}(?=(?P<hit>(?P<number>{number}){after}))"
    return _Rule(kind, re.compile(pattern, re.IGNORECASE | re.ASCII), is_one)


def _is_address(_written: str) -> bool:
    return True


_DIGITS = re.compile(f"[0-9]{_digits(5)}")
_WORD_TAKEN = re.compile(rf"^[一二三四五六七八九]{GAP}[0-9]|[0-9]{GAP}[一二三四五六七八九]$")
_CHINESE_DIGIT = "[〇○零一二三四五六七八九]"
_CHINESE = re.compile(f"{_CHINESE_DIGIT}(?:{GAP}(?:[0-9]|{_CHINESE_DIGIT})){{5}}|[0-9]{GAP}{_CHINESE_DIGIT}")
_AT_SIGN = re.compile(r"@|小老鼠|(?<![a-z])at(?![a-z])", re.IGNORECASE)

_ID_LABEL = (
    r"(?:身[分份][證证]|居留[證证]|統一證號|入出境許可證|[台臺]胞[證证]|護照|护照|健保卡|駕照|病歷號|"
    r"(?<![a-z])(?:national id|"
    r"id ?(?:card|number|no|#)|identi(?:ty|fication) (?:card|number|no)|passport|arc|resident (?:certificate|permit)|"
    r"residence permit|(?:health )?insurance card|medical record (?:number|no)|mrn|social security|ssn|"
    r"driv(?:er'?s|ing) licen[sc]e)(?![a-z]))"
)
_PHONE_LABEL = r"(?:電話|电话|手機|手机|傳真|传真|(?<![a-z])(?:(?:tele|cell)?phone|tel|mobile|whatsapp|fax)(?![a-z]))"
_FILLER = (
    r"(?:[\s:：,，#=.(（「是為为-]|統一編號|[證证]?[號号][碼码]?|碼|字號|卡號|"
    r"(?<![a-z])(?:card|number|num|no|is|was|id)(?![a-z])){0,8}"
)
# A letter apart from its digits must not be the end of a word: "platelets at 250 000 000".
_LETTER = rf"(?:(?<![a-z])[a-z]{GAP}|[a-z])"
_OPEN = r"(?:\((?=[+0-9 ]{1,8}\)))?"  # of an area code; another bracket belongs to the sentence
_TAIWAN = rf"{_OPEN}(?:\+ ?|00|002)?8{GAP}8{GAP}6{GAP}(?:0{GAP})?"
_EXTENSION = r"(?: ?(?:#|轉|分機|ext(?:ension|\.)?|x) ?[0-9]{1,6})?"
_LONG = rf"(?:[0-9]{{7,15}}|[0-9]{_digits(6, 14)})(?![0-9])"

_NUMBERS = (
    _rule("national_id", rf"{_LETTER}[12]{_digits(8)}", numbers.has_check_digit),
    _rule("resident_id", rf"{_LETTER}[89]{_digits(8)}", numbers.has_check_digit),
    _rule("resident_id", rf"(?:(?<![a-z])[a-z]{GAP}[a-d]{GAP}|[a-z][a-d])[0-9]{_digits(7)}", numbers.has_check_digit),
    _rule(
        "labelled_id",
        rf"[a-z]{{0,3}}(?:[0-9]{{6,18}}|[0-9]{_digits(5, 17)})x?(?![0-9])",
        numbers.is_one_number,
        before=_ID_LABEL + _FILLER,
    ),
    _rule("labelled_id", r"[a-z][a-d0-9][0-9]{8}", numbers.is_one_number, after=rf"(?=[^\n0-9a-z]{{0,6}}{_ID_LABEL})"),
    _rule(
        "labelled_id", r"[a-z][a-d0-9][0-9]{7,8}(?![0-9])", numbers.is_one_number, before=r"(?<![a-z])id[\s:：#=]{0,3}"
    ),
    _rule("mobile", rf"{_OPEN}0{GAP}9{_digits(8)}", numbers.is_one_number),
    _rule("mobile", rf"{_TAIWAN}9{_digits(8)}", numbers.is_one_number),
    _rule("mobile", r"(?:\+?86[- ]?)?1[3-9][0-9](?P<dash>-?)[0-9]{4}(?P=dash)[0-9]{4}", numbers.is_one_number),
    _rule("landline", rf"{_OPEN}0{GAP}[24]{GAP}[2-9]{_digits(7)}", numbers.is_landline, after=_EXTENSION),
    _rule("landline", rf"{_OPEN}0{GAP}[2-8]{GAP}[2-9]{_digits(6)}", numbers.is_landline, after=_EXTENSION),
    _rule("landline", rf"{_TAIWAN}[2-8]{_digits(7, 8)}(?![0-9])", numbers.is_one_number, after=_EXTENSION),
    _rule("landline", r"\([2-9][0-9]{2}\) ?[0-9]{3}[-. ][0-9]{4}", numbers.is_telephone),
    _rule("landline", r"(?:\+?1[-.])?[2-9][0-9]{2}(?P<dash>[-.])[0-9]{3}(?P=dash)[0-9]{4}", numbers.is_telephone),
    _rule("landline", rf"(?:\+|00)[1-9]{_digits(8, 14)}(?![0-9])", numbers.is_telephone, before=r"(?<![0-9)])"),
    _rule("landline", rf"\+?{_LONG}", numbers.is_telephone, before=_PHONE_LABEL + _FILLER, after=_EXTENSION),
)

_LOCAL = r"(?<![a-z0-9._%+'-])[a-z0-9._%+'-]++"
_NAME = r"[a-z0-9-]{1,63}"
_AT = r"(?:@| ?[\[({<] ?(?:at|@|小老鼠) ?[\])}>] ?| ?小老鼠 ?)"
_DOT = r"(?:[.。]| ?[\[({<] ?(?:dot|\.|點) ?[\])}>] ?| ?點 ?| dot )"
_PROVIDER = r"(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|msn|live|hinet|pchome|qq|163|126|protonmail|proton|aol)"
_TLD = r"[a-z]{2,24}"
_COMMON_TLD = r"(?:com|net|org|edu|gov|tw|cn|hk|jp|uk|us|in|me|io)(?![a-z])"

_EMAILS = (
    _rule("email", rf"{_LOCAL}{_AT}{_NAME}(?:{_DOT}{_NAME}){{0,5}}?{_DOT}{_TLD}(?![a-z])", _is_address),
    _rule("email", rf"{_LOCAL} ?@ ?{_NAME}(?:\.{_NAME}){{0,5}}?(?: ?\. ?){_COMMON_TLD}", _is_address),
    _rule("email", rf"(?:{_LOCAL} dot )?{_LOCAL} at (?:{_NAME} dot ){{1,5}}{_TLD}", _is_address),
    _rule("email", rf"{_LOCAL} at {_PROVIDER}{_DOT}{_TLD}", _is_address),
)
