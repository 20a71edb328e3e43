"""The map of the site: what has a language lies under /en/ and /zh-hant/, what has none beside it."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    *i18n_patterns(prefix_default_language=True),
]
