"""The form that asks a reader whether a thread was helpful."""

import uuid
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from faq.models import Question
from people.visitors import VisitorForm

CHOICES: Final = [("yes", _("Yes, it helped")), ("no", _("No, it did not help"))]


class HelpfulForm(VisitorForm):
    """Two buttons; the key is good for one question."""

    is_helpful = forms.ChoiceField(choices=CHOICES)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        self.question = question
        super().__init__(*args, **kwargs)

    @property
    def key_name(self) -> str:
        return helpful_key_name(self.question.pk)

    def missing(self, name: str) -> str:
        return translate("Press one of the two buttons.")

    def was_sent(self, key: uuid.UUID) -> bool:
        return self.question.was_judged_with(key)


def helpful_key_name(question_pk: int) -> str:
    """What the key of the form of one question is good for."""
    return f"helpful.{question_pk}"
