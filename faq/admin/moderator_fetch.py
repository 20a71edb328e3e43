"""Who sits at the moderators' desk: every door of the desk fetches through here."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from faq.models import Question
from people.models import User

Args = ParamSpec("Args")


def moderator(request: HttpRequest) -> User:
    """Return the account of a moderator; raises Http404 for everybody else."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("faq.moderate_question"):
        raise Http404
    return user


def moderated(
    view: Callable[Concatenate[HttpRequest, User, Args], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Args], HttpResponse]:
    """Give a view the moderator who asks."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponse:
        return view(request, moderator(request), *args, **kwargs)

    return guarded


def questions_of(user: User) -> QuerySet[Any]:
    """Return what this moderator sees, with what a page says of other rows."""
    return Question.objects.visible_to(user).select_related("department", "held_by", "claimed_by__physician")


def question_of(user: User, pk: int) -> Question:
    """Return one question; raises Http404 where there is none for this account."""
    found: Question = get_object_or_404(questions_of(user), pk=pk)
    return found
