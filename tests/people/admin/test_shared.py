"""Two people at one text: the second is told, and nobody saves over what they have not seen."""

import threading
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import StaticPage
from faq.models import MoreInfo, Topic
from people.models import OpenedText, User
from people.models.editing import STAYS_OPEN, forget_opened_texts
from tests.factories import make_department, make_more_info, make_page, make_question, make_topic, make_user

pytestmark = pytest.mark.django_db

CLASH = "Somebody saved this text while you were writing. Nothing of yours is lost."
Text = Topic | MoreInfo | StaticPage


def make_text(kind: str) -> tuple[Text, str]:
    """A text that two people write at, and the name of its field of words."""
    if kind == "topic":
        return make_topic(department=make_department(), introduction="", is_public=False), "introduction"
    if kind == "more_info":
        return make_more_info(make_question("published"), is_public=False, body="As it was."), "body"
    return make_page("about", body="As it was."), "body"


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(make_user(name, role="editor"))
    return client


def door(text: Text) -> str:
    return reverse(f"admin:{text._meta.app_label}_{text._meta.model_name}_change", args=[text.pk])


def typed(page: Any, **changes: Any) -> dict[str, Any]:
    """What a browser sends back of the form that it was shown, with changes."""
    form = page.context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    filled = {name: value for name, value in shown.items() if value not in (None, False, "", [])}
    for formset in page.context["inline_admin_formsets"]:
        filled |= {field.html_name: field.value() for field in formset.formset.management_form}
    return filled | changes


@pytest.mark.parametrize("kind", ["topic", "more_info", "page"])
class TestEveryKind:
    def test_saving_over_a_newer_version_is_refused_with_both_texts(self, kind: str) -> None:
        text, field = make_text(kind)
        mine, theirs = signed_in("mei"), signed_in("jun")
        seen_by_me, seen_by_them = mine.get(door(text)), theirs.get(door(text))
        saved = theirs.post(door(text), typed(seen_by_them, **{field: "Theirs."})).status_code

        refused = mine.post(door(text), typed(seen_by_me, **{field: "Mine."}))

        text.refresh_from_db()
        (clash,) = [each for each in refused.context["clashes"] if each.theirs.startswith("Theirs")]
        errors = [str(error) for error in refused.context["adminform"].form.non_field_errors()]
        assert (saved, refused.status_code, errors) == (302, 200, [CLASH])
        assert (getattr(text, field), clash.theirs, clash.yours) == ("Theirs.", "Theirs.", "Mine.")
        assert refused.context["adminform"].form[field].value() == "Mine."

    def test_who_has_seen_both_saves_on_the_second_press(self, kind: str) -> None:
        text, field = make_text(kind)
        mine, theirs = signed_in("mei"), signed_in("jun")
        seen_by_me = mine.get(door(text))
        theirs.post(door(text), typed(theirs.get(door(text)), **{field: "Theirs."}))
        refused = mine.post(door(text), typed(seen_by_me, **{field: "Mine."}))

        saved = mine.post(door(text), typed(refused, **{field: "Both."}))

        text.refresh_from_db()
        assert (saved.status_code, getattr(text, field)) == (302, "Both.")

    def test_a_form_that_names_no_version_is_refused(self, kind: str) -> None:
        text, field = make_text(kind)
        client = signed_in("mei")
        form = typed(client.get(door(text)), **{field: "Mine."})

        refused = client.post(door(text), {name: value for name, value in form.items() if name != "version"})

        text.refresh_from_db()
        assert (refused.status_code, getattr(text, field) == "Mine.") == (200, False)

    def test_the_second_is_told_who_is_at_it_until_the_first_has_saved(self, kind: str) -> None:
        text, _field = make_text(kind)
        mine, theirs = signed_in("mei"), signed_in("jun")
        first = theirs.get(door(text))
        alone = list(first.context["others"])

        told = [str(opened.user) for opened in mine.get(door(text)).context["others"]]
        theirs.post(door(text), typed(first))
        later = list(mine.get(door(text)).context["others"])

        assert (alone, told, later) == ([], ["jun"], [])


def test_who_opened_a_text_long_ago_is_not_at_it_any_more() -> None:
    text, _field = make_text("page")
    signed_in("jun").get(door(text))
    mine = signed_in("mei")

    with time_machine.travel(timezone.now() + STAYS_OPEN * 1.01, tick=False):
        told = list(mine.get(door(text)).context["others"])
        forgotten = forget_opened_texts()

    assert (told, forgotten, OpenedText.objects.count()) == ([], 1, 1)


def test_who_only_reads_is_not_at_it() -> None:
    text, _field = make_text("topic")
    client = Client()
    client.force_login(make_user("eyes", role="medical_reviewer"))

    client.get(door(text))

    assert OpenedText.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_of_two_who_save_in_the_same_moment_one_is_refused() -> None:
    text, field = make_text("page")
    clients = [signed_in("mei"), signed_in("jun")]
    forms = [typed(client.get(door(text)), **{field: f"Words {number}."}) for number, client in enumerate(clients)]
    codes: list[int] = []

    def save(client: Client, form: dict[str, Any]) -> None:
        try:
            codes.append(client.post(door(text), form).status_code)
        finally:
            connection.close()

    savers = [threading.Thread(target=save, args=pair) for pair in zip(clients, forms, strict=True)]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()

    assert (sorted(codes), User.objects.count() >= 2) == ([200, 302], True)
