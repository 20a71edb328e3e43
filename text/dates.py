"""Dates as archives write them, also in the calendar of Taiwan (year 1 is 1912)."""

import datetime
import unicodedata

import regex

_FIGURES = regex.compile(r"(\d{2,4})([-/.])(\d{1,2})\2(\d{1,2})")
_WORDS = regex.compile(r"(民國|中華民國|西元|公元)?(元|\d{1,4})年(\d{1,2})月(\d{1,2})[日號]?")
_ROC_FIGURES = regex.compile(r"(?:民國|中華民國)(\d{1,3})([-/.])(\d{1,2})\2(\d{1,2})")


def parse_date(source: str) -> datetime.date | None:
    """The day meant by 2011-05-01, 2011/5/1, 2011.05.01, 100/05/01 or 民國100年5月1日; None for an empty text.

    A year of three figures is of the Taiwanese calendar. Raises ValueError with a sentence where a day can't be, or
    could be two days (99/05/01, 05/01/2011): no date is guessed.
    """
    text = "".join(unicodedata.normalize("NFKC", source).split())
    if not text:
        return None
    year, month, day = _parts(text, source.strip())
    try:
        return datetime.date(year, int(month), int(day))
    except ValueError:
        raise ValueError(f"There is no such day: {source.strip()!r}.") from None


def _parts(text: str, shown: str) -> tuple[int, str, str]:
    if match := _ROC_FIGURES.fullmatch(text):
        return _year("民國", match[1], shown), match[3], match[4]
    if match := _FIGURES.fullmatch(text):
        return _year("", match[1], shown), match[3], match[4]
    if match := _WORDS.fullmatch(text):
        return _year(match[1] or "", match[2], shown), match[3], match[4]
    raise ValueError(f"This is not a date that can be read: {shown!r}.")


def _year(era: str, figures: str, shown: str) -> int:
    number = 1 if figures == "元" else int(figures)
    if era in ("民國", "中華民國") or (not era and (len(figures) == 3 or figures == "元")):
        year = number + 1911 if number else 0
    elif len(figures) == 4:
        year = number
    else:
        raise ValueError(f"The year of {shown!r} could be two years.")
    if not 1900 <= year <= 2199:
        raise ValueError(f"The year of {shown!r} is out of range.")
    return year
