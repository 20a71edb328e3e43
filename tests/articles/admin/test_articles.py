"""The working text of an article: what is typed, kept as revisions, and never lost between two people."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.importing import draft_from
from articles.models import Article, ArticleFaqEntry, ArticleReference, TaggedArticle
from articles.states import Status
from people.models import OpenedText
from search.models import Change, Concept, Document
from tests.articles.admin.desk import (
    ADD,
    approved,
    editor,
    errors_of,
    filled,
    make_draft,
    make_reviewer,
    page_of,
    said_by,
    signed_in,
)
from tests.factories import make_article, make_concept, make_question, make_user
from text.manuscript import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return signed_in(make_user("mei", "editor", first_name="Mei", last_name="Demo"))


def tags_of(article: Article) -> list[str]:
    return sorted(TaggedArticle.objects.filter(content_object=article).values_list("tag__name_en", flat=True))


def fresh(article: Article) -> Article:
    return Article.objects.select_related("draft", "edition").get(pk=article.pk)


def numbers_of(article: Article) -> list[int]:
    return list(article.revisions.order_by("number").values_list("number", flat=True))


def test_a_new_article_is_a_draft_signed_with_who_writes_it(desk: Client) -> None:
    desk.post(ADD, filled())

    made = Article.objects.get()
    assert (made.title, made.author_name, made.status) == ("Living with lupus", "Mei Demo", Status.DRAFT)
    assert made.author is not None
    assert made.author.username == "mei"
    assert numbers_of(made) == [1]


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_a_new_article_begins_in_the_language_of_its_editor(desk: Client, language: str) -> None:
    desk.cookies["django_language"] = language

    page = desk.get(ADD)

    assert page.context["adminform"].form["language"].value() == language


def test_every_saving_is_a_revision_with_its_note_and_who_saved_it(desk: Client) -> None:
    article = make_draft()

    desk.post(page_of(article), filled(article, title="Lupus in summer", note="A season"))

    draft: Any = fresh(article).draft
    assert (draft.number, draft.title, draft.note, draft.saved_by.username) == (
        2,
        "Lupus in summer",
        "A season",
        "mei",
    )


def test_what_was_only_sent_back_is_no_revision_whatever_the_browser_does_to_the_ends_of_lines(desk: Client) -> None:
    article = make_draft(body="## One\n\nTwo\nthree.", lede="A\nB")

    desk.post(page_of(article), filled(article, body="## One\r\n\r\nTwo\r\nthree.", lede="A\r\nB"))

    assert numbers_of(article) == [1]


def test_saving_what_readers_see_changes_nothing_for_them(desk: Client) -> None:
    article = make_article(title="Before")

    desk.post(page_of(article), filled(article, title="After"))

    stored = fresh(article)
    assert (stored.title, stored.shown_title, stored.is_public, stored.has_changes) == ("After", "Before", True, True)


def test_a_changed_text_is_told_that_it_needs_another_review(desk: Client) -> None:
    article = approved(make_draft())

    desk.post(page_of(article), filled(article, body="Another text."))

    sentence = "The text changed: it needs another medical review before it is published."
    assert sentence in said_by(desk, article)
    draft: Any = fresh(article).draft
    assert draft.reviewed_by is None


def test_a_small_correction_keeps_the_review(desk: Client) -> None:
    article = approved(make_draft())

    desk.post(page_of(article), filled(article, body="Another text.", is_small="on"))

    draft: Any = fresh(article).draft
    assert (draft.number, draft.is_small, draft.reviewed_by is not None) == (2, True, True)


def test_a_new_entry_whose_place_nobody_typed_comes_last(desk: Client) -> None:
    article = make_draft(entries=[("First?", "Yes."), ("Second?", "No.")])
    ArticleFaqEntry.objects.filter(question="Second?").update(order=7)
    stored = [
        {"id": row.pk, "article": article.pk, "order": row.order, "question": row.question, "answer": row.answer}
        for row in article.faq_entries.all()
    ]

    desk.post(page_of(article), filled(article, *stored, {"order": 0, "question": "Third?", "answer": ""}))

    draft: Any = fresh(article).draft
    assert [entry["question"] for entry in draft.entries] == ["First?", "Second?", "Third?"]


def test_tags_are_chosen_and_a_missing_word_becomes_a_proposal(desk: Client) -> None:
    sle, fever = make_concept("SLE"), make_concept("Fever")
    article = make_article()
    desk.post(page_of(article), filled(article, tags=[sle.pk, fever.pk]))
    before = tags_of(article)

    desk.post(page_of(article), filled(fresh(article), tags=[sle.pk], new_words="Sunscreen\nｓｌｅ\n\n"))

    assert (before, tags_of(article)) == (["Fever", "SLE"], ["SLE", "Sunscreen"])
    assert Concept.objects.get(name_en="Sunscreen").is_proposal


def test_the_form_shows_the_tags_by_both_names(desk: Client) -> None:
    article = make_article()
    desk.post(page_of(article), filled(article, tags=[make_concept("SLE", "紅斑性狼瘡").pk]))

    assert "SLE · 紅斑性狼瘡" in desk.get(page_of(article)).content.decode()


@pytest.mark.parametrize("tags", [["word"], ["0"], ["-1"], ["１"], ["9" * 40]])
def test_a_tag_that_does_not_exist_is_no_error_of_the_house(desk: Client, tags: list[str]) -> None:
    article = make_article()

    answer = desk.post(page_of(article), filled(article, tags=tags))

    assert answer.status_code in {200, 400}
    assert tags_of(article) == []


def test_a_proposal_is_not_chosen_as_a_tag(desk: Client) -> None:
    article = make_article()

    answer = desk.post(page_of(article), filled(article, tags=[make_concept(is_proposal=True).pk]))

    assert list(errors_of(answer)) == ["tags"]


def test_what_hangs_on_an_article_changes_its_page(desk: Client) -> None:
    article, concept = make_article(), make_concept()
    seen = Change.objects.latest("number").number

    desk.post(page_of(article), filled(article, tags=[concept.pk]))

    told = set(Change.objects.filter(number__gt=seen).values_list("key", flat=True))
    carried = {f"concept:{concept.pk}-{language}" for language in ("en", "zh-hant")}
    assert told == {f"article:{article.pk}", *carried}


@pytest.mark.parametrize("case", ["of a translation", "in the same language", "of itself"])
def test_a_translation_points_to_an_original_in_another_language(desk: Client, case: str) -> None:
    original = make_article()
    article = make_article("zh-hant", translation_of=original)
    wrong = {
        "of a translation": (make_article(), article),
        "in the same language": (make_article(), make_article()),
        "of itself": (original, original),
    }
    changed, chosen = wrong[case]

    answer = desk.post(page_of(changed), filled(changed, translation_of=chosen.pk))

    assert list(errors_of(answer)) == ["translation_of"]


def test_a_text_that_readers_see_and_nobody_reviewed_does_not_become_medical(desk: Client) -> None:
    article = make_article(is_medical=False)

    answer = desk.post(page_of(article), filled(article, is_medical="on"))

    assert errors_of(answer) == {"is_medical": ["Readers see a text that nobody has reviewed. Withdraw it first."]}


def test_words_are_kept_when_something_is_wrong(desk: Client) -> None:
    answer = desk.post(ADD, filled(title="", body="Long <work> & thought", new_words="Sunscreen"))

    shown = answer.content.decode()
    assert list(errors_of(answer)) == ["title"]
    assert ("Long &lt;work&gt; &amp; thought" in shown, "Sunscreen" in shown) == (True, True)


def test_a_reviewer_reads_the_page_and_the_tags_and_types_nothing(desk: Client) -> None:
    article = make_draft()
    desk.post(page_of(article), filled(article, tags=[make_concept("Sunscreen").pk]))

    page = signed_in(make_reviewer()).get(page_of(article)).content.decode()

    assert ("Sunscreen" in page, f'src="{page_of(article).removesuffix("change/")}revisions/1/"' in page) == (
        True,
        True,
    )
    assert ("<textarea" in page, 'name="title"' in page, 'name="_continue"' in page) == (False, False, False)


def test_a_reviewer_who_sends_the_form_all_the_same_changes_nothing() -> None:
    article = make_draft(title="Before")

    answer = signed_in(make_reviewer()).post(page_of(article), filled(article, title="After"))

    assert (answer.status_code, fresh(article).title) == (404, "Before")


def test_the_second_who_opens_a_text_is_told_of_the_first() -> None:
    article = make_draft()
    first, second = editor("ana"), editor("bo")

    alone = first.get(page_of(article)).content.decode()
    told = second.get(page_of(article)).content.decode()

    sentence = "ana opened this text 0\xa0minutes ago and may be writing too."
    assert (sentence in alone, sentence in told) == (False, True)


def test_who_has_saved_and_left_is_not_at_the_text_any_more() -> None:
    article = make_draft()
    first = editor("ana")
    first.get(page_of(article))

    first.post(page_of(article), filled(article, _save="1"))

    assert OpenedText.objects.count() == 0


def test_saving_over_a_newer_text_is_refused_with_both_texts_and_nothing_is_lost() -> None:
    article = make_draft(body="One line.")
    first, second = editor("ana"), editor("bo")
    mine, theirs = filled(article, body="One line of mine."), filled(article, body="One line of theirs.")
    second.post(page_of(article), theirs)

    refused = first.post(page_of(article), mine)

    shown = refused.content.decode()
    assert refused.status_code == 200
    assert fresh(article).body == "One line of theirs."
    (clash,) = refused.context["clashes"]
    assert (clash.label, clash.theirs, clash.yours) == ("Body", "One line of theirs.", "One line of mine.")
    assert ("One line of mine.</textarea>" in shown, "What both of you wrote" in shown) == (True, True)


def test_who_has_seen_both_texts_saves_their_own() -> None:
    article = make_draft(body="One line.")
    first, second = editor("ana"), editor("bo")
    second.post(page_of(article), filled(article, body="Theirs."))
    refused = first.post(page_of(article), filled(article, body="Mine."))
    seen = refused.context["adminform"].form["version"].value()

    first.post(page_of(article), filled(article, body="Mine.", version=seen))

    assert (fresh(article).body, numbers_of(article)) == ("Mine.", [1, 2, 3])


def test_after_a_colleague_restored_an_old_text_a_form_from_before_clashes_and_loses_nothing() -> None:
    article = make_draft(body="Old.", entries=[("Is it contagious?", "No.")])
    row = article.faq_entries.get()
    entry = {"id": row.pk, "article": article.pk, "order": 0, "question": row.question, "answer": "No, never."}
    form = filled(article, entry, body="Mine.")
    revision: Any = article.draft
    Article.objects.get(pk=article.pk).restore(revision, by=make_user(role="editor"))

    client = editor()
    refused = client.post(page_of(article), form)
    seen = refused.context["adminform"].form["version"].value()
    saved = client.post(page_of(article), {**form, "version": seen})

    draft: Any = fresh(article).draft
    assert (refused.status_code, "No, never." in refused.content.decode(), saved.status_code) == (200, True, 302)
    assert [entry["answer"] for entry in draft.entries] == ["No.", "No, never."]
    assert draft.body == "Mine."


@pytest.mark.parametrize("address", [ADD, "change"])
def test_only_the_pages_with_a_frame_may_show_one(desk: Client, address: str) -> None:
    address = address if address == ADD else page_of(make_draft())

    framed, other = desk.get(address), desk.get("/admin/articles/article/")

    assert framed["Content-Security-Policy"] == other["Content-Security-Policy"] + "; frame-src 'self'"
    assert (framed["X-Frame-Options"], other["X-Frame-Options"]) == ("DENY", "DENY")


class TestWhateverIsTyped(TestCase):
    @settings(deadline=None, max_examples=25)
    @given(st.text(max_size=300), st.text(max_size=300))
    def test_a_form_is_saved_or_shown_again(self, title: str, body: str) -> None:
        client = Client()
        client.force_login(make_user(role="editor"))

        answer = client.post(ADD, filled(title=title, body=body))

        assert answer.status_code in {200, 302, 400}
        assert Article.objects.count() == (answer.status_code == 302)


def test_a_reference_can_be_added_and_taken_away(desk: Client) -> None:
    article = make_draft(sources=["A book", "A leaflet"])
    book = ArticleReference.objects.get(title="A book")
    place = next(n for n in range(2) if filled(article)[f"references-{n}-id"] == book.pk)

    desk.post(page_of(article), filled(article, **{f"references-{place}-DELETE": "on"}))

    draft: Any = fresh(article).draft
    assert [source["title"] for source in draft.sources] == ["A leaflet"]


def test_what_an_import_guessed_is_told_openly_until_the_text_is_public(desk: Client) -> None:
    article = draft_from(read("Sun and lupus\n\nIt rains today, and it rained before.\n\nThen it stops."), by=None)

    draft = desk.get(page_of(article)).content.decode()

    assert ('<details class="editor-import" open>' in draft, "What is missing" in draft) == (True, True)
    assert '<details class="editor-import"' not in desk.get(page_of(make_draft())).content.decode()


def test_only_public_questions_are_linked_and_linked_ones_stay(desk: Client) -> None:
    linked, hidden = make_question("published"), make_question("accepted")
    article = make_draft()
    article.questions.set([linked])
    linked.unpublish(by=make_user(role="moderator"), reason="It was wrong.")

    refused = desk.post(page_of(article), filled(article, questions=f"{linked.pk},{hidden.pk}"))
    kept = desk.post(page_of(article), filled(article, questions=str(linked.pk)))

    assert (refused.status_code, kept.status_code, list(article.questions.all())) == (200, 302, [linked])


def test_the_tags_of_a_public_article_are_searched_at_once_and_its_newer_words_are_not(
    desk: Client,
) -> None:
    gout = make_concept("Gout")
    article = make_article(title="Lupus", sources=["A book"])
    document = Document.objects.filter(key=f"article:{article.pk}")
    assert document.values_list("title", "tags").get() == ("Lupus", "")

    desk.post(page_of(article), filled(article, title="Zebrafish", tags=[gout.pk]))

    assert tags_of(article) == ["Gout"]
    assert document.values_list("title", "tags").get() == ("Lupus", str(gout.pk))
