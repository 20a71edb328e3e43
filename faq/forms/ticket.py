"""The asker's forms on the ticket page, and the one that finds it."""

import re
import uuid
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from faq.forms.ask import BODY, within
from faq.models import FollowUp, Question
from people.visitors import VisitorForm
from text.clean import clean_text, lines

PHRASES: Final = 20
_IN_ADDRESS: Final = re.compile(r"/ticket/([^/?#\s]+)", re.IGNORECASE)


class FindForm(forms.Form):
    """The code of a ticket as people type it, or the whole address. Finding changes nothing and so needs no key."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Code"),
        help_text=_("32 letters and figures, in any case, with or without spaces. The whole address works too."),
        error_messages={"required": _("Type the code of your question, or paste its address.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        address = _IN_ADDRESS.search(typed)
        return address.group(1) if address else typed


class TicketForm(VisitorForm):
    """A form of one ticket: its key is good for this act on this question only."""

    act: ClassVar[str]

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        self.question = question
        super().__init__(*args, auto_id=f"id_{self.act}_%s", **kwargs)

    @property
    def key_name(self) -> str:
        return ticket_key_name(self.act, question_pk=self.question.pk)


class WordsForm(TicketForm):
    """More words of the asker."""

    body = forms.CharField(label=_("Your words"), widget=forms.Textarea(attrs={"rows": 6}))

    def missing(self, name: str) -> str:
        return translate("Write something before you send it.")

    def was_sent(self, key: uuid.UUID) -> bool:
        return FollowUp.objects.filter(key=key, question=self.question).exists()

    def clean_body(self) -> str:
        return within(clean_text(self.cleaned_data["body"]), 1, BODY[1], self.missing("body"))


class AddForm(WordsForm):
    """Words added before there is an answer, or the reply to the physician's question."""

    act = "add"


class FollowUpForm(WordsForm):
    """The one question after the answer."""

    act = "follow-up"


class HideForm(TicketForm):
    """Words of one's own that nobody else shall read."""

    act = "hide"

    phrases = forms.CharField(
        label=_("Words to hide"),
        help_text=_("One line for each, exactly as you wrote them."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def missing(self, name: str) -> str:
        return translate("Write the words that shall be hidden.")

    def clean_phrases(self) -> list[str]:
        phrases = list(dict.fromkeys(lines(self.cleaned_data["phrases"])))
        if not phrases:
            raise ValidationError(self.missing("phrases"))
        if len(phrases) > PHRASES:
            raise ValidationError(translate("At most %(most)d lines at a time.") % {"most": PHRASES})
        if any(len(phrase) < 2 for phrase in phrases):
            raise ValidationError(translate("A single letter cannot be hidden: write at least two characters a line."))
        return phrases


class PrivateForm(TicketForm):
    """From "publish" to "answer me only"."""

    act = "private"


class RenewForm(TicketForm):
    """Another year for the ticket."""

    act = "renew"


class RotateForm(TicketForm):
    """A new address for the ticket."""

    act = "rotate"


class WithdrawForm(TicketForm):
    """The end: everything erased."""

    act = "withdraw"

    is_sure = forms.BooleanField(label=_("Yes, delete my question and everything I wrote with it."))

    def missing(self, name: str) -> str:
        return translate("Tick the box if you are sure. Without it nothing is deleted.")


def ticket_key_name(act: str, *, question_pk: int) -> str:
    """What the key of a ticket's form is good for."""
    return f"ticket.{act}.{question_pk}"
