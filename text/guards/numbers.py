"""The numbers that people in Taiwan have: which string of digits is one, and how people space it."""

import re

GAP = r"[-_./() ]{0,3}"  # what may stand between two digits of one number
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")

_LETTER_VALUES = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
_SEPARATOR = re.compile(r"[-_./() ]+")
_DATE = re.compile(r"(?:19|20)\d\d([-./ ])\d{1,2}\1\d{1,2}(?!\d)|(?<!\d)\d{1,2}([-./])\d{1,2}\2(?:19|20)\d\d(?!\d)")
_TOLL_FREE = re.compile(r"080[09]\d{5,6}|\+?1?8(?:00|33|44|55|66|77|88)\d{7}")


def has_check_digit(written: str) -> bool:
    """Whether the last digit of a national or resident number fits the characters before it.

    A letter stands for two digits, a second letter (old resident numbers) for the units digit of its value; the
    weighted sum must end in 0. The rule is that of Taiwan's Ministry of the Interior.
    """
    number = _joined(written).upper()
    second = str(_LETTER_VALUES[number[1]] % 10) if number[1].isalpha() else number[1]
    figures = [*divmod(_LETTER_VALUES[number[0]], 10), int(second), *map(int, number[2:])]
    return sum(weight * figure for weight, figure in zip(_WEIGHTS, figures, strict=True)) % 10 == 0


def is_one_number(written: str) -> bool:
    """Whether separated digits read as one number: not a date, and with dots or slashes only between even groups."""
    if _DATE.search(written):
        return False
    if "." not in written and "/" not in written:
        return True
    groups = _groups(written)
    return _is_even(written) and min(map(len, groups)) >= 2 and len(groups) <= 5


def is_landline(written: str) -> bool:
    """Whether digits after an area code are grouped as people group them: evenly, or with a long group at the end."""
    lengths = [len(group) for group in _groups(written)]
    is_uniform = _is_even(written) and lengths[-1] >= min(lengths)
    return is_one_number(written) and (lengths[-1] >= 3 or len(set(lengths)) == 1 or (is_uniform and len(lengths) < 6))


def is_telephone(written: str) -> bool:
    """Whether the number of an unknown plan is grouped as a telephone number and is not a toll-free line."""
    groups = _groups(written.replace("(0)", ""))
    is_long = all(len(group) > 1 for group in groups[2:]) and len(groups) <= 6
    return is_one_number(written) and is_long and not _TOLL_FREE.fullmatch(_joined(written))


def _joined(written: str) -> str:
    return _SEPARATOR.sub("", written)


def _groups(written: str) -> list[str]:
    return [group for group in _SEPARATOR.split(written) if group]


def _is_even(written: str) -> bool:
    return len(set(_SEPARATOR.findall(written.strip("-_./() ")))) < 2
