"""What readers write under an article, and how they report what others wrote."""

import uuid
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Comment, CommentReport
from articles.models.comment import without_persons
from faq.forms.ask import nickname_of, within
from people.languages import active_prefix
from people.visitors import VisitorForm
from text.clean import clean_text

BODY: Final = (5, 2000)
NOTE: Final = 500


class CommentForm(VisitorForm):
    """A comment under one article; the key of a form is good for that article alone."""

    nickname = forms.CharField(
        label=_("Nickname"), help_text=_("Not your real name. It stands beside your comment."), required=False
    )
    body = forms.CharField(label=_("Your comment"), widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        self.article = article
        super().__init__(*args, **kwargs)

    @property
    def key_name(self) -> str:
        return f"comment.{self.article.pk}"

    def was_sent(self, key: uuid.UUID) -> bool:
        return Comment.objects.filter(key=key).exists()

    def missing(self, name: str) -> str:
        return translate("Write your comment.")

    def clean_nickname(self) -> str:
        return nickname_of(self.cleaned_data["nickname"])

    def clean_body(self) -> str:
        return within(clean_text(self.cleaned_data["body"]), *BODY, self.missing("body"))

    def save(self) -> Comment:
        """Hold the comment for a moderator; the same form sent again returns the row that it made."""
        words = {name: self.cleaned_data[name] for name in ("nickname", "body")}
        return Comment.hold(self.article, key=self.key, language=active_prefix(), **words)

    def differs_from(self, saved: Comment) -> bool:
        """Say whether the words were changed after the form had been sent once."""
        return without_persons(self.cleaned_data["body"], saved.language)[0] != saved.body


class CommentReportForm(VisitorForm):
    """Why a comment should not stand there."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=CommentReport.Reason, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What should the moderators know?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        self.comment = comment
        super().__init__(*args, **kwargs)

    @property
    def key_name(self) -> str:
        return f"report.{self.comment.pk}"

    def was_sent(self, key: uuid.UUID) -> bool:
        return CommentReport.objects.filter(key=key).exists()

    def missing(self, name: str) -> str:
        return translate("Choose what is wrong with it.")

    def clean_note(self) -> str:
        note = clean_text(self.cleaned_data["note"])
        return within(note, 1, NOTE, "") if note else ""

    def save(self) -> None:
        """Pass the report on to the moderators."""
        self.comment.report(key=self.key, reason=self.cleaned_data["reason"], note=self.cleaned_data["note"])
