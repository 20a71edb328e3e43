"""What public questions are called, decided when they are published and never when they are read."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import override

from faq.choices import TitleFlaw
from faq.models.tagged import TaggedQuestion
from people.languages import prefix_of
from search.models import Concept
from search.vocabulary import Vocabulary, vocabulary
from text.headline import Headline, headlines, says_something

if TYPE_CHECKING:
    from faq.models.thread import Thread

_Taken = dict[tuple[int, str, str], set[int]]
"""Department, prefix and slug → the public questions that have it."""

MAIN_FIRST: Final = [kind.value for kind in Concept.Kind]
"""The order of kinds in which one of a question's concepts is its main one: what somebody has comes before a drug."""
COLUMNS: Final = ("headline", "slug", "title_flaw")


def settle_titles(questions: Sequence["Thread"]) -> None:
    """Set headline, slug and flaw of public questions, for the caller to store: three queries for any number.

    No two of a department and language are called the same. Two that are published in the same instant may be; the
    next time that either is shown anew mends it.
    """
    if not questions:
        return
    tags, known = _tags_of(questions), vocabulary()
    called = {question.pk: list(_called(question, tags[question.pk], known)) for question in questions}
    taken = _taken(questions, called)
    for question in questions:
        own = called[question.pk]
        free = next((each for each in own if _is_free(question, each, taken)), own[-1])
        question.headline, question.slug = free.title, free.slug
        question.title_flaw = _flaw(question, is_repeated=free is not own[0])
        taken[_key(question, free.slug)].add(question.pk)


def _tags_of(questions: Sequence["Thread"]) -> Mapping[int, list[Concept]]:
    rows = TaggedQuestion.objects.filter(content_object__in=[question.pk for question in questions])
    tags: dict[int, list[Concept]] = defaultdict(list)
    for row in rows.filter(tag__is_proposal=False, tag__merged_into=None).select_related("tag").order_by("tag"):
        tags[row.content_object_id].append(row.tag)
    return tags


def _called(question: "Thread", tags: Sequence[Concept], known: Vocabulary) -> Iterator[Headline]:
    prefix = prefix_of(question.language)
    named = {mention.concept for mention in known.found_in(question.shown_title)}
    # An editor's title and one that names a concept are complete.
    is_complete = bool(question.editorial_title) or any(tag.pk in named for tag in tags)
    main_first = sorted(tags, key=lambda tag: MAIN_FIRST.index(tag.kind))
    with override(prefix):
        labels = [] if is_complete else [tag.label for tag in main_first]
    is_chinese = prefix != "en"
    return headlines(question.shown_title, question.body, labels=labels, number=question.pk, is_chinese=is_chinese)


def _taken(questions: Sequence["Thread"], called: Mapping[int, Sequence[Headline]]) -> _Taken:
    rows: Any = type(questions[0])._default_manager.published()
    wanted = {each.slug for own in called.values() for each in own}
    # What these are called themselves is decided now, in their order.
    others = rows.exclude(pk__in=[question.pk for question in questions])
    same = others.filter(department__in={question.department_id for question in questions}, slug__in=wanted)
    taken: _Taken = defaultdict(set)
    for pk, department, prefix, slug in same.values_list("pk", "department_id", "prefix", "slug"):
        taken[department, prefix, slug].add(pk)
    return taken


def _key(question: "Thread", slug: str) -> tuple[int, str, str]:
    return question.department_id, prefix_of(question.language), slug


def _is_free(question: "Thread", headline: Headline, taken: _Taken) -> bool:
    return not taken[_key(question, headline.slug)]


def _flaw(question: "Thread", *, is_repeated: bool) -> str:
    if not says_something(question.editorial_title or question.title):
        return TitleFlaw.EMPTY
    return TitleFlaw.REPEATED if is_repeated else ""
