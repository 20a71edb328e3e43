"""The ask form: choose a department, write, send; the answer is the private ticket page."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from faq.department_suggestion import Advice
from faq.forms.ask import AskForm
from faq.intake import consents_in_force, departments_taking_questions, refusal
from faq.models import Question
from faq.submission import ChangedAfterSending, submit
from faq.views.advice import advice_for
from faq.views.nearest import nearest_to
from people.limits import ASK
from people.models import Department
from people.visitors import held_up, is_from_elsewhere
from search.models import Document

# The form may come back from the browser's own memory, with the key it had: so "back" and "send" make one question.
# Pages that carry a person's words are never stored.
KEPT_BY_THE_BROWSER = "private, max-age=0"
NOT_KEPT = "no-store, private"
TAKE = "take:"


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
    """What the button that was pressed asks for: another department, a look around, or that the form be sent."""
    department = _department(request.POST.get("department", ""))
    step = request.POST.get("step", "")
    if step.startswith(TAKE):
        return _take_department(request, step.removeprefix(TAKE))
    if step == "advice":
        return _advise(request, department)
    if department and step == "department":
        return _change_department(request, department)
    if department and step == "similar":
        return _look_first(request, department)
    return _send(request, department)


def _send(request: HttpRequest, department: Department | None) -> HttpResponse:
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


def _change_department(
    request: HttpRequest, department: Department, chosen: Mapping[str, str] = MappingProxyType({})
) -> HttpResponse:
    """The form of another department, with every word that was written into the one before."""
    words = {**request.POST.dict(), **chosen}
    return _form_page(request, _form(department, initial=words, kept_key=words.get("form_key", "")))


def _take_department(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a department that was suggested, or why it takes no question after all, with every word."""
    department = _department(slug)
    sentence = refusal(department) if department else _("There is no such department.")
    if department and not sentence:
        return _change_department(request, department, {"department": department.slug})
    before = _department(request.POST.get("department", ""))
    return _advise(request, before, sentence)


def _advise(request: HttpRequest, department: Department | None, sentence: str = "") -> HttpResponse:
    """The same page with every word, and the departments that the words point to."""
    words = request.POST.dict()
    if department is None and "form_key" not in words:
        return _choose_department(request, sentence, words=words, advice=advice_for(words))
    form = _form(department, initial=words, kept_key=words.get("form_key", ""))
    return _form_page(request, form, advice=advice_for(words), sentence=sentence)


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
    advice: Advice | None = None,
    sentence: str = "",
) -> HttpResponse:
    """The page of the form; `nearest` may answer it, `advice` says where it belongs: None where nobody looked."""
    page = {"form": form, "problems": form.problems(), "saved": saved, "nearest": nearest}
    page |= {"advice": advice, "sentence": sentence}
    response = render(request, "faq/ask.html", page, status=status)
    response["Cache-Control"] = cache
    return response


def _choose_department(
    request: HttpRequest,
    sentence: str = "",
    status: int = HTTPStatus.OK,
    *,
    words: Mapping[str, str] = MappingProxyType({}),
    advice: Advice | None = None,
) -> HttpResponse:
    taking = departments_taking_questions()
    others = Department.objects.exclude(pk__in=[department.pk for department in taking])
    offered = taking if consents_in_force() else []
    page = {"sentence": sentence, "taking": offered, "others": others, "words": words, "advice": advice}
    response = render(request, "faq/ask_department.html", page, status=status)
    response["Cache-Control"] = NOT_KEPT
    return response


def _department(slug: str) -> Department | None:
    return Department.objects.filter(slug=slug).first()


def _ticket_address(question: Question) -> str:
    return question.ticket.get_absolute_url()
