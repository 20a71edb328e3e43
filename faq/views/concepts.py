"""A concept of the vocabulary: everything that is public about it, across the departments."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from faq.concept_page import concept_address, is_public_anywhere, names_of, topics_about
from faq.linked_data import concept_things
from faq.models import Question
from faq.paging import page_of, tally
from faq.responses import is_at, moved, public_page
from faq.thread_page import other_prefix
from people.languages import HTML_LANG, active_prefix
from search.models import Concept


@require_safe
@public_page
def concept_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponseBase:
    """A concept: its names, its topics in the departments, the newest questions about it, articles."""
    concept = get_object_or_404(Concept.objects.select_related("merged_into"), pk=pk, is_proposal=False)
    prefix = active_prefix()
    if concept.merged_into is not None:
        return moved(request, concept_address(concept.merged_into))
    topics = topics_about(concept, prefix)
    questions = Question.objects.published().filter(tagged__tag=concept)
    page = page_of(request, questions.under_prefix(prefix).select_related("department", "answered_by"))
    in_other = tally(questions.under_prefix(other_prefix(prefix)))
    if not (topics or page or in_other.number or is_public_anywhere(concept)):
        raise Http404("nothing public is about this concept")
    if not is_at(request, address := concept_address(concept)):
        return moved(request, address)
    context = {
        "concept": concept,
        "things": concept_things(concept, HTML_LANG[prefix]),
        "names": names_of(concept),
        "topics": topics,
        "page": page,
        "in_other": in_other,
        "twin_address": concept_address(concept, other_prefix(prefix)),
    }
    return render(request, "faq/concept_detail.html", context)
