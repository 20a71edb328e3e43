"""What the server calls: `granian --interface wsgi portal.wsgi:application`."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler

from portal.wellformed import GuardedRequest


class Handler(WSGIHandler):
    """Django's, with a request that survives a nonsense Content-Type to be answered 400."""

    request_class = GuardedRequest


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup(set_prefix=False)
application = Handler()
