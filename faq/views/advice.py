"""While somebody asks: which departments their words point to. Nothing of the words is kept or logged."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from faq.department_suggestion import Advice, advice_on
from faq.intake import departments_taking_questions
from people.limits import SUGGEST
from people.visitors import held_up, is_from_elsewhere


@csrf_exempt  # nobody is signed in here, nothing is allowed by a cookie: see people.visitors
@never_cache
@require_POST
def ask_departments(request: HttpRequest) -> HttpResponse:
    """Answer what is typed so far with three departments, as a piece of a page (static/js/advice.js)."""
    if is_from_elsewhere(request):
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    if seconds := held_up(request, SUGGEST):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(seconds)})
    says_nothing = not (request.POST.get("title", "") + request.POST.get("body", "")).strip()
    page = {
        "advice": advice_for(request.POST),
        "chosen": request.POST.get("department", ""),
        "is_silent": says_nothing,
    }
    response = render(request, "faq/_ask_advice.html", page)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def advice_for(words: Mapping[str, str]) -> Advice:
    """Which departments the title and the question of an ask form point to."""
    return advice_on(f"{words.get('title', '')}\n{words.get('body', '')}", departments_taking_questions())
