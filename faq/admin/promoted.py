"""Which results stand before all others for the words of a query: one page with buttons, so the keyboard is enough."""

import re
from typing import Any, Final
from urllib.parse import unquote, urlencode, urlsplit

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from faq.admin.vocabulary_fetch import page
from people.admin_base import HouseAdmin, account_of
from people.languages import prefix_of
from search.finding import checked, find
from search.models import Document, PromotedResult
from search.models.concept import folded_name
from search.models.promoted import MOST_PROMOTED
from text.clean import clean_line
from text.fold import fold

OFFERED: Final = 20
"""How many documents are offered at once."""
TYPED: Final = 300
WORDS: Final = 12
ADDRESS: Final = re.compile(r"/(?:en|zh-hant)/([a-z-]+?)s/([0-9]{1,18})(?:/|$)")
"""Where the kind and the number of a document stand in its address: /en/questions/12/…"""
KEY: Final = re.compile(r"[a-z]{1,16}:[0-9A-Za-z_-]{1,63}")


class WordsForm(forms.Form):
    """The query whose results are put in order."""

    words = forms.CharField(
        label=_("What readers search for"),
        max_length=PromotedResult._meta.get_field("shown").max_length,
        help_text=_(
            "Exactly these words, however they are written: capitals and variant characters count as the same."
        ),
    )
    language = forms.ChoiceField(
        label=_("On pages in"),
        required=False,
        choices=PromotedResult._meta.get_field("language").choices or (),
    )

    def clean_words(self) -> str:
        """Refuse what is no word at all."""
        words = clean_line(self.cleaned_data["words"])
        if not folded_name(words):
            raise forms.ValidationError(translate("Type the words that readers search for."))
        return words


class PromotedList(ChangeList):
    """A page of promoted results, each knowing its document as it is now."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows: Any = self.result_list
        live = Document.objects.live().filter(key__in={row.key for row in rows})
        found = {document.key: document for document in live}
        for row in rows:
            row.document = found.get(row.key)


@admin.register(PromotedResult)
class PromotedResultAdmin(HouseAdmin):
    """The list of all; adding and changing open the page of one query."""

    list_display = ("shown", "language", "leads_to", "order", "promoted_by")
    list_filter = ("language",)
    list_select_related = ("by",)
    search_fields = ("folded",)
    ordering = ("folded", "language", "order", "pk")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PromotedList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find by the folded words."""
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=_("document"))
    def leads_to(self, row: Any) -> SafeString:
        """The document, and a warning where there is none to be shown."""
        document: Document | None = getattr(row, "document", None)
        if document is None:
            return format_html('{} <strong class="warning">{}</strong>', row.key, _("not public now, and not shown"))
        return format_html('<a href="{}">{}</a>', document.path, document.title or row.key)

    @admin.display(description=_("who"), ordering="by")
    def promoted_by(self, row: PromotedResult) -> str:
        """Who set it there."""
        return str(row.by)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The page of one query, empty until its words are typed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return promoted_view(request, self)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Lead to the page of the query."""
        row: PromotedResult | None = self.get_object(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            raise Http404
        return redirect(_page_of(row.shown, row.language))

    def delete_model(self, request: HttpRequest, obj: PromotedResult) -> None:
        """Say with it that results change."""
        obj.demote()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[PromotedResult]) -> None:
        """One by one, so that each says so."""
        for row in queryset:
            row.demote()


def promoted_view(request: HttpRequest, model_admin: PromotedResultAdmin) -> HttpResponse:
    """Show what comes first for the words of a query, and what may be added; a POST does what its button says."""
    sent = request.POST if request.method == "POST" else request.GET
    form = WordsForm(sent if "words" in sent else None, initial={"language": ""})
    if request.method == "POST":
        return _act(request, model_admin, form)
    typed = clean_line(request.GET.get("find", ""))[:TYPED]
    context = page(model_admin, request, translate("Promoted results"), form=form, most=MOST_PROMOTED)
    if form.is_valid():
        words, language = form.cleaned_data["words"], form.cleaned_data["language"]
        rows = list(_rows(words, language))
        live = Document.objects.live().filter(key__in=[row.key for row in rows])
        documents = {document.key: document for document in live}
        context |= {
            "words": words,
            "language": language,
            "promoted": [(row, documents.get(row.key)) for row in rows],
            "find": typed or words,
            "offered": _offered(typed or words, language, {row.key for row in rows}),
            **_last(request.GET.get("at", "")),
        }
    return render(request, "admin/search/promoted_query.html", context)


def _last(at: str) -> dict[str, Any]:
    """The button that was pressed last, whose place keeps the focus."""
    act, _colon, number = at.partition(":")
    return {"at_act": act, "at_number": int(number[:18]) if number.isascii() and number.isdecimal() else None}


def _rows(words: str, language: str) -> QuerySet[PromotedResult]:
    return PromotedResult.objects.called(words).filter(language=language).order_by("order", "pk")


def _page_of(words: str, language: str, at: str = "") -> str:
    query = urlencode({"words": words, "language": language, **({"at": at} if at else {})})
    return f"{reverse('admin:search_promotedresult_add')}?{query}"


def _act(request: HttpRequest, model_admin: PromotedResultAdmin, form: WordsForm) -> HttpResponse:
    """Do what the pressed button says ("promote:question:12", "up:5"); its place keeps the focus."""
    act, _colon, which = request.POST.get("act", "").partition(":")
    if not form.is_valid():
        raise Http404
    words, language = form.cleaned_data["words"], form.cleaned_data["language"]
    if act == "promote" and KEY.fullmatch(which):
        _promote(request, model_admin, words, language, which)
    elif act in VERBS and which.isascii() and which.isdecimal() and len(which) < 19:
        row = _rows(words, language).filter(pk=which).first()
        if row is not None:
            model_admin.log_change(request, row, f"{act} {row}")
            VERBS[act](row)
    else:
        raise Http404
    return redirect(_page_of(words, language, f"{act}:{which}"))


VERBS: Final[dict[str, Any]] = {
    "up": lambda row: row.move(step=-1),
    "down": lambda row: row.move(step=1),
    "demote": lambda row: row.demote(),
}


def _promote(request: HttpRequest, model_admin: PromotedResultAdmin, words: str, language: str, key: str) -> None:
    if not Document.objects.live().filter(key=key).exists():
        model_admin.message_user(request, translate("This is not public any more."), messages.WARNING)
    elif PromotedResult.objects.promote(words, language, key, by=account_of(request)):
        row = _rows(words, language).get(key=key)
        model_admin.log_addition(request, row, str(row))
        model_admin.message_user(request, translate("It comes first now for these words."), messages.SUCCESS)
    else:
        text = translate("No more than %(most)d results are promoted for one query, each once.")
        model_admin.message_user(request, text % {"most": MOST_PROMOTED}, messages.WARNING)


def _offered(typed: str, language: str, taken: set[str]) -> list[Document]:
    """Public documents of an address or a key, or what readers find for these words; without those in `taken`."""
    if typed.startswith(("/", "http://", "https://")) or KEY.fullmatch(typed):
        found = list(Document.objects.live().filter(_named(typed))[:OFFERED])
    else:
        hits = find(typed, limit=3 * OFFERED)
        found = checked(hits) if hits is not None else list(_titled(typed)[: 3 * OFFERED])
    return [each for each in found if each.key not in taken and _is_shown_on(each, language)][:OFFERED]


def _titled(typed: str) -> Any:
    """The newest documents with these words in their titles: what there is while this machine has no index."""
    due = Q(listed_on__isnull=True) | Q(listed_on__lte=timezone.localdate())
    titled = Document.objects.live().titled_with(fold(typed).split()[:WORDS])
    return titled.filter(due).defer("body", "replies").order_by("-listed_on", "-pk")


def _is_shown_on(document: Document, language: str) -> bool:
    """Whether pages in a language may begin with it; those in both with everything."""
    return not language or prefix_of(document.language) == language


def _named(typed: str) -> Q:
    """The document of an address, whatever its slug has become, or of a key."""
    if KEY.fullmatch(typed):
        return Q(key=typed)
    try:
        path = unquote(urlsplit(typed).path)
    except ValueError:
        return Q(pk__in=[])
    numbered = ADDRESS.match(path)
    if numbered:
        return Q(key=f"{numbered[1]}:{numbered[2]}")
    # These have no number; they are few.
    return Q(kind__in=["department", "page"], path__in=[path, f"{path.rstrip('/')}/"])
