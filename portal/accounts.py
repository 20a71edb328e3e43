"""How staff sign in: by name or e-mail and password, then with a second factor. Nobody signs up."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from people.models import User
from portal.chain import GetResponse

GOING_TO = "going_to"
"""Session key of the page that somebody wanted before the second factor was set up."""


def is_closed(user: User) -> bool:
    """Demo accounts have published passwords, and are closed wherever the demo does not run."""
    return user.is_demo and not settings.DEMO_ACCOUNTS


class StaffAdapter(DefaultAccountAdapter):
    """Accounts are made in the admin, by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a moment ago does not type the password again to set up the second factor."""
        required = bool(super().is_reauthentication_required(app=app, **kwargs))
        return required and not signed_in_just_now(self.request)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Refuse a closed account here too: allauth lets whoever knows the password pass the backend."""
        refused: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if refused is None and is_closed(user):
            refused = self.respond_user_inactive(request, user)
        return refused


class StaffBackend(AuthenticationBackend):
    """Django's and allauth's check of a password; a closed account is refused, and a session that it still has."""

    def user_can_authenticate(self, user: Any) -> bool:
        return not is_closed(user) and super().user_can_authenticate(user)


class SealedAdapter(DefaultMFAAdapter):
    """The secrets of second factors rest encrypted, with the same keys as sealed texts."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.SEALED_KEYS])


def signed_in_just_now(request: HttpRequest) -> bool:
    """Say whether the account of this session signed in within the time that a confirmation holds (five minutes)."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """True for a member of staff who has none; waived for demo accounts while the demo runs on loopback.

    Asked several times a page, and once of the database.
    """
    if not isinstance(user, User) or (user.is_demo and settings.DEMO_ACCOUNTS):
        return False
    known: dict[str, bool] = user.__dict__
    if "_has_second_factor" not in known:
        factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
        known["_has_second_factor"] = factors.exists()
    return not known["_has_second_factor"]


class SecondFactor:
    """Middleware: the admin opens only to those who have set up a second factor; the others are led there.

    Where they were going is kept, so that the page of their new recovery codes can lead on.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/admin/"):
            if needs_second_factor(request.user):
                request.session[GOING_TO] = request.get_full_path()
                return redirect("mfa_index")
            request.session.pop(GOING_TO, None)
        return self.get_response(request)
