"""The static pages of the footer."""

from typing import Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import StaticPage
from articles.responses import Near, taken_down
from faq.responses import elsewhere, public_page
from people.languages import active_prefix
from text.opening import opening
from text.render import to_plain

DESCRIPTION: Final = 155


@require_safe
@public_page
def page_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A static page; in the other language where this one has none, 410 with the reason where it was withdrawn."""
    pages = {page.language: page for page in StaticPage.objects.filter(slug=slug)}
    page = pages.pop(active_prefix(), None)
    twin = next((other for other in pages.values() if other.is_public), None)
    if page and page.is_public:
        return _shown(request, page, twin)
    if page and page.withdrawn_because:
        return taken_down(page.withdrawn_because, _near(twin))
    if twin is None:
        raise Http404(slug)
    return elsewhere(request, twin.get_absolute_url())


def _shown(request: HttpRequest, page: StaticPage, twin: StaticPage | None) -> HttpResponseBase:
    context = {
        "page": page,
        "description": opening(to_plain(page.body, "markdown"), DESCRIPTION),
        "twin_address": twin.get_absolute_url() if twin else "",
        "newer_twin": twin if twin and page.is_behind(twin) else None,
    }
    return render(request, "articles/page_detail.html", context)


def _near(twin: StaticPage | None) -> list[Near]:
    other = [Near(twin.get_absolute_url(), twin.title, twin.html_lang)] if twin else []
    return [*other, Near(reverse("sitemap_page"), _("Sitemap")), Near(reverse("articles:contact"), _("Contact"))]
