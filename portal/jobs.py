"""What happens by the clock. Each job runs on one machine at a time, under a database lease."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from django.core.management import call_command

from articles import sweeps as article_sweeps
from faq import neighbours, related_topics, sweeps
from faq.answered_days import count_answered
from faq.measuring import measure_neighbours
from faq.publishing import publish_due
from people.models import Lease
from people.models.editing import forget_opened_texts
from portal.documents import complete_documents
from portal.queue import prune_tasks, sweep_tasks
from search.forgetting import forget_searches
from search.learning import learn_names
from search.models import Work

log = structlog.stdlib.get_logger("wenyi.jobs")

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR
# How soon a job is asked for again that another worker holds.
PATIENCE = 15.0


@dataclass(frozen=True)
class Job:
    """`run` every `every` seconds; another worker may take over when a run has lasted `limit` seconds."""

    name: str
    every: float
    run: Callable[[], object]
    limit: float = 10 * MINUTE


def clear_sessions() -> None:
    call_command("clearsessions")


JOBS = [
    Job("sweep-tasks", 15, sweep_tasks),
    Job("learn-names", 5, learn_names),
    Job("send-notifications", 20, sweeps.send_notifications),
    Job("publish-due", MINUTE, publish_due),
    Job("publish-articles", MINUTE, article_sweeps.publish_scheduled),
    Job("expire-articles", MINUTE, article_sweeps.expire_articles),
    Job("expire-claims", MINUTE, sweeps.expire_claims),
    Job("return-unclarified", HOUR, sweeps.return_unclarified),
    Job("close-threads", HOUR, sweeps.close_threads),
    Job("erase-sealed", HOUR, sweeps.erase_sealed),
    Job("forget-rates", HOUR, sweeps.forget_rates),
    Job("forget-opened-texts", HOUR, forget_opened_texts),
    # Each finished day is taken once, so a figure is renewed once a day however often this runs.
    Job("renew-question-views", HOUR, sweeps.renew_views),
    Job("renew-article-views", HOUR, article_sweeps.renew_views),
    Job("count-answered", HOUR, count_answered),
    Job("forget-searches", DAY, forget_searches),
    Job("renew-neighbours", MINUTE, neighbours.renew_provisional),
    Job("measure-neighbours", DAY, measure_neighbours),
    Job("renew-related-topics", DAY, related_topics.renew_all),
    # At the first start after an upgrade, too: what has no document yet gets one.
    Job("complete-documents", DAY, complete_documents),
    Job("prune-tasks", DAY, prune_tasks),
    Job("forget-work", DAY, Work.objects.all().forget_old),
    Job("clear-sessions", DAY, clear_sessions),
]


class Clock:
    """Runs jobs when they are due. `holder` names this worker in the leases."""

    def __init__(self, jobs: Sequence[Job], *, holder: str) -> None:
        self.jobs = jobs
        self.holder = holder
        self.due = dict.fromkeys((job.name for job in jobs), 0.0)

    def tick(self, now: float) -> None:
        """Run what is due at `now` (seconds of a monotonic clock). A job that fails is logged and comes again."""
        for job in self.jobs:
            if self.due[job.name] <= now:
                self.due[job.name] = now + (job.every if self.run(job) else min(job.every, PATIENCE))

    def run(self, job: Job) -> bool:
        """Whether the job was ours to run. Its lease then rests with us until it is due again, wherever that is."""
        try:
            if not Lease.take(job.name, holder=self.holder, seconds=max(job.limit, job.every)):
                return False
            started = time.monotonic()
            job.run()
            Lease.take(job.name, holder=self.holder, seconds=job.every - (time.monotonic() - started))
        except Exception:
            log.exception("job failed", job=job.name)
        return True
