"""Long work in words, and the work that can be started from the admin."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faq.models import Question
from faq.renewing import forget_all, renew_all
from people.models import User
from search.background import task
from search.index.follower import Follower
from search.models import Document, Work
from search.working import working


@dataclass(frozen=True)
class Kind:
    """One kind of work: what it is called, and the sentence that its figures fill at the end."""

    label: Any
    result: Any


KINDS: Final = {
    "archive": Kind(
        gettext_lazy("Import of an archive"),
        gettext_lazy("%(loaded)s threads loaded, %(known)s known before, %(bad)s lines set aside."),
    ),
    "archive_pass": Kind(
        gettext_lazy("Guarding and publishing an archive"),
        gettext_lazy("%(published)s published, %(held)s left to the moderators."),
    ),
    "concepts": Kind(
        gettext_lazy("Import of concepts"),
        gettext_lazy("%(new)s new, %(changed)s changed, %(refused)s lines refused."),
    ),
    "redirects": Kind(
        gettext_lazy("Import of redirects"), gettext_lazy("%(taken)s taken, %(same)s known before, %(bad)s lines bad.")
    ),
    "articles": Kind(
        gettext_lazy("Import of articles"), gettext_lazy("%(made)s drafts made, %(bad)s files that cannot be read.")
    ),
    "reindex": Kind(gettext_lazy("Building the index anew"), gettext_lazy("%(texts)s texts can be found.")),
    "neighbours": Kind(
        gettext_lazy("Computing all similar questions"), gettext_lazy("%(changed)s lists are others now.")
    ),
    "merge": Kind(
        gettext_lazy("Similar questions after a merging of concepts"), gettext_lazy("All of them are computed anew.")
    ),
    "bulk": Kind(
        gettext_lazy("An act on many questions"), gettext_lazy("Done for %(done)s, not possible for %(refused)s.")
    ),
}
"""The kinds of work; one that is missing here is shown by its key."""

ERRORS: Final = {
    "NoIndexError": gettext_lazy("This machine has no index, or one that is behind. Build it first."),
    "OSError": gettext_lazy("The folder of the index cannot be written."),
    "PermissionError": gettext_lazy("The folder of the index cannot be written."),
    "KeyboardInterrupt": gettext_lazy("Somebody stopped it. What was done until then is kept."),
    "NotATable": gettext_lazy("The file could not be read."),
}


def label_of(work: Work) -> str:
    """What the work is called."""
    return str(KINDS[work.kind].label) if work.kind in KINDS else work.kind


def sentence_of(work: Work) -> str:
    """What came of it, or what stopped it, as a sentence; empty while it runs."""
    if work.error:
        told = ERRORS.get(work.error)
        return str(told or _("It stopped with an error (%s); the log says more.") % work.error)
    if not work.is_over or work.kind not in KINDS:
        return ""
    figures = {name: number_format(number, force_grouping=True) for name, number in work.figures.items()}
    try:
        return str(KINDS[work.kind].result) % figures
    except KeyError:  # a row of an older version, which told less
        return _("Done.")


@task()
def build_index(work_id: int) -> None:
    """Build the index of the machine whose worker takes this, while searches go on in the old one."""
    row = Work.objects.filter(pk=work_id).first()
    if row is None:
        return
    total = Document.objects.filter(is_tombstone=False).count()
    follower = Follower(settings.INDEX_DIR)
    try:
        with working(row.kind, row=row, total=total) as work:
            work.told(texts=follower.rebuild(work.advance))
    finally:
        follower.close()


@task()
def compute_neighbours(work_id: int) -> None:
    """Compute the similar questions of all public questions; one that was cut off goes on where it was."""
    row = Work.objects.filter(pk=work_id).first()
    if row is None:
        return
    if row.started_at is None:
        forget_all()
    with working(row.kind, row=row, total=Question.objects.published().count()) as work:
        work.told(changed=renew_all(work.advance))


@dataclass(frozen=True)
class Start:
    """Something that an administrator can start: what the button says, what it means, the task."""

    label: Any
    text: Any
    task: Callable[[int], object]


STARTS: Final = {
    "reindex": Start(
        gettext_lazy("Build the index anew"),
        gettext_lazy(
            "Everything that is public is read again, while searches go on in the old index. Each machine has its own "
            "index; the one whose worker is free builds its own."
        ),
        build_index.enqueue,
    ),
    "neighbours": Start(
        gettext_lazy("Compute all similar questions anew"),
        gettext_lazy(
            "Needed when the vocabulary has changed much. It takes about an hour for a million questions, and other "
            "work of this worker waits until it is over."
        ),
        compute_neighbours.enqueue,
    ),
}


def start(kind: str, *, by: User) -> Work | None:
    """Ask the worker for some work; None where the same waits or runs already. Raises KeyError for another kind."""
    wanted = STARTS[kind]
    with transaction.atomic():
        if Work.objects.filter(kind=kind).under_way().exists():
            return None
        work = Work.objects.create(kind=kind, by=by)
        wanted.task(work.pk)
    return work
