"""The steps of an article: who sees which button, what each does, and what is said when it is refused."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.models import Article, ArticleFinding
from articles.states import Status
from faq.models import ReviewEvent
from tests.articles.admin.desk import (
    approved,
    editor,
    filled,
    make_draft,
    make_reviewer,
    page_of,
    said_by,
    sent,
    signed_in,
    step,
)
from tests.factories import make_article, make_department, make_physician_user, make_user
from tests.reading import parse

pytestmark = pytest.mark.django_db

REVIEW_FIRST = "A medical reviewer has to approve this text."
NEWER = "Somebody saved a newer text. Read it, then decide again."


@pytest.fixture
def desk() -> Client:
    return editor("mei")


def fresh(article: Article) -> Article:
    return Article.objects.select_related("draft", "edition").get(pk=article.pk)


def handed_in(**fields: Any) -> Article:
    article = make_draft(**fields)
    article.submit(by=make_user(role="editor"))
    return article


def buttons(client: Client, article: Article) -> list[str]:
    """The steps that the row of buttons offers, by name."""
    row = parse(client.get(page_of(article)).content.decode()).one("div", "editor-row--bar")
    forms = [part["value"] for part in row.every("button", name="_then")]
    steps = [
        part["href"] or part["formaction"] for part in row.every() if "/act/" in part["href"] + part["formaction"]
    ]
    return [*forms, *(address.rstrip("/").split("/")[-1] for address in steps)]


OFFERED = {
    # state: what an editor is offered, what a reviewer is
    "draft": ("submit publish schedule withdraw", "approve"),
    "in_review": ("send_back publish schedule withdraw", "approve send_back"),
    "scheduled": ("submit publish schedule unschedule withdraw", ""),
    "published": ("submit publish expire withdraw", ""),
    "expired": ("publish schedule withdraw reopen", "approve"),
    "withdrawn": ("reopen", ""),
}


def in_state(status: str) -> Article:
    if status == Status.IN_REVIEW:
        return handed_in()
    return make_article(status=status, sources=["A book"])


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_each_state_offers_each_role_the_steps_that_fit(status: str, role: str) -> None:
    article = in_state(status)
    client = editor() if role == "editor" else signed_in(make_reviewer())

    assert buttons(client, article) == OFFERED[status][role == "reviewer"].split()


def test_a_signed_text_asks_for_no_second_signature_unless_it_needs_one() -> None:
    signed, half_signed = handed_in(), handed_in(needs_second_reader=True)
    for article in (signed, half_signed):
        article.approve(by=make_reviewer())
    client = signed_in(make_reviewer())

    offered = ["approve" in buttons(client, article) for article in (signed, half_signed)]

    assert offered == [False, True]


def test_what_was_handed_in_is_not_handed_in_again(desk: Client) -> None:
    article = make_article()
    desk.post(page_of(article), filled(article, body="Another text.", _then="submit"))

    assert buttons(desk, article) == ["send_back", "publish", "expire", "withdraw"]


def test_the_button_that_hands_in_saves_first(desk: Client) -> None:
    article = make_draft()

    desk.post(page_of(article), filled(article, title="Lupus in summer", _then="submit"))

    stored = fresh(article)
    draft: Any = stored.draft
    assert (stored.status, draft.title, stored.review_asked_at is not None) == (
        Status.IN_REVIEW,
        "Lupus in summer",
        True,
    )


def test_a_new_article_is_saved_and_handed_in_with_one_button(desk: Client) -> None:
    desk.post("/admin/articles/article/add/", filled(_then="submit"))

    assert Article.objects.get().status == Status.IN_REVIEW


@pytest.mark.parametrize("act", ["publish", "schedule", "withdraw"])
def test_a_button_of_a_graver_step_saves_and_leads_to_its_page(desk: Client, act: str) -> None:
    article = make_draft()

    answer = desk.post(page_of(article), filled(article, title="Lupus in summer", _then=act))

    stored = fresh(article)
    assert (answer.status_code, answer["Location"]) == (302, step(article, act))
    assert (stored.title, stored.status) == ("Lupus in summer", Status.DRAFT)


def test_a_form_that_is_refused_takes_no_step_and_keeps_the_words(desk: Client) -> None:
    article = make_draft()

    answer = desk.post(page_of(article), filled(article, title="", body="New words.", _then="submit"))

    assert (answer.status_code, "New words." in answer.content.decode()) == (200, True)
    assert fresh(article).status == Status.DRAFT


def test_an_approved_text_is_published_as_it_was_seen(desk: Client) -> None:
    article = approved(make_draft(title="Living with lupus"))
    page = desk.get(step(article, "publish"))

    said = sent(desk, step(article, "publish"), {"seen": page.context["revision"].number})

    stored = fresh(article)
    assert (stored.is_public, stored.shown_title, said) == (True, "Living with lupus", ["Published."])


def test_a_text_that_a_colleague_changed_meanwhile_is_not_published(desk: Client) -> None:
    article = approved(make_draft())
    editor().post(page_of(article), filled(article, title="Newer", is_small="on"))

    answer = desk.post(step(article, "publish"), {"seen": 1})

    assert (answer.status_code, answer.context["refused"]) == (409, [NEWER])
    assert 'name="seen" value="2"' in answer.content.decode()
    assert fresh(article).is_public is False


@pytest.mark.parametrize("act", ["publish", "schedule", "approve"])
@pytest.mark.parametrize("seen", ["", "x", "１", "-1", "9" * 40])
def test_without_the_number_that_was_seen_nothing_is_signed_or_published(act: str, seen: str) -> None:
    article = approved(make_draft())
    client = signed_in(make_reviewer()) if act == "approve" else editor()
    at = timezone.localtime() + dt.timedelta(days=1)

    answer = client.post(step(article, act), {"seen": seen, "at": f"{at:%Y-%m-%dT%H:%M}"})

    assert (answer.status_code, fresh(article).status) == (400, Status.DRAFT)


def test_what_keeps_a_text_back_is_said_in_sentences_and_with_its_place(desk: Client) -> None:
    article = make_draft(sources=[])

    page = desk.get(step(article, "publish"))
    answer = desk.post(step(article, "publish"), {"seen": 1})

    needs = [REVIEW_FIRST, "A medical text needs at least one reference."]
    assert answer.context["refused"] == needs
    assert [(note.words, note.field) for note in page.context["notes"].must] == [
        (needs[0], ""),
        (needs[1], "references-group"),
    ]
    assert f'{page_of(article)}#references-group"' in page.content.decode()


def test_an_article_is_scheduled_and_the_schedule_taken_back(desk: Client) -> None:
    article = approved(make_draft())
    at = timezone.localtime().replace(second=0, microsecond=0) + dt.timedelta(days=1)
    until = at + dt.timedelta(days=30)

    said = sent(
        desk,
        step(article, "schedule"),
        {"seen": 1, "at": f"{at:%Y-%m-%dT%H:%M}", "until": f"{until:%Y-%m-%dT%H:%M}"},
    )
    scheduled = fresh(article)
    sent(desk, step(article, "unschedule"))

    assert (said, scheduled.status, scheduled.published_at, scheduled.expires_at) == (
        ["Scheduled."], Status.SCHEDULED, at, until,
    )  # fmt: skip
    assert fresh(article).status == Status.DRAFT


@pytest.mark.parametrize(
    ("hours", "until", "sentence"),
    [
        (-1, None, "Choose a moment that is still to come, or publish at once."),
        (2, 1, "It would end before it begins."),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_what_was_typed(
    desk: Client, hours: int, until: int | None, sentence: str
) -> None:
    article = approved(make_draft())
    typed = [timezone.localtime() + dt.timedelta(hours=each or 0) for each in (hours, until)]
    times = [f"{at:%Y-%m-%dT%H:%M}" for at in typed]

    answer = desk.post(step(article, "schedule"), {"seen": 1, "at": times[0], "until": times[1] if until else ""})

    assert (answer.status_code, answer.context["refused"]) == (409, [sentence])
    assert f'value="{times[0]}"' in answer.content.decode()
    assert fresh(article).status == Status.DRAFT


@pytest.mark.parametrize("at", ["", "tomorrow", "2026-13-40T99:99", "\x00", "0001-01-01T00:00"])
def test_a_time_that_is_none_is_refused(desk: Client, at: str) -> None:
    article = approved(make_draft())

    answer = desk.post(step(article, "schedule"), {"seen": 1, "at": at})

    assert answer.status_code in {200, 400, 409}
    assert fresh(article).status == Status.DRAFT


def test_publishing_changes_keeps_the_end_and_prints_the_correction(desk: Client) -> None:
    article = make_article(sources=["A book"], author=make_user(role="editor"))
    ends = timezone.localtime().replace(second=0, microsecond=0) + dt.timedelta(days=9)
    Article.objects.filter(pk=article.pk).update(expires_at=ends)
    desk.post(page_of(article), filled(article, body="It is 5 mg."))
    approved(fresh(article))
    page = desk.get(step(article, "publish"))
    until = parse(page.content.decode()).one("input", name="until")["value"]

    sent(desk, step(article, "publish"), {"seen": 2, "until": until, "correction": "The dose was wrong."})

    stored = fresh(article)
    edition: Any = stored.edition
    assert (edition.body, stored.expires_at, stored.has_changes) == ("It is 5 mg.", ends, False)
    assert ReviewEvent.objects.filter(act="corrected").values_list("note", flat=True).get() == "The dose was wrong."


def test_a_reviewer_approves_the_revision_that_they_read() -> None:
    article = handed_in()
    reviewer = make_reviewer()
    client = signed_in(reviewer)

    said = sent(client, step(article, "approve"), {"seen": 1})

    draft: Any = fresh(article).draft
    assert (said, draft.reviewed_by.user) == (["Approved as medically reviewed."], reviewer)


def test_a_reviewer_does_not_approve_what_they_have_not_read() -> None:
    article = handed_in()
    client = signed_in(make_reviewer())
    editor().post(page_of(article), filled(article, body="Another text."))

    said = sent(client, step(article, "approve"), {"seen": 1})

    draft: Any = fresh(article).draft
    assert (said, draft.reviewed_by) == ([NEWER], None)


def test_who_wrote_a_text_is_told_that_somebody_else_reviews_it() -> None:
    writer = make_reviewer()
    article = handed_in(author=writer)

    said = sent(signed_in(writer), step(article, "approve"), {"seen": 1})

    assert said == ["You wrote this text: somebody else has to review it."]


def test_a_text_goes_back_with_a_note_that_its_editors_read() -> None:
    article = handed_in()

    sent(signed_in(make_reviewer()), step(article, "send_back"), {"note": "The dose is missing.\nWhich one?"})

    desk = editor()
    shown = desk.get(page_of(article))
    assert fresh(article).status == Status.DRAFT
    assert "The dose is missing.\nWhich one?" in shown.content.decode()
    desk.post(page_of(article), filled(article, body="5 mg.", _then="submit"))
    assert "The dose is missing." not in desk.get(page_of(article)).content.decode()


@pytest.mark.parametrize("act", ["send_back", "withdraw"])
def test_a_step_that_needs_a_reason_asks_for_it(act: str) -> None:
    article = handed_in()

    answer = editor().post(step(article, act), {"note": "  "})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["note"])
    assert fresh(article).status == Status.IN_REVIEW


def test_an_article_is_withdrawn_with_its_reason_and_taken_up_again(desk: Client) -> None:
    article = make_article()

    said = [sent(desk, step(article, "withdraw"), {"note": "It was wrong."}), sent(desk, step(article, "reopen"))]

    assert said == [["Withdrawn."], ["It is a draft again."]]
    assert fresh(article).status == Status.DRAFT


def test_an_article_is_taken_off(desk: Client) -> None:
    article = make_article()

    sent(desk, step(article, "expire"))

    assert fresh(article).status == Status.EXPIRED


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_step_from_a_stale_page_is_refused_in_words(desk: Client, method: str) -> None:
    article = make_article()
    article.withdraw(by=make_user(role="editor"), note="Wrong.")

    answer = getattr(desk, method)(step(article, "expire"), follow=True)

    said = answer.context.get("refused") or [str(message) for message in answer.context["messages"]]
    assert said == ["This is not possible any more: the article is now “withdrawn”."]
    assert fresh(article).status == Status.WITHDRAWN


def test_a_translation_is_found_in_line_with_its_original(desk: Client) -> None:
    original = make_article(title="Before")
    article = make_article("zh-hant", translation_of=original)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1), tick=False):
        original.title = "After"
        original.save()
        original.record(by=make_user(role="editor"))
    Article.objects.filter(pk=original.pk).update(text_changed_at=timezone.now() + dt.timedelta(minutes=1))
    before = desk.get(page_of(article)).context["is_behind"]

    with time_machine.travel(timezone.now() + dt.timedelta(hours=2), tick=False):
        sent(desk, step(article, "in_line"))

    assert (before, desk.get(page_of(article)).context["is_behind"]) == (True, False)


def found(article: Article) -> ArticleFinding:
    return ArticleFinding.objects.get(article=article)


def test_a_finding_is_decided_beside_the_text_that_is_saved_first(desk: Client) -> None:
    article = make_draft(body="Call 0912-345-678.")

    desk.post(page_of(article), filled(article, title="New title", _then=f"keep:{found(article).pk}"))

    assert (found(article).decision, fresh(article).title) == ("keep", "New title")
    assert "Noted: “0912-345-678” belongs to no patient." in said_by(desk, article)


def test_a_finding_is_decided_on_the_step_before_publishing(desk: Client) -> None:
    article = make_draft(body="Call 0912-345-678.")
    address = f"{page_of(article).removesuffix('change/')}findings/{found(article).pk}/"

    answer = desk.post(address, {"back": "publish"})

    assert (answer.status_code, answer["Location"]) == (302, step(article, "publish"))
    assert found(article).decision == "keep"


@pytest.mark.parametrize("number", ["0", "999999", "9" * 18])
def test_a_finding_of_another_article_is_not_found(desk: Client, number: str) -> None:
    article, other = make_draft(), make_draft(body="Call 0912-345-678.")
    numbers = {"0": str(found(other).pk)}

    answer = desk.post(f"{page_of(article).removesuffix('change/')}findings/{numbers.get(number, number)}/")

    assert (answer.status_code, found(other).decision) == (404, "open")


@pytest.mark.parametrize(
    ("act", "roles"),
    [
        *(
            (act, {"editor"})
            for act in ("submit", "publish", "schedule", "unschedule", "expire", "withdraw", "reopen")
        ),
        ("in_line", {"editor"}),
        ("approve", {"medical_reviewer"}),
        ("send_back", {"editor", "medical_reviewer"}),
        ("keep", set()),
        ("delete", set()),
    ],
)
def test_a_step_exists_for_its_roles_alone(act: str, roles: set[str]) -> None:
    article = handed_in()
    everyone = ["editor", "medical_reviewer", "moderator", "administrator", "physician"]

    opened = {role for role in everyone if signed_in(make_user(role=role)).get(step(article, act)).status_code != 404}

    assert opened == roles


def test_a_physician_reviews_the_own_department_and_no_other() -> None:
    own, other = make_department(), make_department()
    physician = signed_in(make_physician_user(own))
    mine, theirs = handed_in(department=own), handed_in(department=other)

    answers = [physician.post(step(article, "approve"), {"seen": 1}).status_code for article in (mine, theirs)]

    signed = [getattr(fresh(article).draft, "reviewed_by_id", None) is not None for article in (mine, theirs)]
    assert (answers, signed) == ([302, 404], [True, False])


@pytest.mark.parametrize("act", ["publish", "withdraw", "approve"])
def test_a_step_is_taken_only_with_the_token_of_its_form(act: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_reviewer() if act == "approve" else make_user(role="editor"))
    article = approved(make_draft())

    answer = client.post(step(article, act), {"seen": 1, "note": "Wrong."})

    assert (answer.status_code, fresh(article).status) == (403, Status.DRAFT)


def test_state_and_edition_are_said_on_top(desk: Client) -> None:
    with time_machine.travel("2026-05-01T08:00:00+08:00", tick=False):
        article = make_article()
        article.title = "Newer"
        article.save()
        article.record(by=make_user(role="editor"))

        state = desk.get(page_of(article)).context["state"]

    assert (state.word, state.readers, state.more) == (
        "published",
        "Readers see revision 1, saved on 2026/05/01 08:00.",
        ["There are changes that readers do not see: revision 2, saved on 2026/05/01 08:00."],
    )


def test_what_is_over_by_the_clock_is_expired_though_no_worker_came(desk: Client) -> None:
    article = make_article()
    Article.objects.filter(pk=article.pk).update(expires_at=timezone.now())

    state = desk.get(page_of(article)).context["state"]

    assert (state.word, state.readers) == ("expired", "Readers see nothing of it.")
