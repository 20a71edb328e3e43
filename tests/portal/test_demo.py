"""`manage.py demo`: believable content in both languages, in an empty site, once."""

from collections.abc import Iterator
from io import StringIO
from itertools import pairwise

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from articles.models import Article, StaticPage
from faq.choices import Outcome
from faq.models import (
    Answer,
    AnswerCorrection,
    CannedText,
    Finding,
    FollowUp,
    MoreInfo,
    Notification,
    Question,
    QuestionEvent,
    SealedText,
    TaggedQuestion,
    Topic,
)
from faq.states import Status
from faq.thread_page import thread_page
from people.languages import Language
from people.models import Department, Physician, Role, User
from portal.demo.loading import load
from search.models import Change, Document
from text.guards.patient_data import find

BOTH = (Language.EN, Language.ZH_HANT)


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once for this module; every test has its own savepoint within."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded: None, db: None, settings: Settings) -> None:
    settings.DEMO_ACCOUNTS = True


def told() -> str:
    output = StringIO()
    call_command("demo", stdout=output)
    return output.getvalue()


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def flagship(language: str) -> Question:
    oldest: Question = Question.objects.published().filter(language=language).order_by("listed_on")[0]
    return oldest


@pytest.mark.usefixtures("demo")
def test_a_second_run_adds_nothing_and_changes_nothing() -> None:
    before = rows(), Change.objects.order_by("-number").values_list("number", flat=True)[0]

    said = told()

    assert (rows(), Change.objects.order_by("-number").values_list("number", flat=True)[0]) == before
    assert said == "The demo content is here already: nothing was changed.\n"


@pytest.mark.usefixtures("demo")
def test_there_is_as_much_as_was_promised_and_half_of_it_in_each_language() -> None:
    questions = Question.objects.filter(Exists(Answer.objects.filter(question=OuterRef("pk"))))
    counted = {
        "departments": Department.objects.count(),
        "with physicians": Department.objects.filter(physicians__verified_at__isnull=False).distinct().count(),
    }
    for language in BOTH:
        counted |= {
            f"questions {language}": questions.filter(language=language).count(),
            f"topics {language}": Topic.objects.published().filter(language=language).count(),
            f"articles {language}": Article.objects.published().filter(language=language).count(),
            f"pages {language}": StaticPage.objects.filter(language=language, is_public=True).count(),
            f"canned {language}": CannedText.objects.filter(language=language).count(),
            f"featured {language}": Topic.objects.filter(language=language, is_featured=True).count(),
        }
    promised = {"departments": 35, "with physicians": 12}
    for language in BOTH:
        promised |= {f"questions {language}": 20, f"topics {language}": 8, f"articles {language}": 3}
        promised |= {f"pages {language}": 5, f"canned {language}": 1, f"featured {language}": 1}

    missing = {name: counted[name] for name, least in promised.items() if counted[name] < least}

    assert missing == {}


@pytest.mark.usefixtures("demo")
def test_the_desks_find_questions_in_every_state() -> None:
    assert set(Question.objects.values_list("status", flat=True)) == set(Status.values)


@pytest.mark.usefixtures("demo")
def test_everything_public_is_tagged_answered_decided_and_findable() -> None:
    public = Question.objects.published()
    tags = TaggedQuestion.objects.filter(content_object=OuterRef("pk"))
    answers = Answer.objects.published().filter(question=OuterRef("pk"))
    documents = {f"question:{question.pk}": question.listed_on for question in public}

    incomplete = public.exclude(Exists(tags), Exists(answers), answered_by__isnull=False)

    assert list(incomplete) == []
    assert list(Finding.objects.undecided().filter(question__in=public)) == []
    found = Document.objects.live().filter(kind="question")
    assert dict(found.values_list("key", "listed_on")) == documents


@pytest.mark.usefixtures("demo")
def test_no_public_text_tells_who_somebody_is() -> None:
    sealed = [str(row._words()) for row in SealedText.objects.filter(follow_up=None)]
    public = [*Document.objects.values_list("title", flat=True), *Document.objects.values_list("body", flat=True)]
    public += Question.objects.published().values_list("nickname", flat=True)
    public += FollowUp.objects.published().values_list("body", flat=True)
    public += MoreInfo.objects.values_list("body", flat=True)
    public += MoreInfo.objects.values_list("sources", flat=True)
    public += StaticPage.objects.values_list("body", flat=True)

    hidden = Finding.objects.filter(question__in=Question.objects.published(), decision=Finding.Decision.HIDDEN)

    assert hidden.count() == 2
    assert sum("0912-345-678" in words for words in sealed) == 3
    assert [text for text in public if find(text)] == []


@pytest.mark.usefixtures("demo")
def test_every_public_page_opens_and_shows_no_number_of_a_person(client: Client) -> None:
    paths = [*Document.objects.live().values_list("path", flat=True)]
    paths += [page.get_absolute_url() for page in StaticPage.objects.all()]

    answered = {path: client.get(path) for path in paths}

    assert {path: page.status_code for path, page in answered.items() if page.status_code != 200} == {}
    assert [path for path, page in answered.items() if "0912" in page.content.decode()] == []


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", BOTH)
def test_one_page_carries_every_element_of_a_consultation(language: str) -> None:
    question = flagship(language)
    page = thread_page(question)
    reply = page.replies[0]
    info = question.more_info

    # One line each: the question, the reply, the supplement, what surrounds them.
    asked = (str(question.asked_on), question.age_band, question.sex, question.views > 1000)
    said = (reply.answer.outcome, bool(reply.answer.referred_to), reply.answer.is_old, str(reply.answer.replied_on))
    supplement = (bool(info.author_name), bool(info.reviewed_by), info.is_public, len(info.sources.splitlines()))
    around = (len(page.neighbours), {topic.department.slug for topic in page.topics} >= {"internal-medicine"})

    assert question.editorial_title != question.title
    assert asked == ("2011-04-18", "40-49", "female", True)
    assert said == (Outcome.REFERRED, True, True, "2011-04-20")
    assert reply.answer.physician is not None
    assert reply.answer.hospital_en != reply.answer.physician.hospital_en
    assert [(str(each.words.asked_on), each.reply is not None) for each in reply.follow_ups] == [("2011-04-27", True)]
    assert supplement == (True, True, True, 5)
    assert around == (4, True)
    assert len(page.topics) >= 7
    assert flagship("en").translation_of == flagship("zh-hant")


@pytest.mark.usefixtures("demo")
def test_what_happened_is_told_in_its_order_and_never_lies_ahead() -> None:
    now = timezone.now()
    events = QuestionEvent.objects.order_by("question", "pk")
    stories = [(event.question_id, event.created_at) for event in events]

    backwards = [
        question
        for (question, earlier), (other, later) in pairwise(stories)
        if (question == other and earlier > later) or later > now
    ]

    assert backwards == []
    assert [answer.pk for answer in Answer.objects.select_related("question") if is_early(answer)] == []
    assert Question.objects.waiting_for_physician().filter(waiting_since__gt=now).count() == 0


@pytest.mark.usefixtures("demo")
def test_an_old_question_is_old_in_everything() -> None:
    question = flagship("zh-hant")
    events = question.events.order_by("created_at")

    stamps = [question.created_at, question.answered_at, question.published_at, question.changed_at]
    stamps += [*events.values_list("created_at", flat=True), question.ticket.created_at, question.ticket.expires_at]

    assert {stamp.year for stamp in stamps if stamp} == {2011, 2012}
    assert [event.act for event in events][:2] == ["submit", "tag"]
    assert str(question.sealed.get(follow_up=None).erase_on) == "2013-04-17"


def is_early(answer: Answer) -> bool:
    asked, replied = answer.question.asked_on, answer.replied_on
    return asked is None or replied is None or replied < asked


@pytest.mark.usefixtures("demo")
def test_moderators_find_undecided_findings_on_what_came_in_and_in_the_archive() -> None:
    waiting = Question.objects.filter(findings__decision=Finding.Decision.OPEN).distinct()
    archive = Question.objects.from_archive()

    assert {question.status for question in waiting} == {Status.SUBMITTED, Status.IMPORTED}
    assert sorted(archive.values_list("source", "external_id", "language", "asked_on__year")) == [
        ("demo-archive", "demo-0001", "zh-hant", 2011),
        ("demo-archive", "demo-0002", "en", 2014),
    ]
    assert archive.filter(findings__isnull=False).count() == 2


@pytest.mark.usefixtures("demo")
def test_what_was_corrected_says_something_else_now() -> None:
    corrections = AnswerCorrection.objects.select_related("answer__question")

    kept = [row.old_body for row in corrections if row.old_body != row.answer.body]

    assert (len(kept), {row.answer.question.language for row in corrections}) == (2, set(BOTH))


@pytest.mark.usefixtures("demo")
def test_translations_have_neither_ticket_nor_seal() -> None:
    translations = Question.objects.filter(translation_of__isnull=False)

    assert {question.language for question in translations} == set(BOTH)
    assert translations.filter(ticket__isnull=False).count() == 0
    assert translations.filter(sealed__isnull=False).count() == 0


@pytest.mark.usefixtures("demo")
def test_nobody_gets_mail_because_of_the_demo() -> None:
    assert Notification.objects.count() == 0


@pytest.mark.usefixtures("demo")
def test_six_accounts_sign_in_with_the_published_password_and_no_other(settings: Settings) -> None:
    names = User.objects.filter(is_demo=True).values_list("username", flat=True)

    signed_in = {name: authenticate(username=name, password=settings.DEMO_PASSWORD) for name in names}

    roles = {name: user.groups.get().name for name, user in signed_in.items() if isinstance(user, User)}
    assert roles == {
        "physician_two": Role.PHYSICIAN,
        "physician_other": Role.PHYSICIAN,
        "moderator": Role.MODERATOR,
        "editor": Role.EDITOR,
        "reviewer": Role.MEDICAL_REVIEWER,
        "administrator": Role.ADMINISTRATOR,
    }
    assert User.objects.filter(is_demo=False).count() == 0
    assert Physician.objects.get(user__username="physician_two").departments.count() == 2
    assert Physician.objects.verified().count() == Physician.objects.count()


@pytest.mark.usefixtures("demo")
def test_whoever_wrote_a_text_did_not_review_it() -> None:
    texts: list[Topic | Article | MoreInfo] = [*Topic.objects.all(), *MoreInfo.objects.all()]
    articles = list(Article.objects.filter(is_medical=True))

    signed = [(text, text.history.get(history_change_reason="approved").history_user_id) for text in texts]
    signed += [(article, article.edition.readings.get().user_id) for article in articles if article.edition]
    texts += articles

    assert [str(text) for text, reviewer in signed if reviewer in text.writers()] == []
    assert [str(text) for text in texts if not text.is_public or text.reviewed_on is None] == []
