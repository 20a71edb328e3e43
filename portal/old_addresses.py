"""Addresses of an imported archive lead to where its threads are now (DESIGN section 4)."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from faq.models import Question
from portal.chain import GetResponse


class OldAddresses:
    """Looks up what the map of the site does not know; nothing that it knows costs a query."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or request.method not in {"GET", "HEAD"}:
            return response
        question = Question.objects.published().filter(old_path=request.get_full_path()[:500]).first()
        return HttpResponsePermanentRedirect(question.get_absolute_url()) if question else response
