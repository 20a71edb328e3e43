"""An article as everyone reads it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles import sweeps
from articles.models import ArticleReference
from search.models import Document
from tests.factories import make_article, make_concept, make_department, make_physician, make_topic, make_user
from tests.reading import links, queries, read

pytestmark = pytest.mark.django_db


def test_title_lede_contents_and_body_are_there_once_and_in_order(client: Client) -> None:
    article = make_article(
        title="Living with lupus", lede="In short.", body="## Sun\n\nA.\n\n### Hats\n\nB.\n\n## Food\n\nC."
    )

    page = read(client, article.get_absolute_url()).one("article")

    assert page.one("h1").words == "Living with lupus"
    assert page.one("p", "lede").words == "In short."
    assert links(page.one("nav", "contents")) == {"Sun": "#part-sun", "Hats": "#part-hats", "Food": "#part-food"}
    headings = [(part.tag, part["id"]) for part in page.one("div", "prose").every() if part["id"]]
    assert headings == [("h2", "part-sun"), ("h3", "part-hats"), ("h2", "part-food")]


def test_it_names_author_reviewer_and_dates(client: Client) -> None:
    department = make_department()
    article = make_article(
        department=department,
        author_name="Demo Writer",
        reviewed_by=make_physician(name_romanised="Demo Reader"),
        reviewed_on=dt.date(2024, 5, 1),
        published_at=dt.datetime(2024, 4, 30, 18, tzinfo=dt.UTC),
        views=7,
    )

    facts = read(client, article.get_absolute_url()).one("dl", "facts")

    shown = dict(
        zip([name.words for name in facts.every("dt")], [fact.words for fact in facts.every("dd")], strict=True)
    )
    assert shown == {
        "Author": "Demo Writer",
        "Medically reviewed by": "Dr. Demo Reader",
        "Published on": "2024/05/01",
        "Reviewed on": "2024/05/01",
        "Views": "7",
    }


def test_a_question_without_an_answer_says_so(client: Client) -> None:
    article = make_article(entries=[("Q0?", "Yes, *sometimes*."), ("Q1?", "")])

    entries = read(client, article.get_absolute_url()).one("section", "faq-entries").every("div", "faq-entry")

    assert [entry.words for entry in entries] == ["Q0? Yes, sometimes.", "Q1? This question has no answer yet."]


def test_references_and_topics_are_linked(client: Client) -> None:
    article = make_article(status="draft", is_medical=False)
    ArticleReference.objects.create(
        article=article, title="A book", citation="https://example.org/b", checked_on=dt.date(2024, 1, 2)
    )
    article.record(by=None)
    article.publish(by=make_user())
    topic = make_topic(make_concept("Lupus"), make_department(name_en="Internal Medicine"))
    article.topics.set([topic, make_topic(is_public=False)])

    page = read(client, article.get_absolute_url())

    references = page.one("section", **{"aria-labelledby": "references"})
    assert references.one("li").words == "A book https://example.org/b checked on 2024/01/02"
    assert links(references) == {"https://example.org/b": "https://example.org/b"}
    assert links(page.one("section", **{"aria-labelledby": "topics"})) == {
        "Lupus (Internal Medicine)": topic.get_absolute_url()
    }


def test_slug_and_prefix_are_corrected(client: Client) -> None:
    article = make_article(title="Lupus")
    wrong = client.get(f"/en/articles/{article.pk}/?a=1")
    alone = client.get(f"/zh-hant/articles/{article.pk}/x/")
    twin = make_article("zh-hant", title="狼瘡", translation_of=article)
    paired = client.get(f"/zh-hant/articles/{article.pk}/x/")

    assert (wrong.status_code, wrong["Location"]) == (301, f"/en/articles/{article.pk}/lupus/?a=1")
    assert (alone.status_code, alone["Location"]) == (302, article.get_absolute_url())
    assert (paired.status_code, paired["Location"]) == (302, twin.get_absolute_url())
    assert links(read(client, article.get_absolute_url()).one("article"))["中文"] == twin.get_absolute_url()


def test_only_what_is_public_now_is_readable(client: Client) -> None:
    now = timezone.now()
    shown = make_article()
    waiting = make_article(published_at=now + dt.timedelta(hours=1))
    expired = make_article(published_at=now - dt.timedelta(hours=2), expires_at=now - dt.timedelta(hours=1))
    draft, taken_down = make_article(status="draft"), make_article()
    taken_down.withdraw(by=make_user(), note="It was wrong.")

    codes = [client.get(row.get_absolute_url()).status_code for row in (shown, waiting, expired, draft, taken_down)]

    assert codes == [200, 404, 404, 404, 410]


def test_it_costs_the_same_for_one_three_and_fifty_rows(client: Client) -> None:
    costs = []
    for number in (1, 3, 50):
        article = make_article(entries=[("Q?", "A.")] * number, sources=["A book"] * number)
        article.topics.set([make_topic() for _row in range(number)])
        costs.append(queries(client, article.get_absolute_url()))

    assert costs == [6, 6, 6]


def test_a_withdrawn_article_says_why_and_points_to_what_is_near(client: Client) -> None:
    lupus, department = make_concept("Lupus"), make_department(name_en="Internal Medicine")
    article, near, far = make_article(department=department), make_article(title="Near"), make_article(title="Far")
    for row in (article, near):
        row.tagged.create(tag=lupus)
    article.withdraw(by=make_user(), note="The dose was wrong.")

    answer = client.get(article.get_absolute_url())

    page = read(client, article.get_absolute_url(), 410)
    ways = links(page.one("main"))
    assert answer.status_code == 410
    assert page.one("blockquote").words == "The dose was wrong."
    assert (ways["Near"], far.title in ways) == (near.get_absolute_url(), False)
    assert ways["Other questions answered by Internal Medicine"] == department.get_absolute_url()


def test_an_expired_article_is_gone_from_its_moment_on(client: Client) -> None:
    now = timezone.now()
    article = make_article(published_at=now - dt.timedelta(hours=2), expires_at=now + dt.timedelta(hours=1))
    before = client.get(article.get_absolute_url()).status_code

    with time_machine.travel(now + dt.timedelta(hours=2), tick=False):
        late = client.get(article.get_absolute_url()).status_code
        sweeps.expire_articles()
        gone = client.get(article.get_absolute_url()).status_code

    assert (before, late, gone) == (200, 404, 410)


def test_a_translation_is_over_with_its_original_even_while_the_worker_is_down(client: Client) -> None:
    over_at = timezone.now() + dt.timedelta(minutes=5)
    original = make_article(title="Living with lupus", expires_at=over_at)
    translation = make_article("zh-hant", title="狼瘡生活", translation_of=original)
    places = [translation.get_absolute_url(), "/zh-hant/articles/"]
    before = ["狼瘡生活" in client.get(place).content.decode() for place in places]

    with time_machine.travel(over_at):
        after = [client.get(place) for place in places]
        found = Document.objects.live().filter(kind="article").count()

    assert before == [True, True]
    assert [answer.status_code for answer in after] == [404, 200]
    assert ["狼瘡生活" in answer.content.decode() for answer in after] == [False, False]
    assert found == 0
