"""What search engines ask of structured data: the required properties of each type, and the shape of their values.

From schema.org and the search engines' own pages on QAPage, FAQPage, BreadcrumbList and the search box.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, Final

Check = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _address(value: Any) -> bool:
    return _text(value) and value.startswith(("http://", "https://")) and " " not in value


def _day(value: Any) -> bool:
    return _text(value) and dt.date.fromisoformat(value).isoformat() == value


def _moment(value: Any) -> bool:
    return _text(value) and dt.datetime.fromisoformat(value).tzinfo is not None


def _number(value: Any) -> bool:
    return isinstance(value, int) and value > 0


def _of(*types: str) -> Check:
    def check(value: Any) -> bool:
        found = value if isinstance(value, list) else [value]
        return bool(found) and all(isinstance(each, dict) and each.get("@type") in types for each in found)

    return check


def _reference(value: Any) -> bool:
    return isinstance(value, dict) and _address(value.get("@id"))


WHO: Final = _of("Person", "Organization")
ABOUT: Final = ("MedicalCondition", "MedicalSignOrSymptom", "Drug", "MedicalTherapy", "MedicalTest",
                "AnatomicalStructure", "MedicalEntity")  # fmt: skip

REQUIRED: Final[dict[str, dict[str, Check]]] = {
    "MedicalWebPage": {"name": _text, "url": _address, "inLanguage": _text, "isPartOf": _reference},
    "QAPage": {"mainEntity": _of("Question")},
    "FAQPage": {"mainEntity": _of("Question")},
    "Question": {"name": _text, "acceptedAnswer": _of("Answer")},
    "Answer": {"text": _text},
    "BreadcrumbList": {"itemListElement": _of("ListItem")},
    "ListItem": {"position": _number, "name": _text},
    "WebSite": {"name": _text, "url": _address, "potentialAction": _of("SearchAction")},
    "SearchAction": {"target": _of("EntryPoint"), "query-input": _text},
    "EntryPoint": {"urlTemplate": _address},
    "Organization": {"name": _text, "url": _address},
    "Person": {"name": _text},
    "Physician": {"name": _text, "url": _address},
    "Hospital": {"name": _text},
    "MedicalAudience": {"audienceType": _text},
    **{kind: {"name": _text} for kind in ABOUT},
}
ALLOWED: Final[dict[str, Check]] = {
    "@id": _address, "@type": _text, "@context": _text, "url": _address, "item": _address, "name": _text,
    "text": _text, "description": _text, "inLanguage": _text, "jobTitle": _text, "answerCount": _number,
    "lastReviewed": _day, "datePublished": _moment, "dateModified": _moment,
    "author": WHO, "reviewedBy": WHO, "publisher": lambda value: _reference(value) or WHO(value),
    "about": _of(*ABOUT), "audience": _of("MedicalAudience"), "suggestedAnswer": _of("Answer"),
    "affiliation": _of("Hospital"), "hospitalAffiliation": _of("Hospital"),
    "medicalSpecialty": lambda value: isinstance(value, list) and all(map(_text, value)),
    "alternateName": lambda value: isinstance(value, list) and all(map(_text, value)),
}  # fmt: skip


def problems_of(things: list[dict[str, Any]]) -> list[str]:
    """What is wrong with structured data, a sentence each; nothing for valid data."""
    return [problem for thing in things for problem in _problems(thing)]


def _problems(thing: dict[str, Any]) -> Iterator[str]:
    kind = thing.get("@type", "")
    if kind not in REQUIRED:
        if set(thing) != {"@id"}:
            yield f"{kind!r} is no type that is known"
        return
    required = REQUIRED[kind]
    yield from (f"{kind} has no proper {name}" for name in required if not required[name](thing.get(name)))
    others = {name: value for name, value in thing.items() if name not in required}
    yield from (f"{kind} has {name}: {value!r}" for name, value in others.items() if not _is_allowed(name, value))
    if kind == "BreadcrumbList":
        yield from _gaps(thing["itemListElement"])
    for each in _inner(thing):
        yield from _problems(each)


def _is_allowed(name: str, value: Any) -> bool:
    return name in ALLOWED and ALLOWED[name](value)


def _gaps(items: list[dict[str, Any]]) -> Iterator[str]:
    if [item["position"] for item in items] != list(range(1, len(items) + 1)):
        yield "the positions of a breadcrumb have gaps"
    if [item for item in items[:-1] if "item" not in item]:
        yield "a step of a breadcrumb before the last has no address"


def _inner(thing: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for value in thing.values():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield each
