"""Similar questions: computed when a question is published or tagged anew, never when it is read.

The index offers the questions with the same rare words and concepts, `faq.likeness` says how alike they are and why.
It says the same of both, so a new question takes its place in the lists of its neighbours without their being computed
again. What is computed before a question stands in the index is provisional, and computed again when it does.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from faq.likeness import Kin, Near, Profile, Scales, diverse, is_copy, ranked
from faq.models import Question, SimilarQuestion, Surroundings
from faq.profiles import (
    kinds_of,
    profile_of_words,
    profiles_of,
    scales_among,
    scales_of,
    sharing_concepts,
    under_one_prefix,
)
from faq.similar_lists import KEPT, Lists
from faq.surroundings import concepts_around, places_of, related_topics
from faq.why import Written
from search.background import task
from search.changes import changing
from search.models import Document, Work
from search.nearby import Nearby

RENEWED: Final = 50
"""To how many threads, the nearest, a question is offered as a neighbour."""
HOLDERS: Final = 200
"""In how many lists, the newest, a question is looked for that may have changed."""
CANDIDATES: Final = 100
"""How many questions the index offers."""
RAREST: Final = 60
"""By how many of a question's terms, the rarest, the index is asked."""
RULES: Final = 1
"""Raised when neighbours or related topics are chosen otherwise: the worker then computes them anew."""
A_RUN: Final = 20.0
"""Seconds that one run of the clock computes provisional ones anew: other jobs wait meanwhile."""
LOOKED_AT: Final = 1000
"""Among how many it looks for those that stand in the index by now."""


@task()
def renew(question_id: int) -> None:
    """Renew the neighbours of a question in the background; nothing if it is gone."""
    question = Question.objects.filter(pk=question_id).first()
    if question is not None:
        renew_neighbours(question)


@task()
def renew_many(question_ids: list[int], work_id: int = 0) -> None:
    """Renew the neighbours of a chunk of questions in the background; of which long work it is a part, if of any."""
    for question in Question.objects.filter(pk__in=question_ids).order_by("pk"):
        renew_neighbours(question)
    if work_id:
        Work.part_done(work_id, len(question_ids))


def renew_provisional() -> int:
    """Compute anew what was computed before it stood in the index; returns how many. Called by the clock."""
    nearby = Nearby.now()
    if nearby is None:
        return 0
    waiting = Surroundings.objects.provisional(RULES).order_by("pk").values_list("pk", flat=True)[:LOOKED_AT]
    numbers = numbers_of(waiting)
    ready = [pk for pk in waiting if 0 < numbers.get(pk, 0) <= nearby.number]
    deadline = time.monotonic() + A_RUN
    for count, pk in enumerate(ready):
        if time.monotonic() > deadline:
            return count
        renew.call(pk)
    return len(ready)


@dataclass(frozen=True)
class Found:
    """What was computed of a question, before anything is written; `asked` is None where it has no neighbours."""

    asked: Profile | None = None
    scales: Scales | None = None
    near: Sequence[Near] = ()
    own: Sequence[Kin] = ()
    topics: Sequence[int] = ()
    is_final: bool = True

    def offer_to(self, owner: int) -> Kin | None:
        """The question as a neighbour of one of those near; None where it is none."""
        near = next((near for near in self.near if near.kin.pk == owner), None)
        if near is None or self.asked is None:
            return None
        score = near.likeness.score * self.asked.quality
        return Kin(self.asked.pk, self.asked.department_id, score, near.likeness.shared)


def renew_neighbours(question: Question) -> None:
    """Compute the neighbours of a question, and its place among theirs; a second run changes nothing.

    Pinned and blocked rows stay as they are. A question that is not public loses its computed rows.
    """
    held = SimilarQuestion.objects.computed().filter(other=question).order_by("-pk")
    holders = list(held.values_list("question_id", flat=True)[:HOLDERS])
    found = _found(question, holders) if question.is_public else Found()
    with changing() as keys:
        lists = Lists.locked({question.pk, *holders, *(near.kin.pk for near in found.near[:RENEWED])})
        if question.pk not in lists.public:
            # It was taken out of the public while we looked.
            found = Found()
        lists.put(question.pk, found.own)
        copies = {near.kin.pk for near in found.near if found.asked and is_copy(near.weighed.profile, found.asked)}
        for owner in lists.owners - {question.pk}:
            lists.offer(owner, question.pk, found.offer_to(owner), copies=copies)
        lists.explain(_shared_words(lists.unexplained(), found))
        keys.update(f"similar:{owner}" for owner in lists.write())
        if _keep_surroundings(question, found):
            keys.add(f"similar:{question.pk}")


def _found(question: Question, holders: list[int]) -> Found:
    nearby = Nearby.now()
    asked = profiles_of([question.pk]).get(question.pk)
    if asked is None:
        return Found()
    profiles, scales = _compared_with(asked, holders, nearby)
    weighed = scales.weigh(asked)
    near = ranked(scales, weighed, map(scales.weigh, under_one_prefix(profiles, asked.language)))
    chosen = diverse(near, KEPT)
    around = [(each.kin, each.weighed.profile) for each in chosen]
    places = places_of(concepts_around(asked, around), asked.language)
    topics = related_topics(asked, around, places, scales.kinds)
    kin = [each.kin for each in chosen]
    is_final = nearby is not None and 0 < asked.number <= nearby.number
    return Found(asked, scales, near, kin, topics, is_final=is_final)


def _compared_with(asked: Profile, holders: Sequence[int], nearby: Nearby | None) -> tuple[list[Profile], Scales]:
    """The questions worth comparing with one, those that have it in their lists among them, and scales for all."""
    if nearby is None:
        found = profiles_of([*sharing_concepts(asked), *holders])
        return list(found.values()), scales_among([asked, *found.values()])
    documents = nearby.documents(["question"], asked.terms, asked.main, rarest=RAREST, limit=CANDIDATES)
    profiles = profiles_of(holders, documents).values()
    kinds = kinds_of(concept for each in [asked, *profiles] for concept in each.concepts)
    return list(profiles), scales_of(nearby, kinds)


def kin_of(question: Question, tags: Iterable[int]) -> list[Kin]:
    """The public questions like one that is not public yet, by its words and `tags` (primary keys), the nearest first.

    For staff's pages: what readers see is stored.
    """
    asked = profile_of_words(question, tags)
    profiles, scales = _compared_with(asked, [], Nearby.now())
    found = ranked(scales, scales.weigh(asked), map(scales.weigh, under_one_prefix(profiles, asked.language)))
    return [near.kin for near in diverse(found, CANDIDATES)]


def numbers_of(questions: Iterable[int]) -> dict[int, int]:
    """The numbers of the last changes of the public forms of questions (primary keys)."""
    documents = Document.objects.filter(key__in=[f"question:{pk}" for pk in questions])
    return {int(key.partition(":")[2]): number for key, number in documents.values_list("key", "number")}


def _shared_words(wanted: Sequence[tuple[int, int]], found: Found) -> dict[tuple[int, int], tuple[str, ...]]:
    """The rarest words of each owner's public text that its neighbour has too; one query where any are wanted."""
    asked, scales = found.asked, found.scales
    if not wanted or asked is None or scales is None:
        return {}
    terms = {near.kin.pk: near.weighed.profile.terms & asked.terms for near in found.near}
    texts = _public_texts({owner for owner, _other in wanted})
    return {
        (owner, other): texts[owner].words(terms[owner if other == asked.pk else other], scales.rarity_of)
        for owner, other in wanted
        if asked.pk in (owner, other) and owner in texts
    }


def _public_texts(questions: Iterable[int]) -> dict[int, Written]:
    rows = Question.objects.published().filter(pk__in=questions).values_list("pk", "title", "body")
    return {pk: Written(f"{title}\n{body}") for pk, title, body in rows}


def _keep_surroundings(question: Question, found: Found) -> bool:
    """Write down the related topics; whether they are others now."""
    rows = Surroundings.objects.filter(question=question)
    row = rows.first()
    if found.asked is None:
        rows.delete()
        return bool(row and row.topics)
    topics, rules = " ".join(map(str, found.topics)), RULES if found.is_final else 0
    if row is None or (row.topics, row.rules) != (topics, rules):
        Surroundings.objects.update_or_create(question=question, defaults={"topics": topics, "rules": rules})
    return (row.topics if row else "") != topics
