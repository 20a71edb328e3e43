import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.dates import parse_date, taiwan_year

DAY = datetime.date(2011, 5, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2011-05-01",
        "2011/05/01",
        "2011/5/1",
        "2011.05.01",
        "100/05/01",
        "100.5.1",
        "民國100年5月1日",
        "100年5月1日",
        "２０１１／０５／０１",
        "民國 100 年 5 月 1 日",
        "中華民國100年05月01日",
        "2011年5月1日",
        "西元2011年5月1日",
        " 2011-05-01 ",
        "民國100/05/01",
        "１００年５月１日",
    ],
)
def test_one_day_is_read_however_it_is_written(written: str) -> None:
    assert parse_date(written) == DAY


@pytest.mark.parametrize("written", ["", "  ", "\u3000"])
def test_nothing_written_is_no_date(written: str) -> None:
    assert parse_date(written) is None


def test_the_first_year_and_the_years_before_a_hundred_need_their_era() -> None:
    assert parse_date("民國元年1月1日") == datetime.date(1912, 1, 1)
    assert parse_date("民國99年5月1日") == datetime.date(2010, 5, 1)


@pytest.mark.parametrize("written", ["99/05/01", "99年5月1日", "11-05-01", "05/01/2011", "1/5/2011"])
def test_a_date_that_could_be_two_days_is_not_guessed(written: str) -> None:
    with pytest.raises(ValueError, match=r"could be two years|not a date that can be read"):
        parse_date(written)


@pytest.mark.parametrize(
    "written", ["2011-02-30", "2011/13/01", "100/02/29", "民國0年1月1日", "0100/05/01", "9999-01-01", "999/01/01"]
)
def test_a_day_that_can_not_be_is_an_error(written: str) -> None:
    with pytest.raises(ValueError, match=r"no such day|out of range"):
        parse_date(written)


@pytest.mark.parametrize("written", ["yesterday", "2011-05", "20110501", "2011-05/01", "民國前1年1月1日", "二〇一一"])
def test_what_is_no_date_is_an_error(written: str) -> None:
    with pytest.raises(ValueError, match="not a date that can be read"):
        parse_date(written)


@given(st.dates(datetime.date(2011, 1, 1), datetime.date(2110, 12, 31)))
def test_both_calendars_name_the_same_day(day: datetime.date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.year - 1911}/{day.month}/{day.day}") == day


@given(st.text(st.characters(codec=None)))
def test_any_text_is_a_date_or_none_or_a_sentence(written: str) -> None:
    with contextlib.suppress(ValueError):
        day = parse_date(written)

        assert day is None or isinstance(day, datetime.date)


@pytest.mark.parametrize(("year", "expected"), [(1911, None), (1912, 1), (2026, 115)])
def test_taiwan_counts_from_1912(year: int, expected: int | None) -> None:
    assert taiwan_year(year) == expected


@given(st.dates(datetime.date(1912, 1, 1), datetime.date(2199, 12, 31)))
def test_a_year_of_taiwan_is_the_year_that_it_stands_beside(day: datetime.date) -> None:
    assert parse_date(f"民國{taiwan_year(day.year)}年{day.month}月{day.day}日") == day
