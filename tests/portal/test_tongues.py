"""Every text of the demo's public pages stands under its own language, and every page has a title of its own."""

from collections import Counter, defaultdict
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from articles.models import Article, Comment
from faq.models import Question
from people.models import Department
from search.index.follower import Follower
from search.models import Document
from tests.reading import parse, read
from tests.tongues import strangers

OF_EACH_KIND = 12
ROOMS = [
    "home", "sitemap_page", "search", "faq:ask", "faq:ticket_find", "faq:question_list", "faq:department_list",
    "faq:topic_list", "articles:article_list", "articles:contact",
]  # fmt: skip


def addresses() -> list[str]:
    """The rooms in both languages, some of what is public of each kind and language, forms about it, and searches."""
    found = []
    for language, words in (("en", "lupus"), ("zh-hant", "狼瘡")):
        with override(language):
            found += [reverse(name) for name in ROOMS]
            found += [f"{reverse('search')}?q={quote(words)}"]
            departments = Department.objects.all()[:OF_EACH_KIND]
            found += [f"{reverse('faq:ask')}?department={each.slug}" for each in departments]
            found += [each.get_absolute_url() for each in departments]
        questions = Question.objects.published().filter(language=language)[:2]
        found += [f"/{language}/questions/{each.pk}/-/helpful/" for each in questions]
        articles = Article.objects.published().filter(language=language)[:2]
        found += [f"/{language}/articles/{each.pk}/comments/new/" for each in articles]
        comments = Comment.objects.approved().filter(article__in=Article.objects.published(), language=language)[:2]
        found += [f"/{language}/comments/{each.pk}/report/" for each in comments]
    kinds: Counter[tuple[str, str]] = Counter()
    for document in Document.objects.live().exclude(path="").order_by("-number"):
        kinds[document.kind, document.language] += 1
        if kinds[document.kind, document.language] <= OF_EACH_KIND:
            found.append(document.path)
    return list(dict.fromkeys(found))


@pytest.mark.usefixtures("demo")
def test_each_text_stands_under_its_own_language_and_each_page_has_its_own_title(
    client: Client, index: Follower
) -> None:
    index.step()
    wrong: dict[str, str] = {}
    titles = defaultdict(list)

    for address in addresses():
        page = read(client, address)
        wrong |= dict.fromkeys(strangers(page), address)
        (html,) = page.every("html")
        assert html["lang"] == ("zh-Hant" if address.startswith("/zh-hant/") else "en")
        if "?department=" not in address:
            titles[page.one("head").one("title").words].append(address)

    assert {title: same for title, same in titles.items() if len(same) > 1} == {}
    assert wrong == {}


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<html lang="en"><p>狼瘡可以打疫苗嗎</p></html>', ["en: 狼瘡可以打疫苗嗎"]),
        ('<html lang="en"><p lang="zh-Hant">狼瘡可以打疫苗嗎</p></html>', []),
        ('<html lang="zh-Hant"><p lang="zh-Hans">狼疮可以打疫苗吗</p></html>', []),
        (
            '<html lang="zh-Hant"><p aria-label="The way to the content">本</p></html>',
            ["zh-Hant: The way to the content"],
        ),
        ('<html lang="en"><p>Lupus (紅斑性狼瘡)</p></html>', []),
        ('<html lang="zh-Hant"><p>SLE、LINE、Wenyi</p></html>', []),
    ],
)
def test_a_text_under_the_wrong_language_is_seen(page: str, expected: list[str]) -> None:
    assert strangers(parse(page)) == expected
