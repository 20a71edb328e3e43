"""What the demo's editors have written beside articles: the vocabulary, topics, static pages and supplements."""

import datetime as dt
from typing import Any, Final

from articles.models import StaticPage
from faq.models import MoreInfo, Question, Topic
from faq.models.reviewing import APPROVED, REVIEW_EVERY
from people.models import User
from portal.demo.content import Entry, before, read
from portal.demo.days import Days
from portal.demo.house import House
from search.importing import import_starter
from search.models import Concept

WRITING_TAKES: Final = 3
"""Days between a text and its review."""


def concepts() -> dict[str, Concept]:
    """Take in the vocabulary that Wenyi brings; returns the concepts by their keys, which the content uses."""
    import_starter()
    return Concept.objects.in_bulk(field_name="slug")


class Library:
    """Writes the texts of the demo, has them reviewed as the house does, and puts the days right."""

    def __init__(self, house: House, vocabulary: dict[str, Concept], days: Days) -> None:
        self.house = house
        self.vocabulary = vocabulary
        self.days = days
        self.editor = house.accounts["editor"]
        self.topics: dict[str, Topic] = {}

    def fill(self) -> None:
        """Write everything that does not stand under a question."""
        for entry in sorted(read("pages"), key=lambda each: each["order"]):
            self._page(entry)
        # An original before its translation.
        for entry in sorted(read("topics"), key=lambda each: "translation_of" in each):
            self.topics[entry["key"]] = self._topic(entry)

    def supplement(self, question: Question, entry: Entry) -> None:
        """Write the supplement under a question."""
        author = self._author(entry["author"])
        english = question.language == "en"
        info = MoreInfo(
            question=question,
            body=entry["text"],
            provenance=entry["provenance"],
            author=author,
            author_name=(author.first_name if english else author.last_name) if author else "",
            sources="\n".join(f"{source['title']} – {source['address_or_citation']}" for source in entry["sources"]),
        )
        self._publish(info, entry, reviewer=entry["reviewed_by"], author=author or self.editor)

    def _author(self, key: str | None) -> User | None:
        """An editor's or a physician's account; a machine has none."""
        if not key:
            return None
        return self.house.accounts.get(key) or self.house.speakers[key]

    def _page(self, entry: Entry) -> None:
        reviewed = self.days.ago(entry["reviewed_days_ago"])
        columns = {name: entry[name] for name in ("slug", "language", "title", "body")}
        page = StaticPage(
            reviewed_on=reviewed.date(),
            next_review_on=reviewed.date() + REVIEW_EVERY,
            text_changed_at=reviewed,
            **columns,
        )
        self._write(page, by=self.editor, at=reviewed)

    def _topic(self, entry: Entry) -> Topic:
        original = self.topics[entry["translation_of"]] if "translation_of" in entry else None
        topic = Topic(
            concept=self.vocabulary[entry["concept"]],
            department=self.house.departments[entry["department"]],
            language=entry["language"],
            translation_of=original,
            introduction=before(entry["introduction"], entry.get("swap", ())),
        )
        topic.text_changed_at = self.days.ago(entry["reviewed_days_ago"])
        self._publish(topic, entry, reviewer=entry["reviewed_by"], author=self.editor)
        if "revised_days_ago" in entry:
            self._revise(topic, entry)
        return topic

    def _revise(self, topic: Topic, entry: Entry) -> None:
        """Write the introduction as it is now, which its translation does not know."""
        done = self.days.ago(entry["revised_days_ago"])
        topic.introduction = entry["introduction"]
        self._write(topic, by=self.editor, at=done)
        self._review(topic, entry["reviewed_by"], done)
        Topic.objects.filter(pk=topic.pk).update(text_changed_at=done)
        self._write(topic, by=self.editor, at=done)

    def _publish(self, text: Any, entry: Entry, *, reviewer: str | None, author: User) -> None:
        """Write a text, have it approved where somebody reviews it, and make it public."""
        done = self.days.ago(entry["reviewed_days_ago"] if reviewer else entry["published_days_ago"])
        self._write(text, by=author, at=done - dt.timedelta(days=WRITING_TAKES))
        if reviewer:
            self._review(text, reviewer, done)
        text.is_public = entry.get("is_public", True)
        self._write(text, by=author, at=done)
        self.days.happened(done)

    def _review(self, text: Any, reviewer: str, done: dt.datetime) -> None:
        """Have a text approved, on the day that it was."""
        by = self.house.speakers[reviewer]
        text._history_user, text._history_date = by, done
        text.approve(by=by)
        text.reviewed_on = done.date()
        text.next_review_on = text.reviewed_on + REVIEW_EVERY
        signed = text.history.filter(history_change_reason=APPROVED, history_date=done)
        signed.update(reviewed_on=text.reviewed_on, next_review_on=text.next_review_on)
        text._change_reason = None

    def _write(self, text: Any, *, by: User, at: dt.datetime) -> None:
        text._history_user, text._history_date = by, at
        text.save()
