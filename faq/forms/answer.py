"""What a physician types at the desk: an answer and its draft, and the other ways to be done with a question."""

from typing import Any, Final

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from faq.choices import CareLevel, DeclineReason, Outcome
from faq.models import Answer, AnswerDraft, CannedText, FollowUp, Question
from people.models import Department
from text.clean import clean_text

ANSWER_LENGTH: Final = 20_000
NOTE_LENGTH: Final = 2_000
BY_PHYSICIANS: Final = (DeclineReason.NEEDS_EXAMINATION, DeclineReason.WRONG_SERVICE)
"""The reasons for which a physician declines; all others are a moderator's (DESIGN section 3)."""

_KEPT_IN_A_DRAFT: Final = ("body", "outcome", "care_level", "referred_to", "points_to")


def citable(question: Question) -> QuerySet[Any]:
    """Return the public questions with a public answer, to which the answer of `question` may point."""
    answers = Answer.objects.published().filter(question_id=OuterRef("pk"))
    return Question.objects.published().filter(Exists(answers)).exclude(pk=question.pk)


class AnswerForm(forms.Form):
    """An answer with what stands around it.

    `key` makes sending it twice answer once; `version` is that of the draft, `seen` the number of answers that the
    page showed, so that nobody writes over what they have not read.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, max_value=2**15 - 1, widget=forms.HiddenInput)
    follow_up = forms.ModelChoiceField(FollowUp.objects.none(), required=False, widget=forms.HiddenInput)
    body = forms.CharField(
        label=_("Text, in Markdown"),
        max_length=ANSWER_LENGTH,
        strip=False,
        error_messages={"required": _("Write your answer.")},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, initial=Outcome.ANSWERED)
    referred_to = forms.CharField(label=_("Referred to"), max_length=120, required=False)
    care_level = forms.ChoiceField(
        label=_("How soon to see somebody"),
        choices=[("", _("not said")), *CareLevel.choices],
        required=False,
    )
    points_to = forms.ModelChoiceField(
        Question.objects.none(),
        label=_("Point to the answer of question no."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 10, "autocomplete": "off"}),
        error_messages={"invalid_choice": _("There is no public, answered question with this number.")},
    )
    canned = forms.ModelChoiceField(
        CannedText.objects.none(),
        label=_("Text to insert"),
        required=False,
        empty_label=_("choose a text"),
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self._offer("follow_up", FollowUp.objects.filter(question=question))
        self._offer("points_to", citable(question))
        self._offer("canned", canned_texts(question))
        self.fields["body"].widget.attrs["lang"] = question.html_lang

    def clean_body(self) -> str:
        """Return the words without what nobody sees; blanks alone are no answer."""
        body = clean_text(self.cleaned_data["body"])
        if not body:
            raise forms.ValidationError(self.fields["body"].error_messages["required"])
        return body

    def clean(self) -> dict[str, Any]:
        """Ask for the place where the outcome says that there is one."""
        if self.cleaned_data.get("outcome") == Outcome.REFERRED and not self.cleaned_data.get("referred_to"):
            self.add_error("referred_to", _("Say where you refer the asker to."))
        return self.cleaned_data

    def written(self) -> dict[str, Any]:
        """What both a draft and an answer hold; of a draft only what makes sense already."""
        return {name: self.cleaned_data[name] for name in _KEPT_IN_A_DRAFT if name in self.cleaned_data}

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows


class DraftForm(AnswerForm):
    """The same fields while they are being filled in: half an answer is no mistake."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].required = False

    def clean_body(self) -> str:
        """Return the words as they were typed: the cursor still stands in them."""
        return line_feeds(self.cleaned_data["body"])

    def clean(self) -> dict[str, Any]:
        """Ask for nothing more."""
        return self.cleaned_data

    def is_savable(self) -> bool:
        """Say whether there is something to save: the fields beside the text may be half filled in."""
        return self.is_valid() or not {"key", "version", "body"} & set(self.errors)


class AskForm(forms.Form):
    """What the physician wants to know from the asker."""

    note = forms.CharField(
        label=_("Your question to the asker"),
        help_text=_("The asker reads it on the ticket; the clock stops until they reply."),
        max_length=NOTE_LENGTH,
        error_messages={"required": _("Write what you want to know from the asker.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HandOverForm(forms.Form):
    """Where the question belongs instead, and why."""

    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("Department"),
        empty_label=_("choose a department"),
        error_messages={"required": _("Choose a department.")},
    )
    note = forms.CharField(
        label=_("Note for the colleagues there"),
        max_length=NOTE_LENGTH,
        error_messages={"required": _("Write a note for the other department.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Department.objects.exclude(pk=question.department_id)


class DeclineForm(forms.Form):
    """Why the question is not answered here."""

    reason = forms.ChoiceField(
        label=_("Reason, which the asker reads"),
        choices=[("", _("choose a reason")), *((reason.value, reason.label) for reason in BY_PHYSICIANS)],
        error_messages={"required": _("Choose a reason.")},
    )
    note = forms.CharField(
        label=_("A word to the asker"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectionForm(forms.Form):
    """The new wording of an answer, and the notice that stands with it; `seen` counts the corrections before it."""

    seen = forms.IntegerField(min_value=0, max_value=2**15 - 1, widget=forms.HiddenInput)
    body = forms.CharField(
        label=_("The answer as it should read"),
        max_length=ANSWER_LENGTH,
        error_messages={"required": _("Write your answer.")},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    notice = forms.CharField(
        label=_("What you correct, in a sentence that everyone reads"),
        max_length=300,
        error_messages={"required": _("Say in a sentence what was corrected.")},
    )

    def __init__(self, *args: Any, answer: Answer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer = answer

    def clean_body(self) -> str:
        """Return the new words; the old ones again are no correction."""
        body = clean_text(self.cleaned_data["body"])
        if body == clean_text(self.answer.body):
            raise forms.ValidationError(_("This is what the answer says already."))
        return body


def line_feeds(typed: str) -> str:
    """Return a text with the ends of lines that a script sees: a form sends CRLF for each."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def canned_texts(question: Question) -> QuerySet[CannedText]:
    """Return the texts of the question's department, those in its language first."""
    in_language = {"en": "language", "zh-hant": "-language"}[question.prefix]
    return CannedText.objects.filter(department_id=question.department_id).order_by(in_language, "order", "pk")


def draft_fields(draft: AnswerDraft) -> dict[str, Any]:
    """Return what a draft holds, as the form's initial values."""
    values = {name: getattr(draft, name) for name in ("key", "version", *_KEPT_IN_A_DRAFT)}
    return {**values, "points_to": draft.points_to_id}
