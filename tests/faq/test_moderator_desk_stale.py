"""Two moderators on one question: nobody writes over what somebody else has written, and both texts are shown."""

import pytest

from faq.models import Question, TaggedQuestion
from faq.states import Status
from people.models import User
from tests.factories import make_concept, make_department, make_question, make_user
from tests.faq.moderating import client_of, moderator_client, opened, press, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(db: None) -> User:
    return make_user(role="moderator")


def tags_of(question: Question) -> set[int]:
    return set(TaggedQuestion.objects.filter(content_object=question).values_list("tag_id", flat=True))


def test_saving_over_a_newer_text_is_refused_with_both_texts_shown(colleague: User) -> None:
    question = make_question(body="Old words.")
    client = moderator_client()
    page = opened(client, question)
    question.revise(by=colleague, body="Words of a colleague.")

    again = press(client, question, "save", page, body="Words of mine.")

    label, newer, pieces = again.context["newer"][0]
    assert (label, newer, again.context["form"]["body"].value()) == (
        "Question",
        "Words of a colleague.",
        "Words of mine.",
    )
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == "Words of mine."
    assert stored(question).body == "Words of a colleague."


def test_saving_again_after_having_read_both_is_allowed(colleague: User) -> None:
    question = make_question(body="Old words.")
    client = moderator_client()
    page = opened(client, question)
    question.revise(by=colleague, body="Words of a colleague.")
    again = press(client, question, "save", page, body="Words of mine.")

    seen = again.context["form"]["seen"].value()
    press(client, question, "save", {**page, "seen": seen}, body="Words of mine.")

    assert stored(question).body == "Words of mine."


def test_a_stale_page_on_which_nothing_was_typed_takes_nothing_back(colleague: User) -> None:
    question, department = make_question(body="Old words."), make_department()
    client = moderator_client()
    page = opened(client, question)
    question.revise(by=colleague, body="Words of a colleague.")
    question.assign(department, by=colleague)

    press(client, question, "accept", page)

    now = stored(question)
    assert (now.body, now.department) == ("Words of a colleague.", department)


def test_two_who_change_different_fields_both_have_their_way(colleague: User) -> None:
    question = make_question(body="Old words.", title="Old title")
    client = moderator_client()
    page = opened(client, question)
    question.revise(by=colleague, title="New title")

    press(client, question, "save", page, body="New words.")

    assert (stored(question).title, stored(question).body) == ("New title", "New words.")


def test_after_a_refusal_the_untouched_fields_show_the_present_and_stay_untouched(colleague: User) -> None:
    question = make_question(body="Old words.", title="Old title")
    client = moderator_client()
    page = opened(client, question)
    question.revise(by=colleague, title="New title")

    again = press(client, question, "decline", page, body="Words of mine.")
    form = again.context["form"]
    sent = {name: form[name].value() for name in ("title", "body", "seen")}
    press(client, question, "save", {**page, **sent})

    assert (form["title"].value(), form["body"].value()) == ("New title", "Words of mine.")
    assert (stored(question).title, stored(question).body) == ("New title", "Words of mine.")


def test_a_department_that_somebody_else_has_set_is_not_overwritten(colleague: User) -> None:
    question = make_question()
    client = moderator_client()
    page = opened(client, question)
    theirs, mine = make_department(), make_department()
    question.assign(theirs, by=colleague)

    again = press(client, question, "save", page, department=mine.pk)

    assert again.context["form"].errors.keys() == {"department"}
    assert stored(question).department == theirs


def test_both_having_chosen_the_same_is_no_quarrel(colleague: User) -> None:
    question, department = make_question(), make_department()
    client = moderator_client()
    page = opened(client, question)
    question.assign(department, by=colleague)

    response = press(client, question, "save", page, department=department.pk)

    assert response.status_code == 302


def test_the_tags_of_both_are_kept_and_what_one_took_away_stays_away(colleague: User) -> None:
    taken, theirs, mine, kept = (make_concept() for _number in range(4))
    question = make_question(concepts=[taken, kept])
    client = moderator_client()
    page = opened(client, question)
    question.retag([taken, kept, theirs], by=colleague)

    press(client, question, "save", page, tags=[kept.pk, mine.pk])

    assert tags_of(question) == {kept.pk, theirs.pk, mine.pk}


@pytest.mark.parametrize("seen", ["", "no json", "[]", "null", '{"tags": 7, "body": 8}', "{" * 5000])
def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing(seen: str) -> None:
    question = make_question(body="Old words.")

    again = press(moderator_client(), question, "save", seen=seen, body="Words of mine.")

    assert again.context["form"].errors.keys() == {"body"}
    assert stored(question).body == "Old words."


def test_a_page_opened_before_a_finding_was_decided_does_not_bring_the_words_back(colleague: User) -> None:
    question = make_question(body="Call 0912-345-678.", concepts=[make_concept()])
    client = client_of(make_user(role="moderator"))
    page = opened(client, question)
    question.mark(["0912-345-678"], by=colleague)

    press(client, question, "accept", page)

    assert stored(question).body == "Call [hidden]."


def test_after_a_verb_refused_what_somebody_else_wrote_is_not_taken_back(colleague: User) -> None:
    question = make_question(Status.PUBLISHED, title="Old title")
    client = moderator_client()
    page = opened(client, question)
    question.revise(by=colleague, title="New title")

    again = press(client, question, "save", page, body="Call 0912-345-678.")
    form = again.context["form"]
    sent = {name: form[name].value() for name in ("title", "body", "seen")}
    press(client, question, "save", {**page, **sent, "body": "Call nobody."})

    assert again.context["sentences"] == ["Take the personal data out of the text: it is public already."]
    assert (form["title"].value(), form["body"].value()) == ("New title", "Call 0912-345-678.")
    assert (stored(question).title, stored(question).body) == ("New title", "Call nobody.")
