"""Two concepts become one at a page of its own: choose, look, confirm; and undo."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from faq import neighbours
from faq.admin.vocabulary_fetch import concept_of, keeper, page
from faq.admin.vocabulary_uses import carrier
from faq.models import TaggedQuestion
from people.models import User
from search.changes import changing
from search.forms import ConceptField
from search.merging import Conflict, MergeRefused, Undone, merge, preview, tagged_by, undo
from search.models import Concept, ConceptMerge, ConceptName, Work

RENEWED_AT_ONCE: Final = 50
"""So many questions get their neighbours anew in one background task."""


class SurvivorForm(forms.Form):
    """The concept that stays."""

    into = ConceptField(
        ConceptName.concept,
        label=_("Merge into"),
        help_text=_("Type a name in English or Chinese and choose the concept that stays."),
        error_messages={"required": _("Choose the concept that stays.")},
    )


@dataclass(frozen=True)
class Effect:
    """One line of the preview."""

    label: str
    moved: int
    dropped: int


@dataclass(frozen=True)
class Obstacle:
    """Two rows of which one has to go first, each with its page for those who may see it."""

    label: str
    rows: list[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
def concept_merge(request: HttpRequest, model_admin: ModelAdmin, pk: int) -> HttpResponse:
    """Choose what a concept is merged into, see what that would do, and do it."""
    user = keeper(model_admin, request)
    loser = concept_of(model_admin, request, pk)
    sent = request.POST if request.method == "POST" else request.GET
    form = SurvivorForm(sent if "into" in sent else None)
    survivor: Concept | None = form.cleaned_data["into"] if form.is_valid() else None
    refusal = None
    if survivor and request.method == "POST":
        try:
            merge_and_renew(loser, survivor, user)
        except MergeRefused as error:
            refusal = error
        else:
            _tell_merged(model_admin, request, loser, survivor)
            return redirect("admin:search_concept_change", survivor.pk)
    context = page(
        model_admin,
        request,
        translate("Merge a concept"),
        loser=loser,
        survivor=survivor,
        form=form,
        media=form.media,
        **_foreseen(model_admin, request, loser, survivor, refusal),
    )
    return render(request, "admin/search/concept_merge.html", context)


def _foreseen(
    model_admin: ModelAdmin,
    request: HttpRequest,
    loser: Concept,
    survivor: Concept | None,
    refusal: MergeRefused | None,
) -> dict[str, Any]:
    """What the merging would do, and why not where something is in the way."""
    if survivor is None:
        return {}
    if survivor == loser:
        return {"problem": translate("These are one and the same concept.")}
    parts = preview(loser, survivor)
    conflicts = refusal.conflicts if refusal else [conflict for part in parts for conflict in part.conflicts]
    problem = str(refusal or "")
    if conflicts:
        problem = translate("Both concepts have one of these, and only one can stay. Decide which, then merge.")
    return {
        "effects": [Effect(_label(part.relation), part.moved, part.dropped) for part in parts],
        "problem": problem,
        "obstacles": _obstacles(conflicts, request, model_admin.admin_site),
    }


@require_POST
def concept_unmerge(request: HttpRequest, model_admin: ModelAdmin, pk: int) -> HttpResponse:
    """Make two concepts again."""
    user = keeper(model_admin, request)
    done = get_object_or_404(ConceptMerge.objects.select_related("loser", "survivor"), pk=pk)
    try:
        with changing():
            undone = undo(done, by=user)
            _renew(done)
    except MergeRefused as refusal:
        model_admin.message_user(request, str(refusal), messages.ERROR)
        return redirect("admin:search_concept_change", done.survivor_id)
    _tell_undone(model_admin, request, undone)
    return redirect("admin:search_concept_change", done.loser_id)


def mergings_of(concept: Concept) -> QuerySet[ConceptMerge]:
    """What was merged into a concept and still is, the newest first."""
    standing = ConceptMerge.objects.standing().filter(survivor=concept)
    return standing.select_related("loser", "merged_by")[:50]


def merge_and_renew(loser: Concept, survivor: Concept, user: User) -> ConceptMerge:
    """Merge, and have the neighbours of the questions computed anew that this changes. Raises MergeRefused."""
    with changing():
        done = merge(loser, into=survivor, by=user)
        _renew(done)
    return done


def _renew(done: ConceptMerge) -> None:
    """Enqueued in the transaction of the merging: both happen or neither."""
    questions = sorted(tagged_by(done, TaggedQuestion))
    if not questions:
        return
    subject = f"{done.loser.both_names} → {done.survivor.both_names}"[:200]
    work = Work.objects.create(kind="merge", subject=subject, by=done.undone_by or done.merged_by)
    work.begin(total=len(questions))
    for start in range(0, len(questions), RENEWED_AT_ONCE):
        neighbours.renew_many.enqueue(questions[start : start + RENEWED_AT_ONCE], work.pk)


def _label(relation: Any) -> str:
    return str(
        relation.model._meta.verbose_name_plural
        if not relation.is_tag
        else carrier(relation)._meta.verbose_name_plural
    )


def _obstacles(conflicts: Sequence[Conflict], request: HttpRequest, admin_site: AdminSite) -> list[Obstacle]:
    return [
        Obstacle(
            str(conflict.row._meta.verbose_name),
            [(str(row), _page_of(row, request, admin_site)) for row in (conflict.row, conflict.kept)],
        )
        for conflict in conflicts
    ]


def _page_of(row: Model, request: HttpRequest, admin_site: AdminSite) -> str:
    """The page at which the row can be changed; empty where this account has none."""
    shown = admin_site._registry.get(type(row))
    if shown is None or not shown.has_view_permission(request, row):
        return ""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def _tell_merged(model_admin: ModelAdmin, request: HttpRequest, loser: Concept, survivor: Concept) -> None:
    names = {"loser": loser.both_names, "survivor": survivor.both_names}
    for concept in (loser, survivor):
        model_admin.log_change(request, concept, translate("“%(loser)s” was merged into “%(survivor)s”.") % names)
    text = translate("“%(loser)s” was merged into “%(survivor)s”. It can be undone on this page.")
    model_admin.message_user(request, text % names, messages.SUCCESS)


def _tell_undone(model_admin: ModelAdmin, request: HttpRequest, undone: Undone) -> None:
    loser, survivor = undone.merge.loser, undone.merge.survivor
    names = {"loser": loser.both_names, "survivor": survivor.both_names}
    text = translate("“%(loser)s” and “%(survivor)s” are two concepts again.") % names
    for concept in (loser, survivor):
        model_admin.log_change(request, concept, text)
    model_admin.message_user(request, text, messages.SUCCESS)
    if undone.left:
        left = ngettext(
            "%d row has changed since the merging and was left as it is.",
            "%d rows have changed since the merging and were left as they are.",
            undone.left,
        )
        model_admin.message_user(request, left % undone.left, messages.WARNING)
