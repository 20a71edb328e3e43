"""The contact form: what is written reaches the staff in the admin."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.forms.contact import ContactForm
from articles.models import StaticPage
from people.languages import active_prefix
from people.limits import CONTACT
from people.visitors import held_up, is_from_elsewhere


@csrf_exempt  # nobody is signed in here, nothing is allowed by a cookie: see people.visitors
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """A message to the house, under the words of the static page "contact"; `?question=12` is about that question."""
    if request.method == "POST":
        return _receive(request)
    number = request.GET.get("question", "")
    known = number.isascii() and number.isdecimal() and len(number) <= 18
    subject = _("About question %(number)s") % {"number": number} if known else ""
    return _page(request, ContactForm(initial={"subject": subject}))


def _receive(request: HttpRequest) -> HttpResponse:
    form = ContactForm(request.POST, from_elsewhere=is_from_elsewhere(request))
    if not form.is_valid():
        return _page(request, form, HTTPStatus.BAD_REQUEST)
    if not form.was_sent(form.key) and (seconds := held_up(request, CONTACT)):
        form.hold_up(seconds)
        response = _page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(seconds)
        return response
    if form.differs_from(form.save()):
        form.spend_key()
        form.add_error(None, _("Your first version has reached us. Press the button to send this one as well."))
        return _page(request, form, HTTPStatus.CONFLICT)
    return HttpResponseRedirect(f"{reverse('articles:contact')}?sent=1", status=HTTPStatus.SEE_OTHER)


def _page(request: HttpRequest, form: ContactForm, status: int = HTTPStatus.OK) -> HttpResponse:
    words = StaticPage.objects.filter(slug="contact", language=active_prefix(), is_public=True).first()
    page = {"form": form, "problems": form.problems(), "was_sent": "sent" in request.GET, "words": words}
    response = render(request, "articles/contact.html", page, status=status)
    # With the key it had, the form may come back from the browser's own memory; with a person's words it may not.
    response["Cache-Control"] = "no-store, private" if form.is_bound else "private, max-age=0"
    return response
