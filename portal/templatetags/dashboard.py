"""What the overview of the admin shows. A tag, because the admin's site is made before the desks can be imported."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context

from people.admin_base import account_of
from portal.dashboard import dashboard_of

register = template.Library()


@register.simple_tag(takes_context=True)
def dashboard(context: Context) -> dict[str, Any]:
    """What waits for the account, and the figures of its departments."""
    request: HttpRequest = context["request"]
    return dashboard_of(request, account_of(request))
