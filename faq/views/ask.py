"""The ask form: choose a department, write, send; the answer is the private ticket page."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from faq.forms.ask import AskForm
from faq.intake import consents_in_force, departments_taking_questions, refusal
from faq.models import Question
from faq.submission import ChangedAfterSending, submit
from faq.views.nearest import nearest_to
from people.limits import ASK
from people.models import Department
from people.visitors import held_up, is_from_elsewhere
from search.models import Document

# The form may come back from the browser's own memory, with the key it had: so "back" and "send" make one question.
# Pages that carry a person's words are never stored.
KEPT_BY_THE_BROWSER = "private, max-age=0"
NOT_KEPT = "no-store, private"


@csrf_exempt  # nobody is signed in here, nothing is allowed by a cookie: see people.visitors
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The list of departments, then the form of one of them; a form that was sent leads to its ticket."""
    if request.method == "POST":
        return _receive(request)
    if "department" not in request.GET:
        return _choose_department(request)
    department = _department(request.GET["department"])
    if department is None:
        return _choose_department(request, _("There is no such department."), HTTPStatus.NOT_FOUND)
    if sentence := refusal(department):
        return _choose_department(request, sentence)
    return _form_page(request, _form(department), KEPT_BY_THE_BROWSER)


def _receive(request: HttpRequest) -> HttpResponse:
    department = _department(request.POST.get("department", ""))
    if department and request.POST.get("step") == "department":
        return _change_department(request, department)
    if department and request.POST.get("step") == "similar":
        return _look_first(request, department)
    form = _form(department, request.POST, from_elsewhere=is_from_elsewhere(request))
    if not form.is_valid():
        return _form_page(request, form, status=HTTPStatus.BAD_REQUEST)
    sent = form.submission()
    # What was saved before is shown again whatever the limits say now: the first answer may have been lost on its way.
    if not form.was_sent(form.key):
        if sentence := refusal(sent.department):
            form.add_error("department", [sentence, _("Choose another department: your words stay.")])
            return _form_page(request, form, status=HTTPStatus.BAD_REQUEST)
        if seconds := held_up(request, ASK):
            return _held_up(request, form, seconds)
    try:
        question = submit(sent)
    except ChangedAfterSending as changed:
        form.spend_key()
        return _form_page(request, form, status=HTTPStatus.CONFLICT, saved=_ticket_address(changed.question))
    return HttpResponseRedirect(_ticket_address(question), status=HTTPStatus.SEE_OTHER)


def _held_up(request: HttpRequest, form: AskForm, seconds: int) -> HttpResponse:
    form.hold_up(seconds)
    response = _form_page(request, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response


def _change_department(request: HttpRequest, department: Department) -> HttpResponse:
    """The form of another department, with every word that was written into the one before."""
    words = request.POST.dict()
    return _form_page(request, _form(department, initial=words, kept_key=words.get("form_key", "")))


def _look_first(request: HttpRequest, department: Department) -> HttpResponse:
    """The same form with every word, and above its end what may answer it already."""
    words = request.POST.dict()
    form = _form(department, initial=words, kept_key=words.get("form_key", ""))
    return _form_page(request, form, nearest=nearest_to(words))


def _form(department: Department | None, *args: Any, **kwargs: Any) -> AskForm:
    kwargs.setdefault("initial", {"department": department.slug} if department else {})
    taking, consents = departments_taking_questions(), consents_in_force()
    return AskForm(*args, department=department, departments=taking, consents=consents, **kwargs)


def _form_page(
    request: HttpRequest,
    form: AskForm,
    cache: str = NOT_KEPT,
    status: int = HTTPStatus.OK,
    saved: str = "",
    nearest: list[Document] | None = None,
) -> HttpResponse:
    """The page of the form; `nearest` is what may answer it, None where nobody has looked."""
    page = {"form": form, "problems": form.problems(), "saved": saved, "nearest": nearest}
    response = render(request, "faq/ask.html", page, status=status)
    response["Cache-Control"] = cache
    return response


def _choose_department(request: HttpRequest, sentence: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    taking = departments_taking_questions()
    others = Department.objects.exclude(pk__in=[department.pk for department in taking])
    page = {"sentence": sentence, "taking": taking if consents_in_force() else [], "others": others}
    response = render(request, "faq/ask_department.html", page, status=status)
    response["Cache-Control"] = NOT_KEPT
    return response


def _department(slug: str) -> Department | None:
    return Department.objects.filter(slug=slug).first()


def _ticket_address(question: Question) -> str:
    return question.ticket.get_absolute_url()
