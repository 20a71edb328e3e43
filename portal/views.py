"""Pages that need more than one app: home, the sitemap for people."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import HomeFeature
from faq.models import Question
from faq.responses import public_page
from people.languages import active_prefix
from people.linked_data import house, whole_site
from people.models import Department

NEWEST: Final = 8
FEATURED: Final = 24


@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The front door: how to ask, where to look, what was answered last."""
    prefix = active_prefix()
    questions = Question.objects.published().under_prefix(prefix).newest_first()
    context = {
        "things": [house(), whole_site()],
        "departments": Department.objects.all(),
        "questions": questions.select_related("department", "answered_by")[:NEWEST],
        "features": HomeFeature.objects.on_page(prefix)[:FEATURED],
    }
    return render(request, "portal/home.html", context)


@require_safe
@public_page
def sitemap_page(request: HttpRequest) -> HttpResponse:
    """Where everything is, for people."""
    return render(request, "portal/sitemap_page.html", {"departments": Department.objects.all()})
