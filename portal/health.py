"""Two questions of the machinery around the site: does it live, and may it be sent people?"""

from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search.index.reader import behind


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers: whoever restarts it asks this."""
    return JsonResponse({"live": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is laid out, 503 otherwise: whoever sends people here asks this.

    `index_behind` tells how many changes this machine's search index lacks (null: it has none, and titles are searched
    in the database). That is for whoever watches the worker; people may be sent here all the same.
    """
    if not database_answers():
        return JsonResponse({"ready": False}, status=503)
    return JsonResponse({"ready": True, "index_behind": index_behind()})


def index_behind() -> int | None:
    try:
        return behind()
    except DatabaseError:
        return None


def database_answers() -> bool:
    try:
        return MigrationRecorder(connection).has_table()
    except DatabaseError:
        return False
