"""What surrounds the texts of the demo: comments, features, notices, menus, contacts and old addresses."""

import datetime as dt
import uuid
from typing import Final

from articles.models import (
    Article,
    Comment,
    ContactBlock,
    HomeFeature,
    MenuItem,
    Redirect,
    SiteNotice,
)
from faq.models import Question, Topic
from people.languages import prefix_of
from portal.demo.content import Entry, read
from portal.demo.days import Days
from portal.demo.house import House

STEP: Final = 10
"""Between two places of the home page, so that something fits in between."""


class Site:
    """Furnishes the site when all texts are there, which it knows by the keys that the content uses."""

    def __init__(
        self, house: House, topics: dict[str, Topic], articles: dict[str, Article], questions: dict[str, Question],
        days: Days,
    ) -> None:  # fmt: skip
        self.house = house
        self.topics = topics
        self.articles = articles
        self.questions = questions
        self.days = days
        self.editor = house.accounts["editor"]
        self.moderator = house.accounts["moderator"]

    def furnish(self) -> None:
        """Put up everything."""
        (plan,) = read("site")
        self._features(plan["features"])
        for entry in plan["contacts"]:
            ContactBlock.objects.create(**entry)
        for entry in plan["notices"]:
            self._notice(entry)
        for entry in plan["menu"]:
            self._menu_item(entry)
        for entry in plan["redirects"]:
            self._redirect(entry)
        for entry in sorted(read("comments"), key=lambda each: -each["days_ago"]):
            self._comment(entry)
        self._feature_questions()

    def _features(self, questions: list[str]) -> None:
        """The home page: the topics and articles that say so, then a question of each language."""
        for entry in read("topics"):
            if entry["is_featured"]:
                self._feature(topic=self.topics[entry["key"]])
        for entry in read("articles"):
            if entry["is_featured"]:
                self._feature(article=self.articles[entry["key"]])
        for key in questions:
            self._feature(question=self.questions[key])

    def _feature(self, **subject: Article | Topic | Question) -> None:
        """Put a text on the home page of its language, behind those that are there."""
        (text,) = subject.values()
        language = prefix_of(text.language)
        place = HomeFeature.objects.filter(language=language).count() + 1
        feature = HomeFeature(language=language, order=place * STEP)
        for name, row in subject.items():
            setattr(feature, name, row)
        feature.save()

    def _feature_questions(self) -> None:
        """The questions that topics show before all others, in the order of the content."""
        for entry in read("topics"):
            for key in entry.get("featured", ()):
                self.topics[entry["key"]].feature(self.questions[key], by=self.moderator)
        self.days.happened(self.days.ago(3))

    def _notice(self, entry: Entry) -> None:
        """A notice; one that tells of closed days says which, and ends with them."""
        first = self.days.ago(-entry.get("closes_in_days", 0)).date()
        last = first + dt.timedelta(days=entry.get("closed_for_days", 1) - 1)
        names = {"first_en": _english(first), "last_en": _english(last)}
        names |= {"first_zh": _chinese(first), "last_zh": _chinese(last)}
        names |= {name: self.topics[key].get_absolute_url() for name, key in entry.get("topics", {}).items()}
        ends = self.days.ago(-entry["until_in_days"]) if "until_in_days" in entry else self.days.on(last, 16 * 60)
        SiteNotice.objects.create(
            level=entry["level"],
            department=self.house.departments.get(entry["department"]),
            text_en=entry["text_en"].format(**names),
            text_zh_hant=entry["text_zh_hant"].format(**names),
            starts_at=self.days.ago(entry["from_days_ago"]),
            ends_at=ends,
        )

    def _menu_item(self, entry: Entry) -> None:
        columns = {name: entry[name] for name in ("place", "language", "label", "order")}
        address = self._address(entry) or entry["address"]
        MenuItem.objects.create(address=address, **columns)

    def _redirect(self, entry: Entry) -> None:
        rest = {name: value for name, value in entry.items() if name not in ("old", "new", "article")}
        new = self._address(entry) or entry["new"]
        Redirect.lay(entry["old"], new, by=self.editor, origin=Redirect.Origin.TYPED, **rest)

    def _address(self, entry: Entry) -> str:
        """Where the article that an entry names stands; empty where it names none."""
        return self.articles[entry["article"]].get_absolute_url() if "article" in entry else ""

    def _comment(self, entry: Entry) -> None:
        """What a reader wrote, what the moderator decided, and what others reported afterwards."""
        article = self.articles[entry["article"]]
        words = {name: entry[name] for name in ("nickname", "body")}
        comment = Comment.hold(article, key=uuid.uuid4(), language=article.language, **words)
        self.days.happened(self.days.ago(entry["days_ago"]))
        decide = {"approved": comment.approve, "declined": comment.decline}.get(entry.get("decided", ""))
        if decide:
            decide(by=self.moderator)
            self.days.happened(self.days.ago(entry["days_ago"], minutes=90))
        for report in entry.get("reports", ()):
            comment.report(key=uuid.uuid4(), reason=report["reason"], note=report["note"])
            self.days.happened(self.days.ago(report["days_ago"]))


def _english(day: dt.date) -> str:
    return f"{day.day} {day:%B}"


def _chinese(day: dt.date) -> str:
    return f"{day.month} 月 {day.day} 日"
