"""The menus that a house begins with."""

from typing import Any, Final

from django.apps import AppConfig
from django.apps import apps as installed
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from search.changes import changing

STANDARD: Final = (
    ("main", 10, "departments/", "Departments", "科別"),
    ("main", 20, "topics/", "Topics", "主題"),
    ("main", 30, "articles/", "Articles", "文章"),
    ("main", 40, "search/", "Search", "搜尋"),
    ("footer", 910, "contact/", "Contact", "聯絡我們"),
    ("footer", 920, "sitemap/", "Sitemap", "網站導覽"),
    ("footer", 930, "ticket/", "Find my question", "找回我的問題"),
)
"""Place, order, address without its language, label in English and in Chinese. Static pages enter by themselves."""


@receiver(post_migrate)
def ensure_menus(app_config: AppConfig, apps: Any = installed, **_more: Any) -> None:
    """Make the standard entries where the house has no entry with an address; existing ones are the operator's own.

    Runs after every `migrate`, with the models as they are then: before the table exists there is nothing to do.
    """
    if app_config.label != "articles":
        return
    try:
        items = apps.get_model("articles", "MenuItem").objects
    except LookupError:
        return
    if items.exclude(address="").exists():
        return
    with changing() as keys:
        items.bulk_create(
            items.model(place=place, order=order, language=language, address=f"/{language}/{path}", label=label)
            for place, order, path, *labels in STANDARD
            for language, label in zip(("en", "zh-hant"), labels, strict=True)
        )
        keys.add("menu")
