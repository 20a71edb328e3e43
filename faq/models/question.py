"""A thread: what a patient asked, and where it is in its life."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faq.models.answering import Answering
from faq.models.curating import Curating
from faq.models.merging import Merging
from faq.models.reading import Reading
from faq.states import PUBLIC, Status
from people.languages import Language


class Question(Merging, Answering, Curating, Reading):  # type: ignore[django-manager-missing]  # taggit has no types
    """A thread. Its columns are `Thread`'s; its verbs are those of asker, physicians, moderators and readers."""

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        permissions = [
            (
                "moderate_question",
                "Can accept, decline, redact, tag, publish and merge questions",
            ),
            ("answer_question", "Can answer questions of the own departments"),
        ]
        indexes = [
            models.Index(fields=["is_listed", "prefix", "-listed_on", "-id"], name="question_newest"),
            models.Index(
                fields=["department", "is_listed", "prefix", "-listed_on", "-id"], name="question_department"
            ),
            models.Index(fields=["is_listed", "prefix", "-published_at", "-id"], name="question_published"),
            models.Index(
                fields=["department", "is_listed", "prefix", "-published_at", "-id"],
                name="question_published_there",
            ),
            # Whether another question has the same title, and who is on the list of titles to mend.
            models.Index(fields=["department", "slug"], name="question_slug"),
            models.Index(fields=["-id"], condition=~Q(title_flaw=""), name="question_flawed_title"),
            models.Index(fields=["answered_by", "is_listed", "-listed_on", "-id"], name="question_physician"),
            models.Index(fields=["department", "status"], name="question_desk"),
            models.Index(fields=["status", "-id"], name="question_status"),
            models.Index(fields=["external_id"], name="question_external"),
            # Nearly every row has neither. The foreign keys' own indexes count those rows too, so that SQLite, once it
            # has statistics, takes them for useless and reads all questions for each page.
            models.Index(
                fields=["translation_of"], condition=Q(translation_of__isnull=False), name="question_translation"
            ),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="question_merged"),
            # Of the answered ones most are private and stay so: those to publish are found without reading them.
            models.Index(
                fields=["status", "answered_at"],
                condition=Q(status=Status.ANSWERED, wants_public=True),
                name="question_unpublished",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="question_known_status"),
            models.CheckConstraint(
                condition=Q(language__in=Language.values),
                name="question_known_language",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.MERGED, merged_into__isnull=False)
                | (~Q(status=Status.MERGED) & Q(merged_into__isnull=True)),
                name="question_merged_into_one",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=PUBLIC) | (Q(published_at__isnull=False) & ~Q(title="")),
                name="question_public_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=PUBLIC) | Q(wants_public=True),
                name="question_public_wanted",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN)
                | Q(title="", body="", nickname="", teaser="", stand_in_title="", headline=""),
                name="question_withdrawn_is_empty",
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="question_once_an_archive",
            ),
        ]
