"""The whole demo into an empty site, in one transaction."""

from typing import Final

from django.db.models import Model

from articles.models import Article, StaticPage
from faq.answered_days import count_answered
from faq.models import Notification, Question, Topic
from faq.neighbours import renew_neighbours
from faq.related_topics import renew_all
from people.models import Physician, User
from portal.demo import archive, library
from portal.demo.articles import Shelf
from portal.demo.content import read
from portal.demo.days import Days
from portal.demo.house import build
from portal.demo.pictures import draw
from portal.demo.site import Site
from portal.demo.stories import Stories
from search.changes import changing
from search.models import Concept

EMPTY: Final[tuple[type[Model], ...]] = (Question, Physician, Topic, Article, StaticPage, Concept)
"""What a site must not have yet."""


class NotEmptyError(Exception):
    """The site has content that is not the demo's."""


def load() -> bool:
    """Load the demo; False when it is here already. Raises NotEmptyError for a site that has content of its own."""
    with changing():
        if User.objects.filter(is_demo=True).exists():
            return False
        names = [entry["username"] for entry in read("accounts")]
        if User.objects.filter(username__in=names).exists() or any(_rows(model) for model in EMPTY):
            raise NotEmptyError
        _load()
    return True


def _rows(model: type[Model]) -> bool:
    return model._default_manager.exists()


def _load() -> None:
    days = Days()
    house = build(days)
    vocabulary = library.concepts()
    texts = library.Library(house, vocabulary, days)
    texts.fill()
    shelf = Shelf(house, vocabulary, texts.topics, draw(house.accounts["editor"]), days)
    shelf.fill()
    stories = Stories(house, vocabulary, texts, days)
    entries = [*read("questions_en"), *read("questions_zh_hant")]
    imported = [entry for entry in entries if entry["status"] == "imported"]
    # The oldest first, as numbers are given; an original before its translation.
    told = [entry for entry in entries if entry not in imported]
    for entry in sorted(told, key=lambda each: (bool(each["translation_of"]), stories.asked_at(each), each["key"])):
        stories.tell(entry)
    shelf.relate(stories.questions)
    Site(house, texts.topics, shelf.articles, stories.questions, days).furnish()
    archive.load(imported, house, vocabulary)
    days.happened(days.ago(archive.LOADED_DAYS_AGO))
    days.settle()
    # No asker of the demo left an address.
    Notification.objects.all().delete()
    for question in Question.objects.published():
        renew_neighbours(question)
    renew_all()
    count_answered()
