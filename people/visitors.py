"""Forms of people without an account: what guards them against robots and against being sent twice.

Nobody is signed in on these pages, so nothing is allowed by a cookie: what a form may do depends on what is in it (the
ask form) or on the secret in the address (a ticket). In the place of Django's token each form carries a signed key of
its own, issued by the server, which also makes a repeat harmless.
"""

import datetime as dt
import math
import uuid
from dataclasses import dataclass
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.limits import Limit, take, visitor_of

KEY_LIVES: Final = dt.timedelta(hours=24)


@dataclass(frozen=True)
class FormKey:
    """The key that a form came back with; `is_fresh` while it is young enough to be used for the first time."""

    uuid: uuid.UUID
    is_fresh: bool


def new_key(form: str) -> str:
    """Issue the key of one printing of a form; `form` says which form it is good for."""
    return TimestampSigner(salt=f"wenyi.form.{form}").sign(uuid.uuid4().hex)


def read_key(form: str, value: str) -> FormKey | None:
    """Return the key that `new_key` issued for that form; None for anything else."""
    signer = TimestampSigner(salt=f"wenyi.form.{form}")
    try:
        return FormKey(uuid.UUID(signer.unsign(value, max_age=KEY_LIVES)), is_fresh=True)
    except SignatureExpired:
        return FormKey(uuid.UUID(signer.unsign(value)), is_fresh=False)
    except BadSignature:
        return None


def claimed_key(value: str) -> uuid.UUID | None:
    """Return the key that a form says it has, unchecked: to look up with, never to trust."""
    try:
        return uuid.UUID(hex=value.partition(":")[0])
    except ValueError:
        return None


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Say whether a page of another site sent this form.

    Browsers send `Origin: null` from pages with the policy no-referrer, as our tickets are, and where a person's
    settings hide the referrer; then `Sec-Fetch-Site` decides, and where that is missing too, nothing is known.
    """
    origin = request.headers.get("Origin", "")
    if origin in ("", "null"):
        return request.headers.get("Sec-Fetch-Site") == "cross-site"
    try:
        sender = urlsplit(origin).netloc.lower()
    except ValueError:
        return True
    return sender not in (request.get_host().lower(), urlsplit(settings.SITE_URL).netloc.lower())


def held_up(request: HttpRequest, limits: tuple[Limit, ...]) -> int:
    """Count one more act of the visitor; 0, or the seconds to wait. TrustedProxies has made sure of the address."""
    return take(visitor_of(request.META.get("REMOTE_ADDR", "")), limits)


def waiting_sentences(seconds: int) -> list[str]:
    """Say why nothing more is taken, how long to wait, and what else to do."""
    minutes = math.ceil(seconds / 60)
    return [
        _("So much has come from your connection that we hold it up for a while: this keeps robots out."),
        ngettext(
            "Nothing that you wrote is lost. Wait %(minutes)d minute, then press the button again.",
            "Nothing that you wrote is lost. Wait %(minutes)d minutes, then press the button again.",
            minutes,
        )
        % {"minutes": minutes},
        _("If it cannot wait, see a doctor; in an emergency call 119."),
    ]


class VisitorForm(forms.Form):
    """A form with a key of its own and a trap for robots. `name` says which form a key is good for.

    Every mistake is answered with the form, the person's words and a sentence; see `problems` and `shown_key`.
    """

    use_required_attribute = False
    name: ClassVar[str]

    form_key = forms.CharField(required=False, widget=forms.HiddenInput)
    homepage = forms.CharField(required=False)

    def __init__(self, *args: Any, from_elsewhere: bool = False, kept_key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.from_elsewhere = from_elsewhere
        self._value = str(self.data.get("form_key", "")) if self.is_bound else kept_key
        self._spent = False
        for name, field in self.fields.items():
            field.error_messages |= {"required": self.missing(name), "invalid_choice": self.missing(name)}

    @property
    def key_name(self) -> str:
        """The form, and where it belongs to one row that row, for which a key is good."""
        return self.name

    @property
    def key(self) -> uuid.UUID:
        """The key of a valid form."""
        key: uuid.UUID = self.cleaned_data["form_key"]
        return key

    @property
    def shown_key(self) -> str:
        """The key to print into the form: the same one as long as it can be used, else a fresh one."""
        if not self._spent and not self.from_elsewhere and self._value:
            known = read_key(self.key_name, self._value)
            if known is not None and known.is_fresh:
                return self._value
        self._value, self._spent, self.from_elsewhere = new_key(self.key_name), False, False
        return self._value

    def hold_up(self, seconds: int) -> None:
        """Say with the form that it has to wait."""
        for sentence in waiting_sentences(seconds):
            self.add_error(None, sentence)

    def spend_key(self) -> None:
        """Print another key into the form: what is sent with it is something new."""
        self._spent = True

    def missing(self, name: str) -> str:
        """The sentence for a field that was left empty."""
        return _("This is still missing.")

    def was_sent(self, key: uuid.UUID) -> bool:
        """Whether something was saved with this key before: then a form that grew old is a repeat, not a mistake."""
        return False

    def clean_form_key(self) -> uuid.UUID | None:
        """Return the key, or None with a sentence where it is forged, too old or sent by another site."""
        known = read_key(self.key_name, self._value)
        if self.from_elsewhere:
            self.add_error(None, _("This form was sent from another site. If it was you, press the button again."))
        elif known is None or not (known.is_fresh or self.was_sent(known.uuid)):
            self.add_error(
                None, _("This page had been open for too long. Your words are kept: press the button again.")
            )
        else:
            return known.uuid
        return None

    def clean_homepage(self) -> str:
        """Refuse what only a robot fills in, or a browser that means well."""
        if self.cleaned_data["homepage"].strip():
            self.add_error(
                None,
                _("A hidden field was filled in, perhaps by your browser. It is empty again: press the button again."),
            )
        return ""

    def problems(self) -> list[tuple[str, str]]:
        """Every mistake in the order of the page: the id of the control (empty for the whole form), the sentence."""
        whole = [("", str(sentence)) for sentence in self.non_field_errors()]
        return whole + [
            (f"{field.auto_id}_0" if field.use_fieldset else str(field.auto_id), str(sentence))
            for field in self
            for sentence in field.errors
        ]
