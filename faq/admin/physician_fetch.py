"""Who sits at the physicians' desk, and which questions lie on it: every door of the desk fetches through here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from faq.models import Question
from faq.models.thread import QuestionQuerySet
from people.models import Department, Physician, User

Args = ParamSpec("Args")


@dataclass(frozen=True)
class Seat:
    """A verified physician with the account that sits at the desk."""

    user: User
    physician: Physician

    def questions(self) -> QuestionQuerySet:
        """Return what this physician sees: questions of the own departments that a moderator has passed on."""
        return Question.objects.in_departments_of(self.user).select_related("department", "claimed_by__physician")

    def question(self, pk: int) -> Question:
        """Return one of them; raises Http404 for any other."""
        found: Question = get_object_or_404(self.questions(), pk=pk)
        return found

    def departments(self) -> list[Department]:
        """Return the own departments, in the order of the house."""
        return list(self.physician.departments.all())


def staff(request: HttpRequest) -> User:
    """Return the account of a physician; raises Http404 for everybody else."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("faq.answer_question"):
        raise Http404
    return user


def seat_of(user: User) -> Seat | None:
    """Return the seat of an account, or None while nobody has verified a profile for it."""
    physician = Physician.objects.verified().current().filter(user=user).first()
    return Seat(user, physician) if physician else None


def seated(
    view: Callable[Concatenate[HttpRequest, Seat, Args], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Args], HttpResponseBase]:
    """Give a view the verified physician; without one, lead to the desk, which says what is missing."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        seat = seat_of(staff(request))
        return view(request, seat, *args, **kwargs) if seat else redirect("admin:faq_physician_desk")

    return guarded
