"""The life of an article: what is public, what keeps it back, and what is kept of every saving."""

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from articles import sweeps
from articles.models import Article, ArticleEvent, ArticleFinding
from articles.states import Status
from faq.models import ReviewEvent
from faq.models.reviewing import NotTheReviewer
from faq.states import InvalidMove
from people.models import User
from search.models import Document
from tests.factories import make_article, make_physician, make_user

REVIEW_FIRST = "A medical reviewer has to approve this text."


def make_reviewer() -> User:
    reviewer = make_user(role="medical_reviewer")
    make_physician(user=reviewer)
    return reviewer


def make_draft(**fields: Any) -> Article:
    """A draft by an editor that has a reference."""
    return make_article(status=Status.DRAFT, **{"sources": ["A book"], "author": make_user(role="editor"), **fields})


def approved(article: Article) -> Article:
    article.approve(by=make_reviewer())
    return article


def write(article: Article, *, by: User | None = None, is_small: bool = False, **texts: Any) -> None:
    for name, value in texts.items():
        setattr(article, name, value)
    article.save()
    article.record(by=by or make_user(role="editor"), is_small=is_small)


def refused(verb: Any, *args: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(InvalidMove) as refusal:
        verb(*args, **kwargs)
    return refusal.value.conditions


pytestmark = pytest.mark.django_db


class TestGoingPublic:
    def test_an_approved_text_becomes_public_with_its_review_and_is_found(self) -> None:
        article = approved(make_draft(title="Living with lupus"))

        article.publish(by=make_user(role="editor"))

        found = Document.objects.live().get(key=f"article:{article.pk}")
        assert (article.status, article.reviewed_on) == (Status.PUBLISHED, timezone.localdate())
        assert (article.edition, found.title) == (article.draft, "Living with lupus")
        assert list(Article.objects.published()) == [article]

    def test_every_condition_has_its_sentence(self) -> None:
        original = make_draft()
        article = make_draft(
            sources=[],
            body="Call 0912-345-678.",
            translation_of=original,
            language="zh-hant",
            needs_second_reader=True,
        )

        said = refused(article.publish, by=make_user(role="editor"))

        assert said == [
            REVIEW_FIRST,
            "A second reviewer has to approve this text.",
            "A medical text needs at least one reference.",
            "Decide first what the guard found in the text.",
            "Its original is not public.",
        ]
        assert Article.objects.published().count() == 0

    def test_what_is_not_medical_needs_neither_reviewer_nor_reference(self) -> None:
        article = make_draft(is_medical=False, sources=[])

        article.publish(by=make_user(role="editor"))

        assert article.is_public

    def test_a_second_reviewer_is_another_person(self) -> None:
        article, reviewer = make_draft(needs_second_reader=True), make_reviewer()
        article.approve(by=reviewer)
        article.approve(by=reviewer)
        editor = make_user(role="editor")

        said = refused(article.publish, by=editor)
        article.approve(by=make_reviewer())
        article.publish(by=editor)

        assert said == ["A second reviewer has to approve this text."]
        assert article.is_public

    def test_whoever_wrote_at_it_does_not_approve_it_nor_stays_its_reviewer(self) -> None:
        article, reviewer = make_draft(), make_reviewer()
        article.approve(by=reviewer)
        write(article, by=reviewer, is_small=True, title="With a comma")

        with pytest.raises(NotTheReviewer):
            article.approve(by=reviewer)
        said = refused(article.publish, by=make_user(role="editor"))

        assert said == ["Whoever approved this text has also written at it: somebody else has to review it."]

    def test_only_the_text_that_was_seen_is_approved_and_published(self) -> None:
        article, editor = make_draft(), make_user(role="editor")
        write(article, body="Another text.")

        on_approval = refused(article.approve, by=make_reviewer(), seen=1)
        article.approve(by=make_reviewer(), seen=2)
        on_publishing = refused(article.publish, by=editor, seen=1)

        newer = ["Somebody saved a newer text. Read it, then decide again."]
        assert (on_approval, on_publishing) == (newer, newer)

    def test_a_number_that_belongs_to_nobody_is_decided_once(self) -> None:
        article, editor = make_draft(is_medical=False, body="Call 0912-345-678."), make_user(role="editor")
        article.decide(article.findings.get(), by=editor)
        write(article, body="Call 0912-345-678 today.")

        article.publish(by=editor)

        assert [row.decision for row in article.findings.all()] == [ArticleFinding.Decision.KEEP]
        assert article.is_public

    def test_what_is_taken_out_of_the_text_is_no_finding_any_more(self) -> None:
        article = make_draft(body="Call 0912-345-678.")

        write(article, body="Call us.")

        assert article.findings.count() == 0


class TestRevisions:
    def test_every_saving_is_kept_and_one_that_changes_nothing_is_none(self) -> None:
        article = make_draft(body="One.")
        write(article, body="Two.")
        write(article, body="Two.")

        assert list(article.revisions.order_by("number").values_list("number", "body")) == [(1, "One."), (2, "Two.")]

    def test_readers_keep_the_edition_while_the_next_text_is_written(self) -> None:
        article = make_article(body="Old.", sources=["A book"])

        write(article, body="New.")

        article.refresh_from_db()
        assert article.edition is not None
        assert (article.edition.body, article.body, article.has_changes) == ("Old.", "New.", True)
        assert refused(article.publish, by=make_user(role="editor")) == [REVIEW_FIRST]

    def test_a_small_correction_keeps_the_review_and_a_change_does_not(self) -> None:
        article, editor = make_article(body="Old.", sources=["A book"]), make_user(role="editor")
        approved(article)
        write(article, body="Old!", is_small=True)

        article.publish(by=editor)
        write(article, body="Other.")

        assert (article.edition.body if article.edition else "", article.reviewed_on) == ("Old!", timezone.localdate())
        assert refused(article.publish, by=editor) == [REVIEW_FIRST]

    def test_an_old_revision_comes_back_as_a_draft_and_nothing_public_changes(self) -> None:
        article, editor = make_article(body="Old.", entries=[("Why?", "So.")], sources=["A book"]), make_user()
        article.faq_entries.all().delete()
        write(article, body="New.")

        restored = article.restore(article.revisions.get(number=1), by=editor)

        article.refresh_from_db()
        assert (restored.number, restored.body, restored.restored_from and restored.restored_from.number) == (
            3,
            "Old.",
            1,
        )
        assert list(article.faq_entries.values_list("question", "answer")) == [("Why?", "So.")]
        assert (article.body, article.edition and article.edition.number) == ("Old.", 1)

    def test_a_correction_is_kept_with_its_date(self) -> None:
        article = make_article(sources=["A book"])
        write(article, body="Right.")
        approved(article).publish(by=make_user(role="editor"), correction="The dose was wrong.")

        noted = ReviewEvent.objects.get(act="corrected")
        assert (noted.key, noted.note, noted.happened_on) == (
            f"article:{article.pk}", "The dose was wrong.", timezone.localdate(),
        )  # fmt: skip


class TestTime:
    def test_what_is_scheduled_goes_public_on_the_minute_and_ends_on_it(self) -> None:
        article, now = approved(make_draft()), timezone.now()
        begins, ends = now + dt.timedelta(hours=1), now + dt.timedelta(hours=2)
        article.schedule(begins, by=make_user(role="editor"), until=ends)

        seen = []
        for moment in (begins - dt.timedelta(seconds=1), begins, ends - dt.timedelta(seconds=1), ends):
            with time_machine.travel(moment, tick=False):
                sweeps.publish_scheduled()
                seen.append(Article.objects.published().count())
                sweeps.expire_articles()

        article.refresh_from_db()
        assert seen == [0, 1, 1, 0]
        assert article.status == Status.EXPIRED

    def test_a_worker_that_is_down_exposes_nothing(self) -> None:
        article, now = approved(make_draft()), timezone.now()
        article.publish(by=make_user(role="editor"), until=now + dt.timedelta(hours=1))

        with time_machine.travel(now + dt.timedelta(hours=2), tick=False):
            article.refresh_from_db()
            readable = (
                Article.objects.published().count(),
                article.is_public,
                Document.objects.live().filter(kind="article").count(),
            )

        assert readable == (0, False, 0)

    def test_the_text_that_was_scheduled_goes_public_whatever_is_written_meanwhile(self) -> None:
        article, begins = approved(make_draft(body="Read.")), timezone.now() + dt.timedelta(hours=1)
        article.schedule(begins, by=make_user(role="editor"))
        write(article, body="Not read by anybody.")

        with time_machine.travel(begins, tick=False):
            sweeps.publish_scheduled()

        article.refresh_from_db()
        assert article.edition is not None
        assert (article.status, article.edition.body) == (Status.PUBLISHED, "Read.")

    def test_what_the_guard_found_in_a_newer_text_keeps_no_scheduled_one_back(self) -> None:
        article, begins = approved(make_draft(body="Read.")), timezone.now() + dt.timedelta(hours=1)
        article.schedule(begins, by=make_user(role="editor"))
        write(article, body="Call 0912-345-678.")

        with time_machine.travel(begins, tick=False):
            done = sweeps.publish_scheduled()

        article.refresh_from_db()
        assert article.edition is not None
        assert (done, article.edition.body) == (1, "Read.")

    def test_what_a_condition_keeps_back_stays_scheduled(self) -> None:
        article, begins = approved(make_draft()), timezone.now() + dt.timedelta(hours=1)
        article.schedule(begins, by=make_user(role="editor"))
        ArticleFinding.objects.create(article=article, kind="mobile", excerpt="0912-345-678")

        with time_machine.travel(begins, tick=False):
            done = sweeps.publish_scheduled()

        article.refresh_from_db()
        assert (done, article.status) == (0, Status.SCHEDULED)

    def test_a_moment_that_is_over_is_refused(self) -> None:
        article, editor, now = approved(make_draft()), make_user(role="editor"), timezone.now()

        past = refused(article.schedule, now - dt.timedelta(minutes=1), by=editor)
        backwards = refused(article.publish, by=editor, until=now - dt.timedelta(minutes=1))

        assert past == ["Choose a moment that is still to come, or publish at once."]
        assert backwards == ["It would end before it begins."]


class TestLeaving:
    def test_a_withdrawn_article_takes_its_translations_along_and_leaves_tombstones(self) -> None:
        original = make_article()
        translation = make_article("zh-hant", translation_of=original)

        original.withdraw(by=make_user(role="editor"), note="It was wrong.")

        translation.refresh_from_db()
        assert (original.status, translation.status) == (Status.WITHDRAWN, Status.WITHDRAWN)
        assert list(
            Document.objects.filter(kind="article").order_by("key").values_list("is_tombstone", flat=True)
        ) == [True, True]

    def test_a_withdrawn_article_can_be_taken_up_again(self) -> None:
        article, editor = make_article(), make_user(role="editor")
        article.withdraw(by=editor, note="It was wrong.")

        article.reopen(by=editor)

        acts = ArticleEvent.objects.filter(article=article).values_list("act", "from_status", "to_status")
        assert list(acts) == [("withdraw", "published", "withdrawn"), ("reopen", "withdrawn", "draft")]

    def test_without_a_reason_nothing_is_withdrawn(self) -> None:
        article = make_article()

        assert refused(article.withdraw, by=make_user(role="editor"), note=" ") == ["Say why it goes."]


class TestTranslations:
    def test_a_translation_is_behind_when_more_than_a_comma_of_the_original_changed(self) -> None:
        original = make_article(sources=["A book"])
        translation = make_article("zh-hant", translation_of=original)
        approved(original)
        write(original, body="A comma, more.", is_small=True)
        original.publish(by=make_user(role="editor"))
        after_a_comma = translation.is_behind(original)
        write(original, body="Another dose.")
        approved(original).publish(by=make_user(role="editor"))
        after_a_change = translation.is_behind(original)

        translation.bring_in_line()

        assert (after_a_comma, after_a_change, translation.is_behind(original)) == (False, True, False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
class TestTwoAtOnce:
    """What one transaction has not committed yet holds back the other: the conditions are looked at under one lock."""

    def publish_beside(self, article: Article, change: Any) -> tuple[bool, list[str]]:
        """Publish while another transaction has changed the article; whether it waited, and what it was told."""
        editor, told = make_user(role="editor"), []

        def publish() -> None:
            try:
                Article.objects.get(pk=article.pk).publish(by=editor)
            except InvalidMove as refusal:
                told.extend(refusal.conditions)
            finally:
                connection.close()

        other = threading.Thread(target=publish)
        with transaction.atomic():
            change()
            other.start()
            other.join(timeout=0.7)
            waited = other.is_alive()
        other.join(timeout=10)
        return waited, told

    def test_a_finding_that_is_just_being_saved_keeps_the_text_back(self) -> None:
        article = make_draft(is_medical=False, sources=[], body="Fine.")

        outcome = self.publish_beside(article, lambda: write(article, body="Call 0912-345-678."))

        assert outcome == (True, ["Decide first what the guard found in the text."])

    def test_a_reference_that_is_just_being_taken_out_keeps_the_text_back(self) -> None:
        article = approved(make_draft())

        def without_reference() -> None:
            article.references.all().delete()
            article.record(by=make_user(role="editor"), is_small=True)

        assert self.publish_beside(article, without_reference) == (
            True, ["A medical text needs at least one reference."],
        )  # fmt: skip

    def test_a_reviewer_who_is_just_writing_at_it_is_no_reviewer(self) -> None:
        article, reviewer = make_draft(), make_reviewer()
        article.approve(by=reviewer)

        outcome = self.publish_beside(article, lambda: write(article, by=reviewer, is_small=True, title="Changed"))

        assert outcome == (
            True,
            ["Whoever approved this text has also written at it: somebody else has to review it."],
        )

    def test_an_original_that_is_just_being_withdrawn_keeps_its_translation_back(self) -> None:
        original = make_article()
        translation = make_draft(language="zh-hant", translation_of=original, is_medical=False)

        def withdraw() -> None:
            original.withdraw(by=make_user(role="editor"), note="It was wrong.")

        waited, told = self.publish_beside(translation, withdraw)

        assert (waited, told) == (True, ["Its original is not public."])
