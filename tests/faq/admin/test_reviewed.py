"""Nobody reviews what they wrote, nobody types a review in, and a changed text loses it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from faq.models import MoreInfo, Question, Topic
from people.models import Department, User
from tests.factories import (
    make_concept,
    make_department,
    make_more_info,
    make_physician,
    make_physician_user,
    make_question,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make_reviewer(**fields: Any) -> User:
    user = make_user(role="medical_reviewer")
    make_physician(user=user, **fields)
    return user


def page(row: Any, name: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])


def of_topic(topic: Topic, **fields: Any) -> dict[str, Any]:
    known = {
        "concept": topic.concept_id,
        "department": topic.department_id,
        "language": topic.language,
        "introduction": topic.introduction,
        "is_public": "on" if topic.is_public else None,
        "version": topic.version,
    }
    return {name: value for name, value in (known | fields).items() if value is not None}


def of_supplement(question: Question | None = None, **fields: Any) -> dict[str, Any]:
    known = {"question": question.pk if question else None, "body": "Drink water.", "provenance": "editor"}
    return {name: value for name, value in (known | fields).items() if value is not None}


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def draft() -> Topic:
    return make_topic(introduction="What **lupus** is.", is_public=False)


@pytest.fixture
def reviewed() -> Topic:
    return make_topic(introduction="What lupus is.", reviewed_by=make_physician(), reviewed_on=dt.date(2026, 1, 1))


def test_a_reviewer_reads_the_text_as_it_is_shown_and_signs_it(draft: Topic) -> None:
    reviewer = make_reviewer(name="蘇示範")
    client = signed_in(reviewer)

    looked = client.get(page(draft)).content.decode()
    client.post(page(draft, "approve"))

    draft.refresh_from_db()
    assert "What <strong>lupus</strong> is." in looked
    assert f'action="{page(draft, "approve")}"' in looked
    assert draft.reviewed_by is not None
    assert draft.reviewed_by.name == "蘇示範"
    assert draft.reviewed_on == timezone.localdate()
    assert draft.next_review_on == timezone.localdate() + dt.timedelta(days=365)


def test_a_text_that_is_still_valid_is_signed_again(reviewed: Topic) -> None:
    client = signed_in(make_reviewer())

    client.post(page(reviewed, "approve"))
    client.post(page(reviewed, "approve"))

    reviewed.refresh_from_db()
    assert reviewed.reviewed_on == timezone.localdate()


def test_whoever_wrote_a_text_does_not_review_it(draft: Topic) -> None:
    both = make_user(role="editor")
    both.groups.add(*make_reviewer().groups.all())
    make_physician(user=both)
    client = signed_in(both)
    client.post(page(draft), of_topic(draft, introduction="Rewritten."))

    answer = client.post(page(draft, "approve"), follow=True)

    draft.refresh_from_db()
    assert said(answer)[-1] == "You wrote this text: somebody else has to review it."
    assert (draft.introduction, draft.reviewed_on) == ("Rewritten.", None)


def test_a_reviewer_without_a_verified_profile_signs_nothing(draft: Topic) -> None:
    client = signed_in(make_reviewer(verified=False))

    answer = client.post(page(draft, "approve"), follow=True)

    draft.refresh_from_db()
    assert (said(answer), draft.reviewed_on) == (["Only a verified physician can approve a text."], None)


def test_a_physician_approves_in_the_own_department_only(draft: Topic) -> None:
    own, other = (signed_in(make_physician_user(each)) for each in (draft.department, make_department()))

    answers = [client.post(page(draft, "approve")).status_code for client in (other, own)]

    draft.refresh_from_db()
    assert (answers, draft.reviewed_on) == ([404, 302], timezone.localdate())


@pytest.mark.parametrize("role", ["moderator", "editor", "administrator"])
def test_who_does_not_review_finds_no_button_and_no_door(draft: Topic, role: str) -> None:
    client = signed_in(make_user(role=role))

    assert page(draft, "approve") not in client.get(page(draft)).content.decode()
    assert client.post(page(draft, "approve")).status_code == 404


def test_approving_takes_a_form(draft: Topic) -> None:
    assert signed_in(make_reviewer()).get(page(draft, "approve")).status_code == 405


def test_a_review_is_not_typed_in(draft: Topic) -> None:
    client = signed_in(make_user(role="editor"))

    client.post(page(draft), of_topic(draft, reviewed_by=make_physician().pk, reviewed_on="2026-01-01"))

    draft.refresh_from_db()
    assert (draft.reviewed_by, draft.reviewed_on) == (None, None)


def test_an_unreviewed_text_is_not_published_and_the_form_says_why(draft: Topic) -> None:
    client = signed_in(make_user(role="editor"))

    answer = client.post(page(draft), of_topic(draft, is_public="on"))

    sentence = "The text has no medical review yet. Save it unpublished; a reviewer approves it then."
    assert answer.context["adminform"].form.errors == {"is_public": [sentence]}
    assert "What **lupus** is." in answer.content.decode()


def test_a_topic_without_an_introduction_has_nothing_to_review(draft: Topic) -> None:
    client = signed_in(make_user(role="editor"))

    answer = client.post(page(draft), of_topic(draft, introduction="", is_public="on"))

    assert answer.status_code == 302
    assert Topic.objects.published().get() == draft


def test_a_public_text_that_changes_must_be_reviewed_again(reviewed: Topic) -> None:
    client = signed_in(make_user(role="editor"))

    answer = client.post(page(reviewed), of_topic(reviewed, introduction="Something else."))

    errors = answer.context["adminform"].form.errors
    assert list(errors) == ["is_public"]
    assert errors["is_public"][0].startswith("The text changed after its medical review.")
    assert "Something else." in answer.content.decode()


def test_a_text_that_a_browser_only_sent_back_is_not_changed(reviewed: Topic) -> None:
    Topic.objects.filter(pk=reviewed.pk).update(introduction="One line.\n\nAnother.")
    client = signed_in(make_user(role="editor"))

    answer = client.post(page(reviewed), of_topic(reviewed, introduction="One line.\r\n\r\nAnother."))

    reviewed.refresh_from_db()
    assert (answer.status_code, reviewed.reviewed_by is not None, reviewed.introduction) == (
        302, True, "One line.\n\nAnother.",
    )  # fmt: skip


def test_taken_out_of_the_public_a_text_changes_and_loses_its_review(reviewed: Topic) -> None:
    client = signed_in(make_user(role="editor"))

    answer = client.post(page(reviewed), of_topic(reviewed, introduction="Else.", is_public=None), follow=True)

    reviewed.refresh_from_db()
    assert "The text changed: its medical review no longer counts." in said(answer)
    assert (reviewed.introduction, reviewed.reviewed_by, reviewed.reviewed_on) == ("Else.", None, None)


def test_a_small_correction_keeps_the_review(reviewed: Topic) -> None:
    client = signed_in(make_user(role="editor"))

    client.post(page(reviewed), of_topic(reviewed, introduction="What Lupus is.", is_small="on"))

    reviewed.refresh_from_db()
    assert (reviewed.introduction, reviewed.is_public) == ("What Lupus is.", True)
    assert reviewed.reviewed_on == dt.date(2026, 1, 1)


def test_the_history_says_who_changed_what(reviewed: Topic) -> None:
    editor = make_user(role="editor", first_name="Mei", last_name="Demo")
    client = signed_in(editor)
    client.post(page(reviewed), of_topic(reviewed, introduction="What Lupus is.", is_small="on"))

    history = client.get(page(reviewed, "history")).content.decode()

    assert "What lupus is. → What Lupus is." in history
    assert "<td>Mei Demo</td>" in history


def test_one_topic_of_a_concept_in_a_department_and_language(draft: Topic) -> None:
    client = signed_in(make_user(role="editor"))
    same = Topic(concept=draft.concept, department=draft.department, language=draft.language)

    answer = client.post(reverse("admin:faq_topic_add"), of_topic(same))

    assert (answer.status_code, Topic.objects.count()) == (200, 1)


def test_a_moderator_makes_a_topic() -> None:
    client = signed_in(make_user(role="moderator"))
    unsaved = Topic(concept=make_concept(), department=make_department(), language="zh-hant", is_public=True)

    client.post(reverse("admin:faq_topic_add"), of_topic(unsaved))

    assert Topic.objects.published().count() == 1


class TestSupplements:
    """More Info: editors write under any public question, physicians in their own departments."""

    @pytest.fixture
    def skin(self) -> Department:
        return make_department("dermatology")

    def test_a_physician_signs_with_the_own_name(self, skin: Department) -> None:
        physician = make_physician_user(skin)
        question = make_question("answered", skin)

        signed_in(physician).post(
            reverse("admin:faq_moreinfo_add"), of_supplement(question, provenance="machine", author_name="Somebody")
        )

        made = MoreInfo.objects.get(question=question)
        name = physician.physician.name_romanised
        assert (made.provenance, made.author, made.author_name) == ("physician", physician, name)
        assert (made.is_public, made.reviewed_by) == (False, "")

    def test_a_physician_writes_under_no_question_of_another_department(self, skin: Department) -> None:
        question = make_question("published")
        client = signed_in(make_physician_user(skin))

        answer = client.post(reverse("admin:faq_moreinfo_add"), of_supplement(question))

        sentence = "There is no such question, or it belongs to another department."
        assert answer.context["adminform"].form.errors == {"question": [sentence]}

    def test_an_editor_writes_under_a_public_question_only(self) -> None:
        client = signed_in(make_user(role="editor"))
        questions = [make_question("published"), make_question("answered")]

        answers = [client.post(reverse("admin:faq_moreinfo_add"), of_supplement(each)) for each in questions]

        assert [answer.status_code for answer in answers] == [302, 200]
        assert [info.question for info in MoreInfo.objects.all()] == questions[:1]

    @pytest.mark.parametrize("number", ["", "0", "-1", "word", "9" * 40])
    def test_a_number_that_is_no_question_is_answered_with_a_sentence(self, number: str) -> None:
        client = signed_in(make_user(role="editor"))

        answer = client.post(reverse("admin:faq_moreinfo_add"), of_supplement(question=None) | {"question": number})

        assert answer.status_code in {200, 400}
        assert not MoreInfo.objects.exists()

    def test_a_physician_reads_a_colleagues_supplement_and_changes_only_the_own(self, skin: Department) -> None:
        writer, colleague = make_physician_user(skin), make_physician_user(skin)
        info = make_more_info(make_question("published", skin), author=writer, is_public=False, body="As it was.")

        read = signed_in(colleague).get(page(info)).status_code
        changed = signed_in(colleague).post(page(info), of_supplement(body="New.", version=info.version)).status_code
        own = signed_in(writer).post(page(info), of_supplement(body="Mine.", version=info.version)).status_code

        info.refresh_from_db()
        assert (read, changed, own, info.body) == (200, 404, 302, "Mine.")

    def test_a_colleague_approves_and_then_it_is_published(self, skin: Department) -> None:
        writer, colleague = make_physician_user(skin), make_physician_user(skin)
        question = make_question("published", skin)
        signed_in(writer).post(reverse("admin:faq_moreinfo_add"), of_supplement(question))
        info = MoreInfo.objects.get()

        refused = signed_in(writer).post(page(info, "approve"), follow=True)
        signed_in(colleague).post(page(info, "approve"))
        signed_in(writer).post(page(info), of_supplement(is_public="on", version=info.version))

        info.refresh_from_db()
        assert said(refused)[-1] == "You wrote this text: somebody else has to review it."
        assert (info.is_public, info.reviewed_by) == (True, colleague.physician.name_romanised)


def test_readers_are_told_what_was_corrected(reviewed: Topic) -> None:
    client = signed_in(make_user(role="editor"))

    client.post(page(reviewed), of_topic(reviewed, is_small="on", correction="A number was wrong."))

    reviewed.refresh_from_db()
    assert [(told["on"], told["note"]) for told in reviewed.shown_corrections] == [
        (timezone.localdate(), "A number was wrong.")
    ]
