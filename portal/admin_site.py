"""The admin as a place: who gets in, where each role starts, and what does not exist for the others."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied
from django.db import DataError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from portal import work_page
from portal.accounts import needs_second_factor
from search.models import Concept

DESKS: Final = (
    (
        "faq.answer_question",
        "admin:faq_physician_desk",
        _("My desk"),
        _("Questions that wait for an answer in your departments, the most urgent first."),
    ),
    (
        "faq.moderate_question",
        "admin:faq_moderator_desk",
        _("New questions"),
        _("What has just come in, and what waits to be published."),
    ),
    (
        "articles.change_comment",
        "admin:articles_comment_changelist",
        _("Comments"),
        _("Comments of readers that wait for a decision, and those that were reported."),
    ),
    (
        "articles.change_article",
        "admin:articles_article_changelist",
        _("Articles"),
        _("Everything that is being written, waits, or is public."),
    ),
    (
        "articles.review_article",
        "admin:articles_article_review",
        _("Texts to review"),
        _("Articles that editors have handed in for medical review, what has waited longest first."),
    ),
    (
        "faq.review_answer",
        "admin:ageing_report",
        _("Ageing texts"),
        _("What is due for its medical review, and what nobody has reviewed."),
    ),
)
"""Where the day's work is: the permission, the address, what the link says, what lies there."""

OWN_APPS: Final = frozenset({"people", "search", "faq", "articles"})

View = TypeVar("View", bound=Callable[..., Any])


SECTIONS: Final = (
    (_("Questions and answers"), ("question", "moreinfo", "topic", "cannedtext", "neighbourmeasure")),
    (_("Texts"), ("article", "staticpage", "picture", "comment", "contactmessage")),
    (_("Site"), ("menuitem", "homefeature", "sitenotice", "contactblock", "redirect")),
    (_("Vocabulary and searches"), ("concept", "searchquery", "promotedresult")),
    (_("Departments and people"), ("department", "physician", "user", "consenttext")),
    (_("Logs"), ("reviewevent", "sealedaccess", "notification")),
)
"""The overview: what belongs together for those who work here, whichever app keeps it."""


class ChoiceView(AutocompleteJsonView):
    """What a field offers while somebody types: a concept by both its names, everything else as it is called."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        offered: dict[str, str] = super().serialize_result(obj, to_field_name)
        return {**offered, "text": obj.both_names} if isinstance(obj, Concept) else offered


class WenyiAdminSite(admin.AdminSite):
    """Open to active staff with a second factor. What somebody may not do is 404: a 403 would say too much."""

    site_header = _("Wenyi for staff")
    site_title = _("Wenyi for staff")
    index_title = _("Overview")
    site_url = "/"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, *args: Any, **options: Any) -> None:
        """Take the house's own models alone: groups are `portal/roles.py`'s, and a library's tables (sign-ins, tasks,
        taggit's own tags) are nobody's to edit by hand."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        own = [model for model in models if model._meta.app_label in OWN_APPS]
        super().register(own, *args, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Say whether anything here opens: an active member of staff whose second factor is set up or waived."""
        return super().has_permission(request) and not needs_second_factor(request.user)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Wrap a view of the admin: the door before it, and 404 where a permission is missing.

        Somebody who is signed in and has no business here is not sent to sign in again, which would go in circles.
        """
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def hidden(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            try:
                return guarded(request, *args, **kwargs)
            except PermissionDenied as error:
                raise Http404 from error
            except (OverflowError, DataError) as error:
                # A key such as 10^30, which forms of Django look up without asking whether a row can have it.
                raise BadRequest from error

        return cast(View, hidden)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's addresses with two of our own in their place: "view on site" is narrower, and a password is changed
        on the one page for that."""
        on_site = self.admin_view(self.view_on_site)
        password = RedirectView.as_view(pattern_name="account_change_password")
        ours = [
            path("r/<int:content_type_id>/<path:object_id>/", on_site, name="view_on_site"),
            path("password_change/", password, name="password_change"),
        ]
        replaced = {"view_on_site", "password_change", "password_change_done"}
        ours += work_page.urls(self)
        return [*ours, *(url for url in super().get_urls() if getattr(url, "name", None) not in replaced)]

    def view_on_site(self, request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponse:
        """Lead to an object's public address, if its admin shows the object to this account.

        Django's own leads to any object of any model, and so to the secret address of every ticket.
        """
        try:
            model = ContentType.objects.get_for_id(content_type_id).model_class()
        except (ObjectDoesNotExist, OverflowError) as error:
            raise Http404 from error
        shown = self._registry.get(model) if model else None
        found = shown.get_object(request, object_id) if shown else None
        if shown is None or found is None or not shown.has_view_permission(request, found):
            raise Http404
        if not hasattr(found, "get_absolute_url"):
            raise Http404
        return HttpResponseRedirect(found.get_absolute_url())

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer an autocomplete field, from what the account may see of the field's model."""
        return cast(HttpResponse, ChoiceView.as_view(admin_site=self)(request))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Django's list for one app; for the overview, the same models by what they are about."""
        apps: list[dict[str, Any]] = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"].lower(): model for app in apps for model in app["models"]}
        sections = [(title, [models.pop(name) for name in names if name in models]) for title, names in SECTIONS]
        sections.append((_("Other"), list(models.values())))
        return [{"name": title, "app_label": "", "app_url": "", "models": rows} for title, rows in sections if rows]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page knows: beside Django's, the desks of this account."""
        return {**super().each_context(request), "desks": desks_of(request)}


def desks_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the desks that the account works at, each with `label`, `text` and `url`."""
    found = []
    for permission, name, label, text in DESKS:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if request.user.has_perm(permission):
            found.append({"label": label, "text": text, "url": url})
    return found
