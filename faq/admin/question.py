"""Questions in the admin."""

from typing import Any

from django.contrib import admin

from faq.admin import physician_desk
from faq.models import Question
from people.admin_base import HouseAdmin


@admin.register(Question)
class QuestionAdmin(HouseAdmin):
    """Threads, and the desks at which they are worked on."""

    def get_urls(self) -> list[Any]:
        """Return the desks' addresses before those of the admin."""
        return [*physician_desk.urls(self.admin_site), *super().get_urls()]
