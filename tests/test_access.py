"""Who may open what: one row for every address of the site. A new address without a row fails.

Rows of the admin name who gets in; everybody else is told that there is no such page, and who is not signed in is led
to the door. Addresses that only take a form answer 405 to those who may send it.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from articles.models import Article, ContactMessage
from faq.concept_page import concept_address
from faq.measuring import measure_neighbours
from faq.models import Answer, CannedText, ConsentText, MoreInfo, Notification, Question, ReviewEvent, SealedAccess
from faq.states import Status
from people.models import User
from tests.factories import (
    make_answer,
    make_article,
    make_comment,
    make_concept,
    make_consent,
    make_contact_block,
    make_department,
    make_feature,
    make_menu_item,
    make_more_info,
    make_notice,
    make_page,
    make_physician_user,
    make_picture,
    make_promoted,
    make_question,
    make_redirect,
    make_topic,
    make_upload,
    make_user,
)
from tests.searching import write

P, M, E, R, A = "physician", "moderator", "editor", "medical_reviewer", "administrator"
STAFF: Final = (P, M, E, R, A)

EVERYONE: Final = {
    "home": {},
    "search": {},
    "suggest": {},
    "search_feed": {},
    "sitemap_page": {},
    "live": {},
    "robots": {},
    "sitemap_index": {},
    "sitemap_part": {"section": "questions_section", "number": "0"},
    "ready": {},
    "faq:department_list": {},
    "faq:department_detail": {"slug": "department"},
    "faq:department_feed": {"slug": "department"},
    "faq:topic_list": {},
    "faq:topic_feed": {"pk": "topic"},
    "faq:topic_detail": {"pk": "topic", "slug": "topic_slug"},
    "faq:concept_detail": {"pk": "concept", "slug": "concept_slug"},
    "faq:question_list": {},
    "faq:question_feed": {},
    "faq:question_detail": {"pk": "question", "slug": "question_slug"},
    "faq:question_helpful": {"pk": "question"},
    "faq:physician_detail": {"pk": "physician", "slug": "physician_slug"},
    "faq:ask": {},
    "faq:ticket_find": {},
    "faq:ticket_detail": {"secret": "secret"},
    "articles:article_list": {},
    "articles:article_feed": {},
    "articles:article_detail": {"pk": "article", "slug": "article_slug"},
    "articles:comment_list": {"pk": "article"},
    "articles:comment_add": {"pk": "article"},
    "articles:comment_report": {"pk": "comment"},
    "articles:contact": {},
    "articles:page_detail": {"slug": "page"},
    "picture_file": {"sha256": "picture", "width": "480", "file_format": "webp"},
}
"""Public addresses: 200 for all the world, signed in or not."""

REDIRECTS: Final = {
    "entrance": {},
    "faq:topic_short": {"pk": "topic"},
    "faq:concept_short": {"pk": "concept"},
    "faq:question_short": {"pk": "question"},
    "faq:physician_short": {"pk": "physician"},
    "articles:article_short": {"pk": "article"},
    "admin:login": {},
    "admin:password_change": {},
    "set_language": {},
    "faq:ticket_act": {"secret": "secret", "act": "add"},
}
"""Addresses that lead everyone elsewhere."""

SENT_TO: Final[dict[str, dict[str, str]]] = {
    "beacon": {},
    "clicks": {},
    "faq:ask_nearest": {},
    "faq:ask_answered": {},
    "faq:ask_departments": {},
}
"""Addresses that everyone may send something to and nobody can look at."""

PAGES: Final = ("changelist", "add", "change", "delete", "history", "simple_history")
KEEPS_HISTORY: Final = {"faq_topic", "faq_moreinfo", "articles_staticpage"}
ELSEWHERE: Final = {
    ("faq_question", "history"),  # the log stands on the question's own page
    ("search_promotedresult", "change"),  # the page of the query, where its results are put in order
}
HAS_A_FORM: Final = {
    "faq:ask",
    "faq:question_helpful",
    "faq:ticket_find",
    "faq:ticket_detail",
    "articles:comment_add",
    "articles:comment_report",
    "articles:contact",
}

MODELS: Final[dict[str, dict[str, str]]] = {
    # model: page → who; a page that is not named is nobody's
    "faq_question": {"changelist": "P M", "change": "P M", "history": "P M"},
    "faq_topic": {
        "changelist": "P M E R",
        "add": "M E",
        "change": "P M E R",
        "history": "P M E R",
        "simple_history": "P M E R",
    },
    "faq_moreinfo": {
        "changelist": "P E R",
        "add": "P E",
        "change": "P E R",
        "history": "P E R",
        "simple_history": "P E R",
    },
    "faq_cannedtext": {"changelist": "P", "add": "P", "change": "P", "history": "P", "delete": "P"},
    "faq_consenttext": {"changelist": "M A", "add": "A", "change": "M A", "history": "M A"},
    "faq_sealedaccess": {"changelist": "M A", "change": "M A", "history": "M A"},
    "faq_notification": {"changelist": "M A", "change": "M A", "history": "M A"},
    "faq_neighbourmeasure": {"changelist": "M", "change": "M", "history": "M"},
    "search_searchquery": {"changelist": "M E", "change": "M E", "history": "M E"},
    "search_promotedresult": {"changelist": "M E", "add": "M E", "change": "M E", "history": "M E", "delete": "M E"},
    "search_concept": {"changelist": "M E", "add": "M E", "change": "M E", "history": "M E", "delete": "M E"},
    "articles_article": {"changelist": "P E R", "add": "E", "change": "P E R", "history": "P E R"},
    "articles_staticpage": {"changelist": "E", "add": "E", "change": "E", "history": "E", "simple_history": "E"},
    "articles_picture": {"changelist": "M E", "add": "E", "change": "M E", "history": "M E", "delete": "E"},
    "faq_reviewevent": {"changelist": "P E R", "change": "P E R", "history": "P E R"},
    "articles_comment": {"changelist": "M", "change": "M", "history": "M"},
    "articles_menuitem": dict.fromkeys(("changelist", "add", "change", "history", "delete"), "E"),
    "articles_homefeature": dict.fromkeys(("changelist", "add", "change", "history", "delete"), "M E"),
    "articles_sitenotice": dict.fromkeys(("changelist", "add", "change", "history", "delete"), "E"),
    "articles_contactblock": dict.fromkeys(("changelist", "add", "change", "history", "delete"), "E"),
    "articles_redirect": dict.fromkeys(("changelist", "add", "change", "history", "delete"), "M E"),
    "articles_contactmessage": {"changelist": "M E", "change": "M E", "history": "M E"},
    "people_department": {"changelist": "M E A", "add": "A", "change": "M E A", "history": "M E A"},
    "people_physician": {"changelist": "M E A", "add": "A", "change": "M E A", "history": "M E A"},
    "people_user": {"changelist": "A", "add": "A", "change": "A", "history": "A"},
}

DESKS: Final = {
    # name: arguments, who, what a look answers
    "admin:index": ({}, STAFF, 200),
    "admin:faq_physician_desk": ({}, (P,), 200),
    "admin:work_list": ({}, (M, E, A), 200),
    "admin:work_start": ({}, STAFF, 405),
    "admin:faq_physician_next": ({}, STAFF, 405),
    "admin:faq_physician_question": ({"pk": "accepted"}, (P,), 200),
    "admin:faq_physician_act": ({"pk": "accepted"}, (P,), 302),
    "admin:faq_physician_preview": ({"pk": "accepted"}, STAFF, 405),
    "admin:faq_physician_draft": ({"pk": "accepted"}, (P,), 200),
    "admin:ageing_report": ({}, (P, R), 200),
    "admin:ageing_act": ({"kind": "answer", "pk": "reply"}, (P, R), 200),
    "admin:faq_moderator_desk": ({}, (M,), 200),
    "admin:faq_moderator_next": ({}, STAFF, 405),
    "admin:faq_moderator_find": ({}, STAFF, 405),
    "admin:faq_moderator_undo": ({}, STAFF, 405),
    "admin:faq_moderator_bulk": ({}, STAFF, 405),
    "admin:faq_moderator_concepts": ({}, (M,), 200),
    "admin:faq_moderator_question": ({"pk": "accepted"}, (M,), 200),
    "admin:search_concept_suggestions": ({}, (M, E), 200),
    "admin:search_concept_import": ({}, (M, E), 200),
    "admin:search_concept_upload": ({"pk": "upload"}, (E,), 200),
    "admin:search_concept_export": ({}, (M, E), 200),
    "admin:search_concept_merge": ({"pk": "concept"}, (M, E), 200),
    "admin:search_concept_unmerge": ({"pk": "concept"}, STAFF, 405),
    "admin:faq_moderator_merge": ({"pk": "accepted"}, (M,), 200),
    "admin:faq_topic_featured": ({"pk": "topic"}, (M, E), 200),
    "admin:faq_topic_unwanted": ({"pk": "topic"}, (M, E), 405),
    "admin:faq_topic_in_line": ({"pk": "topic"}, (M, E), 405),
    "admin:faq_topic_approve": ({"object_id": "topic"}, (P, R), 405),
    "admin:faq_moreinfo_approve": ({"object_id": "more_info"}, (P, R), 405),
    "admin:articles_article_review": ({}, (P, R), 200),
    "admin:articles_article_preview": ({"pk": "article"}, STAFF, 405),
    "admin:articles_article_preview_new": ({}, STAFF, 405),
    "admin:articles_article_revision": ({"pk": "article", "number": "1"}, (P, E, R), 200),
    "admin:articles_article_compare": ({"pk": "article"}, (P, E, R), 302),
    "admin:articles_article_restore": ({"pk": "article", "number": "1"}, STAFF, 405),
    "admin:articles_article_act": ({"pk": "article", "act": "withdraw"}, (E,), 200),
    "admin:articles_article_finding": ({"pk": "article", "finding": "1"}, STAFF, 405),
    "admin:articles_staticpage_in_line": ({"pk": "page_row"}, (E,), 405),
    "admin:articles_redirect_import": ({}, (M, E), 200),
    "admin:articles_redirect_export": ({}, (M, E), 200),
    "admin:autocomplete": ({}, (), 404),
    "admin:auth_user_password_change": ({"id": "user"}, (A,), 200),
    "admin:jsi18n": ({}, STAFF, 200),
    "admin:view_on_site": ({"content_type_id": "question_type", "object_id": "question"}, (P, M), 302),
    "admin:app_list": ({"app_label": "app"}, STAFF, 200),
}
"""The desks and the rest of the admin."""

# allauth's own pages, tested by allauth and in tests/portal.
# fmt: off
DOORS: Final = {
    "account_login", "account_logout", "account_inactive", "account_signup", "account_reauthenticate", "account_email",
    "account_email_verification_sent", "account_change_password", "account_set_password", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_confirm_email", "account_confirm_login_code", "mfa_index", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_login_webauthn", "admin:logout",
}
# fmt: on


@dataclass(frozen=True)
class World:
    """One of everything, and one account of each role."""

    arguments: dict[str, Any]
    people: dict[str, User]
    rows: dict[str, int]


@pytest.fixture
def world() -> World:
    department = make_department("department-one")
    people = {P: make_physician_user(department), **{role: make_user(role=role) for role in (M, E, R, A)}}
    concept = make_concept()
    question = make_question(Status.PUBLISHED, department, concepts=[concept])
    accepted = make_question(Status.ACCEPTED, department)
    topic = make_topic(concept, department)
    article = make_article(department=department)
    page = make_page()
    info = make_more_info(question)
    answer = Answer.objects.get(question=question)
    assert answer.physician is not None
    shown: dict[str, Any] = {
        "question": question,
        "topic": topic,
        "article": article,
        "physician": answer.physician,
    }
    with override("en"):
        slugs = {f"{name}_slug": row.get_absolute_url().rstrip("/").split("/")[-1] for name, row in shown.items()}
        slugs["concept_slug"] = concept_address(concept).rstrip("/").split("/")[-1]
    make_answer(question)
    arguments = {
        "department": department.slug,
        "question": question.pk,
        "accepted": accepted.pk,
        "topic": topic.pk,
        "concept": concept.pk,
        "article": article.pk,
        "page": page.slug,
        "upload": make_upload(people[E]).pk,
        "page_row": page.pk,
        "picture": make_picture().sha256,
        "comment": make_comment().pk,
        "physician": answer.physician.pk,
        "reply": answer.pk,
        "more_info": info.pk,
        "secret": accepted.ticket.secret,
        "add": "add",
        "questions_section": "questions",
        "user": people[E].pk,
        "app": "faq",
        "question_type": _content_type(Question),
        **slugs,
    }
    return World(arguments, people, _rows(world_of=arguments, concept=concept.pk, people=people))


def _rows(world_of: dict[str, Any], concept: int, people: dict[str, User]) -> dict[str, int]:
    """The row that each model's pages are tried on."""
    question = Question.objects.get(pk=world_of["question"])
    event = question.events.get()
    canned = CannedText.objects.create(department=question.department, language="en", title="Hello", body="Hello.")
    return {
        "faq_question": question.pk,
        "faq_topic": world_of["topic"],
        "faq_moreinfo": MoreInfo.objects.get().pk,
        "faq_cannedtext": canned.pk,
        "faq_consenttext": (ConsentText.objects.first() or make_consent()).pk,
        "faq_sealedaccess": SealedAccess.objects.create(question=question, actor=people[M], reason="a test").pk,
        "faq_notification": Notification.objects.create(event=event).pk,
        "faq_neighbourmeasure": measure_neighbours().pk,
        "search_concept": concept,
        "search_searchquery": write("dengue").pk,
        "search_promotedresult": make_promoted(f"question:{question.pk}").pk,
        "articles_article": world_of["article"],
        "articles_staticpage": _only("articles.StaticPage"),
        "articles_picture": _only("articles.Picture"),
        "articles_comment": _only("articles.Comment"),
        "faq_reviewevent": _review_event(world_of["article"]),
        "articles_menuitem": make_menu_item().pk,
        "articles_homefeature": make_feature(Question.objects.get(pk=world_of["question"])).pk,
        "articles_sitenotice": make_notice().pk,
        "articles_contactblock": make_contact_block().pk,
        "articles_redirect": make_redirect().pk,
        "articles_contactmessage": _message(),
        "people_department": question.department_id,
        "people_physician": world_of["physician"],
        "people_user": people[E].pk,
    }


def _review_event(article: int) -> int:
    text = Article.objects.get(pk=article)
    return ReviewEvent.log(text, ReviewEvent.Act.OUTDATED, by=make_user(), note="A test.").pk


def _only(label: str) -> int:
    model: Any = apps.get_model(label)
    return int(model.objects.get().pk)


def _message() -> int:
    fields = {"key": uuid.uuid4(), "language": "en", "subject": "Hello", "body": "A word."}
    return ContactMessage.objects.create(**fields).pk


def _content_type(model: type[models.Model]) -> int:
    return ContentType.objects.get_for_model(model).pk


def _addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}" if pattern.name else f"{namespace}({pattern.pattern})"


UNNAMED: Final = {
    "(admin/login/)": "leads to the staff's door",
    "admin:(<path:object_id>/)": "Django's old address of a row: leads to its change page",
    "admin:((?P<url>.*)$)": "whatever else lies under /admin/: 404, or the door for who is not signed in",
}


def test_every_address_of_the_site_has_a_row_and_every_row_an_address() -> None:
    in_table = {*EVERYONE, *REDIRECTS, *SENT_TO, *DESKS, *DOORS, *UNNAMED}
    in_table |= {f"admin:{model}_{page}" for model in MODELS for page in PAGES}

    nobodys = {f"admin:{model}_simple_history" for model in MODELS if model not in KEEPS_HISTORY}

    assert set(_addresses()) == in_table - nobodys


def _arguments(world: World, names: dict[str, str]) -> dict[str, Any]:
    return {name: world.arguments.get(value, value) for name, value in names.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *STAFF])
def test_what_is_public_opens_alike_for_everyone_without_cookie_session_or_token(
    world: World, role: str | None
) -> None:
    seen = {}
    for name, names in EVERYONE.items():
        client = Client()
        if role:
            client.force_login(world.people[role])
        response = client.get(reverse(name, kwargs=_arguments(world, names)))
        seen[name] = (
            response.status_code,
            list(response.cookies),
            "cookie" in response.get("Vary", "").lower(),
            b"csrfmiddlewaretoken" in response.getvalue(),
        )

    assert seen == dict.fromkeys(EVERYONE, (200, [], False, False))


@pytest.mark.django_db
def test_a_public_page_is_the_same_for_a_signed_in_account_byte_for_byte(world: World) -> None:
    # The forms carry a key of their own for each opening; everything else can be kept and served again.
    readable = {name: row for name, row in EVERYONE.items() if name not in HAS_A_FORM}
    stranger, editor = Client(), Client()
    editor.force_login(world.people[E])

    differing = []
    for name, names in readable.items():
        address = reverse(name, kwargs=_arguments(world, names))
        if stranger.get(address).getvalue() != editor.get(address).getvalue():
            differing.append(name)

    assert differing == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(REDIRECTS))
def test_what_leads_elsewhere_leads_everyone(world: World, client: Client, name: str) -> None:
    assert client.get(reverse(name, kwargs=_arguments(world, REDIRECTS[name]))).status_code in {301, 302, 303}


@pytest.mark.parametrize("name", list(SENT_TO))
def test_what_is_sent_to_cannot_be_looked_at(client: Client, name: str) -> None:
    assert client.get(reverse(name, kwargs=SENT_TO[name])).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *STAFF])
def test_the_desks_open_to_those_of_the_table(world: World, role: str | None) -> None:
    client = Client()
    if role:
        client.force_login(world.people[role])

    seen = {
        name: client.get(reverse(name, kwargs=_arguments(world, names))).status_code
        for name, (names, _who, _status) in DESKS.items()
    }

    allowed = {name: (status if role in who else 404) for name, (_names, who, status) in DESKS.items()}
    assert seen == (allowed if role else dict.fromkeys(DESKS, 302))


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *STAFF])
def test_the_admins_pages_open_to_those_of_the_table(world: World, role: str | None) -> None:
    client = Client()
    if role:
        client.force_login(world.people[role])
    letter = {P: "P", M: "M", E: "E", R: "R", A: "A"}.get(role or "", "-")

    seen, expected = {}, {}
    for model, page in ((model, page) for model in MODELS for page in PAGES):
        if page == "simple_history" and model not in KEEPS_HISTORY:
            continue
        arguments = [] if page in {"changelist", "add"} else [world.rows[model]]
        if page == "simple_history":
            arguments = [world.rows[model], _history_of(model, world.rows[model])]
        response = client.get(reverse(f"admin:{model}_{page}", args=arguments))
        seen[f"{model}_{page}"] = response.status_code
        opens = 302 if (model, page) in ELSEWHERE else 200
        expected[f"{model}_{page}"] = opens if letter in MODELS[model].get(page, "").split() else 404

    assert seen == (expected if role else dict.fromkeys(seen, 302))


def _history_of(model: str, pk: int) -> int:
    app, name = model.split("_")
    row: Any = apps.get_model(app, name).objects.get(pk=pk)
    return int(row.history.first().history_id)
