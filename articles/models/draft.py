"""The working text of an article: its columns and rows are what editors write at, its revisions what was saved."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.finding import ArticleFinding
from articles.models.picture import Picture
from articles.models.revision import TEXTS, ArticleReading, ArticleRevision
from faq.models import Question, Topic
from faq.models.reviewing import Reviewed
from people.languages import Language
from people.models import Department, Physician, Translated, User
from search.changes import changing
from text import insets, markdown
from text.guards.patient_data import find
from text.render import to_html

VERBS_WRITE: Final = frozenset(
    {
        *("status", "draft", "edition", "published_at", "expires_at", "review_asked_at", "withdrawn_note"),
        *("reviewed_by", "reviewed_on", "next_review_on", "outdated_on", "outdated_note", "outdated_see"),
        *("corrections", "text_changed_at", "in_line_at", "comment_count", "views"),
    }
)
"""Columns that `save` never touches: an old instance would put back what a verb has changed."""


class DraftedArticle(Reviewed, Translated):
    """The columns of an article, and the saving of its text.

    The columns are the working text. What readers see is `edition`, a revision; `draft` is the newest revision.
    """

    language = models.CharField(_("language"), max_length=8, choices=Language)
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
        null=True,
        blank=True,
        related_name="articles",
    )
    title = models.CharField(_("title"), max_length=200)
    lede = models.TextField(_("lede"), blank=True, help_text=_("One paragraph that stands before the body."))
    body = models.TextField(_("body"), help_text=_("Markdown."))
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("One or two sentences for search engines and links.")
    )
    author_name = models.CharField(_("author"), max_length=80, blank=True)
    author_physician = models.ForeignKey(
        Physician,
        verbose_name=_("author's profile"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles_written",
        help_text=_("Where the author is a physician of the house."),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    hero = models.ForeignKey(
        Picture,
        verbose_name=_("picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("related topics"), blank=True, related_name="articles")
    questions = models.ManyToManyField(
        Question, verbose_name=_("related questions"), blank=True, related_name="articles"
    )
    import_notes = models.JSONField(default=dict, blank=True, editable=False)
    draft = models.ForeignKey(ArticleRevision, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    status: Any
    edition: Any
    edition_id: int | None
    translation_of_id: int | None
    published_at: Any
    expires_at: Any
    faq_entries: Any
    references: Any
    revisions: Any
    findings: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the working text; what verbs and counters write is left as it is in the database meanwhile."""
        if self.pk is not None and kwargs.get("update_fields") is None:
            self.version += 1
            columns = (field.name for field in self._meta.concrete_fields if not field.primary_key)
            kwargs["update_fields"] = [name for name in columns if name not in VERBS_WRITE]
        super().save(*args, **kwargs)

    def record(
        self,
        *,
        by: User | None,
        note: str = "",
        is_small: bool = False,
        restored_from: ArticleRevision | None = None,
    ) -> ArticleRevision:
        """Keep the working text, FAQ entries and references included, as the newest revision.

        What was saved before and says the same is returned instead. A small correction keeps the review of the
        revision before it. The patient-data guard reads what is new.
        """
        with changing():
            self._lock()
            last = self.draft
            revision = self._as_revision()
            if last is not None and revision.says_the_same(last):
                return last
            revision.number = last.number + 1 if last else 1
            revision.saved_by, revision.note, revision.is_small = by, note[:200], is_small
            revision.restored_from = restored_from
            if is_small and last is not None:
                revision.reviewed_by, revision.reviewed_on = last.reviewed_by, last.reviewed_on
                revision.next_review_on = last.next_review_on
            revision.save()
            if is_small and last is not None:
                _copy_readings(last, revision)
            self.draft = revision
            self._rows().update(draft=revision)
            self._guard(revision)
        return revision

    def preview(
        self, entries: Iterable[Any] | None = None, references: Iterable[Any] | None = None
    ) -> ArticleRevision:
        """Return the working text as readers would see it, not saved; with unsaved rows where they are given."""
        return self._as_revision(entries, references)

    def restore(self, revision: ArticleRevision, *, by: User) -> ArticleRevision:
        """Make an old revision the working text again; it is a new revision, and nothing public changes."""
        with changing():
            self._lock()
            for name in TEXTS:
                setattr(self, name, getattr(revision, name))
            self.save()
            self.faq_entries.all().delete()
            self.references.all().delete()
            for order, entry in enumerate(revision.entries):
                self.faq_entries.create(question=entry["question"], answer=entry["answer"], order=order)
            for order, source in enumerate(revision.sources):
                self.references.create(**source, order=order)
            return self.record(by=by, restored_from=revision)

    @property
    def has_changes(self) -> bool:
        """Whether the newest text is not the one that readers see."""
        return self.draft_id != self.edition_id

    def writers(self) -> set[int]:
        """The accounts that wrote the article or saved a revision."""
        savers = set(self.revisions.filter(saved_by__isnull=False).values_list("saved_by", flat=True))
        return savers | ({self.author_id} if self.author_id else set())

    def reviewed_department_id(self) -> int | None:
        """The department that the article is filed under, if any."""
        return self.department_id

    def _as_revision(
        self, entries: Iterable[Any] | None = None, references: Iterable[Any] | None = None
    ) -> ArticleRevision:
        if entries is None:
            entries = self.faq_entries.all() if self.pk else ()
        if references is None:
            references = self.references.all() if self.pk else ()
        revision = ArticleRevision(
            article_id=self.pk,
            body_html=markdown.render(self.body, heading=2, language=self.language, insets=insets.mark),
            entries=[_entry(entry) for entry in entries],
            sources=[_source(reference) for reference in references],
            **{name: getattr(self, name) for name in TEXTS},
        )
        revision.teaser = revision.summed_up()
        return revision

    def _guard(self, revision: ArticleRevision) -> None:
        """Note what the guard finds; what is not in the text any more is forgotten, what was decided stays decided."""
        words = f"{revision.title}\n{revision.description}\n{revision.plain}"
        found = {(hit.kind, words[hit.start : hit.end][:200]) for hit in find(words)}
        opened = self.findings.filter(decision=ArticleFinding.Decision.OPEN)
        for finding in opened:
            if (finding.kind, finding.excerpt) not in found:
                finding.delete()
        for kind, excerpt in sorted(found):
            self.findings.get_or_create(kind=kind, excerpt=excerpt)

    def _lock(self) -> None:
        """Hold the row to the end of the transaction, that of the original before it, and learn what was saved.

        The second query is a new statement on purpose: one that waits for a lock sees the locked rows as they have
        become and all other rows, the newest revision among them, as they were before it waited.
        """
        originals = type(self)._default_manager.filter(pk__in=[self.translation_of_id or self.pk])
        list(originals.select_for_update().values_list("pk"))
        list(self._rows().select_for_update().values_list("pk"))
        row = self._rows().select_related("draft", "edition").get()
        for name in ("status", "draft", "edition", "published_at", "expires_at"):
            setattr(self, name, getattr(row, name))

    def _rows(self) -> Any:
        return type(self)._default_manager.filter(pk=self.pk)


def _entry(entry: Any) -> dict[str, str]:
    answer_html = to_html(entry.answer, "markdown", insets.mark) if entry.answer else ""
    return {"question": entry.question, "answer": entry.answer, "answer_html": answer_html}


def _source(reference: Any) -> dict[str, Any]:
    checked_on = reference.checked_on.isoformat() if reference.checked_on else None
    return {"title": reference.title, "citation": reference.citation, "checked_on": checked_on}


def _copy_readings(before: ArticleRevision, after: ArticleRevision) -> None:
    rows = [
        ArticleReading(
            revision=after, user_id=reading.user_id, physician_id=reading.physician_id, read_on=reading.read_on
        )
        for reading in before.readings.all()
    ]
    ArticleReading.objects.bulk_create(rows)
