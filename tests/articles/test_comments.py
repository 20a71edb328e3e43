"""Comments of readers: held, approved, counted, reported, closed; and nothing of a person is kept with them."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Article, Comment, CommentReport
from people.visitors import new_key
from search.models import Change
from tests.factories import make_article, make_comment, make_user
from tests.reading import links, queries, read

pytestmark = pytest.mark.django_db


def address(name: str, pk: int, language: str = "en") -> str:
    with override(language):
        return reverse(f"articles:{name}", args=[pk])


def comment_form(article: Article, **changes: Any) -> dict[str, str]:
    fields = {"form_key": new_key(f"comment.{article.pk}"), "homepage": "", "nickname": "mei"}
    return {**fields, "body": "It helped me to walk in the evening.", **changes}


def send(article: Article, data: Any = None, **changes: Any) -> Any:
    return Client().post(address("comment_add", article.pk), data or comment_form(article, **changes))


def report(comment: Comment, **changes: str) -> Any:
    fields = {"form_key": new_key(f"report.{comment.pk}"), "homepage": "", "reason": "dangerous", "note": ""}
    return Client().post(address("comment_report", comment.pk), {**fields, **changes})


def shown(article: Article) -> list[str]:
    return [
        part.one("div", "prose").words
        for part in read(Client(), article.get_absolute_url()).every("article", "comment")
    ]


def open_article(**fields: Any) -> Article:
    return make_article(takes_comments=True, **fields)


class TestWriting:
    def test_what_a_reader_writes_is_held_until_a_moderator_approves_it(self) -> None:
        article = open_article()

        answer = send(article)

        comment = Comment.objects.get()
        held = (shown(article), read(Client(), article.get_absolute_url()).one("h2", id="comments").words)
        comment.approve(by=make_user(role="moderator"))
        counted = read(Client(), article.get_absolute_url()).one("h2", id="comments").words
        assert (answer.status_code, answer["Location"]) == (303, address("comment_add", article.pk) + "?sent=1")
        assert (held, shown(article), counted) == (
            ([], "Comments"), ["It helped me to walk in the evening."], "1 comment",
        )  # fmt: skip

    def test_numbers_and_addresses_of_persons_are_kept_nowhere(self) -> None:
        article = open_article()

        send(article, body="Ask me: 0912-345-678 or a@example.org", nickname="A123456789")

        comment = Comment.objects.get()
        assert (comment.nickname, comment.body, comment.hidden) == (
            "[identity number hidden]", "Ask me: [phone number hidden] or [e-mail address hidden]", 3,
        )  # fmt: skip

    def test_the_same_form_sent_twice_is_one_comment_and_another_text_is_asked_about(self) -> None:
        article = open_article()
        data = comment_form(article)

        codes = [send(article, data).status_code, send(article, data).status_code]
        changed = send(article, data | {"body": "Something else entirely."})

        assert (codes, changed.status_code, Comment.objects.count()) == ([303, 303], 409, 1)
        assert changed.context["form"].shown_key != data["form_key"]

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"homepage": "https://spam.example"}, 400),
            ({"body": " "}, 400),
            ({"body": "x" * 2001}, 400),
            ({"nickname": "Dr. Lin"}, 400),
            ({"form_key": "forged"}, 400),
        ],
    )
    def test_what_cannot_be_taken_comes_back_with_the_words(self, changes: dict[str, str], code: int) -> None:
        article = open_article()

        answer = send(article, **changes)

        typed = comment_form(article, **changes)["body"]
        assert (answer.status_code, Comment.objects.count()) == (code, 0)
        assert answer.context["form"]["body"].value() == typed

    def test_the_key_of_another_article_is_not_good(self) -> None:
        article, other = open_article(), open_article()

        answer = send(article, form_key=new_key(f"comment.{other.pk}"))

        assert (answer.status_code, Comment.objects.count()) == (400, 0)

    def test_a_connection_that_sends_much_waits(self) -> None:
        article = open_article()

        codes = [send(article, body=f"Comment number {number}").status_code for number in range(6)]

        assert codes == [303] * 5 + [429]

    def test_a_form_from_another_site_is_not_taken(self) -> None:
        article = open_article()

        answer = Client().post(
            address("comment_add", article.pk), comment_form(article), headers={"origin": "https://elsewhere.example"}
        )

        assert (answer.status_code, Comment.objects.count()) == (400, 0)

    def test_it_sets_no_cookie_and_is_kept_nowhere(self) -> None:
        answer = Client().get(address("comment_add", open_article().pk))

        assert (answer.cookies, answer["Cache-Control"]) == ({}, "no-store, private")


class TestClosing:
    @pytest.mark.parametrize(
        ("fields", "is_open"),
        [
            ({"takes_comments": False}, False),
            ({"takes_comments": True}, True),
            ({"takes_comments": True, "comments_until": dt.timedelta(0)}, True),
            ({"takes_comments": True, "comments_until": dt.timedelta(days=-1)}, False),
        ],
    )
    def test_comments_close_by_switch_and_by_date(self, fields: dict[str, Any], is_open: bool) -> None:
        if isinstance(until := fields.get("comments_until"), dt.timedelta):
            fields = {**fields, "comments_until": timezone.localdate() + until}
        article = make_article(**fields)

        answer = send(article)

        assert (answer.status_code, Comment.objects.count()) == ((303, 1) if is_open else (400, 0))

    def test_what_was_approved_stays_when_comments_close(self) -> None:
        article = open_article()
        make_comment(article, body="I was here.")
        Article.objects.filter(pk=article.pk).update(takes_comments=False)

        page = read(Client(), article.get_absolute_url())

        assert shown(article) == ["I was here."]
        assert "Write a comment" not in links(page)

    def test_an_article_that_is_not_public_has_no_door(self) -> None:
        article = open_article()
        comment = make_comment(article)
        article.withdraw(by=make_user(), note="It was wrong.")

        doors = [("comment_list", article.pk), ("comment_add", article.pk), ("comment_report", comment.pk)]
        codes = [Client().get(address(name, pk)).status_code for name, pk in doors]

        assert codes == [404, 404, 404]


class TestReading:
    def test_all_comments_have_a_page_in_the_article_s_language(self) -> None:
        article = open_article()
        make_comment(article, body="First.")
        make_comment(article, body="Second.")
        make_comment(article, body="Held.", is_approved=False)

        page = read(Client(), address("comment_list", article.pk))
        elsewhere = Client().get(address("comment_list", article.pk, "zh-hant"))

        assert [part.words for part in page.every("div", "prose")] == ["Second.", "First."]
        assert (elsewhere.status_code, elsewhere["Location"]) == (302, address("comment_list", article.pk))

    def test_it_costs_the_same_for_one_and_for_three(self) -> None:
        costs = []
        for number in (1, 3):
            article = open_article()
            for _row in range(number):
                make_comment(article)
            pages = (article.get_absolute_url(), address("comment_list", article.pk))
            costs.append([queries(Client(), page) for page in pages])

        assert costs[0] == costs[1]

    def test_words_of_readers_are_text(self) -> None:
        article = open_article()
        make_comment(article, body="<script>x</script>\n\nsecond", nickname="<b>me</b>")

        page = Client().get(article.get_absolute_url()).content.decode()

        assert "&lt;script&gt;x&lt;/script&gt;</p>" in page
        assert "<bdi>&lt;b&gt;me&lt;/b&gt;</bdi>" in page


class TestDeciding:
    def test_a_decision_alters_the_page_and_the_count(self) -> None:
        article, moderator = open_article(), make_user(role="moderator")
        comment = make_comment(article, is_approved=False)
        before = Change.objects.filter(key=f"article:{article.pk}").count()

        done = [comment.approve(by=moderator), comment.approve(by=moderator), comment.decline(by=moderator)]

        article.refresh_from_db()
        assert (done, article.comment_count) == ([True, False, True], 0)
        assert Change.objects.filter(key=f"article:{article.pk}").count() == before + 2

    def test_readers_report_and_a_moderator_settles_it(self) -> None:
        comment = make_comment()

        answer = report(comment, note="Call 0912345678")

        comment.refresh_from_db()
        said = CommentReport.objects.get()
        assert (answer.status_code, said.reason, said.note) == (303, "dangerous", "Call [phone number hidden]")
        assert (comment.open_reports, list(Comment.objects.awaiting_decision())) == (1, [comment])
        comment.approve(by=make_user(role="moderator"))
        assert (comment.open_reports, list(Comment.objects.awaiting_decision())) == (0, [])
        assert comment.state == Comment.State.APPROVED

    def test_a_report_without_a_reason_comes_back(self) -> None:
        answer = report(make_comment(), reason="")

        assert (answer.status_code, CommentReport.objects.count()) == (400, 0)

    def test_the_database_knows_no_public_comment_that_nobody_approved(self) -> None:
        comment = make_comment(is_approved=False)

        with (
            pytest.raises(IntegrityError, match="comment_public_is_approved_by_someone"),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE articles_comment SET state = 'approved' WHERE id = %s", [comment.pk])


class TestTheModeratorsQueue:
    def client_of(self, role: str) -> Client:
        client = Client()
        client.force_login(make_user(role=role))
        return client

    def test_what_waits_comes_first_and_is_decided_many_at_once(self) -> None:
        held, reported, quiet = make_comment(is_approved=False), make_comment(), make_comment()
        report(reported)
        moderator = self.client_of("moderator")
        page = reverse("admin:articles_comment_changelist")

        listed = [row.pk for row in moderator.get(page).context["cl"].result_list]
        moderator.post(page, {"action": "approve", "_selected_action": [held.pk, reported.pk]})

        assert listed == [reported.pk, held.pk]
        assert not Comment.objects.awaiting_decision().exists()
        assert set(Comment.objects.approved()) == {held, reported, quiet}

    def test_one_is_decided_on_its_own_page_by_a_button(self) -> None:
        comment = make_comment(is_approved=False)
        page = reverse("admin:articles_comment_change", args=[comment.pk])

        self.client_of("moderator").post(page, {"_decline": "1", "seen": "held"})

        comment.refresh_from_db()
        assert comment.state == Comment.State.DECLINED

    def test_the_list_names_articles_as_readers_know_them_not_as_editors_are_writing_them(self) -> None:
        article = open_article(title="Living with lupus")
        make_comment(article)
        Article.objects.filter(pk=article.pk).update(title="Not for moderators yet")
        page = f"{reverse('admin:articles_comment_changelist')}?waiting=all"

        listed = read(self.client_of("moderator"), page)

        assert [part.words for part in listed.every("td", "field-article_read")] == ["Living with lupus"]

    def test_what_a_colleague_has_decided_meanwhile_is_not_overruled(self) -> None:
        comment = make_comment()
        page = reverse("admin:articles_comment_change", args=[comment.pk])

        answer = self.client_of("moderator").post(page, {"_decline": "1", "seen": "held"}, follow=True)

        comment.refresh_from_db()
        said = [str(message) for message in answer.context["messages"]]
        assert (comment.state, said) == (Comment.State.APPROVED, ["A colleague has decided about it meanwhile."])

    def test_an_editor_finds_no_comments(self) -> None:
        comment = make_comment(is_approved=False)
        editor = self.client_of("editor")

        codes = [
            editor.get(reverse("admin:articles_comment_changelist")).status_code,
            editor.post(reverse("admin:articles_comment_change", args=[comment.pk]), {"_approve": "1"}).status_code,
        ]

        comment.refresh_from_db()
        assert (codes, comment.state) == ([404, 404], Comment.State.HELD)


class TestAnything(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(body=st.text(max_size=300), nickname=st.text(max_size=40))
    def test_whatever_is_sent_is_kept_or_comes_back(self, body: str, nickname: str) -> None:
        article = open_article()

        answer = send(
            article, body=body.encode(errors="replace").decode(), nickname=nickname.encode(errors="replace").decode()
        )

        assert answer.status_code in {303, 400, 429}
        assert Comment.objects.filter(article=article).count() == (answer.status_code == 303)
