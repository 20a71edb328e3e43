"""The steps that an article takes: a page for each act, which says what it will do, and the POST that does it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.admin.article_part import ArticlePart
from articles.admin.article_state import state_of, state_word
from articles.admin.article_verbs import ACTS, WRITES, Act, ActForm
from articles.checklist import checklist
from articles.models import Article, ArticleFinding
from faq.models.reviewing import NotTheReviewer
from faq.states import InvalidMove
from people.admin_base import account_of

CHECKED = frozenset({"submit", "approve", "publish", "schedule"})
"""The acts before which the checklist is shown."""
AT_ONCE = frozenset({"submit"})
"""What the button in the form does without a step between: it asks nothing and is easily taken back."""


class ActsPart(ArticlePart):
    """The steps."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.address("<int:pk>/act/<slug:act>/", self.act_view, "act"),
            self.address("<int:pk>/findings/<int:finding>/", self.finding_view, "finding"),
            *super().get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def act_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Ask what an act needs, or do it."""
        article, chosen = self.fetch(request, pk), ACTS.get(act)
        if chosen is None or not chosen.is_for(account_of(request)):
            raise Http404
        if request.method == "POST":
            return self._sent(request, article, chosen)
        if not chosen.fits(article, account_of(request)):
            self.message_user(request, not_any_more(article), messages.WARNING)
            return self.to_desk(article)
        return self._step(request, article, chosen, chosen.form_for(article)(initial=_initial(article)))

    @method_decorator(require_http_methods(["POST"]))
    def finding_view(self, request: HttpRequest, pk: int, finding: int) -> HttpResponse:
        """Say that what the guard found belongs to no patient."""
        article = self.fetch(request, pk, to_change=True)
        if not self.keep(request, article, str(finding)):
            raise Http404
        step = ACTS.get(request.POST.get("back", ""))
        return redirect(act_address(article, step.name)) if step else self.to_desk(article, "checklist")

    def keep(self, request: HttpRequest, article: Article, finding: str) -> bool:
        """Decide a finding by its number; says whether the article has an open one of that number."""
        opened = article.findings.filter(decision=ArticleFinding.Decision.OPEN)
        found = opened.filter(pk=int(finding)).first() if finding.isdecimal() and len(finding) < 19 else None
        if found is not None:
            article.decide(found, by=account_of(request))
            self.message_user(request, _("Noted: “%s” belongs to no patient.") % found.excerpt, messages.SUCCESS)
        return found is not None

    def do(self, request: HttpRequest, article: Article, act: Act, words: dict[str, Any]) -> list[str]:
        """Do it; returns the sentences that say why not, or none."""
        try:
            act.do(article, account_of(request), words)
        except NotTheReviewer as refusal:
            return [str(refusal)]
        except InvalidMove as refusal:
            article.refresh_from_db()
            return refusal.conditions or [not_any_more(article)]
        self.log_change(request, article, str(act.done))
        self.message_user(request, str(act.done), messages.SUCCESS)
        return []

    def to_desk(self, article: Article, fragment: str = "") -> HttpResponse:
        """Lead to the page of an article."""
        address = reverse("admin:articles_article_change", args=[article.pk])
        return redirect(f"{address}#{fragment}" if fragment else address)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        """After saving: on to the act whose button was pressed."""
        answered = super().response_add(request, obj, post_url_continue)
        return self._then(request, obj) or answered

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """After saving: on to the act whose button was pressed."""
        answered = super().response_change(request, obj)
        return self._then(request, obj) or answered

    def _then(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        name, _colon, number = request.POST.get("_then", "").partition(":")
        if name == "keep":
            self.keep(request, article, number)
            return self.to_desk(article, "checklist")
        act = ACTS.get(name)
        if act is None or not act.is_for(account_of(request)):
            return None
        if name not in AT_ONCE:
            return redirect(act_address(article, name))
        article.refresh_from_db()
        for sentence in self.do(request, article, act, {}):
            self.message_user(request, sentence, messages.ERROR)
        return self.to_desk(article)

    def _sent(self, request: HttpRequest, article: Article, act: Act) -> HttpResponse:
        form = act.form_for(article)(request.POST)
        if not form.is_valid():
            return self._step(request, article, act, form)
        refused = self.do(request, article, act, {**form.cleaned_data, "seen": _seen(request) if act.sees_text else 0})
        return self._step(request, article, act, form, refused) if refused else self.to_desk(article)

    def _step(
        self, request: HttpRequest, article: Article, act: Act, form: ActForm, refused: list[str] | None = None
    ) -> HttpResponse:
        draft: Any = article.draft
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": act.label,
            "article": article,
            "act": act,
            "form": form,
            "refused": refused,
            "state": state_of(article),
            "revision": draft,
            "notes": checklist(article, draft) if act.name in CHECKED and draft else None,
            "findings": article.findings.filter(decision=ArticleFinding.Decision.OPEN) if draft else [],
            "may_change": request.user.has_perm(WRITES),
        }
        return render(request, "admin/articles/article/act.html", context, status=409 if refused else 200)


def act_address(article: Article, name: str) -> str:
    """The address of a step."""
    return reverse("admin:articles_article_act", args=[article.pk, name])


def not_any_more(article: Article) -> str:
    """What is said to somebody whose page was stale."""
    return _("This is not possible any more: the article is now %s.") % f"“{state_word(article)}”"


def _initial(article: Article) -> dict[str, Any]:
    at = article.published_at if article.edition_id else None
    return {"until": article.expires_at, "at": at}


def _seen(request: HttpRequest) -> int:
    number = request.POST.get("seen", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise BadRequest("Without the number of the revision that was seen nothing is signed or published.")
    return int(number)
