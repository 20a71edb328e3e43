"""FAQ topics: their index, and one with its questions."""

from typing import Any, Final

from django.db.models import F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from faq.choices import TextFormat
from faq.linked_data import DESCRIPTION, topic_things
from faq.models import Question, Topic
from faq.paging import page_of, tally
from faq.responses import elsewhere, gone, is_at, moved, public_page
from faq.thread_page import other_prefix
from people.languages import active_prefix, prefix_of
from people.models import Department
from text.opening import opening
from text.render import to_plain
from text.slug import slugify

OF_EACH: Final = 12
OF_ONE: Final = 500
NAMES: Final = {"en": "concept__name_en", "zh-hant": "concept__name_zh_hant"}


@require_safe
@public_page
def topic_list(request: HttpRequest) -> HttpResponse:
    """The topics of every department, the first twelve of each; with `?department=slug` all of that one."""
    topics = topics_by_name(active_prefix())
    if "department" not in request.GET:
        return render(request, "faq/topic_list.html", {"topics": some_of_each(topics, active_prefix())})
    department = get_object_or_404(Department, slug=request.GET["department"])
    rows = topics.filter(department=department)[:OF_ONE]
    return render(request, "faq/topic_list.html", {"topics": rows, "department": department})


@require_safe
@public_page
def topic_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponseBase:
    """A topic: its introduction, and the department's public questions about its concept."""
    topic = _topic_with_twin(pk)
    if topic is None or not topic.is_public:
        return gone(request, f"topic:{pk}", department=topic.department if topic else None)
    prefix, address, twin = prefix_of(topic.language), topic.get_absolute_url(), _twin_address(topic)
    if active_prefix() != prefix:
        return elsewhere(request, twin or address)
    if not is_at(request, address):
        return moved(request, address)
    questions = Question.objects.published().filter(department=topic.department_id, tagged__tag=topic.concept_id)
    shown = questions.under_prefix(prefix).select_related("department", "answered_by")
    in_other = tally(questions.under_prefix(other_prefix(prefix)))
    description = opening(to_plain(topic.introduction, TextFormat.MARKDOWN), DESCRIPTION)
    context = {
        "topic": topic,
        "description": description,
        "things": topic_things(topic, description),
        "featured": featured_on(topic),
        "page": page_of(request, shown),
        "in_other": in_other,
        "twin_address": twin,
        "elsewhere": in_other_departments(topic),
        "related": related_to(topic),
    }
    return render(request, "faq/topic_detail.html", context)


def featured_on(topic: Topic) -> list[Question]:
    """The public questions that the topic shows first, in their order."""
    rows = topic.featured.shown().select_related("question__department", "question__answered_by")
    return [row.question for row in rows]


def in_other_departments(topic: Topic) -> list[Topic]:
    """The public topics about the same concept in other departments, in the topic's language."""
    same = Topic.objects.published().under_prefix(prefix_of(topic.language)).filter(concept=topic.concept_id)
    rows = same.exclude(department=topic.department_id).select_related("concept", "department")
    return list(rows.order_by("department__order", "pk"))


def related_to(topic: Topic) -> list[Topic]:
    """The stored neighbours of a topic, the nearest first."""
    rows = topic.related.shown().select_related("other__concept", "other__department")
    return [row.other for row in rows]


def topics_by_name(prefix: str) -> "QuerySet[Topic]":
    """The public topics of a language, by department and then by name."""
    topics = Topic.objects.published().under_prefix(prefix).select_related("concept", "department")
    return topics.order_by("department__order", "department__slug", NAMES[prefix], "pk")


def some_of_each(topics: "QuerySet[Topic]", prefix: str) -> "QuerySet[Topic]":
    """The first twelve topics of every department by their names in a language."""
    by_name = [F(NAMES[prefix]).asc(), F("pk").asc()]
    place = Window(RowNumber(), partition_by="department", order_by=by_name)
    return topics.annotate(place=place).filter(place__lte=OF_EACH)


def _topic_with_twin(pk: int) -> Any:
    """A topic, public or not, with the key of its public twin in the other language; None if there is none."""
    twins = Topic.objects.published().filter(concept=OuterRef("concept"), department=OuterRef("department"))
    other = twins.exclude(pk=OuterRef("pk")).exclude(language=OuterRef("language")).order_by("pk")
    rows = Topic.objects.select_related("concept", "department", "reviewed_by", "translation_of")
    return rows.annotate(twin_pk=Subquery(other.values("pk")[:1])).filter(pk=pk).first()


def _twin_address(topic: Any) -> str:
    if topic.twin_pk is None:
        return ""
    with override(other_prefix(prefix_of(topic.language))):
        slug = slugify(topic.concept.label, fallback="topic")
        return reverse("faq:topic_detail", args=[topic.twin_pk, slug])
