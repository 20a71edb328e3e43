"""The map of the site: what has a language lies under /en/ and /zh-hant/, what has none beside it."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from articles.views.pictures import picture_file
from portal import health, views
from portal.beacon import beacon
from portal.clicks import clicks
from portal.entrance import entrance, robots
from portal.searching import search, search_feed
from portal.sitemaps import sitemap_index, sitemap_part
from portal.suggest import suggest

urlpatterns = [
    path("", entrance, name="entrance"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemap_part, name="sitemap_part"),
    path("views", beacon, name="beacon"),
    path("clicks", clicks, name="clicks"),
    # One door for staff, the one that asks for the second factor.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", admin.site.urls),
    path("accounts/language/", set_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    re_path(
        r"^pictures/(?P<sha256>[0-9a-f]{64})-(?P<width>[1-9][0-9]{0,4})\.(?P<file_format>webp|jpg)$",
        picture_file,
        name="picture_file",
    ),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("search/", search, name="search"),
        path("search/suggest", suggest, name="suggest"),
        path("search/feed/", search_feed, name="search_feed"),
        path("sitemap/", views.sitemap_page, name="sitemap_page"),
        path("", include("faq.urls")),
        path("", include("articles.urls")),
        prefix_default_language=True,
    ),
]

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler429 = "portal.errors.too_many_requests"
handler500 = "portal.errors.server_error"
