"""Suggestions while somebody types into a search box, for static/js/suggest.js."""

from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from people.languages import HTML_LANG, active_prefix
from people.models import Department
from portal.templatetags.site import kind_of
from search.models import Document
from search.suggesting import suggestions

FRESH_SECONDS: Final = 300
"""Longer than a page: a suggestion leads to a page that says itself what is true."""


@require_safe
@cache_control(public=True, max_age=FRESH_SECONDS)
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer with what `q` may become: `{"suggestions": [{"title", "note", "path", "lang"}]}`, at most eight."""
    found = suggestions(request.GET.get("q", ""), active_prefix())
    departments = _names_of({document.department for document in found if document.kind != "department"})
    shown = [_shown(document, departments) for document in found]
    response = JsonResponse(
        {"suggestions": shown}, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")}
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _shown(document: Document, departments: dict[str, str]) -> dict[str, Any]:
    note = " · ".join(filter(None, (kind_of(document), departments.get(document.department))))
    return {
        "title": document.title,
        "note": note,
        "path": document.path,
        "lang": HTML_LANG.get(document.language, document.language),
    }


def _names_of(slugs: set[str]) -> dict[str, str]:
    wanted = slugs - {""}
    if not wanted:
        return {}
    return {department.slug: department.name for department in Department.objects.filter(slug__in=wanted)}
