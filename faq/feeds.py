"""What was answered and published last, as Atom feeds: of all departments, of one, of a topic."""

from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faq.models import Question, Topic
from faq.models.thread import QuestionQuerySet
from faq.responses import public_page
from people.feeds import Feed, answer, feed_of, identifier
from people.languages import active_prefix, prefix_of
from people.linked_data import whole
from people.models import Department

ENTRIES: Final = 30


@require_safe
@public_page
def question_feed(request: HttpRequest) -> HttpResponseBase:
    """The questions of the language, of every department."""
    feed = feed_of(
        "questions",
        title=_("Answered questions"),
        link=reverse("faq:question_list"),
        address=request.path,
        description=_("What physicians have answered here, the newest first."),
    )
    return answer(request, _filled(feed, Question.objects.published().under_prefix(active_prefix())))


@require_safe
@public_page
def department_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The questions of a department in the language of the address."""
    department = get_object_or_404(Department, slug=slug)
    feed = feed_of(
        f"department:{department.pk}",
        title=department.name,
        link=department.get_absolute_url(),
        address=request.path,
        description=_("What %(department)s has answered, the newest first.") % {"department": department.name},
    )
    rows = Question.objects.published().filter(department=department)
    return answer(request, _filled(feed, rows.under_prefix(active_prefix())))


@require_safe
@public_page
def topic_feed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The questions of a topic, under the prefix of its language alone."""
    topics = Topic.objects.published().under_prefix(active_prefix()).select_related("concept", "department")
    topic = get_object_or_404(topics, pk=pk)
    feed = feed_of(
        topic.text_key,
        title=str(topic),
        link=topic.get_absolute_url(),
        address=request.path,
        description=_("Answered questions about %(topic)s, the newest first.") % {"topic": topic.name},
    )
    rows = Question.objects.published().filter(department=topic.department_id, tagged__tag=topic.concept_id)
    return answer(request, _filled(feed, rows.under_prefix(prefix_of(topic.language))))


def _filled(feed: Feed, questions: QuestionQuerySet) -> Feed:
    """The feed with the questions that were published last: one query."""
    rows = questions.latest_published().select_related("department", "answered_by")
    for question in rows[:ENTRIES]:
        feed.add_item(**_entry(question))
    return feed


def _entry(question: Question) -> dict[str, Any]:
    """A question as everyone reads it: how it begins, and how the answer does."""
    begins = [part for part in (question.teaser, question.answer_teaser) if part]
    return {
        "title": question.called,
        "link": whole(question.get_absolute_url()),
        "description": format_html_join("", "<p>{}</p>", ((part,) for part in begins)),
        "unique_id": identifier(f"question:{question.pk}"),
        "author_name": question.answered_by.display_name if question.answered_by else None,
        "categories": [question.department.name],
        "pubdate": question.published_at,
        "updateddate": question.changed_at or question.published_at,
    }
