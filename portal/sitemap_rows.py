"""Which pages a sitemap lists, and the day on which each text last changed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from articles.models import Article, StaticPage
from articles.models.page import WITH_PAGES_OF_THEIR_OWN
from faq.concept_page import concept_address
from faq.models import Answer, Question, TaggedQuestion, Topic
from people.languages import HTML_LANG, prefix_of
from people.models import Department, Physician
from search.models import Concept

CHUNK: Final = 1000
PREFIXES: Final = ("en", "zh-hant")
FIXED: Final = (
    *("home", "faq:question_list", "faq:department_list", "faq:topic_list", "articles:article_list"),
    *("faq:ask", "articles:contact", "sitemap_page"),
)
"""The pages that are always there, in both languages."""


@dataclass(frozen=True)
class Entry:
    """One address: when its text last changed, and the same in its languages as pairs of `lang` and path."""

    path: str
    changed_on: dt.date | None = None
    languages: tuple[tuple[str, str], ...] = ()


def page_entries() -> Iterator[Entry]:
    """The pages that are always there, and the static ones."""
    for name in FIXED:
        paths = []
        for prefix in PREFIXES:
            with override(prefix):
                paths.append((prefix, reverse(name)))
        yield from _in_both(paths)
    # The words of the contact page, say, stand on the page that is listed above.
    standing = StaticPage.objects.filter(is_public=True).exclude(slug__in=WITH_PAGES_OF_THEIR_OWN)
    pages = list(standing.order_by("slug", "language"))
    named = {(page.slug, page.language): page.get_absolute_url() for page in pages}
    for page in pages:
        paths = [(prefix, named[page.slug, prefix]) for prefix in PREFIXES if (page.slug, prefix) in named]
        yield Entry(named[page.slug, page.language], _day(page.text_changed_at), _languages(paths))


def listed_questions() -> "QuerySet[Any]":
    """Public questions with an answer that is neither outdated nor long overdue."""
    fresh = Answer.objects.published().well_kept().filter(question=OuterRef("pk"), outdated_on__isnull=True)
    return Question.objects.published().filter(Exists(fresh))


def question_entries(rows: "QuerySet[Any]", keys: range) -> Iterator[Entry]:
    """Two queries for a part: which questions have translations, and the questions."""
    twins = _question_twins(keys)
    bases = _bases("faq:question_list")
    columns = rows.order_by("pk").values_list("pk", "prefix", "slug", Coalesce("changed_at", "published_at"))
    for pk, prefix, slug, changed_at in columns.iterator(CHUNK):
        path = _question_path(bases, pk, prefix, slug)
        twin = [(each[1], _question_path(bases, *each)) for each in twins.get(pk, ())]
        yield Entry(path, _day(changed_at), _languages([(prefix, path), *twin]) if twin else ())


def _question_twins(keys: range) -> dict[int, list[tuple[int, str, str]]]:
    """Of the questions of a part that have a public one in the other language: number, prefix and slug of that."""
    inside = Q(pk__gte=keys.start, pk__lt=keys.stop)
    original = Q(translation_of__gte=keys.start, translation_of__lt=keys.stop)
    pairs = Question.objects.published().filter(inside | original, translation_of__is_listed=True)
    names = ("pk", "prefix", "slug")
    twins: dict[int, list[tuple[int, str, str]]] = {}
    for row in pairs.order_by("pk").values_list(*names, *(f"translation_of__{name}" for name in names)):
        translation, first = row[:3], row[3:]
        if translation[1] != first[1]:
            twins.setdefault(translation[0], [first])
            twins.setdefault(first[0], [translation])
    return twins


def _question_path(bases: dict[str, str], pk: int, prefix: str, slug: str) -> str:
    """`get_absolute_url` by hand: a part has thousands, and finding the pattern costs more than reading the row."""
    return f"{bases[prefix]}{pk}/{quote(slug)}/"


def listed_topics() -> "QuerySet[Any]":
    """Public topics with an introduction that is not long overdue, or without one and with questions."""
    tagged = TaggedQuestion.objects.filter(
        tag=OuterRef("concept"), content_object__department=OuterRef("department"), content_object__is_listed=True
    )
    topics: QuerySet[Any] = Topic.objects.published().well_kept()
    return topics.filter(~Q(introduction="") | Exists(tagged))


def topic_entries(rows: "QuerySet[Any]", keys: range) -> Iterator[Entry]:
    """Two queries: the topics, and their twins."""
    topics = list(rows.select_related("concept", "department").order_by("pk"))
    concepts = {topic.concept_id for topic in topics}
    near = Topic.objects.published().filter(concept__in=concepts).select_related("concept", "department")
    named = {(row.concept_id, row.department_id, prefix_of(row.language)): row.get_absolute_url() for row in near}
    for topic in topics:
        same = [(prefix, named.get((topic.concept_id, topic.department_id, prefix), "")) for prefix in PREFIXES]
        changed_on = _day(topic.text_changed_at) if topic.introduction else None
        yield Entry(topic.get_absolute_url(), changed_on, _languages(same))


def listed_articles() -> "QuerySet[Any]":
    """Public articles of which the review is not long overdue."""
    return Article.objects.published().well_kept()


def article_entries(rows: "QuerySet[Any]", keys: range) -> Iterator[Entry]:
    """Two queries: the articles, and those of the same families."""
    articles = list(rows.annotate(changed=Greatest("published_at", "text_changed_at")).order_by("pk"))
    families = {article.translation_of_id or article.pk for article in articles}
    near = Article.objects.published().filter(Q(pk__in=families) | Q(translation_of__in=families)).order_by("-pk")
    named = {(row.translation_of_id or row.pk, prefix_of(row.language)): row.get_absolute_url() for row in near}
    for article in articles:
        own = article.translation_of_id or article.pk
        same = [(prefix, named.get((own, prefix), "")) for prefix in PREFIXES]
        yield Entry(article.get_absolute_url(), _day(article.changed), _languages(same))


def listed_departments() -> "QuerySet[Any]":
    """Every department, with what there is in each language."""
    here = OuterRef("pk")
    people = Exists(Physician.objects.verified().current().filter(departments=here))
    return Department.objects.annotate(
        **{
            _column(prefix): people
            | Exists(Question.objects.published().under_prefix(prefix).filter(department=here))
            | Exists(Topic.objects.published().under_prefix(prefix).filter(department=here))
            for prefix in PREFIXES
        }
    )


def department_entries(rows: "QuerySet[Any]", keys: range) -> Iterator[Entry]:
    """One query."""
    return _names(rows, lambda department: department.get_absolute_url())


def listed_physicians() -> "QuerySet[Any]":
    """Profiles that say something: what was answered in a language, or who it is."""
    answered = Question.objects.published().filter(answered_by=OuterRef("pk"))
    told = (Q(verified_at__isnull=False) | Exists(answered)) & (~Q(bio_en="") | ~Q(bio_zh_hant=""))
    here = {_column(prefix): told | Exists(answered.under_prefix(prefix)) for prefix in PREFIXES}
    return Physician.objects.current().annotate(**here).filter(Q(in_en=True) | Q(in_zh_hant=True))


def physician_entries(rows: "QuerySet[Any]", keys: range) -> Iterator[Entry]:
    """One query."""
    return _names(rows, lambda physician: physician.get_absolute_url())


def listed_concepts() -> "QuerySet[Any]":
    """Concepts that a public question or topic is about, in each language."""
    here = {
        _column(prefix): Exists(TaggedQuestion.objects.on_public(prefix).filter(tag=OuterRef("pk")))
        | Exists(Topic.objects.published().under_prefix(prefix).filter(concept=OuterRef("pk")))
        for prefix in PREFIXES
    }
    concepts: QuerySet[Any] = Concept.objects.accepted().annotate(**here)
    return concepts.filter(Q(in_en=True) | Q(in_zh_hant=True))


def concept_entries(rows: "QuerySet[Any]", keys: range) -> Iterator[Entry]:
    """One query."""
    return _names(rows, concept_address)


def _names(rows: "QuerySet[Any]", address: Any) -> Iterator[Entry]:
    """What has its names in both languages on one row: an entry for each language in which there is something."""
    for row in rows.order_by("pk").iterator(CHUNK):
        paths = []
        for prefix in PREFIXES:
            if getattr(row, _column(prefix)):
                with override(prefix):
                    paths.append((prefix, address(row)))
        yield from _in_both(paths)


def _in_both(paths: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    languages = _languages(paths)
    return (Entry(path, None, languages) for _prefix, path in paths)


def _languages(paths: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Pairs of `lang` and path, where there is more than one language."""
    found = tuple((HTML_LANG[prefix], path) for prefix, path in paths if path)
    return found if len(found) > 1 else ()


def _bases(name: str) -> dict[str, str]:
    bases = {}
    for prefix in PREFIXES:
        with override(prefix):
            bases[prefix] = reverse(name)
    return bases


def _column(prefix: str) -> str:
    return f"in_{prefix.replace('-', '_')}"


def _day(when: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(when) if when else None
