"""Two questions of the machinery around the site: does it live, and may it be sent people?"""

from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers: whoever restarts it asks this."""
    return JsonResponse({"live": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is laid out, 503 otherwise: whoever sends people here asks this."""
    ready = database_answers()
    return JsonResponse({"ready": ready}, status=200 if ready else 503)


def database_answers() -> bool:
    try:
        return MigrationRecorder(connection).has_table()
    except DatabaseError:
        return False
