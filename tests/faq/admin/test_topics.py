"""The admin of topics: featured questions in order, and translations that fall behind."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from faq.models import NotFeaturable, Question, Topic
from faq.models.featured import MOST
from faq.states import Status
from tests.factories import make_concept, make_department, make_question, make_topic, make_user
from tests.reading import parse, queries, read

pytestmark = pytest.mark.django_db


def editor() -> Client:
    client = Client()
    client.force_login(make_user(role="editor"))
    return client


def featured_page(topic: Topic) -> str:
    return reverse("admin:faq_topic_featured", args=[topic.pk])


def on_topic(topic: Topic, title: str = "", **fields: Any) -> Question:
    words = {"title": title} if title else {}
    return make_question(Status.PUBLISHED, topic.department, concepts=[topic.concept], **words, **fields)


def order_of(topic: Topic) -> list[int]:
    return list(topic.featured.values_list("question_id", flat=True))


def test_questions_are_featured_ordered_and_taken_off_with_buttons() -> None:
    topic, client = make_topic(), editor()
    one, two, three = (on_topic(topic) for _number in range(3))

    for question in (one, two, three):
        client.post(featured_page(topic), {"act": f"feature:{question.pk}"})
    moved = client.post(featured_page(topic), {"act": f"up:{three.pk}"})
    first = order_of(topic)
    client.post(featured_page(topic), {"act": f"down:{one.pk}"})
    second = order_of(topic)
    client.post(featured_page(topic), {"act": f"down:{two.pk}"})  # it is the last already
    client.post(featured_page(topic), {"act": f"unfeature:{three.pk}"})

    assert moved["Location"] == f"{featured_page(topic)}?at=up:{three.pk}"
    assert (first, second) == ([one.pk, three.pk, two.pk], [three.pk, one.pk, two.pk])
    assert order_of(topic) == [one.pk, two.pk]


def test_the_button_that_was_pressed_keeps_the_focus() -> None:
    topic, client = make_topic(), editor()
    for _number in range(3):
        topic.feature(on_topic(topic), by=make_user())
    last = order_of(topic)[-1]

    moved = client.post(featured_page(topic), {"act": f"up:{last}"}, follow=True)

    focused = [
        button["value"] for button in parse(moved.content.decode()).every("button") if "autofocus" in button.attributes
    ]
    assert focused == [f"up:{last}"]


def test_only_public_questions_of_the_topic_are_offered_and_taken() -> None:
    topic, client = make_topic(), editor()
    own = on_topic(topic, "Swimming")
    others = [
        make_question(Status.ANSWERED, topic.department, concepts=[topic.concept]),
        make_question(Status.PUBLISHED, topic.department),
        make_question(Status.PUBLISHED, concepts=[topic.concept]),
        make_question(Status.PUBLISHED, topic.department, "zh-hant", concepts=[topic.concept]),
    ]
    offered = [question.pk for question in client.get(featured_page(topic)).context["offered"]]

    for question in others:
        with pytest.raises(NotFeaturable):
            topic.feature(question, by=make_user())
    refused = client.post(featured_page(topic), {"act": f"feature:{others[0].pk}"})

    assert offered == [own.pk]
    assert order_of(topic) == []
    assert [str(message) for message in get_messages(refused.wsgi_request)] == [
        "Only a public question of this topic can be featured on it."
    ]
    assert [row.pk for row in client.get(featured_page(topic), {"q": "swim"}).context["offered"]] == [own.pk]
    assert list(client.get(featured_page(topic), {"q": "sail"}).context["offered"]) == []


def test_a_topic_features_no_more_than_ten() -> None:
    topic, by = make_topic(), make_user()
    for _number in range(MOST):
        topic.feature(on_topic(topic), by=by)

    with pytest.raises(NotFeaturable):
        topic.feature(on_topic(topic), by=by)

    assert len(order_of(topic)) == MOST


@pytest.mark.parametrize(
    "act", ["", "feature:", "feature:x", "drop:1", "up:-1", f"feature:{'9' * 50}", "unfeature:999999"]
)
def test_a_button_that_there_is_not_is_404(act: str) -> None:
    assert editor().post(featured_page(make_topic()), {"act": act}).status_code == 404


@pytest.mark.parametrize("typed", ["9" * 400, "１２", "%", "a " * 300])
def test_a_search_for_anything_is_answered(typed: str) -> None:
    topic = make_topic()

    assert editor().get(featured_page(topic), {"q": typed, "at": f"up:{typed}"}).status_code == 200


@pytest.mark.parametrize("role", ["physician", "medical_reviewer", "administrator"])
def test_whoever_does_not_change_topics_does_not_feature(role: str) -> None:
    topic, client = make_topic(), Client()
    question = on_topic(topic)
    client.force_login(make_user(role=role))

    response = client.post(featured_page(topic), {"act": f"feature:{question.pk}"})

    assert (response.status_code, order_of(topic)) == (404, [])


def test_readers_find_the_featured_first_in_their_order_and_none_that_was_taken_down(client: Client) -> None:
    topic, by = make_topic(), make_user(role="moderator")
    one, two, gone = (on_topic(topic, title) for title in ("First", "Second", "Gone"))
    for question in (two, gone, one):
        topic.feature(question, by=by)
    gone.unpublish(by=by, reason="It was wrong.")

    section = read(client, topic.get_absolute_url()).one("section", **{"aria-labelledby": "featured"})

    assert [title.words for title in section.every("a")] == ["Second", "First"]


def pair() -> tuple[Topic, Topic]:
    """A topic and its translation."""
    concept, department = make_concept("SLE", "紅斑性狼瘡"), make_department()
    original = make_topic(concept, department)
    return original, make_topic(concept, department, "zh-hant", translation_of=original)


def rewrite(topic: Topic, **fields: Any) -> Any:
    """Save the form of a topic with other words."""
    stored = Topic.objects.get(pk=topic.pk)
    sent = {
        "concept": stored.concept_id,
        "department": stored.department_id,
        "language": stored.language,
        "translation_of": stored.translation_of_id or "",
        "introduction": stored.introduction,
        "version": stored.version,
        **fields,
    }
    return editor().post(reverse("admin:faq_topic_change", args=[topic.pk]), sent)


def translation_states(client: Client) -> dict[str, str]:
    page = parse(client.get(reverse("admin:faq_topic_changelist")).content.decode())
    rows = [row for row in page.every("tr") if row.every("td", "field-translation")]
    return {row.one("td", "field-language").words: row.one("td", "field-translation").words for row in rows}


def test_a_changed_original_makes_its_translation_out_of_date_until_somebody_finds_it_in_line() -> None:
    original, translation = pair()
    client = editor()
    before = translation_states(client)

    rewrite(original, introduction="New words.")

    behind = translation_states(client)
    form = client.get(reverse("admin:faq_topic_change", args=[translation.pk]))
    assert before == {"English": "-", "Traditional Chinese": "in line"}
    assert behind == {"English": "-", "Traditional Chinese": "out of date"}
    assert "Translation out of date" in form.content.decode()
    client.post(form.context["in_line_url"])
    assert translation_states(client) == before
    assert Topic.objects.get(pk=original.pk).version == 2


def test_a_small_correction_leaves_the_translation_in_line() -> None:
    original, _translation = pair()

    rewrite(original, introduction="A typo less.", is_small="on")

    assert Topic.objects.get(pk=original.pk).introduction == "A typo less."
    assert translation_states(editor())["Traditional Chinese"] == "in line"


def test_readers_are_told_that_the_original_has_changed_since(client: Client) -> None:
    original, translation = pair()
    before = read(client, translation.get_absolute_url()).every("p", "notice--warning")
    Topic.objects.filter(pk=original.pk).update(text_changed_at=timezone.now())

    after = read(client, translation.get_absolute_url()).one("p", "notice--warning")

    assert before == []
    assert [link["href"] for link in after.every("a")] == [original.get_absolute_url()]


def test_a_translation_is_of_the_same_concept_and_department_in_the_other_language() -> None:
    original, translation = pair()
    other = make_topic(make_concept(), original.department)
    alone = make_topic(make_concept(), original.department, "zh-hant")

    answers = [
        rewrite(alone, translation_of=other.pk),
        rewrite(original, translation_of=original.pk),
        rewrite(original, translation_of=translation.pk),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert rewrite(translation, translation_of=original.pk).status_code == 302


def test_the_featured_page_costs_the_same_for_one_three_and_ten_rows() -> None:
    topic, client, by, costs = make_topic(), editor(), make_user(), []
    for more in (1, 2, 7):
        for _row in range(more):
            topic.feature(on_topic(topic), by=by)
            on_topic(topic)
        costs.append(queries(client, featured_page(topic)))

    assert costs == [costs[0]] * 3
