"""What may become a concept: what somebody typed as a tag. What readers search for is `faq.admin.searches`."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as translate
from django.views.decorators.http import require_http_methods

from faq.admin.vocabulary_fetch import keeper, page
from faq.admin.vocabulary_merging import SurvivorForm, merge_and_renew
from people.models import User
from search.changes import changing
from search.merging import MergeRefused, uses
from search.models import Concept

SHOWN: Final = 50
"""So many at once; the next come when these are settled."""


@dataclass(frozen=True)
class Row:
    """One suggestion, with the form by which it becomes another name of a concept."""

    row: Any
    form: forms.Form


@require_http_methods(["GET", "HEAD", "POST"])
def concept_suggestions(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """List the suggestions; one press makes a concept of one, another name, or nothing."""
    user = keeper(model_admin, request)
    if request.method == "POST":
        return _act(model_admin, request, user)
    rows = [Row(proposal, _form(proposal.pk)) for proposal in proposals_by_use()[:SHOWN]]
    context = page(
        model_admin, request, translate("Suggestions for the vocabulary"), proposals=rows, media=SurvivorForm().media
    )
    return render(request, "admin/search/concept_suggestions.html", context)


def proposals_by_use() -> QuerySet[Any]:
    """The proposals with the number of things that carry each (`times`), the most used first."""
    times: Any = Value(0)
    for relation in uses():
        column = relation.field.attname
        counted = relation.rows().filter(**{column: OuterRef("pk")}).order_by().values(column)
        times += Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    proposals = Concept.objects.filter(is_proposal=True, merged_into__isnull=True)
    ranked: QuerySet[Any] = proposals.annotate(times=times).order_by("-times", "-pk")
    return ranked


def _form(pk: int, sent: Any = None) -> SurvivorForm:
    return SurvivorForm(sent, prefix=f"proposal-{pk}")


def _act(model_admin: ModelAdmin, request: HttpRequest, user: User) -> HttpResponse:
    """Do what the pressed button says ("make:5"); a stale page is told so."""
    act, _colon, pk = request.POST.get("do", "").partition(":")
    if act not in ("make", "name", "dismiss") or not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        raise Http404
    proposal = proposals_by_use().filter(pk=pk).first()
    if proposal is None:
        text = translate("Somebody has settled this already.")
        model_admin.message_user(request, text, messages.WARNING)
        return redirect("admin:search_concept_suggestions")
    if act == "make":
        return _make(model_admin, request, proposal)
    if act == "name":
        return _name(model_admin, request, proposal, _form(proposal.pk, request.POST), user)
    return _dismiss(model_admin, request, proposal)


def _make(model_admin: ModelAdmin, request: HttpRequest, proposal: Concept) -> HttpResponse:
    Concept.objects.filter(pk=proposal.pk).accept()
    model_admin.log_change(request, proposal, translate("The proposal was accepted."))
    return opened(model_admin, request, proposal)


def opened(model_admin: ModelAdmin, request: HttpRequest, concept: Concept) -> HttpResponse:
    """The page of a concept that was just made, where the other language and the kind are still to be filled in."""
    text = translate("“%(name)s” is a concept now. Add its kind and its name in the other language.")
    model_admin.message_user(request, text % {"name": concept.both_names}, messages.SUCCESS)
    return redirect("admin:search_concept_change", concept.pk)


def _name(
    model_admin: ModelAdmin, request: HttpRequest, proposal: Concept, form: forms.Form, user: User
) -> HttpResponse:
    back = redirect("admin:search_concept_suggestions")
    if not form.is_valid():
        model_admin.message_user(request, translate("Choose the concept that it is another name of."), messages.ERROR)
        return back
    concept: Concept = form.cleaned_data["into"]
    try:
        with changing():
            merge_and_renew(proposal, concept, user)
    except MergeRefused as refusal:
        model_admin.message_user(request, str(refusal), messages.ERROR)
        return redirect("admin:search_concept_merge", proposal.pk)
    tell_named(model_admin, request, proposal.both_names, concept)
    return back


def tell_named(model_admin: ModelAdmin, request: HttpRequest, name: str, concept: Concept) -> None:
    """Say, here and in the history of the concept, that it has another name."""
    names = {"name": name, "concept": concept.both_names}
    model_admin.log_change(request, concept, translate("“%(name)s” is another name of it now.") % {"name": name})
    text = translate("“%(name)s” is another name of “%(concept)s” now.")
    model_admin.message_user(request, text % names, messages.SUCCESS)


def _dismiss(model_admin: ModelAdmin, request: HttpRequest, proposal: Any) -> HttpResponse:
    back = redirect("admin:search_concept_suggestions")
    if proposal.times:
        text = translate("“%(name)s” is in use: say which concept it is another name of, or make it one.")
        model_admin.message_user(request, text % {"name": proposal.both_names}, messages.ERROR)
        return back
    model_admin.log_deletions(request, Concept.objects.filter(pk=proposal.pk))
    proposal.delete()
    model_admin.message_user(request, translate("Dismissed."), messages.SUCCESS)
    return back
