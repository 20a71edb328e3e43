"""A question as everyone reads it, element by element."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from faq.models import AnswerCorrection, FollowUp, IntakeValue, Question, SimilarQuestion
from faq.models.answer import OLD_AFTER_DAYS
from faq.models.publication import show
from faq.models.similar import shared_column
from faq.states import Status
from people.models import Department
from tests.factories import (
    make_answer,
    make_article,
    make_concept,
    make_department,
    make_follow_up,
    make_intake_field,
    make_more_info,
    make_physician,
    make_question,
    make_topic,
    make_user,
)
from tests.faq.thread import ASKED, make_full_thread
from tests.reading import Part, links, queries, read

pytestmark = pytest.mark.django_db


def page_of(client: Client, question: Question) -> Part:
    return read(client, question.get_absolute_url())


def facts(part: Part) -> dict[str, str]:
    return dict(zip([name.words for name in part.every("dt")], [fact.words for fact in part.every("dd")], strict=True))


def test_the_page_is_read_in_the_order_of_the_seed(client: Client) -> None:
    question = make_full_thread(1)

    page = page_of(client, question)

    main = page.one("main")
    order = ["h1", "share", "asked", "words", "asker", "reply", "supplement", "similar", "topics"]
    marks = [mark for part in main.every() for mark in (part.tag, part["id"], *part["class"].split()) if mark in order]
    assert list(dict.fromkeys(marks)) == order


def test_both_titles_the_department_and_the_number_are_there(client: Client) -> None:
    department = make_department(name_en="Internal Medicine")
    question = make_question(
        Status.PUBLISHED, department, title="can stem cells help??", editorial_title="Stem cell therapy for lupus"
    )

    page = page_of(client, question)

    assert page.one("h1").words == "Stem cell therapy for lupus Internal Medicine"
    assert page.one("h2", id="asked").words == "can stem cells help??"
    assert page.one("title").words == "Stem cell therapy for lupus – Internal Medicine · Wenyi 問醫"
    trail = page.one("nav", "breadcrumb")
    assert [step.words for step in trail.every("li")] == [
        "Home", "Departments", "Internal Medicine", f"Question {question.pk}"
    ]  # fmt: skip
    assert links(trail)["Internal Medicine"] == department.get_absolute_url()


def test_the_patient_s_words_are_escaped_and_keep_their_lines(client: Client) -> None:
    question = make_question(Status.PUBLISHED, body="Hello,\n\none <b>two</b> &amp;\nthree")

    page = client.get(question.get_absolute_url()).content.decode()

    assert "<p>Hello,</p>\n<p>one &lt;b&gt;two&lt;/b&gt; &amp;amp;<br>three</p>" in page


def test_asker_views_and_number_are_shown(client: Client) -> None:
    question = make_question(Status.PUBLISHED, nickname="jimmy", asked_on=ASKED, views=1234)

    page = page_of(client, question)

    assert page.one("p", "asker").words == "jimmy, 40–49 year old female, asked 2011/05/01"
    about = facts(page.one("section", **{"aria-labelledby": "about"}))
    assert (about["Number"], about["Views"], about["Asked on"]) == (str(question.pk), "1,234", "2011/05/01")
    assert links(page)["Report a problem with this page"] == f"/en/contact/?question={question.pk}"


def test_share_links_are_plain_and_named(client: Client) -> None:
    question = make_question(Status.PUBLISHED, title="Tea & milk?")

    share = page_of(client, question).one("div", "share")

    address = f"http%3A%2F%2Ftestserver%2Fen%2Fquestions%2F{question.pk}%2Ftea-milk%2F"
    assert {link["aria-label"]: link["href"] for link in share.every("a")} == {
        "Share on LINE": f"https://social-plugins.line.me/lineit/share?url={address}",
        "Share on Facebook": f"https://www.facebook.com/sharer/sharer.php?u={address}",
        "Share on X": f"https://twitter.com/intent/tweet?url={address}&text=Tea%20%26%20milk%3F",
        "Share by E-mail": f"mailto:?subject=Tea%20%26%20milk%3F&body={address}",
    }
    assert [(button.words, "hidden" in button.attributes) for button in share.every("button")] == [
        ("Copy link", True), ("Print", True)
    ]  # fmt: skip


def test_a_reply_names_who_gave_it_as_of_that_day(client: Client) -> None:
    question = make_question(Status.PUBLISHED, make_department(name_en="Internal Medicine"))
    answer = question.answers.get()
    physician = make_physician(departments=[question.department])
    question.answers.update(physician=physician)
    physician.hospital_en, physician.title_en = "Later Hospital", "Head"
    physician.save()

    reply = page_of(client, question).one("div", "reply")

    assert links(reply.one("h2")) == {f"Dr. {physician.name_romanised}": physician.get_absolute_url()}
    assert reply.one("p", "meta").words == "Example Hospital · Internal Medicine · Attending physician"
    signature = reply.one("p", "signed")
    assert signature.one("bdi").words == f"Dr. {physician.name_romanised}"
    assert signature.one("time")["datetime"] == str(answer.replied_on)


def test_a_name_carries_dr_only_where_physicians_answer(client: Client) -> None:
    department = make_department(kind=Department.Kind.PHARMACIST)
    question = make_question(Status.PUBLISHED, department)
    make_answer(question, make_physician(departments=[department], name_romanised="Dr. Already"))

    heads = [head.words for head in page_of(client, question).every("div", "reply")]

    assert [head.startswith("Dr. ") for head in heads] == [False, True]


def test_an_archive_s_reply_without_profile_or_date_still_stands(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    question.answers.all().delete()
    make_answer(question).delete()
    question.answers.create(physician_name="陳示範", body="Words.", format="plain", replied_on=None)

    reply = page_of(client, question).one("div", "reply")

    assert reply.one("h2").words == "Dr. 陳示範"
    assert reply.every("time") == []


def test_outcome_care_level_and_referral_stand_under_the_reply(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    question.answers.update(outcome="referred", referred_to="a rheumatologist", care_level="soon")

    outcome = page_of(client, question).one("ul", "reply__outcome")

    assert [badge.words for badge in outcome.every("li")] == [
        "referred elsewhere", "Referred to: a rheumatologist", "see a doctor within days"
    ]  # fmt: skip


def test_an_answer_that_points_elsewhere_links_it_while_that_is_public(client: Client) -> None:
    other = make_question(Status.PUBLISHED, title="Told before")
    question = make_question(Status.PUBLISHED)
    question.answers.update(points_to=other)

    before = links(page_of(client, question).one("div", "reply"))
    other.unpublish(by=make_user(role="moderator"), reason="a reason")
    after = links(page_of(client, question).one("div", "reply"))

    assert before["Told before"] == other.get_absolute_url()
    assert "Told before" not in after


def test_a_correction_is_dated_and_keeps_the_old_wording(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    answer = question.answers.get()
    for day, old in ((1, "The *first* words."), (2, "The second.")):
        AnswerCorrection.objects.create(
            answer=answer,
            old_body=old,
            notice=f"Notice {day}",
            corrected_by=make_user(),
            corrected_on=dt.date(2024, 5, day),
        )

    notices = page_of(client, question).one("div", "reply").every("div", "notice")

    assert [notice.every("p")[0].words for notice in notices] == [
        "Corrected on 2024/05/01: Notice 1", "Corrected on 2024/05/02: Notice 2"
    ]  # fmt: skip
    assert [notice.one("details").one("div").words for notice in notices] == ["The first words.", "The second."]


def test_an_old_reply_says_so_until_it_is_reviewed(client: Client) -> None:
    question = make_question(Status.PUBLISHED)

    def is_marked() -> bool:
        return bool(page_of(client, question).one("div", "reply").every("p", "notice--warning"))

    later = timezone.now() + dt.timedelta(days=OLD_AFTER_DAYS)
    seen = [is_marked()]
    with time_machine.travel(later + dt.timedelta(days=1), tick=False):
        seen.append(is_marked())
        question.answers.update(reviewed_on=later.date())
        seen.append(is_marked())

    assert seen == [False, True, False]


def test_an_unconfirmed_second_reading_is_not_shown(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    make_answer(question, body="Confirmed words.")
    answer = make_answer(question, body="Unread words.")

    shown = page_of(client, question).words
    answer.needs_confirmation = True
    answer.save()
    hidden = page_of(client, question).words

    assert ("Unread words." in shown, "Unread words." in hidden, "Confirmed words." in hidden) == (True, False, True)


def test_a_follow_up_stands_under_the_answer_it_followed(client: Client) -> None:
    question = make_question(Status.PUBLISHED, asked_on=dt.date(2024, 1, 1))
    question.answers.update(body_html="<p>First reply.</p>", replied_on=dt.date(2024, 1, 2))
    follow_up = make_follow_up(question, body="May I swim?", is_public=True, asked_on=dt.date(2024, 1, 3))
    make_answer(question, body="Another opinion.", replied_on=dt.date(2024, 1, 9))
    make_answer(question, body="Yes, you may.", follow_up=follow_up, replied_on=dt.date(2024, 1, 4))

    replies = page_of(client, question).every("div", "reply")
    first, nested, second = replies
    followed = first.one("div", "follow-up")
    assert followed.one("div", "words").words == "May I swim?"
    assert followed.every("div", "reply") == [nested]
    assert nested.one("div", "prose").words == "Yes, you may."
    assert second.one("div", "prose").words == "Another opinion."


def test_what_was_added_before_the_answer_stands_under_the_question(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    kind = FollowUp.Kind.CLARIFICATION
    make_follow_up(question, kind, prompt="Any medicines?", body="None.", is_public=True)
    make_follow_up(question, FollowUp.Kind.ADDITION, body="Hidden words.", is_public=False)

    page = page_of(client, question)

    assert [words.words for words in page.one("div", "addition").every("div", "words")] == ["Any medicines?", "None."]
    assert "Hidden words." not in page.words


def test_only_public_intake_values_are_shown(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    for key, is_public in (("weight", True), ("medicines", False)):
        field = make_intake_field(question.department, key, unit="kg" if is_public else "")
        IntakeValue.objects.create(question=question, field=field, value="40", is_public=is_public)

    assert facts(page_of(client, question).one("section", "asked")) == {"Weight": "40 kg"}


def test_more_info_names_its_provenance_and_is_shown_only_when_public(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    info = make_more_info(
        question, body="A supplement.", sources="A book\n\nhttps://example.org/x", provenance="machine"
    )

    supplement = page_of(client, question).one("section", "supplement")
    info.is_public = False
    info.save()
    hidden = page_of(client, question).every("section", "supplement")

    head = supplement.one("header").words
    whose = "More information Whose words it is: machine draft, reviewed by Demo Reviewer"
    assert head == f"{whose} This supplement is not part of the physician's reply."
    assert facts(supplement)["Author"] == "Demo Editor"
    assert facts(supplement)["Medically reviewed by"] == "Demo Reviewer"
    assert [source.words for source in supplement.one("ul").every("li")] == ["A book", "https://example.org/x"]
    assert hidden == []


def neighbours_of(client: Client, question: Question) -> list[Part]:
    return page_of(client, question).every("li", "neighbour")


def test_four_neighbours_are_shown_the_pinned_first_and_no_blocked_one(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    origins = ["computed", "blocked", "pinned", "computed", "computed", "computed"]
    for score, origin in enumerate(origins):
        other = make_question(Status.PUBLISHED, title=f"Other {score}")
        SimilarQuestion.objects.create(question=question, other=other, score=score, origin=origin)
    gone = make_question(Status.ANSWERED, title="Hidden")
    SimilarQuestion.objects.create(question=question, other=gone, score=99)

    shown = [part.one("h3").words for part in neighbours_of(client, question)]

    assert shown == ["Other 2", "Other 5", "Other 4", "Other 3"]


def test_a_neighbour_says_what_it_is_and_why(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    other = make_question(
        Status.PUBLISHED,
        make_department(name_en="Dermatology"),
        title="own",
        editorial_title="Rash and lupus",
        body="A rash.",
    )
    other.answers.update(body="Sun cream.", physician=make_physician(name_romanised="Wu Example"))
    show(other)
    shared = [make_concept("Stem cells", kind="treatment"), make_concept("Lupus")]
    SimilarQuestion.objects.create(question=question, other=other, shared=shared_column(each.pk for each in shared))

    (part,) = neighbours_of(client, question)

    assert [text.words for text in part.every("p")] == [
        "A rash.", "Dr. Wu Example · Dermatology", "Sun cream.",
    ]  # fmt: skip
    assert [text.words for text in part.every("li")] == ["Lupus", "Stem cells"]
    assert links(part) == {"Read more: Rash and lupus": other.get_absolute_url()}


def test_related_topics_are_of_its_concepts_own_department_first_and_at_most_ten(client: Client) -> None:
    lupus, other = make_concept("Lupus"), make_concept("Fever")
    departments = [make_department(order=number, name_en=f"Dept {number}") for number in range(12)]
    for department in departments:
        make_topic(lupus, department)
    make_topic(other, departments[0])
    make_topic(lupus, departments[0], language="zh-hant")
    make_topic(lupus, make_department(), is_public=False)
    question = make_question(Status.PUBLISHED, departments[5], concepts=[lupus])

    topics = page_of(client, question).one("section", **{"aria-labelledby": "topics"})

    expected = [5, 0, 1, 2, 3, 4, 6, 7, 8, 9]
    assert list(links(topics)) == [f"Lupus (Dept {number})" for number in expected]


def test_related_articles_share_a_tag_and_are_public(client: Client) -> None:
    lupus = make_concept()
    make_article(title="Elsewhere")
    for title, status in (("Living with lupus", "published"), ("A draft", "draft")):
        make_article(title=title, status=status).tagged.create(tag=lupus)
    question = make_question(Status.PUBLISHED, concepts=[lupus])

    articles = page_of(client, question).one("section", **{"aria-labelledby": "articles"})

    assert list(links(articles)) == ["Living with lupus"]


def test_a_wrong_slug_redirects_for_good_and_keeps_the_query(client: Client) -> None:
    question = make_question(Status.PUBLISHED, title="Stem cells")

    for wrong in (f"/en/questions/{question.pk}/", f"/en/questions/{question.pk}/old-words/"):
        response = client.get(f"{wrong}?from=mail&x=%E9%A0%AD")

        right = f"/en/questions/{question.pk}/stem-cells/?from=mail&x=%E9%A0%AD"
        assert (response.status_code, response["Location"]) == (301, right)


def test_a_chinese_slug_is_its_own_address(client: Client) -> None:
    question = make_question(Status.PUBLISHED, language="zh-hant", title="幹細胞可以治療狼瘡嗎？")

    assert client.get(question.get_absolute_url()).status_code == 200
    assert client.get(f"/zh-hant/questions/{question.pk}/幹細胞可以治療狼瘡嗎/").status_code == 200


def test_the_other_prefix_leads_to_the_translation_while_it_is_public_else_back(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    other = f"/zh-hant/questions/{question.pk}/x/"

    alone = client.get(other)
    twin = make_question(Status.PUBLISHED, language="zh-hant", translation_of=question)
    paired = client.get(other)
    reverse = client.get(f"/en/questions/{twin.pk}/x/")

    assert (alone.status_code, alone["Location"]) == (302, question.get_absolute_url())
    assert (paired.status_code, paired["Location"]) == (302, twin.get_absolute_url())
    assert (reverse.status_code, reverse["Location"]) == (302, question.get_absolute_url())


def test_translations_link_each_other_in_head_and_body(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    hidden = make_question(Status.ANSWERED, language="zh-hant", translation_of=question)
    twin = make_question(Status.PUBLISHED, language="zh-hant", translation_of=question)

    page = page_of(client, question)

    assert links(page.one("article"))["中文"] == twin.get_absolute_url()
    assert page.one("a", "site-switch")["href"] == twin.get_absolute_url()
    alternates = {link["hreflang"]: link["href"] for link in page.every("link", rel="alternate")}
    assert alternates == {
        "en": f"http://testserver{question.get_absolute_url()}",
        "zh-Hant": f"http://testserver{twin.get_absolute_url()}",
        "x-default": f"http://testserver{question.get_absolute_url()}",
    }
    assert hidden.get_absolute_url() not in client.get(question.get_absolute_url()).content.decode()


def test_a_question_without_translation_names_no_alternate(client: Client) -> None:
    page = page_of(client, make_question(Status.PUBLISHED, language="zh-hans"))

    assert page.every("link", rel="alternate") == []
    assert page.one("html")["lang"] == "zh-Hant"
    assert page.one("h2", id="asked")["lang"] == "zh-Hans"


def test_a_merged_question_leads_to_the_end_of_the_chain(client: Client) -> None:
    end = make_question(Status.PUBLISHED)
    middle = make_question(Status.MERGED, merged_into=end)
    first = make_question(Status.MERGED, merged_into=middle)

    response = client.get(f"/en/questions/{first.pk}/words/?q=1")

    assert (response.status_code, response["Location"]) == (301, f"{end.get_absolute_url()}?q=1")


def test_merges_that_end_nowhere_or_in_a_circle_are_404(client: Client) -> None:
    hidden = make_question(Status.MERGED, merged_into=make_question(Status.ACCEPTED))
    one = make_question(Status.MERGED)
    Question.objects.filter(pk=one.pk).update(merged_into=make_question(Status.MERGED, merged_into=one))

    assert client.get(f"/en/questions/{hidden.pk}/").status_code == 404
    assert client.get(f"/en/questions/{one.pk}/").status_code == 404


def test_what_was_taken_down_says_so_and_what_never_was_public_does_not(client: Client) -> None:
    department = make_department(name_en="Internal Medicine")
    question = make_question(Status.PUBLISHED, department, title="Secret words", body="Secret words")
    address = question.get_absolute_url()
    client.get(address)
    question.unpublish(by=make_user(role="moderator"), reason="secret reason")
    never = make_question(Status.ACCEPTED)

    gone = client.get(address)

    assert gone.status_code == 410
    page = gone.content.decode()
    assert (department.get_absolute_url() in page, "moderator" in page) == (True, True)
    assert "ecret" not in page
    assert client.get(f"/en/questions/{never.pk}/").status_code == 404
    assert client.get("/en/questions/999999/").status_code == 404


def test_a_withdrawn_question_says_that_its_asker_took_it_back(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    address = question.get_absolute_url()
    question.withdraw()

    response = client.get(address)

    assert response.status_code == 410
    assert "has taken the question back" in response.content.decode()


@pytest.mark.parametrize("status", [status for status in Status if status not in {Status.PUBLISHED, Status.CLOSED}])
def test_no_unpublished_state_is_readable(client: Client, status: str) -> None:
    language = "zh-hant" if status == Status.MERGED else "en"
    question = make_question(status, language=language)

    response = client.get(f"/{language}/questions/{question.pk}/x/")

    assert response.status_code == (301 if status == Status.MERGED else 404)


@pytest.mark.parametrize("number", [10**18, 10**30, int("9" * 400)])
def test_a_number_beyond_every_table_is_404(client: Client, number: int) -> None:
    assert client.get(f"/en/questions/{number}/").status_code == 404


def test_the_page_costs_at_most_nine_queries_however_much_is_on_it(client: Client) -> None:
    costs = [queries(client, make_full_thread(rows).get_absolute_url()) for rows in (1, 3, 50)]

    assert costs == [9, 9, 9]


def test_the_page_is_for_everyone(client: Client) -> None:
    question = make_full_thread(1)

    response = client.get(question.get_absolute_url())

    # It is sent compressed to who takes that; nothing else of a request alters it.
    assert (response.cookies, response.get("Vary", "")) == ({}, "Accept-Encoding")
    assert response["Cache-Control"] == "public, max-age=60"
    assert "csrf" not in response.content.decode()
    assert client.post(question.get_absolute_url()).status_code == 405


def test_a_translation_says_that_its_original_was_changed_later(client: Client) -> None:
    original = make_question(Status.PUBLISHED)
    translation = make_question(Status.PUBLISHED, language="zh-hant", translation_of=original)
    before = read(client, translation.get_absolute_url()).every("p", "notice--warning")
    Question.objects.filter(pk=original.pk).update(changed_at=timezone.now())

    after = read(client, translation.get_absolute_url()).every("p", "notice--warning")

    assert ([part.words for part in before], len(after)) == ([], 1)
