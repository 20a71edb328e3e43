"""Which questions a topic shows first: one page with buttons, so that the keyboard is enough."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from faq.models import NotFeaturable, Question, Topic
from faq.models.thread import QuestionQuerySet
from people.languages import prefix_of
from people.models import User
from text.clean import clean_line

OFFERED: Final = 20
"""How many questions of the topic are offered at once, the newest; a search reaches the others."""
TYPED: Final = 200
WORDS: Final = 12


def _feature(topic: Topic, number: int, user: User) -> None:
    topic.feature(get_object_or_404(Question, pk=number), by=user)


def _unfeature(topic: Topic, number: int, user: User) -> None:
    topic.unfeature(get_object_or_404(Question, featured_on__topic=topic, pk=number), by=user)


VERBS: Final[dict[str, Callable[[Topic, int, User], object]]] = {
    "feature": _feature,
    "unfeature": _unfeature,
    "up": lambda topic, number, _user: topic.move_featured(number, step=-1),
    "down": lambda topic, number, _user: topic.move_featured(number, step=1),
}
"""What the buttons are called, each with the number of a question ("up:12")."""


def featured_view(request: HttpRequest, model_admin: ModelAdmin, topic: Topic) -> HttpResponse:
    """Show the featured questions in their order and others to add; a POST does what its button says."""
    if request.method == "POST":
        return _act_on(request, topic)
    typed = clean_line(request.GET.get("q", ""))[:TYPED]
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "title": _("Featured questions"),
        "topic": topic,
        "featured": list(topic.featured.select_related("question__department")),
        "offered": list(_offered(topic, typed)[:OFFERED]),
        "typed": typed,
        **_last(request.GET.get("at", "")),
    }
    return render(request, "admin/faq/topic_featured.html", context)


def _last(at: str) -> dict[str, Any]:
    """The button that was pressed last, whose place keeps the focus."""
    name, _colon, number = at.partition(":")
    return {"at_act": name, "at_number": int(number[:18]) if number.isascii() and number.isdecimal() else None}


def _act_on(request: HttpRequest, topic: Topic) -> HttpResponse:
    act = request.POST.get("act", "")
    name, _colon, number = act.partition(":")
    if name not in VERBS or not (number.isascii() and number.isdecimal()) or not isinstance(request.user, User):
        raise Http404
    try:
        VERBS[name](topic, int(number[:18]), request.user)
    except NotFeaturable as refusal:
        messages.error(request, str(refusal))
    # The button that was pressed gets the focus again, so that a question is moved by pressing Enter more than once.
    return redirect(f"{reverse('admin:faq_topic_featured', args=[topic.pk])}?at={name}:{number[:18]}")


def _offered(topic: Topic, typed: str) -> QuestionQuerySet:
    """The topic's public questions that are not featured, the newest first; those with these words in the title."""
    own = Question.objects.published().under_prefix(prefix_of(topic.language))
    rows: QuestionQuerySet = own.filter(department=topic.department_id, tagged__tag=topic.concept_id)
    rows = rows.exclude(pk__in=topic.featured.values("question_id")).newest_first()
    if typed.isascii() and typed.isdecimal() and len(typed) <= 18:
        return rows.filter(pk=int(typed))
    for word in typed.split()[:WORDS]:
        rows = rows.filter(title__icontains=word)
    return rows
