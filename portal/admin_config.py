"""Puts the house's site in the place of Django's: every ModelAdmin that registers itself lands there."""

from django.contrib.admin.apps import AdminConfig


class WenyiAdminConfig(AdminConfig):
    default_site = "portal.admin_site.WenyiAdminSite"
