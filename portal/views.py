"""Pages that need more than one app: home, search, the sitemap for people."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import HomeFeature
from faq.models import Question
from faq.responses import public_page
from people.languages import PREFIX, active_prefix
from people.models import Department
from portal.clicks import note_search
from search.models import Document
from text.clean import clean_line
from text.fold import fold

NEWEST: Final = 8
FEATURED: Final = 24
QUERY_LENGTH: Final = 200
WORDS: Final = 12
RESULTS: Final = 50


@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The front door: how to ask, where to look, what was answered last."""
    prefix = active_prefix()
    questions = Question.objects.published().under_prefix(prefix).newest_first()
    context = {
        "departments": Department.objects.all(),
        "questions": questions.select_related("department", "answered_by")[:NEWEST],
        "features": HomeFeature.objects.on_page(prefix)[:FEATURED],
    }
    return render(request, "portal/home.html", context)


@require_safe
@public_page
def search(request: HttpRequest) -> HttpResponse:
    """What has every word of `q` in its title: in the language of the page first, then in the other."""
    typed = request.GET.get("q", "")
    too_long = len(typed) > QUERY_LENGTH
    words = [] if too_long else fold(clean_line(typed)).split()[:WORDS]
    found = Found.of(words, active_prefix())
    if words:
        note_search(request, typed, results=len(found.here) + len(found.there))
    context = {"typed": typed, "too_long": too_long, "has_words": bool(words), "found": found}
    return render(request, "portal/search.html", context)


@require_safe
@public_page
def sitemap_page(request: HttpRequest) -> HttpResponse:
    """Where everything is, for people."""
    return render(request, "portal/sitemap_page.html", {"departments": Department.objects.all()})


@dataclass(frozen=True)
class Found:
    """Documents that were found, those of the page's language apart from the others."""

    here: list[Document]
    there: list[Document]

    @classmethod
    def of(cls, words: list[str], prefix: str) -> "Found":
        """The first fifty documents with all the words in their titles: one query, none without words."""
        own = [language for language, served in PREFIX.items() if served == prefix]
        own_first = Case(When(language__in=own, then=0), default=1)
        due = Q(listed_on__isnull=True) | Q(listed_on__lte=timezone.localdate())
        rows = Document.objects.live().titled_with(words).filter(due).defer("body")
        documents = list(rows.order_by(own_first, "-listed_on", "-pk")[:RESULTS])
        here = [row for row in documents if row.language in own]
        return cls(here, documents[len(here) :])
