"""What may answer somebody who is about to ask: the nearest answered questions, topics and articles.

What is typed is looked at and forgotten: nothing of it is stored, logged or put into an address.
"""

from collections.abc import Iterable
from typing import Final

from faq.likeness import Profile, Scales
from faq.neighbours import RAREST
from faq.profiles import COLUMNS, kinds_of, profile, scales_of
from people.languages import PREFIX
from search.models import Document
from search.nearby import Nearby
from search.vocabulary import vocabulary
from text.clean import clean_text
from text.cutting import segment

MOST: Final = 5
KINDS: Final = ("question", "topic", "article")
LOOKED_AT: Final = 60
"""How many documents the index offers."""
LONGEST: Final = 3000
"""So many characters of a story are looked at; more say nothing new."""
LEAST: Final = 0.16
"""Below this score nothing is offered: who is interrupted wants an answer."""
COVERED: Final = 0.3
"""What a text counts that says everything that was typed: a few words are not like any long text, but stand in it."""
ENOUGH: Final = 2
"""Fewer telling terms than these, and no concept, are not yet a question."""


def nearest(title: str, body: str, language: str) -> list[Document]:
    """At most five public documents that may answer what somebody types in a language, those of the language first.

    Empty while there is nothing to go by, nothing near enough, or no index.
    """
    asked = _typed(clean_text(title)[:LONGEST], clean_text(body)[:LONGEST], language)
    nearby = Nearby.now()
    if nearby is None or (len(asked.terms) < ENOUGH and not asked.concepts):
        return []
    numbers = nearby.documents(KINDS, asked.terms, asked.main, rarest=RAREST, limit=LOOKED_AT)
    known = _profiles(numbers)
    kinds = kinds_of(concept for each in [asked, *known.values()] for concept in each.concepts)
    best = _best(scales_of(nearby, kinds), asked, known.values())
    documents = Document.objects.live().in_bulk(best)
    shown = {(document.kind, document.title): document for pk in reversed(best) if (document := documents.get(pk))}
    # A topic of several departments stands there once, with the department that is nearest.
    return sorted(shown.values(), key=lambda document: best.index(document.pk))[:MOST]


def _best(scales: Scales, asked: Profile, others: Iterable[Profile]) -> list[int]:
    """The documents that are near enough: of the own language first, then by likeness."""
    weighed = scales.weigh(asked)
    found = []
    for other in others:
        is_foreign = PREFIX[other.language] != PREFIX[asked.language]
        known = scales.weigh(other)
        score = scales.likeness(weighed, known).score + COVERED * scales.coverage(weighed, known)
        if score * other.quality >= LEAST:
            found.append((is_foreign, -score * other.quality, other.pk))
    return [pk for _is_foreign, _score, pk in sorted(found)]


def _profiles(documents: list[int]) -> dict[int, Profile]:
    """The profiles of documents that answer something: questions with a reply, topics and articles as they are."""
    live = Document.objects.live().filter(pk__in=documents).exclude(kind="question", replies="")
    rows = live.values_list("pk", "kind", *COLUMNS)
    return {pk: _of_document(pk, kind, row) for pk, kind, *row in rows}


def _of_document(pk: int, kind: str, row: list[object]) -> Profile:
    # A topic has no reply, and is one.
    answered = row if kind == "question" else [*row[:-2], "1", row[-1]]
    return profile(pk, pk, 0, answered)


def _typed(title: str, body: str, language: str) -> Profile:
    """What is typed, in the form in which it is compared."""
    known = vocabulary()
    titled, named = (" ".join(str(each.concept) for each in known.found_in(text)) for text in (title, body))
    return profile(0, 0, 0, ("", language, segment(title), segment(body), named, titled, "", False, "", 0))
