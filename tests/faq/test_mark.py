"""Words that no guard found, hidden by a moderator or at the asker's wish, wherever they stand."""

import uuid

import pytest

from faq.models import Finding, Question, SealedText
from faq.states import InvalidMove, Status
from people.models import User
from tests.factories import make_department, make_finding, make_intake_field, make_question, make_user, submit_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(db: None) -> User:
    return make_user(role="moderator")


def stored(question: Question) -> Question:
    found: Question = Question.objects.get(pk=question.pk)
    return found


def test_marked_words_stay_hidden_when_another_finding_is_decided(moderator: User) -> None:
    question = submit_question(body="Dr. Example, call 0912-345-678.")
    question.mark(["Dr. Example"], by=moderator)

    question.decide(Finding.objects.get(kind="mobile"), show=True, by=moderator)

    assert stored(question).body == "[hidden], call 0912-345-678."


def test_marked_words_are_hidden_in_what_was_added_later_and_in_further_details(moderator: User) -> None:
    department = make_department()
    make_intake_field(department, "clinic")
    question = submit_question(department=department, intake={"clinic": "Example Clinic"})
    added = question.add_words("It was at Example Clinic.", key=uuid.uuid4())

    question.mark(["Example Clinic"], by=moderator)

    added.refresh_from_db()
    assert (added.body, question.intake_values.get().value) == ("It was at [hidden].", "[hidden]")


def test_further_details_are_hidden_after_a_revision_too(moderator: User) -> None:
    department = make_department()
    make_intake_field(department, "clinic")
    question = submit_question(department=department, intake={"clinic": "Example Clinic"})
    question.revise(by=moderator, body="Revised.")

    question.mark(["Example Clinic"], by=moderator)

    assert (stored(question).body, question.intake_values.get().value) == ("Revised.", "[hidden]")


def test_the_editorial_title_hides_them_too(moderator: User) -> None:
    question = submit_question(body="I saw Dr. Example.")
    question.retitle("What Dr. Example said", by=moderator)

    question.mark(["Dr. Example"], by=moderator)

    assert stored(question).editorial_title == "What [hidden] said"


def test_an_archive_thread_without_a_seal_is_cut_in_place(moderator: User) -> None:
    question = make_question(Status.IMPORTED, body="Dr. Example and Dr. Example.")

    question.mark(["Dr. Example"], by=moderator)

    assert stored(question).body == "[hidden] and [hidden]."
    assert SealedText.objects.count() == 0


def test_a_number_that_is_half_marked_is_hidden_as_a_whole(moderator: User) -> None:
    question = make_question(Status.IMPORTED, body="Write to anna 0912-345-678 today.")
    make_finding(question, "0912-345-678", basis=Finding.Basis.PUBLIC)

    question.mark(["anna 0912"], by=moderator)

    assert stored(question).body == "Write to [hidden] today."
    assert Finding.objects.undecided().count() == 0


def test_phrases_that_overlap_leave_nothing_between_them(moderator: User) -> None:
    question = make_question(Status.IMPORTED, body="x Anna Example Clinic y")

    question.mark(["Anna Example", "Example Clinic"], by=moderator)

    assert stored(question).body == "x [hidden] y"


def test_a_later_finding_still_covers_its_words_after_a_cut_before_it(moderator: User) -> None:
    question = make_question(Status.IMPORTED, body="Anna, 0912-345-678.")
    finding = make_finding(question, "0912-345-678", basis=Finding.Basis.PUBLIC)

    question.mark(["Anna"], by=moderator)
    finding.refresh_from_db()
    question.decide(finding, show=False, by=moderator)

    assert stored(question).body == "[hidden], [phone number hidden]."


def test_the_asker_s_wish_is_kept_in_a_revised_text_at_once(moderator: User) -> None:
    question = submit_question(body="I saw Dr. Example.")
    question.revise(by=moderator, body="I saw Dr. Example at noon.")

    missed = stored(question).hide_words(["Dr. Example", "Dr. Nobody"])

    assert (stored(question).body, missed) == ("I saw [hidden at the asker's wish] at noon.", ["Dr. Nobody"])


def test_words_that_occur_nowhere_are_returned_and_nothing_is_logged(moderator: User) -> None:
    question = submit_question()

    assert question.mark(["Dr. Nobody"], by=moderator) == ["Dr. Nobody"]
    assert list(question.events.values_list("act", flat=True)) == ["submit"]


def test_a_withdrawn_question_takes_no_mark_no_revision_and_no_decision(moderator: User) -> None:
    question = submit_question(body="Call 0912-345-678.")
    finding = Finding.objects.get()
    stale = stored(question)
    question.withdraw()

    for act in (
        lambda: stale.mark(["Call"], by=moderator),
        lambda: stale.revise(by=moderator, body="Anything"),
        lambda: stale.retitle("Anything", by=moderator),
        lambda: stale.retag([], by=moderator),
        lambda: stale.assign(make_department(), by=moderator),
        lambda: stale.decide(finding, show=True, by=moderator),
    ):
        with pytest.raises(InvalidMove) as refused:
            act()
        assert refused.value.conditions == ["The asker has withdrawn this question."]

    assert (stored(question).body, Finding.objects.count()) == ("", 0)


def test_letting_go_gives_back_only_what_is_one_s_own(moderator: User) -> None:
    question = make_question()
    question.hold(by=moderator)

    question.let_go(by=make_user(role="moderator"))
    kept = stored(question).held_by
    question.let_go(by=moderator)

    assert (kept, stored(question).held_by) == (moderator, None)
