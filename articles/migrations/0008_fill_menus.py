"""What the footer and the home page showed by columns becomes rows: nothing vanishes from an existing site."""

from typing import Any

from django.db import migrations

WITH_PAGES_OF_THEIR_OWN = ("contact", "sitemap")
BEFORE_CONTACT = 899
LANGUAGE = {"zh-hans": "zh-hant"}


def fill_footer(apps: Any, _editor: Any) -> None:
    pages = apps.get_model("articles", "StaticPage").objects.exclude(slug__in=WITH_PAGES_OF_THEIR_OWN)
    items = apps.get_model("articles", "MenuItem").objects
    items.bulk_create(
        items.model(place="footer", language=page.language, page=page, order=min(page.order, BEFORE_CONTACT))
        for page in pages.order_by("order", "slug")
    )


def fill_home(apps: Any, _editor: Any) -> None:
    features = apps.get_model("articles", "HomeFeature").objects
    rows = [
        *_features(features, "topic", apps.get_model("faq", "Topic").objects.order_by("department__order", "pk")),
        *_features(features, "article", apps.get_model("articles", "Article").objects.order_by("-published_at", "-pk")),
    ]
    for order, row in enumerate(rows, start=1):
        row.order = order * 10
    features.bulk_create(rows)


def _features(features: Any, kind: str, texts: Any) -> list[Any]:
    chosen = texts.filter(is_featured=True)
    return [features.model(language=LANGUAGE.get(text.language, text.language), **{kind: text}) for text in chosen]


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_menus_and_redirects"), ("faq", "0003_ageing")]

    operations = [
        migrations.RunPython(fill_footer, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(fill_home, migrations.RunPython.noop, elidable=True),
    ]
