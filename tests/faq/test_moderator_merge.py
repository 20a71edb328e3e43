"""The moderators' screens for merging: find the other, look at both, merge, list, part again; and featuring."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from faq.admin.moderator_merge import FOUND
from faq.models import Question
from faq.states import Status
from search.index.follower import Follower
from tests.factories import make_concept, make_department, make_finding, make_question, make_topic, make_user
from tests.faq.moderating import item, moderator_client, opened, stored
from tests.reading import links, parse, queries

pytestmark = pytest.mark.django_db


def merge_page(question: Question) -> str:
    return reverse("admin:faq_moderator_merge", args=[question.pk])


def candidates(client: Client, question: Question, typed: str = "") -> list[int]:
    context = client.get(merge_page(question), {"q": typed} if typed else {}).context
    return [each.question.pk for each in context["candidates"]]


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def public(title: str = "Can I swim?", **fields: Any) -> Question:
    return make_question(Status.PUBLISHED, title=title, **{"concepts": [make_concept()], **fields})


def test_public_questions_with_the_same_concepts_are_offered() -> None:
    concept = make_concept("Lupus")
    question = make_question(Status.SUBMITTED, title="My lupus")
    near = public(concepts=[concept])
    public()
    public("狼瘡", concepts=[concept], language="zh-hant")

    assert candidates(moderator_client(), question) == [near.pk]


def test_the_other_is_found_by_number_and_by_words_of_the_title_public_or_waiting() -> None:
    question, client = make_question(Status.SUBMITTED), moderator_client()
    shown, waiting = public("Swimming in the sea"), make_question(Status.ACCEPTED, title="The sea and swimming")
    make_question(Status.REJECTED, title="Swimming in the sea")
    make_question(Status.ACCEPTED, title="Swimming")

    assert candidates(client, question, f"#{shown.pk}") == [shown.pk]
    assert candidates(client, question, "SEA swimming") == [waiting.pk, shown.pk]
    assert candidates(client, question, "nothing like it") == []


def test_with_an_index_the_other_is_found_as_readers_find_it(index: Follower) -> None:
    question, client = make_question(Status.SUBMITTED), moderator_client()
    near, nearer = public("A question", body="May I swim?"), public("Swimming, swimming")
    public("海中游泳 swim", language="zh-hant")
    make_topic(make_concept("Swimming"))
    taken_down = public("Swimming in the sea")
    index.step()
    taken_down.unpublish(by=make_user(role="moderator"), reason="a reason")

    assert sorted(candidates(client, question, "swims")) == [near.pk, nearer.pk]


@pytest.mark.parametrize("typed", ["9" * 400, "１２", "%", "x" * 5000, "a " * 300])
def test_a_search_for_anything_is_answered(typed: str) -> None:
    question = make_question(Status.SUBMITTED)

    assert moderator_client().get(merge_page(question), {"q": typed}).status_code == 200
    assert moderator_client().get(merge_page(question), {"into": typed}).status_code in {200, 302}


def test_both_stand_side_by_side_with_what_differs_before_anything_happens() -> None:
    lost, kept = make_question(Status.SUBMITTED, title="Swim?"), public("Can I swim?")
    make_finding(lost)

    response = moderator_client().get(merge_page(lost), {"into": kept.pk})

    sides = response.context["sides"]
    assert [(side.question.pk, side.undecided, len(side.answers)) for side in sides] == [
        (lost.pk, 1, 0),
        (kept.pk, 0, 1),
    ]
    title = response.context["differences"][0]
    assert "".join(piece.text for piece in title.pieces if piece.kind != "added") == "Swim?"
    assert stored(lost).status == Status.SUBMITTED
    page = parse(response.content.decode())
    assert links(page)["The other way round"] == f"{merge_page(kept)}?into={lost.pk}"


def test_a_press_merges_lists_the_title_and_leads_to_where_it_can_be_undone() -> None:
    lost, kept, client = make_question(Status.ACCEPTED, title="Swim?"), public(), moderator_client()

    done = client.post(merge_page(lost), {"act": "merge", "into": kept.pk, "as_variant": "yes"})

    assert (done.status_code, done["Location"]) == (302, f"{item(lost)}#merging")
    row = stored(lost)
    assert (row.status, row.merged_into, row.is_variant) == (Status.MERGED, kept, True)
    client.post(merge_page(lost), {"act": "unmerge"})
    assert stored(lost).status == Status.ACCEPTED


def test_the_survivors_page_lists_what_was_merged_into_it_and_parts_and_lists_each() -> None:
    kept, client = public(), moderator_client()
    one, two = make_question(Status.ACCEPTED), make_question(Status.ACCEPTED)
    for row in (one, two):
        client.post(merge_page(row), {"act": "merge", "into": kept.pk})
    listed = [row.pk for row in client.get(item(kept)).context["merging"]["merged_here"]]

    client.post(merge_page(kept), {"act": f"list:{one.pk}"})
    client.post(merge_page(kept), {"act": f"unmerge:{two.pk}"})

    assert listed == [two.pk, one.pk]
    assert (stored(one).is_variant, stored(two).status) == (True, Status.ACCEPTED)
    client.post(merge_page(kept), {"act": f"unlist:{one.pk}"})
    assert stored(one).is_variant is False


def test_a_refused_merging_says_why_and_shows_both_again() -> None:
    lost, kept = make_question(Status.ACCEPTED), public()
    make_finding(lost)

    refused = moderator_client().post(merge_page(lost), {"act": "merge", "into": kept.pk, "as_variant": "yes"})

    assert refused["Location"] == f"{merge_page(lost)}?into={kept.pk}"
    assert said(refused) == ["Its title can be listed only when its findings are decided."]
    assert stored(lost).status == Status.ACCEPTED


def test_a_second_press_changes_nothing_and_says_so() -> None:
    lost, kept, client = make_question(Status.ACCEPTED), public(), moderator_client()
    client.post(merge_page(lost), {"act": "merge", "into": kept.pk})

    again = client.post(merge_page(lost), {"act": "merge", "into": kept.pk})

    assert said(again)[-1] == "This is not possible any more: somebody was faster."
    assert list(lost.events.values_list("act", flat=True)).count("merge") == 1


@pytest.mark.parametrize("act", ["", "withdraw", "publish", "merge:x:y"])
def test_a_button_that_there_is_not_is_404_or_does_nothing(act: str) -> None:
    lost = make_question(Status.ACCEPTED)

    response = moderator_client().post(merge_page(lost), {"act": act, "into": "999999"})

    assert response.status_code == 404
    assert stored(lost).status == Status.ACCEPTED


@pytest.mark.parametrize("role", ["physician", "editor", "medical_reviewer", "administrator"])
def test_nobody_but_a_moderator_merges(role: str) -> None:
    lost, kept, client = make_question(Status.ACCEPTED), public(), Client()
    client.force_login(make_user(role=role))

    response = client.post(merge_page(lost), {"act": "merge", "into": kept.pk})

    assert response.status_code == 404
    assert stored(lost).status == Status.ACCEPTED


def test_the_page_costs_the_same_for_one_three_and_fifty_candidates() -> None:
    question, client, costs = make_question(Status.SUBMITTED), moderator_client(), []
    for more in (1, 2, 47):
        for _row in range(more):
            public("Swimming in the sea")
        costs.append(queries(client, f"{merge_page(question)}?q=sea"))

    assert costs == [costs[0]] * 3
    assert len(candidates(client, question, "sea")) == FOUND


def test_one_press_features_a_question_on_its_topic_and_one_takes_it_off() -> None:
    concept, department = make_concept(), make_department()
    topic, client = make_topic(concept, department), moderator_client()
    make_topic(concept)
    question = public(department=department, concepts=[concept])
    rows = client.get(item(question)).context["topics"]

    client.post(item(question), {**opened(client, question), "act": f"feature:{topic.pk}"})
    on = list(topic.featured.values_list("question_id", flat=True))
    client.post(item(question), {**opened(client, question), "act": f"unfeature:{topic.pk}"})

    assert [(row.topic, row.is_featured) for row in rows] == [(topic, False)]
    assert (on, topic.featured.count()) == ([question.pk], 0)
    assert list(question.events.values_list("act", flat=True))[-2:] == ["feature", "unfeature"]


def test_a_question_is_not_featured_on_a_topic_that_is_not_its_own() -> None:
    question, other, client = public(), make_topic(), moderator_client()

    response = client.post(item(question), {**opened(client, question), "act": f"feature:{other.pk}"})

    assert response.status_code == 404
    assert other.featured.count() == 0
