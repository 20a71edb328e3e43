"""What may become a concept: what readers searched for in vain, and what somebody typed as a tag."""

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
from search.models import Concept, SearchMiss

SHOWN: Final = 50
"""So many of each kind; the next come when these are settled."""
ACTS: Final = ("make", "name", "dismiss")


@dataclass(frozen=True)
class Row:
    """One suggestion (`which` says so to a button), with the form by which it becomes another name of a concept."""

    row: Any
    which: str
    form: forms.Form


@require_http_methods(["GET", "HEAD", "POST"])
def concept_suggestions(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """List the suggestions; one press makes a concept of one, another name, or nothing."""
    user = keeper(model_admin, request)
    if request.method == "POST":
        return _act(model_admin, request, user)
    misses = [_row("miss", miss) for miss in SearchMiss.objects.open()[:SHOWN]]
    proposals = [_row("proposal", proposal) for proposal in proposals_by_use()[:SHOWN]]
    context = page(
        model_admin, request, translate("Suggestions for the vocabulary"), misses=misses, proposals=proposals,
        media=SurvivorForm().media,
    )  # fmt: skip
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


def _row(kind: str, row: Any) -> Row:
    return Row(row, f"{kind}:{row.pk}", SurvivorForm(prefix=f"{kind}-{row.pk}"))


def _act(model_admin: ModelAdmin, request: HttpRequest, user: User) -> HttpResponse:
    """Do what the pressed button says ("make:miss:5"); a stale page is told so."""
    act, _colon, which = request.POST.get("do", "").partition(":")
    kind, _colon, pk = which.partition(":")
    known = pk.isascii() and pk.isdecimal() and len(pk) < 19
    if act not in ACTS or kind not in ("miss", "proposal") or not known:
        raise Http404
    rows: QuerySet[Any] = SearchMiss.objects.open() if kind == "miss" else proposals_by_use()
    row = rows.filter(pk=pk).first()
    if row is None:
        text = translate("Somebody has settled this already.")
        model_admin.message_user(request, text, messages.WARNING)
        return redirect("admin:search_concept_suggestions")
    if act == "make":
        return _make(model_admin, request, row)
    if act == "name":
        return _name(model_admin, request, row, SurvivorForm(request.POST, prefix=f"{kind}-{pk}"), user)
    return _dismiss(model_admin, request, row)


def _make(model_admin: ModelAdmin, request: HttpRequest, row: Any) -> HttpResponse:
    """A concept of its own: its page opens, where the other language and the kind are still to be filled in."""
    if isinstance(row, SearchMiss):
        concept = row.make_concept()
        model_admin.log_addition(request, concept, translate("Made of a search without a result."))
    else:
        concept = row
        Concept.objects.filter(pk=row.pk).accept()
        model_admin.log_change(request, concept, translate("The proposal was accepted."))
    text = translate("“%(name)s” is a concept now. Add its kind and its name in the other language.")
    model_admin.message_user(request, text % {"name": concept.both_names}, messages.SUCCESS)
    return redirect("admin:search_concept_change", concept.pk)


def _name(model_admin: ModelAdmin, request: HttpRequest, row: Any, form: forms.Form, user: User) -> HttpResponse:
    back = redirect("admin:search_concept_suggestions")
    if not form.is_valid():
        model_admin.message_user(request, translate("Choose the concept that it is another name of."), messages.ERROR)
        return back
    concept: Concept = form.cleaned_data["into"]
    name = row.shown if isinstance(row, SearchMiss) else row.both_names
    try:
        with changing():
            row.name(concept) if isinstance(row, SearchMiss) else merge_and_renew(row, concept, user)
    except MergeRefused as refusal:
        model_admin.message_user(request, str(refusal), messages.ERROR)
        return redirect("admin:search_concept_merge", row.pk)
    names = {"name": name, "concept": concept.both_names}
    model_admin.log_change(request, concept, translate("“%(name)s” is another name of it now.") % {"name": name})
    text = translate("“%(name)s” is another name of “%(concept)s” now.")
    model_admin.message_user(request, text % names, messages.SUCCESS)
    return back


def _dismiss(model_admin: ModelAdmin, request: HttpRequest, row: Any) -> HttpResponse:
    back = redirect("admin:search_concept_suggestions")
    if isinstance(row, SearchMiss):
        row.dismiss()
    elif row.times:
        text = translate("“%(name)s” is in use: say which concept it is another name of, or make it one.")
        model_admin.message_user(request, text % {"name": row.both_names}, messages.ERROR)
        return back
    else:
        model_admin.log_deletions(request, Concept.objects.filter(pk=row.pk))
        row.delete()
    model_admin.message_user(request, translate("Dismissed."), messages.SUCCESS)
    return back
