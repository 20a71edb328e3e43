"""Learning which department a text belongs to, from what was published: the worker's part, on every machine.

Before its first thread a department has seeds: its own names, the list of its specialty (`faq.specialties`) and its
topics. Each thread then adds its words and its concepts. A concept is one for both languages, so that what English
threads have taught serves a Chinese question too.
"""

import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS

from faq.department_model import RULES, model_file, terms_of
from faq.models import Question, Topic
from faq.specialties import Specialty, specialties, specialties_called, standing_in
from people.languages import PREFIX
from people.models import Department
from search.classifying import Counts, Weights
from search.index.folder import held
from search.models import ChangeCounter, Concept, ConceptName, Document
from text.cutting import segment

NEWEST: Final = 2000
"""From so many threads of a department and a prefix, the newest, is learnt: enough, and bounded on any site."""
SEED: Final = 3.0
"""What a seed counts beside a thread's word: it was chosen, and threads are few at first."""
STAND_IN: Final = SEED / 10
"""What the seeds of a specialty count that the house does not have, for the department that stands in: as soon as it
has threads, those say better what it does."""
CHUNK: Final = 500
Seeds = list[tuple[float, list[str]]]
"""Terms and what each of them counts."""
A_DAY: Final = 24 * 60 * 60.0
A_WHILE: Final = 10 * 60.0
SHARE: Final = 100
"""As soon as something more than a hundredth as many changes were made as there are threads, is learnt anew."""


def learn_if_due(*, at_once: bool = False) -> int | None:
    """Learn anew where what this machine knows is lost, foreign or old; from how many threads, None if none was due.

    `at_once` takes everything for old that is not of this very change. Raises OSError where the folder cannot be
    written.
    """
    identity, last = _counter()
    if not _is_due(Weights.read(model_file()), identity, last, at_once=at_once):
        return None
    with held(model_file().with_name("learning.lock")) as is_ours:
        if not is_ours:
            return None
        # A worker that was stopped while it wrote has left its draft.
        for draft in model_file().parent.glob(f"{model_file().name}.*"):
            draft.unlink(missing_ok=True)
        return learn(model_file())


def learn(path: Path) -> int:
    """Learn from what is public now and write it to `path`; returns from how many threads."""
    identity, last = _counter()
    threads = {department: _newest(department) for department in _departments()}
    seeds = _seeds({department: bool(keys) for department, keys in threads.items()})
    counts = Counts([department.pk for department in seeds])
    for department, weighted in seeds.items():
        for weight, terms in weighted:
            counts.add(department.pk, terms, weight)
        for found in _threads(threads[department]):
            counts.add(department.pk, found)
    numbers = {department.pk: len(threads[department]) for department in seeds}
    about = {"rules": RULES, "identity": identity, "number": last, "learnt_at": time.time(), "threads": numbers}
    counts.write(path, {**about, "stand_ins": _stand_ins(list(seeds))})
    return sum(numbers.values())


def _is_due(weights: Weights | None, identity: str, last: int, *, at_once: bool) -> bool:
    about: dict[str, Any] = weights.about if weights else {}
    if (about.get("rules"), about.get("identity")) != (RULES, identity) or about["number"] > last:
        return True
    changes, age = last - about["number"], time.time() - about["learnt_at"]
    if not changes or at_once:
        return bool(changes)
    many = changes * SHARE > sum(about["threads"].values())
    return bool(age >= A_DAY or (age >= A_WHILE and many))


def _counter() -> tuple[str, int]:
    counter, _made = ChangeCounter.objects.using(DEFAULT_DB_ALIAS).get_or_create(pk=1)
    return str(counter.identity), counter.last


def _departments() -> list[Department]:
    return list(Department.objects.using(DEFAULT_DB_ALIAS).order_by("pk"))


def _newest(department: Department) -> list[int]:
    """The newest public threads of a department (primary keys), as many under each prefix."""
    public = Question.objects.using(DEFAULT_DB_ALIAS).published().filter(department=department)
    prefixes = sorted(set(PREFIX.values()))
    return [
        pk
        for prefix in prefixes
        for pk in public.under_prefix(prefix).newest_first().values_list("pk", flat=True)[:NEWEST]
    ]


def _threads(keys: list[int]) -> Iterator[list[str]]:
    """The terms of each of these threads, as they stand among the documents."""
    documents = Document.objects.using(DEFAULT_DB_ALIAS).filter(is_tombstone=False)
    columns = ("segmented_title", "segmented_body", "concepts")
    for start in range(0, len(keys), CHUNK):
        chunk = [f"question:{pk}" for pk in keys[start : start + CHUNK]]
        for title, body, concepts in documents.filter(key__in=chunk).values_list(*columns):
            yield terms_of(f"{title} {body}", concepts.split())


def _seeds(has_threads: dict[Department, bool]) -> dict[Department, Seeds]:
    """What each department begins with. One without a thread that is called like one with threads is left out."""
    fields = {each: _specialties_of(each) for each in has_threads}
    at_home = {specialty for each, found in fields.items() if has_threads[each] for specialty in found}
    topics = _concepts_of_topics()
    present = {
        each: {specialty.key for specialty in found}
        for each, found in fields.items()
        if has_threads[each] or each.pk in topics or not found or not at_home.issuperset(found)
    }
    seeds: dict[Department, Seeds] = {each: _names_of(each) for each in present}
    for specialty, terms in _terms_of_specialties():
        key = standing_in(specialty, set().union(*present.values()))
        for department, keys in present.items():
            if key in keys:
                is_new = key == specialty.key or not has_threads[department]
                seeds[department].append((SEED if is_new else STAND_IN, terms))
    for department in present:
        seeds[department].append((SEED, topics.get(department.pk, [])))
    return seeds


def _stand_ins(departments: list[Department]) -> dict[int, list[int]]:
    """By department those that could stand in for it: of the specialty that stands in for its own, and so on."""
    keys = {each.pk: {found.key for found in _specialties_of(each)} for each in departments}
    others = {each.key: each.otherwise for each in specialties()}
    stand_ins: dict[int, list[int]] = {}
    for pk, own in keys.items():
        wanted = set[str]()
        for key in own:
            while key := others.get(key, ""):
                wanted.add(key)
        stand_ins[pk] = [other for other, theirs in keys.items() if other != pk and theirs & wanted]
    return stand_ins


def _specialties_of(department: Department) -> list[Specialty]:
    return specialties_called(department.name_en, department.name_zh_hant)


def _names_of(department: Department) -> Seeds:
    names = (department.name_en, department.name_zh_hant, department.description_en, department.description_zh_hant)
    return [(SEED, terms_of(segment(text), ())) for text in names if text]


def _terms_of_specialties() -> Iterator[tuple[Specialty, list[str]]]:
    """The terms of every specialty: its words, and those of its concepts that the vocabulary has."""
    keys = {key for specialty in specialties() for key in specialty.concepts}
    rows = Concept.objects.using(DEFAULT_DB_ALIAS).filter(slug__in=keys, is_proposal=False)
    known = {key: merged or pk for key, pk, merged in rows.values_list("slug", "pk", "merged_into_id")}
    for specialty in specialties():
        yield (
            specialty,
            [*_terms_of(specialty)] + terms_of("", [known[key] for key in specialty.concepts if key in known]),
        )


@cache
def _terms_of(specialty: Specialty) -> tuple[str, ...]:
    return tuple(term for text in specialty.texts() for term in terms_of(segment(text), ()))


def _concepts_of_topics() -> dict[int, list[str]]:
    """By department the concepts of its public topics and all their names, as terms."""
    rows = Topic.objects.using(DEFAULT_DB_ALIAS).published().order_by("department_id", "concept_id")
    pairs = list(rows.values_list("department_id", "concept_id").distinct())
    names = ConceptName.objects.using(DEFAULT_DB_ALIAS).filter(concept__in={concept for _d, concept in pairs})
    texts: dict[int, list[str]] = {}
    for concept, text in names.order_by("pk").values_list("concept_id", "text"):
        texts.setdefault(concept, []).append(text)
    found: dict[int, list[str]] = {}
    for department, concept in pairs:
        terms = [term for text in texts.get(concept, ()) for term in terms_of(segment(text), ())]
        found.setdefault(department, []).extend([*terms, *terms_of("", [concept])])
    return found
