"""One answer for several questions: joined, listed as another way to ask, parted, and who is told."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from faq.models import FeaturedQuestion, Notification, Question, SimilarQuestion
from faq.models.thread import Thread
from faq.neighbours import renew_neighbours
from faq.states import InvalidMove, Status
from people.models import User
from search.models import Document
from tests.factories import (
    make_concept,
    make_department,
    make_finding,
    make_question,
    make_topic,
    make_user,
)
from tests.reading import queries, read

pytestmark = pytest.mark.django_db


def moderator() -> User:
    return make_user(role="moderator", second_factor=False)


def public(title: str = "Can I swim?", **fields: Any) -> Question:
    return make_question(Status.PUBLISHED, title=title, **{"concepts": [make_concept()], **fields})


def stored(question: Thread) -> Question:
    found: Question = Question.objects.get(pk=question.pk)
    return found


def told(question: Question) -> list[str]:
    """The acts that the asker gets a mail about."""
    rows = Notification.objects.filter(event__question=question, recipient=None).order_by("pk")
    return list(rows.values_list("event__act", flat=True))


def variants_on(client: Client, question: Question) -> list[str]:
    page = read(client, stored(question).get_absolute_url())
    return [item.words for box in page.every("div", "variants") for item in box.every("li")]


def test_readers_of_a_merged_question_are_led_to_the_survivor_and_both_askers_are_told(client: Client) -> None:
    lost, kept, by = public("Swimming?"), public(), moderator()
    address = lost.get_absolute_url()

    lost.merge(into=kept, by=by)

    response = client.get(f"{address}?from=mail")
    assert (response.status_code, response["Location"]) == (301, f"{kept.get_absolute_url()}?from=mail")
    assert (told(lost), told(kept)) == (["merge"], ["merged_here"])
    assert not Document.objects.live().filter(key=f"question:{lost.pk}").exists()


def test_the_survivors_asker_gets_one_mail_however_many_are_merged() -> None:
    kept, by = public(), moderator()

    for _number in range(3):
        public().merge(into=kept, by=by)

    assert told(kept) == ["merged_here"]


def test_a_listed_variant_stands_on_the_page_and_the_document_and_the_others_do_not(client: Client) -> None:
    kept, by = public(), moderator()
    public("Is <b>swimming</b> allowed?").merge(into=kept, by=by, as_variant=True)
    public("Nobody lists me").merge(into=kept, by=by)

    listed = variants_on(client, kept)

    assert listed == ["Is <b>swimming</b> allowed?"]
    body = Document.objects.get(key=f"question:{kept.pk}").body
    assert ("swimming</b> allowed" in body, "Nobody lists me" in body) == (True, False)


def test_a_title_is_listed_and_taken_off_again(client: Client) -> None:
    kept, lost, by = public(), public("Another way"), moderator()
    lost.merge(into=kept, by=by)

    lost.list_variant(by=by)
    on = variants_on(client, kept)
    lost.unlist_variant(by=by)

    assert (on, variants_on(client, kept)) == (["Another way"], [])
    assert list(lost.events.values_list("act", flat=True))[-3:] == ["merge", "list_variant", "unlist_variant"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (make_finding, "Its title can be listed only when its findings are decided."),
        (
            lambda row: Question.objects.filter(pk=row.pk).update(wants_public=False),
            "Its asker wants an answer only for themselves: its title is not shown.",
        ),
        (lambda row: Question.objects.filter(pk=row.pk).update(title=""), "Its title is empty."),
    ],
)
def test_a_title_that_must_not_be_shown_is_not_listed(
    client: Client, change: Callable[[Question], Any], sentence: str
) -> None:
    lost, kept, by = make_question(Status.ACCEPTED, title="My secret"), public(), moderator()
    change(lost)
    lost = stored(lost)

    with pytest.raises(InvalidMove) as refused:
        lost.merge(into=kept, by=by, as_variant=True)

    assert refused.value.conditions == [sentence]
    assert stored(lost).status == Status.ACCEPTED
    assert variants_on(client, kept) == []


def test_a_finding_that_is_opened_later_takes_the_title_off_the_page(client: Client) -> None:
    lost, kept = public("My secret"), public()
    lost.merge(into=kept, by=moderator(), as_variant=True)
    before = variants_on(client, kept)

    make_finding(lost, field="title")

    assert (before, variants_on(client, kept)) == (["My secret"], [])


def test_words_hidden_in_a_merged_question_are_hidden_on_the_survivors_page_and_in_search(client: Client) -> None:
    lost, kept, by = public("Pills of Mr Example"), public(), moderator()
    lost.merge(into=kept, by=by, as_variant=True)

    lost.mark(["Mr Example"], by=by)

    assert "Mr Example" not in " ".join(variants_on(client, kept))
    assert "Mr Example" not in Document.objects.get(key=f"question:{kept.pk}").body


def refusal(lost: Question, kept: Question) -> list[str]:
    with pytest.raises(InvalidMove) as refused:
        stored(lost).merge(into=kept, by=moderator())
    return refused.value.conditions


def test_a_merging_that_would_leave_readers_or_askers_with_nothing_is_refused() -> None:
    lost = public()
    translation = public("翻譯", language="zh-hant", translation_of=lost)
    reasons = {
        "merged": refusal(lost, make_question(Status.MERGED)),
        "itself": refusal(lost, lost),
        "withdrawn": refusal(lost, make_question(Status.WITHDRAWN)),
        "hidden": refusal(make_question(Status.PUBLISHED), make_question(Status.ACCEPTED)),
        "private": refusal(make_question(Status.ACCEPTED), make_question(Status.ANSWERED, wants_public=False)),
        "language": refusal(make_question(Status.ACCEPTED), public("游泳", language="zh-hant")),
        "translated": refusal(lost, public()),
    }

    assert {name: len(sentences) for name, sentences in reasons.items()} == {
        "merged": 3, "itself": 2, "withdrawn": 3, "hidden": 1, "private": 1, "language": 1, "translated": 1,
    }  # fmt: skip
    assert (stored(lost).status, stored(translation).status) == (Status.PUBLISHED, Status.PUBLISHED)


def test_a_question_that_was_parted_is_what_it_was_before(client: Client) -> None:
    lost, kept, by = public("Swimming?"), public(), moderator()
    lost.merge(into=kept, by=by, as_variant=True)

    lost.unmerge(by=by)

    again = stored(lost)
    assert (again.status, again.merged_into, again.is_variant) == (Status.PUBLISHED, None, False)
    assert client.get(again.get_absolute_url()).status_code == 200
    assert variants_on(client, kept) == []
    assert told(lost) == ["merge", "unmerge"]
    assert "Swimming?" not in Document.objects.get(key=f"question:{kept.pk}").body


def test_what_was_public_does_not_come_back_with_an_open_finding() -> None:
    lost, by = public(), moderator()
    lost.merge(into=public(), by=by)
    make_finding(lost)

    lost.unmerge(by=by)

    assert stored(lost).status == Status.ANSWERED


def test_what_was_merged_into_a_question_moves_on_with_it_and_comes_back_with_it(client: Client) -> None:
    by = moderator()
    first, second, third, last = (public(f"Way {number}") for number in (1, 2, 3, 4))
    first.merge(into=second, by=by, as_variant=True)
    second.merge(into=third, by=by, as_variant=True)
    third.merge(into=last, by=by, as_variant=True)
    collapsed = [stored(row).merged_into for row in (first, second, third)]
    listed = variants_on(client, last)
    address = client.get(f"/en/questions/{first.pk}/x/")["Location"]

    stored(second).unmerge(by=by)

    assert collapsed == [last, last, last]
    assert (listed, address) == (["Way 1", "Way 2", "Way 3"], last.get_absolute_url())
    assert [stored(row).merged_into for row in (first, second, third)] == [second, None, last]
    assert (variants_on(client, second), variants_on(client, last)) == (["Way 1"], ["Way 3"])


def test_the_middle_of_a_chain_takes_everything_behind_it_along() -> None:
    by = moderator()
    first, second, third, last = (public(f"Way {number}") for number in (1, 2, 3, 4))
    first.merge(into=second, by=by)
    second.merge(into=third, by=by)
    third.merge(into=last, by=by)

    stored(third).unmerge(by=by)

    assert [stored(row).merged_into for row in (first, second, third)] == [third, third, None]
    stored(second).unmerge(by=by)
    assert [stored(row).merged_into for row in (first, second)] == [second, None]


def test_a_survivor_that_is_withdrawn_lets_its_variants_go() -> None:
    by = moderator()
    was_public, waiting, kept = public(), make_question(Status.ACCEPTED), public()
    was_public.merge(into=kept, by=by)
    waiting.merge(into=kept, by=by)

    stored(kept).withdraw()

    assert [stored(row).status for row in (was_public, waiting)] == [Status.PUBLISHED, Status.ACCEPTED]
    assert told(waiting) == ["merge", "unmerge"]


def test_a_variant_that_is_withdrawn_leaves_no_word_behind(client: Client) -> None:
    lost, kept = public("Words of mine"), public()
    lost.merge(into=kept, by=moderator(), as_variant=True)

    stored(lost).withdraw()

    assert variants_on(client, kept) == []
    assert "Words of mine" not in Document.objects.get(key=f"question:{kept.pk}").body
    assert client.get(f"/en/questions/{lost.pk}/x/").status_code == 410


def test_a_question_in_the_middle_that_is_withdrawn_leaves_those_before_it_with_the_survivor() -> None:
    by = moderator()
    first, second, last = (public(f"Way {number}") for number in (1, 2, 3))
    first.merge(into=second, by=by)
    second.merge(into=last, by=by)

    stored(second).withdraw()

    assert (stored(first).merged_into, stored(first).merged_through) == (last, None)
    assert stored(first).status == Status.MERGED


def test_the_askers_of_merged_questions_hear_when_the_survivor_is_published_and_only_once() -> None:
    by, kept = moderator(), make_question(Status.ANSWERED, concepts=[make_concept()])
    lost = make_question(Status.ACCEPTED)
    lost.merge(into=kept, by=by)
    kept = stored(kept)

    kept.publish(by=by)
    kept.unpublish(by=by, reason="A slip.")
    kept.publish(by=by)

    assert told(lost) == ["merge", "published_there"]


def test_a_merged_question_is_nobodys_neighbour_and_featured_nowhere() -> None:
    concept, department, by = make_concept(), make_department(), moderator()
    topic = make_topic(concept, department)
    lost, kept, other = (public(f"Q{number}", department=department, concepts=[concept]) for number in range(3))
    renew_neighbours(other)
    topic.feature(other, by=by)
    topic.feature(lost, by=by)

    lost.merge(into=kept, by=by)
    renew_neighbours(stored(lost))

    shown = SimilarQuestion.objects.filter(question=other).shown()
    assert set(shown.values_list("other_id", flat=True)) == {kept.pk}
    assert list(FeaturedQuestion.objects.shown().values_list("question_id", flat=True)) == [other.pk, kept.pk]


def test_an_old_archive_address_of_a_merged_thread_leads_to_the_survivor(client: Client) -> None:
    lost = public(source="archive", external_id="7", old_url="https://archive.example/qa.php?id=7")
    kept = public()
    lost.merge(into=kept, by=moderator())

    response = client.get("/qa.php?id=7")

    assert (response.status_code, response["Location"]) == (301, kept.get_absolute_url())


def test_what_was_public_and_leads_to_what_is_no_longer_public_says_so(client: Client) -> None:
    lost, kept, by = public(), public(), moderator()
    lost.merge(into=kept, by=by)

    stored(kept).unpublish(by=by, reason="It was wrong.")

    assert client.get(f"/en/questions/{lost.pk}/x/").status_code == 410


def test_variants_cost_one_query_and_none_where_there_is_none(client: Client) -> None:
    kept, by = public(), moderator()
    costs = [queries(client, kept.get_absolute_url())]
    for more in (1, 2, 47):
        for _row in range(more):
            public().merge(into=kept, by=by, as_variant=True)
        costs.append(queries(client, kept.get_absolute_url()))

    assert [cost - costs[0] for cost in costs] == [0, 1, 1, 1]


def test_a_stale_page_does_not_merge_twice() -> None:
    lost, kept, other, by = public(), public(), public(), moderator()
    stale = stored(lost)
    lost.merge(into=kept, by=by)

    with pytest.raises(InvalidMove):
        stale.merge(into=other, by=by)

    assert stored(lost).merged_into == kept


@pytest.mark.django_db(transaction=True)
def test_two_questions_merged_into_each_other_at_the_same_moment_do_not_end_in_a_circle() -> None:
    one, two, by = public(), public(), moderator()
    came_with = public()
    came_with.merge(into=one, by=by)
    start, refused = threading.Barrier(3), []

    def attempt(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
        except InvalidMove as error:
            refused.append(error)
        finally:
            connections.close_all()

    acts = [
        lambda: stored(one).merge(into=two, by=by),
        lambda: stored(two).merge(into=one, by=by),
        lambda: stored(came_with).unmerge(by=by),
    ]
    threads = [threading.Thread(target=attempt, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    ends = {stored(row).merged_into for row in (one, two)}
    assert len(ends) == 2
    assert None in ends
    parted = stored(came_with)
    assert parted.merged_into is None or stored(parted.merged_into).merged_into is None
    assert len(refused) in {1, 2}
