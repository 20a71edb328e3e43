"""What the demo's editors have written: the vocabulary, topics, articles, static pages and supplements."""

import datetime as dt
from typing import Any, Final

from articles.models import Article, ArticleFaqEntry, ArticleReference, HomeFeature, StaticPage, TaggedArticle
from faq.models import MoreInfo, Question, Topic
from faq.models.reviewing import APPROVED, REVIEW_EVERY
from people.languages import prefix_of
from people.models import User
from portal.demo.content import Entry, read
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
        self.articles: dict[str, Article] = {}

    def fill(self) -> None:
        """Write everything that does not stand under a question."""
        for entry in sorted(read("pages"), key=lambda each: each["order"]):
            self._page(entry)
        for entry in read("topics"):
            self.topics[entry["key"]] = self._topic(entry)
        # An original before its translation.
        for entry in sorted(read("articles"), key=lambda each: bool(each["translation_of"])):
            self.articles[entry["key"]] = self._article(entry)
        for entry in [*read("topics"), *read("articles")]:
            if entry["is_featured"]:
                self._feature(entry["key"])

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

    def _feature(self, key: str) -> None:
        """Put a topic or an article on the home page, behind those that are there."""
        topic, article = self.topics.get(key), self.articles.get(key)
        language = prefix_of((topic or self.articles[key]).language)
        place = HomeFeature.objects.filter(language=language).count() + 1
        HomeFeature.objects.create(language=language, topic=topic, article=article, order=place * 10)

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
        topic = Topic(
            concept=self.vocabulary[entry["concept"]],
            department=self.house.departments[entry["department"]],
            language=entry["language"],
            introduction=entry["introduction"],
            is_featured=entry["is_featured"],
        )
        self._publish(topic, entry, reviewer=entry["reviewed_by"], author=self.editor)
        return topic

    def _article(self, entry: Entry) -> Article:
        copied = ("language", "title", "lede", "body", "author_name", "is_medical", "is_featured", "views")
        author = self._author(entry["author"])
        article = Article(
            author=author,
            department=self.house.departments.get(entry["department"]),
            translation_of=self.articles[entry["translation_of"]] if entry["translation_of"] else None,
            **{name: entry[name] for name in copied},
        )
        article.save()
        self._furnish(article, entry)
        self._go_public(article, entry, author or self.editor)
        return article

    def _go_public(self, article: Article, entry: Entry, author: User) -> None:
        """Have an article recorded, approved and published, and put its days right."""
        published = self.days.ago(entry["published_days_ago"])
        reviewed = self.days.ago(entry["reviewed_days_ago"]) if entry["reviewer"] else None
        revision = article.record(by=author)
        if reviewed:
            article.approve(by=self.house.speakers[entry["reviewer"]])
            signed = {"reviewed_on": reviewed.date(), "next_review_on": reviewed.date() + REVIEW_EVERY}
            article.revisions.filter(pk=revision.pk).update(**signed)
        article.refresh_from_db()
        article.publish(by=self.editor)
        article.revisions.update(saved_at=(reviewed or published) - dt.timedelta(days=WRITING_TAKES))
        Article.objects.filter(pk=article.pk).update(
            published_at=published, text_changed_at=(reviewed or published) - dt.timedelta(days=WRITING_TAKES)
        )
        article.refresh_from_db()
        article.show()

    def _furnish(self, article: Article, entry: Entry) -> None:
        TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object=article, tag=self.vocabulary[key]) for key in entry["concepts"]
        )
        article.topics.set([self.topics[key] for key in entry["topics"]])
        ArticleReference.objects.bulk_create(
            ArticleReference(
                article=article,
                title=source["title"],
                citation=source["address_or_citation"],
                checked_on=self.days.ago(source["checked_days_ago"]).date(),
                order=order,
            )
            for order, source in enumerate(entry["references"])
        )
        for order, asked in enumerate(entry["faq"]):
            ArticleFaqEntry.objects.create(
                article=article, question=asked["question"], answer=asked["answer"] or "", order=order
            )

    def _publish(self, text: Any, entry: Entry, *, reviewer: str | None, author: User) -> None:
        """Write a text, have it approved where somebody reviews it, and make it public."""
        done = self.days.ago(entry["reviewed_days_ago"] if reviewer else entry["published_days_ago"])
        self._write(text, by=author, at=done - dt.timedelta(days=WRITING_TAKES))
        if reviewer:
            by = self.house.speakers[reviewer]
            text._history_user, text._history_date = by, done
            text.approve(by=by)
            text.reviewed_on = done.date()
            text.next_review_on = text.reviewed_on + REVIEW_EVERY
            signed = text.history.filter(history_change_reason=APPROVED)
            signed.update(reviewed_on=text.reviewed_on, next_review_on=text.next_review_on)
            text._change_reason = None
        text.is_public = True
        self._write(text, by=author, at=done)

    def _write(self, text: Any, *, by: User, at: dt.datetime) -> None:
        text._history_user, text._history_date = by, at
        text.save()
