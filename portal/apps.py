from django.apps import AppConfig
from django.core import checks

from portal import logs
from portal.checks import demo_accounts_stay_in_the_demo


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        logs.configure()
        checks.register(demo_accounts_stay_in_the_demo, checks.Tags.security, deploy=True)
