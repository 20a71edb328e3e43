"""What people and the house are in the words of schema.org, for search engines (JSON-LD)."""

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.languages import HTML_LANG, active_prefix
from people.models import Department, Physician
from search.models import Concept
from text.linked_data import Thing

HOUSE: Final = "Wenyi 問醫"
TYPES: Final[dict[str, str]] = {
    Concept.Kind.DISEASE: "MedicalCondition",
    Concept.Kind.SYMPTOM: "MedicalSignOrSymptom",
    Concept.Kind.DRUG: "Drug",
    Concept.Kind.TREATMENT: "MedicalTherapy",
    Concept.Kind.TEST: "MedicalTest",
    Concept.Kind.BODY: "AnatomicalStructure",
}
"""What the kinds of concepts are there; others are a MedicalEntity."""


def whole(address: str) -> str:
    """An address of ours with scheme and host."""
    return f"{settings.SITE_URL}{address}"


def moment(when: dt.datetime | dt.date | None) -> str:
    """A moment with its time zone, of a day its beginning in Taipei; empty for none."""
    if when is None:
        return ""
    begun = (
        when
        if isinstance(when, dt.datetime)
        else dt.datetime.combine(when, dt.time(), timezone.get_default_timezone())
    )
    return timezone.localtime(begun).isoformat(timespec="seconds")


def house() -> Thing:
    """The house itself: who publishes."""
    return {"@type": "Organization", "@id": whole("/#organization"), "name": HOUSE, "url": whole("/")}


def whole_site() -> Thing:
    """The site with its search, in the language of the page."""
    language = active_prefix()
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": whole(reverse("search")) + "?q={search_term_string}"},
        "query-input": "required name=search_term_string",
    }
    return {
        "@type": "WebSite",
        "@id": whole("/#website"),
        "name": HOUSE,
        "url": whole(reverse("home")),
        "inLanguage": HTML_LANG[language],
        "publisher": {"@id": whole("/#organization")},
        "potentialAction": search,
    }


def person(physician: Physician | None, name: str = "") -> Thing:
    """Someone who wrote, answered or reviewed, by their public profile or by a name alone; nothing for neither."""
    if physician is None:
        return {"@type": "Person", "name": name} if name else {}
    return {
        "@type": "Person",
        "name": physician.display_name,
        "url": whole(physician.get_absolute_url()),
        "jobTitle": physician.title,
        "affiliation": _hospital(physician),
    }


def profile(physician: Physician, departments: list[Department]) -> Thing:
    """The page of someone who answers: a Physician, or a Person where the departments are not physicians'."""
    known = person(physician)
    if departments and all(department.kind != Department.Kind.PHYSICIAN for department in departments):
        return known
    return {
        "@type": "Physician",
        "@id": known["url"],
        "name": known["name"],
        "alternateName": [
            name for name in (physician.name, physician.name_romanised) if name not in ("", known["name"])
        ],
        "url": known["url"],
        "description": physician.bio,
        "medicalSpecialty": [department.name for department in departments],
        "hospitalAffiliation": known["affiliation"],
    }


def subject(concept: Concept) -> Thing:
    """What a text is about."""
    other = {concept.name_en, concept.name_zh_hant} - {"", concept.label}
    return {
        "@type": TYPES.get(concept.kind, "MedicalEntity"),
        "name": concept.label,
        "alternateName": sorted(other),
    }


def medical_page(address: str, name: str, description: str, language: str, **more: Any) -> Thing:
    """A page about medicine for patients; `language` is the `lang` of its text, `more` further properties."""
    return {
        "@type": "MedicalWebPage",
        "@id": whole(address),
        "url": whole(address),
        "name": name,
        "description": description,
        "inLanguage": language,
        "audience": {"@type": "MedicalAudience", "audienceType": _("patients")},
        "isPartOf": {"@id": whole("/#website")},
        "publisher": house(),
        **more,
    }


def _hospital(physician: Physician) -> Thing:
    return {"@type": "Hospital", "name": physician.hospital} if physician.hospital else {}
