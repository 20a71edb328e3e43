"""Rows for tests: plain functions that fill in what a test does not care about."""

import datetime as dt
import io
import itertools
import uuid
from collections.abc import Iterable
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.utils import timezone
from PIL import Image

from articles.models import (
    Article,
    Comment,
    ContactBlock,
    HomeFeature,
    MenuItem,
    Picture,
    Redirect,
    SiteNotice,
    StaticPage,
)
from articles.picturing import decode
from articles.states import GOING_PUBLIC
from articles.states import Status as ArticleStatus
from faq.choices import AgeBand, ForWhom, Sex
from faq.models import (
    Answer,
    ConsentText,
    Finding,
    FollowUp,
    MoreInfo,
    Question,
    QuestionEvent,
    SealedText,
    Ticket,
    Topic,
)
from faq.models.publication import show
from faq.states import PUBLIC, Status, Who
from faq.submission import Submission, submit
from people.languages import prefix_of
from people.models import Department, IntakeField, Physician, User
from portal.roles import sync_roles
from search.models import Concept, ConceptUpload, PromotedResult
from search.models.concept import folded_name

_numbers = itertools.count(1)

PASSWORD = "a long password for tests"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ANSWERED = frozenset({Status.ANSWERED, *PUBLIC})


def make_user(
    username: str = "", role: str | None = None, *, second_factor: bool = True, is_staff: bool = True, **fields: Any
) -> User:
    """A staff account in the group of `role`; with a second factor, so that the admin opens to `force_login`."""
    username = username or f"{role or 'user'}{next(_numbers)}"
    user = User.objects.create_user(
        username,
        **{"email": f"{username}@example.org", "password": PASSWORD, "is_staff": is_staff, **fields},
    )
    if role:
        if not Group.objects.filter(name=role).exists():
            sync_roles()
        user.groups.add(Group.objects.get(name=role))
    if second_factor:
        TOTP.activate(user, TOTP_SECRET)
    return user


def make_department(slug: str = "", **fields: Any) -> Department:
    """An open department."""
    number = next(_numbers)
    slug = slug or f"department-{number}"
    name = slug.replace("-", " ").capitalize()
    return Department.objects.create(**{"slug": slug, "name_en": name, "name_zh_hant": f"科別{number}", **fields})


def make_intake_field(department: Department, key: str = "weight", **fields: Any) -> IntakeField:
    """One more thing a department asks for: an optional short text, not public."""
    defaults = {
        "kind": IntakeField.Kind.TEXT,
        "label_en": key.capitalize(),
        "label_zh_hant": f"欄位{key}",
        "reason_en": "It helps to answer.",
        "reason_zh_hant": "有助於回答。",
    }
    return IntakeField.objects.create(department=department, key=key, **{**defaults, **fields})


def make_physician(
    user: User | None = None,
    departments: Iterable[Department] = (),
    *,
    verified: bool = True,
    **fields: Any,
) -> Physician:
    """A profile; verified by an administrator made for it unless `verified` is False."""
    number = next(_numbers)
    physician = Physician.objects.create(
        **{
            "user": user,
            "name": f"測試醫師{number}",
            "name_romanised": f"Demo Doctor {number}",
            "hospital_en": "Example Hospital",
            "hospital_zh_hant": "範例醫院",
            "title_en": "Attending physician",
            "title_zh_hant": "主治醫師",
            "verified_at": timezone.now() if verified else None,
            "verified_by": make_user(second_factor=False) if verified else None,
            **fields,
        }
    )
    physician.departments.set(departments)
    physician.renew_documents()
    return physician


def make_physician_user(*departments: Department, username: str = "", **fields: Any) -> User:
    """An account with the role physician and a verified profile in `departments`."""
    user = make_user(username, "physician", **fields)
    make_physician(user=user, departments=departments)
    return user


def make_concept(name_en: str = "", name_zh_hant: str = "", **fields: Any) -> Concept:
    """A disease of the vocabulary."""
    number = next(_numbers)
    if not name_en and not name_zh_hant:
        name_en, name_zh_hant = f"Concept {number}", f"概念{number}"
    key = f"{name_en or name_zh_hant} #{number}"
    concept: Concept = Concept.objects.create(
        **{"name": key, "name_en": name_en, "name_zh_hant": name_zh_hant, "kind": Concept.Kind.DISEASE, **fields}
    )
    return concept


def make_upload(user: User, content: bytes = b"key,name_en,name_zh_hant\nsle,SLE,\n") -> ConceptUpload:
    """A file of concepts that somebody uploaded and looks at."""
    return ConceptUpload.objects.create(file_name="concepts.csv", content=content, uploaded_by=user)


def make_promoted(key: str, words: str = "dengue", language: str = "", **fields: Any) -> PromotedResult:
    """A document, by its key, that comes first for the words of a query."""
    row = {"shown": words, "folded": folded_name(words), "language": language, "key": key}
    return PromotedResult.objects.create(**{**row, "by": fields.pop("by", None) or make_user(), **fields})


def make_topic(
    concept: Concept | None = None, department: Department | None = None, language: str = "en", **fields: Any
) -> Topic:
    """A public topic without an introduction."""
    return Topic.objects.create(
        **{
            "concept": concept or make_concept(),
            "department": department or make_department(),
            "language": language,
            "is_public": True,
            **fields,
        }
    )


def make_question(
    status: str = Status.SUBMITTED,
    department: Department | None = None,
    language: str = "en",
    *,
    concepts: Iterable[Concept] = (),
    **fields: Any,
) -> Question:
    """A thread in that status with what belongs to it: sealed words, ticket, first event, an answer once answered.

    One with a `source` or `translation_of` has no ticket and no seal.
    """
    department = department or make_department()
    now = timezone.now()
    number = next(_numbers)
    columns: dict[str, Any] = {
        "status": status,
        "department": department,
        "language": language,
        "title": f"Fatigue {number}" if language == "en" else f"疲倦{number}",
        "body": f"Words of question {number}.\nA second line." if language == "en" else f"內容{number}。\n第二行。",
        "nickname": f"nick{number}",
        "age_band": AgeBand.FROM_40,
        "sex": Sex.FEMALE,
        "asked_on": timezone.localdate(),
        "published_at": now if status in PUBLIC else None,
        "changed_at": now if status in ANSWERED else None,
        "answered_at": now if status in ANSWERED else None,
        "paused_at": now if status == Status.NEEDS_INFO else None,
        **_columns_of(status, language),
        **fields,
    }
    question = Question.objects.create(**columns)
    if not question.source and question.translation_of_id is None:
        _belongings(question)
    question.tagged.bulk_create([question.tagged.model(content_object=question, tag=tag) for tag in concepts])
    if status in ANSWERED:
        make_answer(question)
    show(question)
    return question


def _columns_of(status: str, language: str) -> dict[str, Any]:
    if status == Status.MERGED:
        target = make_question(Status.PUBLISHED, language=language)
        return {"merged_into": target, "status_before": Status.SUBMITTED}
    if status == Status.WITHDRAWN:
        return {"title": "", "body": "", "nickname": "", "age_band": "", "sex": ""}
    if status == Status.IMPORTED:
        return {"source": "archive", "external_id": str(next(_numbers))}
    return {}


def _belongings(question: Question) -> None:
    if question.status != Status.WITHDRAWN:
        words = {name: getattr(question, name) for name in ("title", "body", "nickname")}
        SealedText.seal({**words, "email": "", "intake": {}}, question=question)
    Ticket.issue(question)
    QuestionEvent.objects.create(question=question, act="submit", to_status=Status.SUBMITTED, who=Who.ASKER)


def make_answer(question: Question, physician: Physician | None = None, **fields: Any) -> Answer:
    """A reply of today to a question, by a verified physician of its department unless one is given."""
    physician = physician or make_physician(departments=[question.department])
    answer = Answer.objects.create(
        **{
            "question": question,
            "position": question.answers.count(),
            "physician": physician,
            "physician_name": physician.name,
            "title_en": physician.title_en,
            "title_zh_hant": physician.title_zh_hant,
            "hospital_en": physician.hospital_en,
            "hospital_zh_hant": physician.hospital_zh_hant,
            "department": question.department,
            "body": f"Reply {next(_numbers)}.",
            "replied_on": timezone.localdate(),
            **fields,
        }
    )
    if question.is_public:
        show(question)
    return answer


def make_follow_up(question: Question, kind: str = FollowUp.Kind.FOLLOW_UP, **fields: Any) -> FollowUp:
    """More words of the asker, sealed as they stand."""
    added = FollowUp.objects.create(
        **{"question": question, "kind": kind, "body": f"More words {next(_numbers)}.", "key": uuid.uuid4(), **fields}
    )
    SealedText.seal({"body": added.body}, question=question, follow_up=added)
    return added


def make_more_info(question: Question, **fields: Any) -> MoreInfo:
    """A reviewed, public supplement by an editor."""
    return MoreInfo.objects.create(
        **{
            "question": question,
            "body": f"Supplement {next(_numbers)}.",
            "provenance": MoreInfo.Provenance.EDITOR,
            "author_name": "Demo Editor",
            "reviewed_by": "Demo Reviewer",
            "reviewed_on": timezone.localdate(),
            "is_public": True,
            **fields,
        }
    )


def make_article(
    language: str = "en",
    *,
    status: str = ArticleStatus.PUBLISHED,
    entries: Iterable[tuple[str, str]] = (),
    sources: Iterable[str] = (),
    **fields: Any,
) -> Article:
    """An article with one revision; going public or public it is reviewed by a physician, dated and has an edition.

    `entries` are questions with their answers, `sources` the titles of references.
    """
    number = next(_numbers)
    public = status in GOING_PUBLIC
    is_signed = public and fields.get("is_medical", True) and "reviewed_by" not in fields
    article = Article.objects.create(
        **{
            "language": language,
            "title": f"Article {number}" if language == "en" else f"文章{number}",
            "lede": f"Lede {number}.",
            "body": f"## A heading\n\nBody {number}.",
            "withdrawn_note": "It was wrong." if status == ArticleStatus.WITHDRAWN else "",
            **{name: value for name, value in fields.items() if name not in _OF_EDITION},
        }
    )
    for order, (question, answer) in enumerate(entries):
        article.faq_entries.create(question=question, answer=answer, order=order)
    for order, title in enumerate(sources):
        article.references.create(title=title, order=order)
    revision = article.record(by=article.author)
    review = {"reviewed_by": make_physician(), "reviewed_on": timezone.localdate()} if is_signed else {}
    review |= {name: fields[name] for name in _OF_EDITION & fields.keys() if name != "published_at"}
    if review.get("reviewed_by"):
        article.revisions.update(**review)
    at = fields.get("published_at", timezone.now() - dt.timedelta(hours=1)) if public else fields.get("published_at")
    columns = {"edition": revision if public else None, "published_at": at, "status": status, **review}
    Article.objects.filter(pk=article.pk).update(**columns)
    article.refresh_from_db()
    article.show()
    return article


_OF_EDITION = {"reviewed_by", "reviewed_on", "next_review_on", "published_at"}


def make_picture(colour: str = "teal", size: tuple[int, int] = (1000, 500), **fields: Any) -> Picture:
    """A picture of one colour with its files; the same colour and size are the same picture."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    words = {"alt_en": "A plain ground.", "alt_zh_hant": "素色底。", **fields}
    return Picture.objects.take_in(decode(file.getvalue()), **{"by": None, **words})[0]


def make_comment(article: Article | None = None, *, is_approved: bool = True, **fields: Any) -> Comment:
    """A reader's comment under an article that takes some, approved by a moderator unless told otherwise."""
    article = article or make_article(takes_comments=True)
    words = {"nickname": "reader", "body": f"Comment {next(_numbers)}.", "language": article.language}
    comment = Comment.objects.create(article=article, **{**words, **fields})
    if is_approved:
        comment.approve(by=make_user(role="moderator"))
    return comment


def make_page(slug: str = "", language: str = "en", **fields: Any) -> StaticPage:
    """A public static page."""
    slug = slug or f"page-{next(_numbers)}"
    return StaticPage.objects.create(
        **{"slug": slug, "language": language, "title": slug.capitalize(), "body": "Text.", **fields}
    )


def make_menu_item(label: str = "", place: str = "main", language: str = "en", **fields: Any) -> MenuItem:
    """An entry behind the others, which leads to the list of topics unless a page is given, whose title it has."""
    label = label or ("" if "page" in fields else f"Entry {next(_numbers)}")
    address = "" if "page" in fields else f"/{language}/topics/"
    columns = {"label": label, "place": place, "language": language, "address": address, "order": 950, **fields}
    return MenuItem.objects.create(**columns)


def make_feature(subject: Article | Topic | Question, **fields: Any) -> HomeFeature:
    """A text on the home page of its language."""
    kind = type(subject)._meta.model_name or ""
    return HomeFeature.objects.create(**{"language": prefix_of(subject.language), kind: subject, **fields})


def make_notice(text: str = "", **fields: Any) -> SiteNotice:
    """A notice on all pages that began an hour ago and has no end."""
    text = text or f"Notice {next(_numbers)}."
    starts_at = timezone.now() - dt.timedelta(hours=1)
    return SiteNotice.objects.create(
        **{"text_en": text, "text_zh_hant": f"公告：{text}", "starts_at": starts_at, **fields}
    )


def make_contact_block(slug: str = "", **fields: Any) -> ContactBlock:
    """A block with a telephone number."""
    slug = slug or f"desk-{next(_numbers)}"
    columns = {
        "slug": slug,
        "label_en": f"The {slug}",
        "label_zh_hant": f"櫃台{slug}",
        "phone": "02 1234 5678",
        **fields,
    }
    return ContactBlock.objects.create(**columns)


def make_redirect(old: str = "", new: str = "/en/topics/", **fields: Any) -> Redirect:
    """An address that leads to the list of topics."""
    return Redirect.objects.create(**{"old": old or f"/old-{next(_numbers)}", "new": new, **fields})


def make_finding(question: Question, words: str = "", field: str = "body", **fields: Any) -> Finding:
    """An undecided finding over the first occurrence of `words` in a field, or over its first four characters."""
    start = getattr(question, field).index(words) if words else 0
    return Finding.objects.create(
        **{
            "question": question,
            "field": field,
            "kind": "mobile",
            "start": start,
            "end": start + (len(words) or 4),
            **fields,
        }
    )


def make_consent(for_whom: str = ForWhom.SELF, version: str = "1", **fields: Any) -> ConsentText:
    """A consent text in force."""
    return ConsentText.objects.create(
        **{"version": version, "for_whom": for_whom, "text_en": "I agree.", "text_zh_hant": "我同意。", **fields}
    )


def submit_question(**fields: Any) -> Question:
    """A question that came in through `faq.submission.submit`: sealed, guarded, with its ticket and first event."""
    return submit(
        Submission(
            **{
                "key": uuid.uuid4(),
                "department": fields.get("department") or make_department(),
                "language": "en",
                "title": "A question about lupus",
                "body": "I have had joint pain for three weeks.",
                "nickname": "jimmy",
                "age_band": AgeBand.FROM_40,
                "sex": Sex.FEMALE,
                "for_whom": ForWhom.SELF,
                "wants_public": True,
                **fields,
            }
        )
    )
