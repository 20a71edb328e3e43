"""Kinds of public pages and the staff's desks, looked at by axe in a real browser: no violation in either language.

Sideways scrolling at 320 pixels and targets below 24 are looked for on the same pages.
"""

import datetime as dt
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.states import Status as ArticleStatus
from faq.states import Status
from people.models import User
from tests.conftest import OpenPage
from tests.factories import (
    make_article,
    make_comment,
    make_concept,
    make_consent,
    make_contact_block,
    make_department,
    make_feature,
    make_more_info,
    make_notice,
    make_page,
    make_physician_user,
    make_promoted,
    make_question,
    make_topic,
    make_user,
)
from tests.searching import write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _violations(page: Any) -> list[str]:
    return [f"{row['id']}: {row['nodes'][0]['html'][:120]}" for row in Axe().run(page).response["violations"]]


BLOCKS: Final = """## One

::: care urgent Telephone today if:
- it is so
:::

::: warning Mind this
Words.
:::

::: do At home
- rest
:::

::: dont At home
- run
:::

::: details More about it
Words.
:::

### Two

> A sentence.
> -- Somebody, *A paper*

| Day | What |
| --- | --- |
| 1 | rest |

## Three
"""

# Visible and alone in its line, yet less than 24 pixels high or wide (WCAG 2.5.8; links inside a sentence are free).
SMALL_TARGETS: Final = """() => [
  ...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")
]
  .filter((each) => {
    const box = each.getBoundingClientRect(), line = each.closest("p, li, dd, td, h1, h2, h3");
    if (each.closest(".trap, .skip, label") || !box.width || box.right < 0) return false;
    const around = line ? line.textContent.trim().length - each.textContent.trim().length : 0;
    const inSentence = getComputedStyle(each).display === "inline" && around > 3;
    return (box.height < 24 || box.width < 24) && !inSentence;
  }).map((each) => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_public_pages_have_no_violation(open_page: OpenPage, language: str) -> None:
    department, lupus = make_department("department-one"), make_concept()
    make_consent("self")
    question = make_question(Status.PUBLISHED, department, language, concepts=[lupus])
    make_more_info(question)
    topic = make_topic(lupus, department, language)
    ticket = make_question(Status.ACCEPTED, department, language).ticket.secret
    paths = [
        "",
        "departments/department-one/",
        "ask/?department=department-one",
        f"ticket/{ticket}/",
        "ticket/",
        "contact/",
    ]
    addresses = [*(f"/{language}/{path}" for path in paths), question.get_absolute_url(), topic.get_absolute_url()]
    page = open_page(addresses[0], width=360)

    found = {}
    for address in addresses:
        page.goto(address)
        found[address] = _violations(page)

    assert {address: rows for address, rows in found.items() if rows} == {}


def _editorial_addresses(language: str) -> list[str]:
    """Every kind of page of the editorial house, with all that may stand on it."""
    department, concept = make_department("department-two"), make_concept("Iritis", "虹膜炎")
    block, days_ago = make_contact_block(), timezone.localdate() - dt.timedelta(days=400)
    make_notice()
    make_notice(department=department, level=2)
    article = make_article(
        language,
        department=department,
        body=f"{BLOCKS}\n::: contact {block.slug}\n:::\n",
        entries=[("Is it so?", "It is."), ("And this?", "")],
        sources=["A guideline"],
        takes_comments=True,
    )
    article.concepts.add(concept)
    comment = make_comment(article)
    overdue = make_article(language, reviewed_on=days_ago, next_review_on=days_ago + dt.timedelta(days=360))
    gone = make_article(language, status=ArticleStatus.WITHDRAWN, department=department)
    question = make_question(Status.PUBLISHED, department, language, concepts=[concept])
    make_question(Status.MERGED, department, language, merged_into=question, status_before=Status.PUBLISHED)
    topic = make_topic(concept, department, language)
    topic.featured.create(question=question, by=make_user(role="editor"))
    make_feature(article)
    page = make_page("words", language, body=f"## One\n\n::: contact {block.slug}\n:::\n", next_review_on=days_ago)
    paths = [
        "",
        "articles/",
        f"articles/{article.pk}/comments/",
        f"articles/{article.pk}/comments/new/",
        f"comments/{comment.pk}/report/",
        f"concepts/{concept.pk}/",
        "topics/",
        "search/?q=nothing-like-it",
    ]
    shown: list[Any] = [article, overdue, gone, question, topic, page]
    return [*(f"/{language}/{path}" for path in paths), *(each.get_absolute_url() for each in shown)]


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_pages_of_the_editorial_house_have_no_violation_and_fit_a_small_phone(
    open_page: OpenPage, language: str
) -> None:
    addresses = _editorial_addresses(language)
    page = open_page(addresses[0], width=320)

    found = {}
    for address in addresses:
        page.goto(address)
        too_wide = page.evaluate("document.documentElement.scrollWidth") > 320
        found[address] = [*_violations(page), *page.evaluate(SMALL_TARGETS), *(["sideways"] if too_wide else [])]

    assert {address: rows for address, rows in found.items() if rows} == {}


@pytest.mark.parametrize("path", ["articles/{}/comments/new/", "comments/{}/report/"])
def test_a_form_with_errors_has_no_violation_and_leads_to_its_errors(open_page: OpenPage, path: str) -> None:
    comment = make_comment()
    number = comment.article_id if path.startswith("articles") else comment.pk
    page = open_page(f"/en/{path.format(number)}", width=320)

    with page.expect_navigation():
        page.click("main form [type=submit]")

    page.wait_for_selector("#problems:focus")
    assert _violations(page) == []


def test_the_desks_have_no_violation(open_page: OpenPage) -> None:
    department = make_department()
    waiting = make_question(Status.ACCEPTED, department)
    new = make_question(Status.SUBMITTED, department)
    article = make_article(status=ArticleStatus.DRAFT, department=department, entries=[("Is it so?", "")])
    concept = make_concept("Iritis", "虹膜炎")
    make_concept("Hiccups", is_proposal=True)
    write("Dengue")
    wanted = write("Dengue and travel").want_topic(by=make_user())
    make_promoted(f"question:{make_question(Status.PUBLISHED).pk}", wanted.shown)
    vocabulary = [
        reverse("admin:search_searchquery_changelist"),
        reverse("admin:search_promotedresult_changelist"),
        reverse("admin:search_promotedresult_add") + "?words=dengue+and+travel&language=",
        reverse("admin:faq_topic_changelist"),
        reverse("admin:search_concept_suggestions"),
        reverse("admin:search_concept_merge", args=[concept.pk]),
    ]
    merging = reverse("admin:faq_moderator_merge", args=[waiting.pk])
    writing = [
        reverse("admin:articles_article_changelist"),
        reverse("admin:articles_article_change", args=[article.pk]),
    ]
    places: list[tuple[User, list[str]]] = [
        (make_physician_user(department), ["", "faq/question/desk/", f"faq/question/desk/{waiting.pk}/"]),
        (make_user(role="moderator"), ["faq/question/moderate/", f"faq/question/moderate/{new.pk}/", "faq/question/"]),
        (make_user(role="moderator"), [path.removeprefix("/admin/") for path in [merging, *vocabulary]]),
        (make_user(role="editor"), [path.removeprefix("/admin/") for path in writing]),
        (make_user(role="medical_reviewer"), [reverse("admin:ageing_report").removeprefix("/admin/")]),
    ]

    found = {}
    for user, paths in places:
        page = open_page("/health/live")
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        root = page.url.removesuffix("health/live")
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": root}])
        for path in paths:
            page.goto(f"/admin/{path}")
            found[path] = _violations(page)

    assert {path: rows for path, rows in found.items() if rows} == {}
