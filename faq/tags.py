"""From what somebody types to concepts of the vocabulary, in either language."""

from typing import Final

import regex
from django.db import IntegrityError, transaction
from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Length

from search.models import Concept, ConceptName
from text.clean import clean_line
from text.fold import fold

OFFERED: Final = 12
LONGEST: Final = 100
"""How long a typed tag may be: the vocabulary's internal key holds no more."""
_SEPARATORS = regex.compile(r"[,，、;；\n]")
_CHINESE = regex.compile(r"\p{Han}")


def typed_tags(typed: str) -> list[str]:
    """The tags that somebody separated by commas, semicolons or lines, each once."""
    return list(dict.fromkeys(filter(None, map(clean_line, _SEPARATORS.split(typed)))))


def concepts_named(typed: str) -> list[Concept]:
    """The concepts that have exactly this name in either language: accepted ones, or proposals where there is none."""
    names = ConceptName.objects.filter(folded=fold(typed)).select_related("concept__merged_into")
    found = {(name.concept.merged_into or name.concept).pk: name.concept.merged_into or name.concept for name in names}
    accepted = [concept for concept in found.values() if not concept.is_proposal]
    return sorted(accepted or found.values(), key=lambda concept: concept.pk)


def concepts_like(typed: str) -> list[Concept]:
    """At most 12 concepts for a list of suggestions: first those so named, then names that begin so or contain it."""
    folded = fold(typed)
    if not folded:
        return []
    order = Case(
        When(folded=folded, then=Value(0)),
        When(folded__startswith=folded, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    names = ConceptName.objects.filter(folded__contains=folded, concept__merged_into__isnull=True)
    best = names.select_related("concept").order_by(order, Length("folded"), "pk")[: 5 * OFFERED]
    return list({name.concept_id: name.concept for name in best}.values())[:OFFERED]


def propose(typed: str) -> Concept:
    """The proposal under this name, made if there is none; its language is told by its script."""
    column = "name_zh_hant" if _CHINESE.search(typed) else "name_en"
    known = concepts_named(typed) or list(Concept.objects.filter(name=typed))
    if known:
        return known[0]
    try:
        with transaction.atomic():
            concept: Concept = Concept.objects.create(name=typed, is_proposal=True, **{column: typed})
    except IntegrityError:
        # Another moderator proposed it in this very moment.
        concept = Concept.objects.get(name=typed)
    return concept
