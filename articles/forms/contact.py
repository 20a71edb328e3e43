"""The contact form."""

import uuid
from typing import ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import ContactMessage
from faq.forms.ask import email_address, within
from people.languages import active_prefix
from people.visitors import VisitorForm
from text.clean import clean_line, clean_text

SUBJECT: Final = (2, 120)
BODY: Final = (5, 5000)


class ContactForm(VisitorForm):
    """What a reader writes to the house."""

    name: ClassVar[str] = "contact"

    subject = forms.CharField(label=_("What is it about?"))
    body = forms.CharField(label=_("Your message"), widget=forms.Textarea(attrs={"rows": 8}))
    email = forms.CharField(
        label=_("E-mail"),
        help_text=_("Only if you want a reply."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def was_sent(self, key: uuid.UUID) -> bool:
        return ContactMessage.objects.filter(key=key).exists()

    def clean_subject(self) -> str:
        return within(clean_line(self.cleaned_data["subject"]), *SUBJECT, self.missing("subject"))

    def clean_body(self) -> str:
        return within(clean_text(self.cleaned_data["body"]), *BODY, self.missing("body"))

    def clean_email(self) -> str:
        return email_address(self.cleaned_data["email"])

    def save(self) -> ContactMessage:
        """Keep the message for the staff; the same form sent again returns the row that it made."""
        words = {name: self.cleaned_data[name] for name in ("subject", "body", "email")}
        defaults = {**words, "language": active_prefix()}
        return ContactMessage.objects.get_or_create(key=self.key, defaults=defaults)[0]

    def differs_from(self, saved: ContactMessage) -> bool:
        """Say whether the words were changed after the form had been sent once."""
        return any(self.cleaned_data[name] != getattr(saved, name) for name in ("subject", "body", "email"))
