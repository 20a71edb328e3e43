"""The columns of a question, and the words of its queries."""

import datetime as dt
import uuid
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from taggit.managers import TaggableManager

from faq.choices import AgeBand, ForWhom, Sex, TextFormat, TitleFlaw, Urgency
from faq.models.finding import Finding
from faq.models.followup import FollowUp
from faq.models.tagged import TaggedQuestion
from faq.states import AWAITING, PUBLIC, Status
from people.languages import HTML_LANG, PREFIX, Language, prefix_of
from people.models import Department, Physician, User
from text.headline import stand_in
from text.opening import without_greeting
from text.slug import slugify
from text.teaser import cut

TEASER_LENGTH: Final = 140
UNDATED: Final = dt.date(1970, 1, 1)
"""Where archive threads without a date are listed: after all that have one. It is never shown."""


def path_of(address: str) -> str:
    """Return path and query of an old address, by which its redirect is found; empty for none."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class QuestionQuerySet(models.QuerySet[Any]):
    """Words about questions that chain."""

    def published(self) -> "QuestionQuerySet":
        """Keep what everyone may read."""
        # As a list of one: SQLite looks nothing up by a bare column, though the index begins with it, and reads all.
        return self.filter(is_listed__in=[True])

    def awaiting_answer(self) -> "QuestionQuerySet":
        """Keep what an answer is still owed to, whether the clock runs or waits for the asker."""
        return self.filter(status__in=AWAITING)

    def waiting_for_physician(self) -> "QuestionQuerySet":
        """Keep what a physician can answer now."""
        return self.filter(status=Status.ACCEPTED)

    def waiting_for_asker(self) -> "QuestionQuerySet":
        """Keep what a physician has asked the patient about; the clock pauses."""
        return self.filter(status=Status.NEEDS_INFO)

    def claimed(self, by: User) -> "QuestionQuerySet":
        """Keep what that physician holds at this moment."""
        return self.filter(claimed_by=by, claim_expires_at__gt=timezone.now())

    def free_for(self, user: User) -> "QuestionQuerySet":
        """Leave out what another physician holds at this moment."""
        expired = Q(claim_expires_at__lte=timezone.now())
        return self.filter(Q(claimed_by=user) | Q(claimed_by__isnull=True) | expired)

    def just_in(self) -> "QuestionQuerySet":
        """Keep what no moderator has decided on yet."""
        return self.filter(status=Status.SUBMITTED)

    def held(self, by: User) -> "QuestionQuerySet":
        """Keep what that moderator has as the next item at this moment."""
        return self.filter(held_by=by, hold_expires_at__gt=timezone.now())

    def not_held_from(self, user: User) -> "QuestionQuerySet":
        """Leave out what another moderator has as the next item at this moment."""
        expired = Q(hold_expires_at__lte=timezone.now())
        return self.filter(Q(held_by=user) | Q(held_by__isnull=True) | expired)

    def with_findings(self) -> "QuestionQuerySet":
        """Keep what the guards found something in, decided or not."""
        return self.filter(Exists(Finding.objects.filter(question_id=OuterRef("pk"))))

    def with_follow_ups_to_check(self) -> "QuestionQuerySet":
        """Keep what the asker added words to that a moderator has to read, after the question itself was accepted."""
        # By their numbers: the follow-ups are few, and the questions need not be gone through.
        added = FollowUp.objects.to_check().values("question_id")
        return self.filter(pk__in=added).exclude(status__in=[Status.SUBMITTED, Status.WITHDRAWN])

    def open_threads(self) -> "QuestionQuerySet":
        """Keep what is public and takes a follow-up still."""
        return self.filter(status=Status.PUBLISHED)

    def received_on(self, day: dt.date) -> "QuestionQuerySet":
        """Keep what people sent on that day, whatever became of it; public or not is named for the index's sake."""
        sent = self.filter(source="", translation_of__isnull=True)
        return sent.filter(is_listed__in=[True, False], prefix__in=set(PREFIX.values()), listed_on=day)

    def answered_unpublished(self) -> "QuestionQuerySet":
        """Keep what is answered, asked to be public and not published."""
        return self.filter(status=Status.ANSWERED, wants_public=True)

    def from_archive(self) -> "QuestionQuerySet":
        """Keep what was imported and is still hidden."""
        return self.filter(status=Status.IMPORTED)

    def under_prefix(self, prefix: str) -> "QuestionQuerySet":
        """Keep the texts served under an address prefix ("en" or "zh-hant")."""
        return self.filter(prefix=prefix)

    def listed_variants(self) -> "QuestionQuerySet":
        """Keep the merged questions whose public titles stand on the pages of their survivors."""
        undecided = Finding.objects.undecided().filter(question_id=OuterRef("pk"))
        listed = self.filter(status=Status.MERGED, is_variant=True, wants_public=True).exclude(title="")
        return listed.exclude(Exists(undecided))

    def leading_on(self) -> "QuestionQuerySet":
        """Keep what can be read, and what was merged into what can be read."""
        return self.filter(Q(is_listed=True) | Q(merged_into__is_listed=True)).select_related("merged_into")

    def latest_published(self) -> "QuestionQuerySet":
        """Order as feeds show them: what was published last first, whenever it was asked."""
        return self.order_by("-published_at", "-pk")

    def with_flawed_titles(self) -> "QuestionQuerySet":
        """Keep what is public under a title that says nothing, or that another question has."""
        return self.published().exclude(title_flaw="")

    def newest_first(self) -> "QuestionQuerySet":
        """Order as lists show them: the latest asked first, undated archive threads last."""
        return self.order_by("-listed_on", "-pk")

    def most_pressing_first(self) -> "QuestionQuerySet":
        """Order as desks show them: the most urgent first, then who has waited longest."""
        return self.order_by("-urgency", "waiting_since", "pk")

    def less_pressing_than(self, question: Any) -> "QuestionQuerySet":
        """Keep what comes behind a question in the order of `most_pressing_first`."""
        as_urgent = Q(urgency=question.urgency)
        since = question.waiting_since
        later = Q(waiting_since__gt=since) | Q(waiting_since=since, pk__gt=question.pk)
        return self.filter(Q(urgency__lt=question.urgency) | (as_urgent & later))

    def visible_to(self, user: User | AnonymousUser) -> "QuestionQuerySet":
        """Keep what a staff account may open: all for moderators, for physicians what is in their departments."""
        if user.has_perm("faq.moderate_question"):
            return self
        if user.has_perm("faq.answer_question"):
            return self.in_departments_of(user)
        return self.none()

    def in_departments_of(self, user: User | AnonymousUser) -> "QuestionQuerySet":
        """Keep what concerns a physician: what a moderator has passed on to the departments of that account."""
        return self.filter(department__in=Department.objects.filter(physicians__user=user.pk or 0)).exclude(
            status__in=[
                Status.SUBMITTED,
                Status.IMPORTED,
                Status.WITHDRAWN,
                Status.REJECTED,
            ]
        )


class Thread(models.Model):
    """A thread. `title`, `body` and `nickname` are public text; the person's own words are sealed apart."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission_digest = models.CharField(max_length=64, blank=True, editable=False)
    source = models.CharField(_("archive"), max_length=40, blank=True)
    external_id = models.CharField(_("old number"), max_length=80, blank=True)
    old_url = models.CharField(_("old address"), max_length=500, blank=True)
    old_path = models.CharField(max_length=500, blank=True, editable=False, db_index=True)
    extra = models.JSONField(_("other fields of the archive"), default=dict, blank=True)

    language = models.CharField(_("language"), max_length=8, choices=Language)
    prefix = models.CharField(max_length=8, editable=False)
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        related_name="questions",
    )

    title = models.CharField(_("title"), max_length=200, blank=True)
    body = models.TextField(_("question"), blank=True)
    nickname = models.CharField(_("nickname"), max_length=40, blank=True)
    body_format = models.CharField(max_length=8, choices=TextFormat, default=TextFormat.PLAIN, editable=False)
    editorial_title = models.CharField(_("editorial title"), max_length=200, blank=True)
    # Where nobody wrote an editorial title: the sentence in the place of a title that says nothing, and what <title>,
    # address and feeds call the question, decided when it is published (faq.models.titling).
    stand_in_title = models.CharField(max_length=200, blank=True, editable=False)
    headline = models.CharField(max_length=220, blank=True, editable=False)
    title_flaw = models.CharField(_("what is wrong with the title"), max_length=8, choices=TitleFlaw, blank=True,
                                  editable=False)  # fmt: skip
    is_revised = models.BooleanField(_("revised by a moderator"), default=False)
    age_band = models.CharField(_("age"), max_length=5, choices=AgeBand, blank=True)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    for_whom = models.CharField(_("asked for"), max_length=6, choices=ForWhom, default=ForWhom.SELF)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    listed_on = models.DateField(default=UNDATED, editable=False)
    consent = models.ForeignKey(
        "faq.ConsentText",
        verbose_name=_("consent"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )

    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.SUBMITTED,
        editable=False,
    )
    # Lists sort what is public; one column for both public states lets an index hold their order.
    is_listed = models.GeneratedField(
        expression=models.Case(models.When(status__in=sorted(PUBLIC), then=True), default=False),
        output_field=models.BooleanField(),
        db_persist=True,
        editable=False,
    )
    status_before = models.CharField(max_length=10, choices=Status, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="variants",
    )
    merged_through = models.ForeignKey(
        "self",
        verbose_name=_("merged along with"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_along",
    )
    is_variant = models.BooleanField(_("listed as another way to ask"), default=False, editable=False)
    wants_public = models.BooleanField(_("may be published"), default=True)
    publish_after = models.DateTimeField(_("not before"), null=True, blank=True)
    urgency = models.SmallIntegerField(_("urgency"), choices=Urgency, default=Urgency.NORMAL)
    created_at = models.DateTimeField(_("received at"), default=timezone.now, editable=False)
    waiting_since = models.DateTimeField(_("waiting since"), default=timezone.now, editable=False)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("public text changed at"), null=True, blank=True, editable=False)

    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="claimed_questions",
    )
    claim_expires_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="held_questions",
    )
    hold_expires_at = models.DateTimeField(null=True, blank=True)

    views = models.PositiveIntegerField(_("views"), default=0)
    helpful = models.PositiveIntegerField(_("found helpful"), default=0, editable=False)
    unhelpful = models.PositiveIntegerField(_("found not helpful"), default=0, editable=False)
    slug = models.CharField(max_length=80, blank=True, editable=False)
    teaser = models.CharField(max_length=160, blank=True, editable=False)
    answer_teaser = models.CharField(max_length=160, blank=True, editable=False)
    answered_by = models.ForeignKey(
        Physician,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="first_answers",
    )

    concepts = TaggableManager(through=TaggedQuestion, blank=True, verbose_name=_("tags"))
    objects = QuestionQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk} {self.shown_title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row with the columns that follow from others: prefix, place in lists, slug, teaser."""
        self.derive()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The address under the prefix of its own language, whatever the language of the page that links."""
        with override(self.prefix or prefix_of(self.language)):
            return reverse("faq:question_detail", args=[self.pk, self.slug])

    def store_text(self) -> None:
        """Store the public text and what follows from it, and nothing else: the status has its own writer.

        What it was called before is forgotten with the words that it was made of.
        """
        self.headline = ""
        self.save(
            update_fields=[
                "title",
                "body",
                "nickname",
                "editorial_title",
                "stand_in_title",
                "headline",
                "is_revised",
                "slug",
                "teaser",
                "listed_on",
            ]
        )

    def derive(self) -> None:
        """Compute what lists and addresses show from the public text, once, when it is written."""
        self.prefix = prefix_of(self.language)
        self.listed_on = self.asked_on or (UNDATED if self.source else timezone.localdate(self.created_at))
        self.old_path = path_of(self.old_url)
        self.stand_in_title = "" if self.editorial_title else stand_in(self.title, self.body)
        if not (self.headline and self.slug):
            self.slug = slugify(self.shown_title, fallback="question")[:80]
        self.teaser = cut(without_greeting(self.body), TEASER_LENGTH)

    @property
    def shown_title(self) -> str:
        """The editorial title where there is one, else the patient's own, or a sentence where that says nothing."""
        return self.editorial_title or self.stand_in_title or self.title

    @property
    def called(self) -> str:
        """What the page is called for those who have not opened it: unique in its department once it is public."""
        return self.headline or self.shown_title

    @property
    def html_lang(self) -> str:
        """The `lang` attribute of the text."""
        return HTML_LANG[self.language]

    @property
    def is_public(self) -> bool:
        """Whether everyone may read it."""
        return self.status in PUBLIC

    @property
    def is_withdrawn(self) -> bool:
        """Whether the asker took it back for good."""
        return self.status == Status.WITHDRAWN

    @property
    def is_held(self) -> bool:
        """Whether a moderator has it as the next item at this moment."""
        return self.held_by_id is not None and (self.hold_expires_at or timezone.now()) > timezone.now()

    @property
    def is_claimed(self) -> bool:
        """Whether a physician holds it at this moment."""
        return self.claimed_by_id is not None and (self.claim_expires_at or timezone.now()) > timezone.now()
