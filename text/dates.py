"""Dates as archives and people write them, also in the calendar of Taiwan (year 1 is 1912)."""

import datetime
import unicodedata
from typing import Final

import regex

UNREADABLE, AMBIGUOUS, OUT_OF_RANGE, IMPOSSIBLE = "unreadable", "ambiguous", "out_of_range", "impossible"
BEFORE_THE_FIRST: Final = 1911
"""The year of our calendar before the year 1 of Taiwan's."""

_FIGURES = regex.compile(r"(\d{2,4})([-/.])(\d{1,2})\2(\d{1,2})")
_WORDS = regex.compile(r"(民國|中華民國|西元|公元)?(元|\d{1,4})年(\d{1,2})月(\d{1,2})[日號]?")
_ROC_FIGURES = regex.compile(r"(?:民國|中華民國)(\d{1,3})([-/.])(\d{1,2})\2(\d{1,2})")


class DateError(ValueError):
    """A date that cannot be read: a sentence, and `reason` as one of the four words above."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def parse_date(source: str) -> datetime.date | None:
    """The day meant by 2011-05-01, 2011/5/1, 2011.05.01, 100/05/01 or 民國100年5月1日; None for an empty text.

    A year of three figures is of the Taiwanese calendar. Raises DateError with a sentence where a day can't be, or
    could be two days (99/05/01, 05/01/2011): no date is guessed.
    """
    text = _plain(source)
    if not text:
        return None
    year, month, day = _parts(text, source.strip())
    try:
        return datetime.date(year, int(month), int(day))
    except ValueError:
        raise DateError(IMPOSSIBLE, f"There is no such day: {source.strip()!r}.") from None


def taiwan_year(year: int) -> int | None:
    """The year of Taiwan's calendar: 115 for 2026; None before its first, 1912."""
    return year - BEFORE_THE_FIRST if year > BEFORE_THE_FIRST else None


def _plain(source: str) -> str:
    """Full-width figures as ASCII, and no blanks."""
    return "".join(unicodedata.normalize("NFKC", source).split())


def _parts(text: str, shown: str) -> tuple[int, str, str]:
    if match := _ROC_FIGURES.fullmatch(text):
        return _year("民國", match[1], shown), match[3], match[4]
    if match := _FIGURES.fullmatch(text):
        return _year("", match[1], shown), match[3], match[4]
    if match := _WORDS.fullmatch(text):
        return _year(match[1] or "", match[2], shown), match[3], match[4]
    raise DateError(UNREADABLE, f"This is not a date that can be read: {shown!r}.")


def _year(era: str, figures: str, shown: str) -> int:
    number = 1 if figures == "元" else int(figures)
    if era in ("民國", "中華民國") or (not era and (len(figures) == 3 or figures == "元")):
        year = number + BEFORE_THE_FIRST if number else 0
    elif len(figures) == 4:
        year = number
    else:
        raise DateError(AMBIGUOUS, f"The year of {shown!r} could be two years.")
    if not 1900 <= year <= 2199:
        raise DateError(OUT_OF_RANGE, f"The year of {shown!r} is out of range.")
    return year
