"""The documents of concepts: a concept can be found while something public carries it, which is when it has a page."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import override

from search.models import Concept, Document
from search.models.document import key_in
from search.relations import Relation, relations_to
from text.slug import slugify

LANGUAGES: Final = ("en", "zh-hant")


def concept_keys(concepts: Iterable[int]) -> list[str]:
    """The keys of the documents of concepts, given by primary key."""
    return [key_in("concept", pk, language) for pk in concepts for language in LANGUAGES]


def concept_documents(concept: Concept) -> list[Document]:
    """A concept in each language: all its names, and the address of its page."""
    names = [name.text for name in sorted(concept.names.all(), key=lambda name: name.pk)]
    return [_document(concept, names, language) for language in LANGUAGES]


def _document(concept: Concept, names: Iterable[str], language: str) -> Document:
    with override(language):
        title = concept.label
        path = reverse("faq:concept_detail", args=[concept.pk, slugify(title, fallback="concept")])
    others = [name for name in names if name != title]
    return Document(
        key=key_in("concept", concept.pk, language),
        kind="concept",
        language=language,
        title=title,
        body="\n".join(others),
        teaser=("、" if language.startswith("zh") else ", ").join(others)[:300],
        tags=str(concept.pk),
        path=path,
    )


def is_carried(concept: int) -> bool:
    """Whether anything public carries a concept, in whichever app: what is tagged with it, or is about it."""
    return any(_carries(relation, concept) for relation in relations_to(Concept))


def _carries(relation: Relation, concept: int) -> bool:
    public = _public(relation.model)
    if public is not None:
        return bool(public.filter(**{relation.field.attname: concept}).exists())
    if not relation.is_tag:
        return False
    ends = [(end, _public(end.related_model)) for end in relation.far_ends]
    return any(
        public.filter(pk__in=relation.of(concept).values(end.attname)).exists()
        for end, public in ends
        if public is not None
    )


def _public(model: Any) -> Any:
    """The public rows of a model that knows the word; None of another."""
    published = getattr(model._default_manager, "published", None)
    return published() if published else None
