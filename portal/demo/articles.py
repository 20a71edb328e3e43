"""The demo's articles: each is led through its life by the verbs of the house, and has its days put right at once."""

import datetime as dt
import re
from typing import Any, Final

from django.utils import timezone

from articles.importing import draft_from, read_file
from articles.models import (
    Article,
    ArticleFaqEntry,
    ArticleReading,
    ArticleReference,
    ArticleRevision,
    Picture,
    TaggedArticle,
)
from faq.models import Question, Topic
from faq.models.reviewing import REVIEW_EVERY
from people.models import User
from portal.demo import content
from portal.demo.content import Entry
from portal.demo.days import Days
from portal.demo.house import House
from search.changes import changing
from search.models import Concept

COPIED: Final = ("language", "title", "lede", "description", "author_name", "is_medical", "views")
PICTURE: Final = re.compile(r"\{([a-z]+)\}")
"""In a text of the content, a picture by its key: its number is known only here."""


class Shelf:
    """Writes the articles, and knows them by the keys that the content uses."""

    def __init__(
        self, house: House, vocabulary: dict[str, Concept], topics: dict[str, Topic], pictures: dict[str, Picture],
        days: Days,
    ) -> None:  # fmt: skip
        self.house = house
        self.vocabulary = vocabulary
        self.topics = topics
        self.pictures = pictures
        self.days = days
        self.articles: dict[str, Article] = {}

    def fill(self) -> None:
        """Write every article, an original before its translation, and import the manuscripts."""
        for entry in sorted(content.read("articles"), key=lambda each: bool(each["translation_of"])):
            self.articles[entry["key"]] = self._written(entry)
            ArticleLife(entry, self).lead()
        for entry in content.read("manuscripts"):
            self._imported(entry)

    def relate(self, questions: dict[str, Question]) -> None:
        """Name the questions of patients beside the articles, when there are any."""
        with changing() as keys:
            for entry in content.read("articles"):
                if entry["questions"]:
                    article = self.articles[entry["key"]]
                    article.questions.set([questions[key] for key in entry["questions"]])
                    keys.add(article.text_key)

    def text(self, entry: Entry, act: Entry) -> str:
        """The body as it was at one saving, with the numbers of the pictures."""
        words = content.before(content.text(entry["key"]), act.get("swap", ())) + act.get("more", "")
        return PICTURE.sub(lambda match: str(self.pictures[match[1]].pk), words)

    def account(self, key: str) -> User:
        """An editor's or a physician's account."""
        return self.house.accounts.get(key) or self.house.speakers[key]

    def _written(self, entry: Entry) -> Article:
        """The working text, not yet kept as a revision."""
        until = entry.get("comments_until_days_ago")
        physician = entry["author_physician"]
        article = Article.objects.create(
            body=self.text(entry, entry["life"][0]),
            author=self.account(physician or "editor"),
            author_physician=self.house.physicians[physician] if physician else None,
            department=self.house.departments.get(entry["department"]),
            translation_of=self.articles[entry["translation_of"]] if entry["translation_of"] else None,
            hero=self.pictures.get(entry.get("hero") or ""),
            needs_second_reader=entry.get("needs_second_reader", False),
            takes_comments=entry.get("takes_comments", False),
            comments_until=self.days.ago(until).date() if until else None,
            **{name: entry[name] for name in COPIED},
        )
        self._furnish(article, entry)
        return article

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
        ArticleFaqEntry.objects.bulk_create(
            ArticleFaqEntry(article=article, question=asked["question"], answer=asked["answer"] or "", order=order)
            for order, asked in enumerate(entry["faq"])
        )

    def _imported(self, entry: Entry) -> None:
        """A manuscript that an editor has imported and not yet touched."""
        parts, origin = read_file(content.manuscript(entry["file"]))
        department = self.house.departments[entry["department"]]
        draft_from(parts, by=self.house.accounts["editor"], department=department, origin=origin)
        self.days.happened(self.days.ago(entry["days_ago"]))


class ArticleLife:
    """One article and what happens to it, act by act. The verbs stamp the present; each act puts its day in place."""

    def __init__(self, entry: Entry, shelf: Shelf) -> None:
        self.entry = entry
        self.shelf = shelf
        self.days = shelf.days
        self.article = shelf.articles[entry["key"]]

    def lead(self) -> None:
        """Do everything that the content says, in its order."""
        for number, act in enumerate(self.entry["life"]):
            at = self.days.ago(act["days_ago"], minutes=20 * number)
            by = self.shelf.account(act["by"]) if "by" in act else None
            getattr(self, f"_{act['act']}")(act, at, by)
            self.days.happened(at)
        self.article.refresh_from_db()
        self.article.show()

    def _record(self, act: Entry, at: dt.datetime, by: User) -> None:
        body = self.shelf.text(self.entry, act)
        if body != self.article.body:
            self.article.body = body
            self.article.save()
        self.article.record(by=by, note=act.get("note", ""), is_small=act.get("is_small", False))

    def _submit(self, act: Entry, at: dt.datetime, by: User) -> None:
        self.article.submit(by=by)
        self._put_right(review_asked_at=at)

    def _send_back(self, act: Entry, at: dt.datetime, by: User) -> None:
        self.article.send_back(by=by, note=act["note"])

    def _approve(self, act: Entry, at: dt.datetime, by: User) -> None:
        self.article.approve(by=by)
        number = self.article.revisions.latest("number").number
        revisions = ArticleRevision.objects.filter(article=self.article, number=number)
        ArticleReading.objects.filter(revision__in=revisions, user=by).update(read_on=at.date())
        revisions.update(reviewed_on=at.date(), next_review_on=at.date() + REVIEW_EVERY)

    def _schedule(self, act: Entry, at: dt.datetime, by: User) -> None:
        begins = self.days.ago(-act["in_days"])
        self.article.schedule(begins, by=by, until=begins + dt.timedelta(days=act["for_days"]))

    def _publish(self, act: Entry, at: dt.datetime, by: User) -> None:
        ended = act.get("ended_days_ago")
        first, changed = self.article.published_at, self.article.text_changed_at
        self.article.publish(by=by, correction=act.get("correction", ""), until=_tomorrow() if ended else None)
        columns: dict[str, Any] = {} if first else {"published_at": at}
        if self.article.text_changed_at != changed:
            columns["text_changed_at"] = at
        if ended:
            columns["expires_at"] = self.days.ago(ended)
        if "correction" in act:
            told = {**self.article.corrections[-1], "on": at.date().isoformat()}
            columns["corrections"] = [*self.article.corrections[:-1], told]
        self._put_right(**columns)

    def _expire(self, act: Entry, at: dt.datetime, by: None) -> None:
        self.article.expire()

    def _withdraw(self, act: Entry, at: dt.datetime, by: User) -> None:
        self.article.withdraw(by=by, note=act["note"])

    def _outdate(self, act: Entry, at: dt.datetime, by: User) -> None:
        better = self.shelf.articles[act["see"]].get_absolute_url()
        self.article.outdate(by=by, note=act["note"], see=better)
        self._put_right(outdated_on=at.date())

    def _put_right(self, **columns: Any) -> None:
        Article.objects.filter(pk=self.article.pk).update(**columns)
        self.article.refresh_from_db()


def _tomorrow() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=1)
