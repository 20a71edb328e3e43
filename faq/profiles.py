"""What questions are compared by, read from their public forms; and which questions are worth comparing with one."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final

from faq.likeness import MENTIONED, OUTDATED, UNANSWERED, Profile, Scales, rarity
from faq.models import Question, TaggedQuestion
from people.languages import PREFIX
from search.models import Concept, Document
from search.nearby import Nearby, terms_in
from search.vocabulary import vocabulary
from text.cutting import segment

NEWEST: Final = 50
"""How many threads of a concept, the newest, are looked at where there is no index."""
CONCEPTS: Final = 8
"""By how many of its concepts, those tagged or in the title first, others are looked for there."""
COLUMNS: Final = (
    *("key", "language", "segmented_title", "segmented_body", "concepts", "title_concepts", "tags"),
    *("is_outdated", "segmented_replies", "number"),
)
PUBLIC: Final = ("pk", "translation_of_id", "department_id")


def profiles_of(questions: Iterable[int] = (), documents: Iterable[int] = ()) -> dict[int, Profile]:
    """The profiles of public questions, by the numbers of the questions, or of their documents; two queries."""
    keys, documents = [f"question:{pk}" for pk in questions], list(documents)
    live = Document.objects.filter(is_tombstone=False)
    rows = [
        *(live.filter(key__in=keys).values_list(*COLUMNS) if keys else ()),
        *(live.filter(pk__in=documents).values_list(*COLUMNS) if documents else ()),
    ]
    texts = {int(row[0].partition(":")[2]): row for row in rows}
    public = Question.objects.published().filter(pk__in=texts).order_by().values_list(*PUBLIC)
    return {pk: profile(pk, original or pk, department, texts[pk]) for pk, original, department in public}


def profile(pk: int, family: int, department: int, row: Sequence[object]) -> Profile:
    """The profile of a question from the columns of its document."""
    _key, language, title, body, named, titled, tagged, is_outdated, replies, number = row
    main = frozenset(map(int, f"{titled} {tagged}".split()))
    quality = (OUTDATED if is_outdated else 1) * (1 if replies else UNANSWERED)
    concepts = {int(concept): MENTIONED for concept in str(named).split()} | dict.fromkeys(main, 1.0)
    terms = frozenset(terms_in(f"{title} {body}"))
    return Profile(pk, family, department, str(language), concepts, main, terms, quality, int(str(number)))


def profile_of_words(question: Question, tags: Iterable[int]) -> Profile:
    """The profile of a question that is not public, by its public text as it is and what it is tagged with."""
    known = vocabulary()
    titled = " ".join(str(mention.concept) for mention in known.found_in(question.shown_title))
    named = " ".join(str(mention.concept) for mention in known.found_in(question.body))
    title, body = segment(f"{question.shown_title} {question.title}"), segment(question.body)
    row = ("", question.language, title, body, named, titled, " ".join(map(str, tags)), False, "", 0)
    return profile(question.pk, question.translation_of_id or question.pk, question.department_id, row)


def under_one_prefix(profiles: Iterable[Profile], language: str) -> list[Profile]:
    """Those that are served under the address prefix of a language."""
    return [each for each in profiles if PREFIX[each.language] == PREFIX[language]]


def scales_of(nearby: Nearby, kinds: dict[int, str]) -> Scales:
    """Scales that know from the index how rare everything is. `kinds`: the kind of each concept by its number."""
    return Scales(
        kinds,
        lambda term: rarity(nearby.count(term), nearby.total),
        lambda concept: rarity(nearby.count_of_concept(concept), nearby.total),
    )


def scales_among(profiles: Collection[Profile]) -> Scales:
    """Scales that know how rare everything is among a few texts: what is left where there is no index."""
    terms = _counted(profiles, lambda each: each.terms)
    concepts = _counted(profiles, lambda each: each.concepts)
    total = len(profiles)
    return Scales(
        kinds_of(concepts),
        lambda term: rarity(terms.get(term, 0), total),
        lambda concept: rarity(concepts.get(concept, 0), total),
    )


def _counted(profiles: Iterable[Profile], of: Callable[[Profile], Iterable[Any]]) -> dict[Any, int]:
    counts: dict[Any, int] = {}
    for each in profiles:
        for thing in of(each):
            counts[thing] = counts.get(thing, 0) + 1
    return counts


def kinds_of(concepts: Iterable[int]) -> dict[int, str]:
    """The kinds of concepts (primary keys); one query."""
    return dict(Concept.objects.filter(pk__in=set(concepts)).order_by().values_list("pk", "kind"))


def sharing_concepts(asked: Profile) -> list[int]:
    """Public questions under the same prefix that share a concept, by their numbers, the newest of each concept.

    One query a concept: what is done where there is no index.
    """
    public = TaggedQuestion.objects.on_public(PREFIX[asked.language]).order_by("-content_object_id")
    found: dict[int, None] = {}
    for concept in sorted(asked.concepts, key=lambda pk: (-asked.concepts[pk], pk))[:CONCEPTS]:
        newest = public.filter(tag=concept).values_list("content_object_id", flat=True)[:NEWEST]
        found |= dict.fromkeys(newest)
    found.pop(asked.pk, None)
    return list(found)
