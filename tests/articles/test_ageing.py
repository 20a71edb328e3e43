"""What grows old: one mechanism for articles, topics, supplements and answers, for readers and for the staff."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.ageing import KINDS, STATES, kinds_of, rows_of
from articles.models import Article
from faq.models import Answer, MoreInfo, ReviewEvent, Topic
from faq.models.reviewing import REVIEW_EVERY
from people.models import Department, User
from search.models import Change
from tests.factories import (
    make_article,
    make_department,
    make_more_info,
    make_physician,
    make_physician_user,
    make_question,
    make_topic,
    make_user,
)
from tests.reading import queries, read

pytestmark = pytest.mark.django_db

REPORT = "/admin/faq/reviewevent/report/"
Text = Article | Topic | MoreInfo | Answer


@pytest.fixture
def skin() -> Department:
    return make_department("skin")


def make_text(kind: str, department: Department) -> Text:
    """A public text of a kind in a department."""
    if kind == "article":
        return make_article(department=department)
    if kind == "topic":
        physician = make_physician(departments=[department])
        return make_topic(
            department=department, introduction="What it is.", reviewed_by=physician, reviewed_on=timezone.localdate()
        )
    question = make_question("published", department)
    return make_more_info(question) if kind == "more_info" else question.answers.get()


def put(text: Text, **columns: Any) -> None:
    type(text)._default_manager.filter(pk=text.pk).update(**columns)


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def page_of(text: Text) -> str:
    return (text if isinstance(text, Article | Topic) else text.question).get_absolute_url()


def notices(text: Text) -> list[str]:
    """What readers are told of the text's age."""
    told = [part for part in read(Client(), page_of(text)).every("p", "notice") if part["data-ageing"]]
    return [part.words for part in told]


def make_reviewer() -> User:
    reviewer = make_user(role="medical_reviewer")
    make_physician(user=reviewer)
    return reviewer


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def act(kind: str, text: Text) -> str:
    return reverse("admin:ageing_act", args=[kind, text.pk])


@pytest.mark.parametrize("kind", KINDS)
class TestEveryKind:
    def test_readers_are_told_what_is_overdue(self, kind: str, skin: Department) -> None:
        text = make_text(kind, skin)
        put(text, next_review_on=dt.date(2024, 5, 1))

        assert notices(text) == ["The medical review of this text has been due since 2024/05/01."]

    def test_what_is_due_today_is_not_overdue(self, kind: str, skin: Department) -> None:
        text = make_text(kind, skin)
        put(text, next_review_on=days(0))

        assert notices(text) == []

    def test_one_click_says_still_valid_and_is_logged(self, kind: str, skin: Department) -> None:
        text, reviewer = make_text(kind, skin), make_reviewer()
        put(text, next_review_on=days(-1))
        before = Change.objects.count()

        answer = signed_in(reviewer).post(act(kind, text), {"act": "still_valid", "back": f"{REPORT}?kind={kind}"})

        text.refresh_from_db()
        event = ReviewEvent.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"{REPORT}?kind={kind}")
        assert (text.reviewed_on, text.next_review_on) == (days(0), days(0) + REVIEW_EVERY)
        assert (event.key, event.actor) == (text.text_key, reviewer)
        assert event.act in {"still_valid", "approved"}
        assert (Change.objects.count() > before, notices(text)) == (True, [])

    def test_outdated_says_why_and_where_to_read_on(self, kind: str, skin: Department) -> None:
        text, reviewer = make_text(kind, skin), make_reviewer()

        answer = signed_in(reviewer).post(act(kind, text), {"note": "The dose has changed.", "see": "/en/topics/"})

        text.refresh_from_db()
        today = timezone.localdate()
        assert (answer.status_code, text.outdated_on, text.outdated_see) == (302, today, "/en/topics/")
        said = f"Outdated since {today:%Y/%m/%d}: The dose has changed. Read this instead."
        assert notices(text) == [said]
        assert ReviewEvent.objects.get().act == "outdated"

    @pytest.mark.parametrize(
        "typed",
        [
            {"note": ""},
            {"note": "Old.", "see": "https://elsewhere.example/"},
            {"note": "Old.", "see": "/nowhere"},
            # Django finds the path /en/topics/ in both; a browser goes to the other host.
            {"note": "Old.", "see": "//elsewhere.example/en/topics/"},
            {"note": "Old.", "see": "/\t/elsewhere.example/en/topics/"},
        ],
    )
    def test_outdated_without_a_reason_or_with_a_wrong_way_is_asked_again(
        self, kind: str, skin: Department, typed: dict[str, str]
    ) -> None:
        text, client = make_text(kind, skin), signed_in(make_reviewer())
        before = client.get(act(kind, text)).status_code

        answer = client.post(act(kind, text), typed)

        text.refresh_from_db()
        assert (before, answer.status_code) == (200, 400)
        assert (text.outdated_see, text.outdated_on) == ("", None)

    def test_a_review_ends_being_outdated(self, kind: str, skin: Department) -> None:
        text, reviewer = make_text(kind, skin), make_reviewer()
        text.outdate(by=reviewer, note="Old.")

        text.keep_valid(by=reviewer)

        text.refresh_from_db()
        assert (text.outdated_on, text.outdated_note, notices(text)) == (None, "", [])

    def test_a_physician_reviews_in_the_own_department_only(self, kind: str, skin: Department) -> None:
        text, other = make_text(kind, skin), make_text(kind, make_department())
        physician = signed_in(make_physician_user(skin))
        put(text, next_review_on=days(-1))
        put(other, next_review_on=days(-1))

        page = physician.get(REPORT, {"kind": kind})
        codes = [physician.post(act(kind, row), {"act": "still_valid"}).status_code for row in (text, other)]

        other.refresh_from_db()
        assert ([row.text.pk for row in page.context["rows"]], codes) == ([text.pk], [302, 404])
        assert other.next_review_on == days(-1)

    def test_nobody_else_reviews(self, kind: str, skin: Department) -> None:
        text = make_text(kind, skin)
        roles = ("moderator", "editor", "administrator")

        codes = [
            signed_in(make_user(role=role)).post(act(kind, text), {"act": "still_valid"}).status_code for role in roles
        ]

        assert (codes, ReviewEvent.objects.count()) == ([404, 404, 404], 0)

    def test_the_report_sorts_by_state(self, kind: str, skin: Department) -> None:
        columns: dict[str, dict[str, Any]] = {
            "overdue": {"next_review_on": days(-1)},
            "due_soon": {"next_review_on": days(30)},
            "outdated": {"outdated_on": days(0), "outdated_note": "Old.", "next_review_on": days(200)},
        }
        texts = {state: make_text(kind, skin) for state in columns}
        for state, text in texts.items():
            put(text, **columns[state], reviewed_on=days(-300))
        reviewer = make_reviewer()

        found = {state: [text.pk for text in rows_of(KINDS[kind], reviewer, state)] for state in STATES}

        assert found == {state: [texts[state].pk] if state in texts else [] for state in STATES}

    def test_it_costs_the_same_for_one_and_for_three(self, kind: str, skin: Department) -> None:
        client, costs = signed_in(make_reviewer()), []
        for more in (1, 2):
            for _row in range(more):
                put(make_text(kind, skin), next_review_on=days(-1))
            costs.append(queries(client, f"{REPORT}?kind={kind}"))

        assert costs[0] == costs[1]


def test_whoever_wrote_it_does_not_say_that_it_is_still_valid(skin: Department) -> None:
    physician = make_physician_user(skin)
    answer = make_text("answer", skin)
    put(answer, physician=physician.physician, next_review_on=days(-1))

    page = signed_in(physician).post(act("answer", answer), {"act": "still_valid"}, follow=True)

    answer.refresh_from_db()
    said = [str(message) for message in page.context["messages"]]
    assert (said, answer.next_review_on) == (["You wrote this text: somebody else has to review it."], days(-1))


def test_an_answer_that_nobody_reviewed_counts_from_its_fifth_year_on(skin: Department) -> None:
    old, young = make_text("answer", skin), make_text("answer", skin)
    put(old, replied_on=days(-6 * 365))

    found = rows_of(KINDS["answer"], make_reviewer(), "never_reviewed")

    assert (list(found), young.pk != old.pk) == ([old], True)


@pytest.mark.parametrize(("late", "meta"), [(-170, []), (-190, ["noindex"])])
@pytest.mark.parametrize("kind", ["article", "topic"])
def test_what_is_long_overdue_is_kept_out_of_search_engines(
    kind: str, late: int, meta: list[str], skin: Department
) -> None:
    text = make_text(kind, skin)
    put(text, next_review_on=days(late))

    page = read(Client(), page_of(text))

    assert [part["content"] for part in page.every("meta", name="robots")] == meta


def test_a_correction_is_told_with_its_date() -> None:
    article = make_article()
    article.correct("The dose was wrong.", by=make_user())

    assert notices(article) == [f"Corrected on {timezone.localdate():%Y/%m/%d}: The dose was wrong."]


def test_a_translation_says_that_its_original_changed_later() -> None:
    original = make_article(title="Living with lupus")
    translation = make_article("zh-hant", translation_of=original)
    before = notices(translation)
    put(original, text_changed_at=timezone.now())

    after = read(Client(), translation.get_absolute_url()).every("p", "notice--warning")

    assert (before, len(after), after[0].one("a")["href"]) == ([], 1, original.get_absolute_url())


def test_the_report_never_leads_elsewhere(skin: Department) -> None:
    text = make_text("topic", skin)

    answer = signed_in(make_reviewer()).post(
        act("topic", text), {"act": "still_valid", "back": "https://elsewhere.example/"}
    )

    assert answer["Location"] == REPORT


def test_roles_see_the_kinds_they_review() -> None:
    seen = {
        role: [kind.name for kind in kinds_of(make_user(role=role))] for role in ("physician", "editor", "moderator")
    }

    assert seen == {"physician": list(KINDS), "editor": [], "moderator": []}
