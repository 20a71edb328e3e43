"""Questions as everyone reads them."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faq.linked_data import description_of, question_things
from faq.models import Question
from faq.paging import page_of, tally
from faq.responses import elsewhere, gone, is_at, moved, public_page
from faq.thread_page import other_prefix, question_for_page, thread_page, twin_address
from people.languages import active_prefix, prefix_of
from text.render import to_html

MERGES_FOLLOWED: Final = 10


@require_safe
@public_page
def question_list(request: HttpRequest) -> HttpResponse:
    """Every public question of the language, the newest first."""
    prefix = active_prefix()
    published = Question.objects.published()
    page = page_of(request, published.under_prefix(prefix).newest_first().select_related("department", "answered_by"))
    in_other = tally(published.under_prefix(other_prefix(prefix)))
    return render(request, "faq/question_list.html", {"page": page, "in_other": in_other})


@require_safe
@public_page
def question_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponseBase:
    """A question with everything that belongs to it."""
    question = question_for_page(pk)
    if question is None:
        return gone(request, f"question:{pk}")
    if question.merged_into is not None and (end := _end_of_merges(question)).is_public:
        return moved(request, end.get_absolute_url())
    if not question.is_public:
        return gone(request, f"question:{pk}", department=question.department, withdrawn=question.is_withdrawn)
    address, twin = question.get_absolute_url(), twin_address(question)
    if active_prefix() != prefix_of(question.language):
        return elsewhere(request, twin or address)
    if not is_at(request, address):
        return moved(request, address)
    thread = thread_page(question)
    context = {
        "question": question,
        "body_html": to_html(question.body, question.body_format),
        "thread": thread,
        "things": question_things(question, thread),
        "description": description_of(question),
        "twin_address": twin,
    }
    return render(request, "faq/question_detail.html", context)


def _end_of_merges(question: Question) -> Question:
    """The question that a merged one leads to in the end: at once, since chains collapse when they are made."""
    target: Any = question
    for _step in range(MERGES_FOLLOWED):
        if target.merged_into is None:
            break
        target = target.merged_into
    found: Question = target
    return found
