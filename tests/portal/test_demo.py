"""`manage.py demo`: believable content in both languages, in an empty site, once."""

import datetime as dt
from io import StringIO
from itertools import pairwise

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db.models import Count, Exists, OuterRef
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from articles.checklist import checklist
from articles.models import Article, ArticleFinding, Comment, HomeFeature, SiteNotice, StaticPage
from articles.states import Status as ArticleStatus
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
from faq.neighbours import renew_provisional
from faq.states import Status
from faq.thread_page import question_for_page, thread_page
from people.languages import Language
from people.models import Department, Physician, Role, User
from search.index.follower import Follower
from search.models import Change, Document
from text.guards.patient_data import find

BOTH = (Language.EN, Language.ZH_HANT)


def told() -> str:
    output = StringIO()
    call_command("demo", stdout=output)
    return output.getvalue()


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def flagship(language: str) -> Question:
    oldest = Question.objects.published().filter(language=language).order_by("listed_on")[0]
    found = question_for_page(oldest.pk)
    assert found is not None
    return found


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
            f"featured {language}": HomeFeature.objects.on_page(language).count(),
        }
    promised = {"departments": 35, "with physicians": 12}
    for language in BOTH:
        promised |= {f"questions {language}": 20, f"topics {language}": 8, f"articles {language}": 3}
        promised |= {f"pages {language}": 5, f"canned {language}": 1, f"featured {language}": 9}

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
    around = (len(page.neighbours), {topic.department.name_en for topic in page.topics} >= {"Internal Medicine"})

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
@pytest.mark.parametrize(("language", "disease"), [("en", "lupus"), ("zh-hant", "狼瘡")])
def test_the_lupus_page_shows_lupus_questions_alone_and_says_why(index: Follower, language: str, disease: str) -> None:
    with override(language):
        without_index = thread_page(flagship(language)).neighbours
        index.step()
        while renew_provisional():
            pass
        with_index = thread_page(flagship(language)).neighbours

    for neighbours in (without_index, with_index):
        texts = [f"{each.question.title}\n{each.question.body}".lower() for each in neighbours]
        assert [disease in text for text in texts] == [True] * 4
        assert [each.reasons != [] for each in neighbours] == [True] * 4


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
    texts: list[Topic | Article | MoreInfo] = [*Topic.objects.all(), *MoreInfo.objects.filter(is_public=True)]
    articles = list(Article.objects.published().filter(is_medical=True))

    signed = [(text, text.history.filter(history_change_reason="approved").latest().history_user_id) for text in texts]
    signed += [(article, article.edition.readings.get().user_id) for article in articles if article.edition]
    texts += articles

    assert [str(text) for text, reviewer in signed if reviewer in text.writers()] == []
    assert [str(text) for text in texts if not text.is_public or text.reviewed_on is None] == []


@pytest.mark.usefixtures("demo")
def test_editors_find_articles_in_every_state_and_everything_that_can_be_the_matter_with_one() -> None:
    every, public = Article.objects.all(), Article.objects.published()
    two = every.filter(needs_second_reader=True, review_asked_at__isnull=False)
    corrected = public.exclude(corrections=[])
    behind = [text for text in public if text.translation_of and text.is_behind(text.translation_of)]

    found = {
        "changes handed in": public.with_changes().awaiting_review().count(),
        "handed in for the first time": every.awaiting_review().filter(edition=None, draft__readings=None).count(),
        "read by one of two": two.filter(draft__readings__isnull=False).count(),
        "with something found": every.filter(findings__decision=ArticleFinding.Decision.OPEN).distinct().count(),
        "imported": every.exclude(import_notes={}).count(),
        "overdue": public.overdue().count(),
        "outdated": public.outdated().exclude(outdated_see="").count(),
        "behind the original": len(behind),
        "sent back once": every.filter(events__act="send_back").count(),
    }

    assert set(every.values_list("status", flat=True)) == set(ArticleStatus.values)
    assert found == dict.fromkeys(found, 1) | {"imported": 2}
    assert [(text.revisions.count(), len(text.corrections)) for text in corrected] == [(4, 1)]
    assert [str(text) for text in every.to_publish() | every.to_expire()] == []


@pytest.mark.usefixtures("demo")
def test_an_article_went_through_its_states_on_the_days_that_it_says() -> None:
    now = timezone.now()
    articles = Article.objects.prefetch_related("revisions", "events")

    saved = {article.pk: [row.saved_at for row in reversed(article.revisions.all())] for article in articles}
    told = {article.pk: [row.created_at for row in article.events.all()] for article in articles}

    assert [pk for pk, stamps in [*saved.items(), *told.items()] if stamps != sorted(stamps)] == []
    assert [pk for pk, stamps in [*saved.items(), *told.items()] if any(stamp > now for stamp in stamps)] == []
    assert [
        str(article)
        for article in articles.published()
        if article.edition is not None and article.edition.saved_at > now - dt.timedelta(days=1)
    ] == []


@pytest.mark.usefixtures("demo")
def test_the_checklist_has_nothing_to_say_about_what_is_public_but_what_is_unanswered() -> None:
    for article in Article.objects.published():
        text = article.edition
        assert text is not None
        unanswered = [place for place, entry in enumerate(text.entries) if not entry["answer"]]

        said = checklist(article, text)

        assert [note.words for note in said.must] == []
        assert [note.field for note in said.should] == [f"id_faq_entries-{place}-answer" for place in unanswered]


@pytest.mark.usefixtures("demo")
def test_what_readers_may_not_see_yet_or_any_more_has_no_page(client: Client) -> None:
    hidden = Article.objects.exclude(pk__in=Article.objects.published())

    answered = {article.status: client.get(article.get_absolute_url()).status_code for article in hidden}

    assert answered == {"draft": 404, "in_review": 404, "scheduled": 404, "expired": 410, "withdrawn": 410}


@pytest.mark.usefixtures("demo")
def test_moderators_find_comments_of_every_kind() -> None:
    open_to_comments = [row for row in Article.objects.filter(comment_count__gt=0) if row.are_comments_open]
    closed = [row for row in Article.objects.filter(comment_count__gt=0) if not row.are_comments_open]

    assert set(Comment.objects.values_list("state", flat=True)) == set(Comment.State.values)
    assert sorted(Comment.objects.awaiting_decision().values_list("state", "open_reports")) == [
        ("approved", 2),
        ("held", 0),
        ("held", 0),
    ]
    assert (len(open_to_comments), len(closed)) == (3, 1)


@pytest.mark.usefixtures("demo")
def test_topics_feature_questions_in_order_and_know_their_twins() -> None:
    topics = Topic.objects.published()
    featured = [list(topic.featured.values_list("question__is_listed", flat=True)) for topic in topics]
    pairs = [topic.is_out_of_date for topic in topics.filter(translation_of__isnull=False)]
    departments = topics.values("concept", "language").annotate(number=Count("department")).filter(number__gt=1)

    variants = Question.objects.listed_variants().values_list("merged_into__language", flat=True)
    machine = MoreInfo.objects.filter(provenance=MoreInfo.Provenance.MACHINE)

    assert [each for each in featured if each] == [[True, True, True], [True, True, True]]
    assert sorted(pairs) == [False, True]
    assert (topics.overdue().count(), departments.exists()) == (2, True)
    assert set(variants) == set(BOTH)
    assert {(info.is_public, bool(info.reviewed_by)) for info in machine} == {(True, True), (False, False)}


@pytest.mark.usefixtures("demo")
def test_the_site_is_furnished(client: Client) -> None:
    notices = [(row.level, row.department is None) for row in SiteNotice.objects.current()]
    features = {(row.language, row.kind) for row in HomeFeature.objects.published()}
    about = client.get("/en/about/").content.decode()

    assert sorted(notices) == [(SiteNotice.Level.INFO, True), (SiteNotice.Level.WARNING, False)]
    assert features == {(language, kind) for language in BOTH for kind in ("article", "topic", "question")}
    assert (about.count('class="contact-block"'), "{" in SiteNotice.objects.earliest("pk").text_en) == (1, False)
    assert [page.slug for page in StaticPage.objects.all() if page.is_overdue] == ["advertising", "advertising"]
    assert [client.get(address).status_code for address in ("/faq.php?id=12", "/en/chat/")] == [301, 410]
    assert client.get("/faq.php?id=12", follow=True).status_code == 200
