"""The log of what happened to a question."""

from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from faq.choices import DeclineReason
from faq.states import Status, Who

ACTS: Final = {
    "submit": _("sent in"),
    "import": _("imported from an archive"),
    "accept": _("passed on to the physicians"),
    "decline": _("declined"),
    "restore": _("taken up again"),
    "claim": _("claimed"),
    "release": _("given back to the desk"),
    "ask_asker": _("the asker was asked for more"),
    "clarified": _("back on the desk"),
    "add_words": _("the asker added words"),
    "hide_words": _("the asker hid words"),
    "keep_private": _("the asker chose an answer for themselves only"),
    "follow_up": _("the asker asked a follow-up"),
    "show_follow_up": _("follow-up passed on"),
    "rotate": _("the asker changed the address of the ticket"),
    "erase": _("the person's own words erased when their time was over"),
    "withdraw": _("withdrawn by the asker"),
    "hand_over": _("handed over to another department"),
    "assign": _("put into another department"),
    "answer": _("answered"),
    "join": _("a further answer was given"),
    "confirm": _("answer confirmed by a second reading"),
    "correct": _("answer corrected"),
    "send_back": _("sent back to the physicians"),
    "publish": _("published"),
    "unpublish": _("taken out of the public"),
    "close": _("closed"),
    "reopen": _("opened again"),
    "merge": _("merged into another question"),
    "unmerge": _("parted again"),
    "merged_here": _("another question was merged into this one"),
    "published_there": _("the question it was merged into was published"),
    "list_variant": _("its title listed as another way to ask"),
    "unlist_variant": _("its title no longer listed"),
    "feature": _("featured on a topic"),
    "unfeature": _("no longer featured on a topic"),
    "pin": _("a similar question pinned"),
    "block": _("a similar question blocked"),
    "leave": _("a similar question left to the computation"),
    "undo": _("last act undone"),
    "decide": _("finding decided"),
    "mark": _("words marked to be hidden"),
    "revise": _("public text revised"),
    "retitle": _("editorial title changed"),
    "tag": _("tags changed"),
    "triage": _("urgency changed"),
    "schedule": _("publication scheduled"),
}
"""What each act is called in the log; an act that is missing here is shown by its key."""


class QuestionEvent(models.Model):
    """Who moved or changed what, from where to where, why and when. Rows are only ever added."""

    question = models.ForeignKey("faq.Question", on_delete=models.PROTECT, related_name="events")
    act = models.CharField(_("act"), max_length=24)
    from_status = models.CharField(_("from"), max_length=10, choices=Status, blank=True)
    to_status = models.CharField(_("to"), max_length=10, choices=Status, blank=True)
    who = models.CharField(_("who"), max_length=10, choices=Who)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="question_events",
    )
    reason = models.CharField(_("reason"), max_length=24, blank=True)
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["actor", "-id"], name="event_actor"),
            models.Index(fields=["created_at"], condition=models.Q(act="answer"), name="event_answered"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(who__in=[Who.PHYSICIAN, Who.MODERATOR]) | models.Q(actor__isnull=False),
                name="event_staff_is_named",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.act}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; an existing one is never rewritten."""
        if self.pk is not None:
            raise TypeError("A QuestionEvent is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: the log is append-only."""
        raise TypeError("A QuestionEvent is never deleted.")

    @property
    def label(self) -> str:
        """What happened, in the language of the page."""
        return str(ACTS.get(self.act, self.act))

    @property
    def reason_label(self) -> str:
        """The reason as people read it."""
        return str(dict(DeclineReason.choices).get(self.reason, self.reason))
