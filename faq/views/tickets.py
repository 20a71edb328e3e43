"""The private ticket: whoever has its address is the asker. Find it, read it, act on it."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from faq.forms.ticket import (
    AddForm,
    FindForm,
    FollowUpForm,
    HideForm,
    PrivateForm,
    RenewForm,
    RotateForm,
    TicketForm,
    WithdrawForm,
    ticket_key_name,
)
from faq.models import Ticket
from faq.qr import qr_code
from faq.states import InvalidMove
from faq.ticket_page import TicketPage, ticket_page
from people.limits import TICKET_ACT, TICKET_GUESS
from people.visitors import claimed_key, held_up, is_from_elsewhere, read_key, waiting_sentences
from text import codes

View = Callable[..., HttpResponse]
PRIVATE: Final = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
FORMS: Final[dict[str, type[TicketForm]]] = {
    form.act: form for form in (AddForm, FollowUpForm, HideForm, PrivateForm, RenewForm, RotateForm, WithdrawForm)
}
VERBS: Final[dict[str, Callable[[Ticket, TicketForm], Any]]] = {
    "add": lambda ticket, form: ticket.question.add_words(form.cleaned_data["body"], key=form.key),
    "follow-up": lambda ticket, form: ticket.question.follow_up(form.cleaned_data["body"], key=form.key),
    "hide": lambda ticket, form: ticket.question.hide_words(form.cleaned_data["phrases"]),
    "private": lambda ticket, form: ticket.question.keep_private(),
    "renew": lambda ticket, form: ticket.renew(),
    "rotate": lambda ticket, form: ticket.question.change_address(key=form.key),
    "withdraw": lambda ticket, form: ticket.question.is_withdrawn or ticket.question.withdraw(),
}
DONE: Final = {
    "add": gettext_lazy("Your words have been added."),
    "follow-up": gettext_lazy("Your follow-up has been sent."),
    "hide": gettext_lazy("The words are hidden."),
    "private": gettext_lazy("Nothing of your question will be published. Only you read the answer."),
    "renew": gettext_lazy("This page now lives for another year."),
    "rotate": gettext_lazy("This page has a new address and a new code: keep them. The old ones no longer open it."),
}


def private_page(view: View) -> View:
    """Keep a page with a secret address out of caches, referrers and search engines."""

    @wraps(view)
    def kept_private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        for name, value in PRIVATE.items():
            response[name] = value
        return response

    return kept_private


@csrf_exempt  # it changes nothing: a code leads to a page
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def ticket_find(request: HttpRequest) -> HttpResponse:
    """Find my question: the code, however it is typed, leads to the ticket."""
    if request.method != "POST":
        return _find_page(request, FindForm(), HTTPStatus.OK)
    form = FindForm(request.POST)
    if not form.is_valid():
        return _find_page(request, form, HTTPStatus.BAD_REQUEST)
    code = form.cleaned_data["code"]
    if _ticket(code) is None:
        return _unknown(request, form)
    return _to_ticket(codes.normalise(code) or code)


@require_safe
@private_page
def ticket_detail(request: HttpRequest, secret: str) -> HttpResponse:
    """The ticket's page; a code in another spelling leads to its one address."""
    ticket = _ticket(secret)
    if ticket is None:
        return _unknown(request, FindForm(data={"code": secret}))
    if secret != (code := codes.normalise(secret)):
        return _to_ticket(code or secret, status=HTTPStatus.FOUND)
    return _page(request, ticket, secret)


@csrf_exempt  # nothing is allowed by a cookie, the secret in the address is the permission: see people.visitors
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def ticket_act(request: HttpRequest, secret: str, act: str) -> HttpResponse:
    """One act of the asker; asked for without a form, the ticket, or the page that asks whether to delete."""
    if act not in FORMS:
        raise Http404(act)
    ticket = _ticket(secret)
    if ticket is None:
        return _changed_address(request, act) or _unknown(request, FindForm(data={"code": secret}))
    if request.method == "POST":
        return _receive(request, ticket, secret, act)
    if act == WithdrawForm.act and not ticket.question.is_withdrawn:
        return _withdraw_page(request, WithdrawForm(question=ticket.question), secret)
    return _to_ticket(secret)


def _receive(request: HttpRequest, ticket: Ticket, secret: str, act: str) -> HttpResponse:
    elsewhere = is_from_elsewhere(request)
    form = FORMS[act](request.POST, question=ticket.question, from_elsewhere=elsewhere)
    if not form.is_valid():
        return _again(request, ticket, secret, form, HTTPStatus.BAD_REQUEST)
    if not form.was_sent(form.key) and (seconds := held_up(request, TICKET_ACT)):
        form.hold_up(seconds)
        response = _again(request, ticket, secret, form, HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(seconds)
        return response
    try:
        return _perform(request, ticket, secret, form)
    except InvalidMove as refused:
        for sentence in refused.conditions or [_("This is not possible any more: see what has happened meanwhile.")]:
            form.add_error(None, sentence)
        return _again(request, ticket, secret, form, HTTPStatus.CONFLICT)


def _perform(request: HttpRequest, ticket: Ticket, secret: str, form: TicketForm) -> HttpResponse:
    result = VERBS[form.act](ticket, form)
    if form.act == HideForm.act and result:
        form.add_error("phrases", _("Not found in your words: %(missed)s") % {"missed": " · ".join(result)})
        return _again(request, ticket, secret, form, HTTPStatus.BAD_REQUEST)
    if form.act == RotateForm.act:
        secret = result.secret or secret
    return _to_ticket(secret, done=form.act)


def _changed_address(request: HttpRequest, act: str) -> HttpResponse | None:
    """Lead the form that changed the address, sent once more, to the new one: its key proves who changed it."""
    value = request.POST.get("form_key", "")
    key = claimed_key(value) if act == RotateForm.act else None
    ticket = Ticket.objects.current().filter(rotated_with=key).first() if key else None
    if ticket is None or read_key(ticket_key_name(act, question_pk=ticket.question_id), value) is None:
        return None
    return _to_ticket(ticket.secret or "", done=act)


def _ticket(typed: str) -> Ticket | None:
    tickets = Ticket.objects.current().opened_by(typed)
    return tickets.select_related("question__department", "question__merged_into").first()


def _to_ticket(secret: str, *, done: str = "", status: int = HTTPStatus.SEE_OTHER) -> HttpResponse:
    address = reverse("faq:ticket_detail", args=[secret])
    return HttpResponseRedirect(f"{address}?done={done}" if done else address, status=status)


def _page(
    request: HttpRequest, ticket: Ticket, secret: str, *, form: TicketForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    shown = ticket_page(ticket)
    address = request.build_absolute_uri(reverse("faq:ticket_detail", args=[secret]))
    page = {
        "ticket": ticket,
        "secret": secret,
        "address": address,
        "code": codes.grouped(secret),
        "qr": qr_code(address),
        "page": shown,
        "forms": {**_forms(shown), **({form.act.replace("-", "_"): form} if form else {})},
        "problems": form.problems() if form else [],
        "done": DONE.get(request.GET.get("done", "")),
        "canonical": reverse("faq:ticket_find"),
    }
    return render(request, "faq/ticket.html", page, status=status)


def _forms(shown: TicketPage) -> dict[str, TicketForm]:
    """The forms of what the asker may do now, by the names that the template calls them."""
    question = shown.question
    is_open = not shown.ending
    possible = {
        AddForm: is_open and question.may_add_words(),
        FollowUpForm: bool(shown.replies) and question.may_follow_up(),
        HideForm: is_open and not question.is_public and shown.own is not None,
        PrivateForm: is_open and not question.is_public and question.wants_public,
        RenewForm: not question.is_withdrawn,
        RotateForm: not question.is_withdrawn,
    }
    return {form.act.replace("-", "_"): form(question=question) for form, may in possible.items() if may}


def _again(request: HttpRequest, ticket: Ticket, secret: str, form: TicketForm, status: int) -> HttpResponse:
    """The page once more, with the person's words in the form and what was wrong with it."""
    ticket.question.refresh_from_db()
    if isinstance(form, WithdrawForm) and not ticket.question.is_withdrawn:
        return _withdraw_page(request, form, secret, status)
    return _page(request, ticket, secret, form=form, status=status)


def _withdraw_page(request: HttpRequest, form: WithdrawForm, secret: str, status: int = HTTPStatus.OK) -> HttpResponse:
    page = {"form": form, "secret": secret, "problems": form.problems(), "canonical": reverse("faq:ticket_find")}
    return render(request, "faq/ticket_withdraw.html", page, status=status)


def _find_page(request: HttpRequest, form: FindForm, status: int, sentences: tuple[str, ...] = ()) -> HttpResponse:
    for sentence in sentences:
        # An answer about the code stands at its field; being held up is about no field.
        form.add_error(None if status == HTTPStatus.TOO_MANY_REQUESTS else "code", sentence)
    problems = [("", str(sentence)) for sentence in form.non_field_errors()]
    problems += [(str(form["code"].auto_id), str(sentence)) for sentence in form["code"].errors]
    page = {"form": form, "problems": problems, "canonical": reverse("faq:ticket_find")}
    return render(request, "faq/ticket_find.html", page, status=status)


def _unknown(request: HttpRequest, form: FindForm) -> HttpResponse:
    """The same answer for a code that never was and for one that has expired; who guesses on is held up."""
    if seconds := held_up(request, TICKET_GUESS):
        response = _find_page(request, form, HTTPStatus.TOO_MANY_REQUESTS, tuple(waiting_sentences(seconds)))
        response["Retry-After"] = str(seconds)
        return response
    sentence = _("No question has this code. It may be mistyped, it may have been changed, or its time is over.")
    return _find_page(request, form, HTTPStatus.NOT_FOUND, (sentence,))
