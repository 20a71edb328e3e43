"""The shared cache in Redis that falls back to the database's, so that a Redis gone away is slow, not an error."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

REST_SECONDS = 10.0


class RedisOrDatabase(RedisCache):
    """Redis while it answers; after a failure `caches["database"]` for ten seconds, then Redis is tried again.

    Limits counted meanwhile start from zero in the other place, twice at most in an outage: accepted, for the
    alternatives are to let everyone in or nobody.
    """

    _away_until = 0.0

    def _either(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._away_until:
            try:
                return getattr(super(), name)(*args, **kwargs)
            except (RedisError, OSError):
                self._away_until = time.monotonic() + REST_SECONDS
        return getattr(caches["database"], name)(*args, **kwargs)


def _either(name: str) -> Callable[..., Any]:
    def call(self: RedisOrDatabase, *args: Any, **kwargs: Any) -> Any:
        return self._either(name, *args, **kwargs)

    return call


OPERATIONS = "add get set touch delete get_many has_key incr set_many delete_many clear"
for _name in OPERATIONS.split():
    setattr(RedisOrDatabase, _name, _either(_name))
