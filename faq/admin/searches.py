"""What readers search for: what is found in vain, what hardly anybody opens, and what staff make of it.

Here, because `search` knows no other app, and so not the admin of the house.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Min, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from faq.admin.plain import ReadOnlyAdmin
from faq.admin.vocabulary_fetch import page
from faq.admin.vocabulary_merging import SurvivorForm
from faq.admin.vocabulary_suggestions import opened, tell_named
from faq.models import Topic
from people.admin_base import HouseTabularInline, account_of
from search.changes import changing
from search.models import Concept, ConceptName, SearchDay, SearchQuery
from search.models.searched import SearchQueryQuerySet

SHOWN: Final = 50
"""So many of each list; the next come when these are settled."""


@dataclass(frozen=True)
class Lists:
    """One list of searches: its name in the address, its title, what it says when it is empty, and what is in it."""

    name: str
    title: Any
    help: Any
    rows: Callable[[], SearchQueryQuerySet]


LISTS: Final = (
    Lists(
        "vain",
        _("In vain"),
        _("Words for which nothing was found, what is searched for most first."),
        lambda: SearchQuery.objects.open().in_vain(),
    ),
    Lists(
        "seldom",
        _("Seldom opened"),
        _(
            "Words for which something is found that hardly anybody opens: at least ten searches, and fewer than one "
            "in five led to a click."
        ),
        lambda: SearchQuery.objects.open().seldom_clicked(),
    ),
    Lists(
        "most",
        _("Searched for most"),
        _("Everything that three places have searched for within 30 days, settled or not."),
        lambda: SearchQuery.objects.told().order_by("-count", "pk"),
    ),
)


@dataclass(frozen=True)
class Row:
    """One search, with the concepts that are called so, where the opened results stood, and the form for a name."""

    query: SearchQuery
    concepts: list[Concept]
    mean: float | None
    best: int | None
    form: forms.Form


class SearchDayInline(HouseTabularInline):
    """The days of a search; whoever sees the search sees them."""

    model = SearchDay
    fields = ("day", "count", "misses", "clicks", "mean", "best_position")
    readonly_fields = ("mean",)
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("mean position"))
    def mean(self, day: SearchDay) -> str:
        return "–" if day.mean_position is None else f"{day.mean_position:.1f}"


@admin.register(SearchQuery)
class SearchQueryAdmin(ReadOnlyAdmin):
    """Searches are written by readers and settled by staff: with one press they become something, or nothing."""

    fields = ("shown", "language", "count", "misses", "clicks", "results", "last_on", "kept_until", "settled_at")
    inlines = (SearchDayInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Only what has words: without them there is nothing to see."""
        return super().get_queryset(request).filter(pk__in=SearchQuery.objects.told())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """List the searches; what a button says is done for those who keep the vocabulary."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return _act(self, request)
        name = request.GET.get("show", LISTS[0].name)
        shown = next((each for each in LISTS if each.name == name), None)
        if shown is None:
            raise Http404
        rows = rows_of(list(shown.rows()[:SHOWN]))
        context = page(
            self, request, translate("What readers search for"), lists=LISTS, shown=shown, rows=rows,
            may_settle=may_settle(request), media=SurvivorForm().media,
        )  # fmt: skip
        return render(request, "admin/search/searchquery_list.html", context)


def may_settle(request: HttpRequest) -> bool:
    """Whether the account keeps the vocabulary: whoever does, decides what a search becomes."""
    return request.user.has_perm("search.change_concept")


def rows_of(queries: list[SearchQuery]) -> list[Row]:
    """What a list shows of searches, in two statements for all of them."""
    names = ConceptName.objects.filter(folded__in={query.folded for query in queries}).select_related("concept")
    concepts: dict[str, list[Concept]] = {}
    for name in names:
        concepts.setdefault(name.folded, []).append(name.concept)
    days: Any = SearchDay.objects.filter(query__in=queries).order_by().values("query")
    sums = {row["query"]: row for row in days.annotate(total=Sum("positions"), best=Min("best_position"))}
    return [
        Row(query, concepts.get(query.folded, []), _mean(query, sums), _best(query, sums), _form(query))
        for query in queries
    ]


def _mean(query: SearchQuery, sums: dict[int, Any]) -> float | None:
    return sums[query.pk]["total"] / query.clicks if query.clicks and query.pk in sums else None


def _best(query: SearchQuery, sums: dict[int, Any]) -> int | None:
    return sums[query.pk]["best"] if query.pk in sums else None


def _form(query: SearchQuery, sent: Any = None) -> SurvivorForm:
    return SurvivorForm(sent, prefix=f"search-{query.pk}")


def _act(model_admin: SearchQueryAdmin, request: HttpRequest) -> HttpResponse:
    """Do what the pressed button says ("make:5"); a stale page is told so."""
    if not may_settle(request):
        raise PermissionDenied
    act, _colon, pk = request.POST.get("do", "").partition(":")
    if act not in ACTS or not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        raise Http404
    query = SearchQuery.objects.open().filter(pk=pk).first()
    if query is None:
        model_admin.message_user(request, translate("Somebody has settled this already."), messages.WARNING)
        return _back(request)
    return ACTS[act](model_admin, request, query)


def _back(request: HttpRequest) -> HttpResponse:
    """The list that the button stood in."""
    name = request.POST.get("show", "")
    shown = name if any(each.name == name for each in LISTS) else LISTS[0].name
    return redirect(f"{reverse('admin:search_searchquery_changelist')}?show={shown}")


def _make(model_admin: SearchQueryAdmin, request: HttpRequest, query: SearchQuery) -> HttpResponse:
    concept = query.make_concept()
    model_admin.log_addition(request, concept, translate("Made of what readers search for."))
    return opened(model_admin, request, concept)


def _name(model_admin: SearchQueryAdmin, request: HttpRequest, query: SearchQuery) -> HttpResponse:
    form = _form(query, request.POST)
    if not form.is_valid():
        text = translate("Choose the concept that it is another name of.")
        model_admin.message_user(request, text, messages.ERROR)
        return _back(request)
    concept: Concept = form.cleaned_data["into"]
    with changing():
        query.name(concept)
        tell_named(model_admin, request, query.shown, concept)
    return _back(request)


def _want(model_admin: SearchQueryAdmin, request: HttpRequest, query: SearchQuery) -> HttpResponse:
    concepts = Concept.objects.accepted().called(query.shown)
    if Topic.objects.under_prefix(query.language).filter(concept__in=concepts).exists():
        text = translate("There is a topic about “%(name)s” already, published or not. Promote it, or publish it.")
        model_admin.message_user(request, text % {"name": query.shown}, messages.WARNING)
        return _back(request)
    query.want_topic(by=account_of(request))
    text = translate("“%(name)s” stands among the wanted topics now, above the list of topics.")
    model_admin.message_user(request, text % {"name": query.shown}, messages.SUCCESS)
    return _back(request)


def _dismiss(model_admin: SearchQueryAdmin, request: HttpRequest, query: SearchQuery) -> HttpResponse:
    query.settle()
    model_admin.message_user(request, translate("Dismissed."), messages.SUCCESS)
    return _back(request)


ACTS: Final = {"make": _make, "name": _name, "want": _want, "dismiss": _dismiss}
"""What the buttons are called, each with the number of a search."""
