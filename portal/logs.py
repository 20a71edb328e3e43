"""Logs as data: one line an event, no address of a person, no search words, no ticket's secret."""

import logging
import re
import time
import uuid

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from structlog.typing import Processor

from portal.chain import GetResponse

# Whatever follows /ticket/ is a secret; the code that people type has the same alphabet and may be shorter.
TICKET = re.compile(r"(/ticket/)[^/\s\"'?#<>\\]+")
SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

log = structlog.stdlib.get_logger("wenyi.request")


def scrub(line: str) -> str:
    """A line without the secrets of tickets."""
    return TICKET.sub(r"\1[secret]", line)


class ScrubbingFormatter(structlog.stdlib.ProcessorFormatter):
    """The last step of every log line, so that nothing gets past it: messages, paths, tracebacks."""

    def __init__(self, *, readable: bool) -> None:
        last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
        if readable:
            plain = structlog.dev.plain_traceback
            last += [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
        else:
            # Tracebacks as text: the structured ones carry local variables, and those what people wrote.
            last += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        super().__init__(processors=last, foreign_pre_chain=[*SHARED, structlog.stdlib.PositionalArgumentsFormatter()])

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))


def configure() -> None:
    """Hand structlog's events to the standard library, where Django's own are."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


class RequestLog:
    """Middleware: one line a request, and its id on every line written meanwhile."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=uuid.uuid4().hex)
        started = time.perf_counter()
        response = self.get_response(request)
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        log.info(
            "request", method=request.method, path=request.path[:200], status=response.status_code, ms=milliseconds
        )
        return response
