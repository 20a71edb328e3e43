""" "Was this helpful?": a page of its own, because the question's page is the same for everyone and has no form."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from faq.forms.helpful import HelpfulForm
from faq.models import Question
from people.limits import HELPFUL, visitor_of
from people.visitors import held_up, is_from_elsewhere


@csrf_exempt  # nobody is signed in here, nothing is allowed by a cookie: see people.visitors
@require_http_methods(["GET", "HEAD", "POST"])
def question_helpful(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a public question was helpful, and count the answer."""
    question = get_object_or_404(Question.objects.published().select_related("department"), pk=pk)
    if request.method == "POST":
        return _receive(request, question)
    return _page(request, HelpfulForm(question=question))


def _receive(request: HttpRequest, question: Question) -> HttpResponse:
    form = HelpfulForm(request.POST, question=question, from_elsewhere=is_from_elsewhere(request))
    if not form.is_valid():
        return _page(request, form, HTTPStatus.BAD_REQUEST)
    if not form.was_sent(form.key) and (seconds := held_up(request, HELPFUL)):
        form.hold_up(seconds)
        response = _page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(seconds)
        return response
    visitor = visitor_of(request.META.get("REMOTE_ADDR", ""))
    if not question.judge(helpful=form.cleaned_data["is_helpful"] == "yes", key=form.key, visitor=visitor):
        form.add_error(None, _("This question has been judged from your connection today. It is counted once a day."))
        return _page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    return HttpResponseRedirect(f"{question.get_absolute_url()}#counted", status=HTTPStatus.SEE_OTHER)


def _page(request: HttpRequest, form: HelpfulForm, status: int = HTTPStatus.OK) -> HttpResponse:
    page = {"question": form.question, "form": form, "problems": form.problems()}
    response = render(request, "faq/question_helpful.html", page, status=status)
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
