"""The line that says who asked: nickname, age and sex of the person it is about, for whom, when."""

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from faq.choices import AgeBand, ForWhom, Sex
from faq.models import Question

# Whole phrases for every combination: in Chinese, years and sex are one word group, in English a sentence order.
_PERSONS: Final = {
    ("range", Sex.FEMALE): gettext_noop("{low}–{high} year old female"),
    ("range", Sex.MALE): gettext_noop("{low}–{high} year old male"),
    ("range", Sex.OTHER): gettext_noop("{low}–{high} year old, sex: other"),
    ("range", ""): gettext_noop("{low}–{high} years old"),
    ("over", Sex.FEMALE): gettext_noop("female, {low} years or older"),
    ("over", Sex.MALE): gettext_noop("male, {low} years or older"),
    ("over", Sex.OTHER): gettext_noop("{low} years or older, sex: other"),
    ("over", ""): gettext_noop("{low} years or older"),
    ("", Sex.FEMALE): gettext_noop("a female"),
    ("", Sex.MALE): gettext_noop("a male"),
    ("", Sex.OTHER): gettext_noop("sex: other"),
}
_RELATIONS: Final = {
    (ForWhom.CHILD, True): gettext_noop("asked for a child, {person}"),
    (ForWhom.CHILD, False): gettext_noop("asked for a child"),
    (ForWhom.PARENT, True): gettext_noop("asked for a parent, {person}"),
    (ForWhom.PARENT, False): gettext_noop("asked for a parent"),
    (ForWhom.OTHER, True): gettext_noop("asked for someone else, {person}"),
    (ForWhom.OTHER, False): gettext_noop("asked for someone else"),
}
# By what is known: nickname, person, date. For oneself, then for others (where the person phrase says "asked").
_OWN: Final = {
    (True, True, True): gettext_noop("{name}, {person}, asked {date}"),
    (True, True, False): gettext_noop("{name}, {person}"),
    (True, False, True): gettext_noop("{name}, asked {date}"),
    (True, False, False): gettext_noop("{name}"),
    (False, True, True): gettext_noop("{person}, asked {date}"),
    (False, True, False): gettext_noop("{person}"),
    (False, False, True): gettext_noop("Asked {date}"),
}
_FOR_OTHERS: Final = {
    (True, True): gettext_noop("{name}, {relation}, on {date}"),
    (True, False): gettext_noop("{name}, {relation}"),
    (False, True): gettext_noop("{relation}, on {date}"),
    (False, False): gettext_noop("{relation}"),
}


def asker_line(question: Question) -> SafeString:
    """One sentence in the language of the page, what is unknown left out; empty where nothing is known."""
    person = person_phrase(question.age_band, question.sex)
    name = format_html("<bdi>{}</bdi>", question.nickname) if question.nickname else ""
    date = _date(question)
    if question.for_whom == ForWhom.SELF:
        sentence = _OWN.get((bool(name), bool(person), bool(date)))
        return format_html(_(sentence), name=name, person=person, date=date) if sentence else SafeString()
    relation = _(_RELATIONS[ForWhom(question.for_whom), bool(person)]).format(person=person)
    return format_html(_(_FOR_OTHERS[bool(name), bool(date)]), name=name, relation=relation, date=date)


def person_phrase(age_band: str, sex: str) -> str:
    """Age and sex of the person a question is about, such as "40–49 year old female"; empty if neither is known."""
    low, high, kind = _years(age_band)
    phrase = _PERSONS.get((kind, sex))
    return _(phrase).format(low=low, high=high) if phrase else ""


def _years(age_band: str) -> tuple[str, str, str]:
    if age_band == AgeBand.FROM_80:
        return "80", "", "over"
    low, _dash, high = age_band.partition("-")
    return low, high, "range" if high else ""


def _date(question: Question) -> SafeString | str:
    day = question.asked_on
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), f"{day:%Y/%m/%d}") if day else ""
