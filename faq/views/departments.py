"""Departments: all of them, and one with who answers there and what was asked."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from faq.intake import refusal
from faq.models import Question
from faq.paging import page_of, tally
from faq.responses import public_page
from faq.thread_page import other_prefix
from faq.views.topics import topics_by_name
from people.languages import active_prefix
from people.models import Department

PHYSICIANS: Final = 60
TOPICS: Final = 24


@require_safe
@public_page
def department_list(request: HttpRequest) -> HttpResponse:
    """Every department, with the sentence that says what belongs there."""
    return render(request, "faq/department_list.html", {"departments": Department.objects.all()})


@require_safe
@public_page
def department_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A department: whether it takes questions now, its physicians, topics and questions, and how many wait."""
    department = get_object_or_404(Department, slug=slug)
    prefix = active_prefix()
    published = Question.objects.published().filter(department=department)
    context = {
        "department": department,
        "refusal": refusal(department),
        "waiting": tally(Question.objects.awaiting_answer().filter(department=department)),
        "physicians": department.physicians.verified().current().order_by("name", "pk")[:PHYSICIANS],
        "topics": topics_by_name(prefix).filter(department=department)[:TOPICS],
        "page": page_of(request, published.under_prefix(prefix).select_related("department", "answered_by")),
        "in_other": tally(published.under_prefix(other_prefix(prefix))),
    }
    return render(request, "faq/department_detail.html", context)
