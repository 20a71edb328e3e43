"""The static pages of the footer."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import StaticPage
from faq.responses import elsewhere, public_page
from people.languages import active_prefix


@require_safe
@public_page
def page_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A static page; in the other language where this one has none."""
    pages = {page.language: page for page in StaticPage.objects.filter(slug=slug, is_public=True)}
    page = pages.pop(active_prefix(), None)
    twin = next(iter(pages.values()), None)
    if page is None and twin is None:
        raise Http404(slug)
    address = twin.get_absolute_url() if twin else ""
    if page is None:
        return elsewhere(request, address)
    return render(request, "articles/page_detail.html", {"page": page, "twin_address": address})
