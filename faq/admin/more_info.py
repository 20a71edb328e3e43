"""The admin of supplements under answers: editors write any, physicians their own in their departments."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from faq.admin.reviewed import ReviewedAdmin, ReviewedForm
from faq.models import MoreInfo, Question
from people.admin_base import account_of
from people.models import Physician, User

EDITORS = "people.cover_every_department"
UNKNOWN_YET = ("question_shown", "provenance", "author_name")


class MoreInfoForm(ReviewedForm):
    """A supplement. Whose words it is follows from who writes it; editors may say that a machine drafted it."""

    reviewed_texts: ClassVar[tuple[str, ...]] = ("body", "sources")

    class Meta:
        model = MoreInfo
        fields = ("question", "body", "sources", "provenance", "author_name", "is_public")


@admin.register(MoreInfo)
class MoreInfoAdmin(ReviewedAdmin):
    form = MoreInfoForm
    review_permission = "faq.review_moreinfo"
    list_display = ("question", "provenance", "author_name", "is_public", "reviewed_by", "reviewed_on")
    list_display_links = ("question",)
    list_filter = ("is_public", "provenance", "question__department")
    list_select_related = ("question",)
    search_fields = ("question__title", "author_name")
    fieldsets = (
        (None, {"fields": ("question", "question_shown")}),
        (_("Text"), {"fields": ("body", "sources", "is_small", "correction", "as_shown")}),
        (_("Whose words it is"), {"fields": (("provenance", "author_name"),)}),
        (_("Medical review"), {"fields": (("reviewed_by", "reviewed_on", "next_review_on"),)}),
        (_("Publication"), {"fields": ("is_public",)}),
    )

    def has_change_permission(self, request: HttpRequest, obj: MoreInfo | None = None) -> bool:
        """A physician changes only what they wrote themselves."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or request.user.has_perm(EDITORS) or obj.author_id == request.user.pk)

    def get_readonly_fields(self, request: HttpRequest, obj: MoreInfo | None = None) -> tuple[str, ...]:
        """The question stays, and a physician's words are a physician's."""
        own = () if request.user.has_perm(EDITORS) else ("provenance", "author_name")
        return (*super().get_readonly_fields(request, obj), *own, *(("question",) if obj else ()), "question_shown")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        """The question by its number: one that is public, or that the account sees at the desk."""
        if db_field.name != "question":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        return super().formfield_for_foreignkey(
            db_field,
            request,
            queryset=questions_for(request.user),
            widget=forms.NumberInput(),
            help_text=_("The number of the question, as its address shows it."),
            error_messages={"invalid_choice": _("There is no such question, or it belongs to another department.")},
        )

    def hidden_fields(self, request: HttpRequest, obj: MoreInfo | None = None) -> tuple[str, ...]:
        new = () if obj else ("question_shown",) if request.user.has_perm(EDITORS) else UNKNOWN_YET
        return (*super().hidden_fields(request, obj), *new)

    def save_model(self, request: HttpRequest, obj: MoreInfo, form: Any, change: bool) -> None:
        """Sign a new supplement with the name of who writes it."""
        if not change:
            obj.author = account_of(request)
            physician = Physician.objects.speaking_for(obj.author).first() if obj.author else None
            if not request.user.has_perm(EDITORS):
                obj.provenance = MoreInfo.Provenance.PHYSICIAN
            obj.author_name = obj.author_name or (obj.signature_of(physician) if physician else str(obj.author))
        super().save_model(request, obj, form, change)

    @admin.display(description=_("question in words"))
    def question_shown(self, more_info: MoreInfo) -> str:
        if more_info.pk is None:
            return "-"
        question = more_info.question
        if not question.is_public:
            return question.shown_title
        return format_html('<a href="{}">{}</a>', question.get_absolute_url(), question.shown_title)


def questions_for(user: User | AnonymousUser) -> QuerySet[Question]:
    """Return the questions under which an account may write: public ones, or those of a physician's departments."""
    if not user.has_perm(EDITORS):
        return Question.objects.in_departments_of(user)
    return Question.objects.published() | Question.objects.visible_to(user)
