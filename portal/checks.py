"""What `manage.py check --deploy` knows about Wenyi beside what Django knows."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connection


def demo_accounts_stay_in_the_demo(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Demo accounts have published passwords. Only a missing table is passed over: then nobody can sign in."""
    user = apps.get_model(settings.AUTH_USER_MODEL)
    if settings.DEMO_ACCOUNTS or user._meta.db_table not in connection.introspection.table_names():
        return []
    names = list(user._default_manager.filter(is_demo=True).order_by("pk").values_list("username", flat=True)[:5])
    if not names:
        return []
    return [
        Error(
            f"This site has demo accounts, whose passwords are published: {', '.join(names)}.",
            hint="Delete them. They sign in only where DEMO=1 and SITE_URL is this machine (127.0.0.1, localhost).",
            id="portal.E001",
        )
    ]
