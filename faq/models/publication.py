"""What a question looks like from outside: its document, its answer's teaser, its neighbours' notice of a change."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from faq.models.answer import Answer
from faq.models.followup import FollowUp
from faq.models.more_info import MoreInfo
from faq.models.tagged import TaggedQuestion
from faq.models.titling import COLUMNS, settle_titles
from people.models import Physician
from search.changes import bury_document, changing, put_document
from search.models import Document
from text.opening import without_greeting
from text.render import to_plain
from text.teaser import cut

if TYPE_CHECKING:
    from faq.models.thread import Thread

ANSWER_TEASER_LENGTH: Final = 140
VARIANTS: Final = 50
"""How many ways to ask the same are listed and searched; more say nothing new."""


def show(question: "Thread") -> None:
    """Bring everything derived from a question's public text up to date: its document, or a tombstone."""
    with changing() as keys:
        keys.add(f"department:{question.department_id}:waiting")
        if not question.is_public:
            bury_document(f"question:{question.pk}")
            _renew_physicians({question.answered_by_id})
            return
        answers = list(Answer.objects.filter(question_id=question.pk).published().select_related("physician"))
        _keep_derived(question, answers)
        rows: Any = type(question)._default_manager
        merged = rows.filter(merged_into=question.pk).listed_variants().order_by("pk")
        titles = [variant.shown_title for variant in merged[:VARIANTS]]
        tags = TaggedQuestion.objects.filter(content_object_id=question.pk).values_list("tag_id", flat=True)
        further = further_words([question.pk]).get(question.pk, [])
        put_document(document_of(question, answers, tags=tags, variants=titles, further=further))


def _renew_physicians(concerned: Collection[int | None]) -> None:
    """Let those be found whom only their public answers make known, and not those who have none any more."""
    for physician in Physician.objects.filter(pk__in=filter(None, concerned), verified_at__isnull=True):
        physician.renew_documents()


def answer_teaser_of(answers: Sequence[Answer]) -> str:
    """The beginning of the first answer behind its greeting; empty without an answer."""
    if not answers:
        return ""
    return cut(without_greeting(to_plain(answers[0].body, answers[0].format)), ANSWER_TEASER_LENGTH)


def _keep_derived(question: "Thread", answers: list[Answer]) -> None:
    settle_titles([question])
    question.answer_teaser = answer_teaser_of(answers)
    question.answered_by = answers[0].physician if answers else None
    rows = type(question)._default_manager.filter(pk=question.pk)
    before = rows.values_list("answered_by_id", flat=True).first()
    derived = {name: getattr(question, name) for name in ("answer_teaser", "answered_by", *COLUMNS)}
    rows.update(**derived)
    _renew_physicians({before, question.answered_by_id})


def further_words(questions: Collection[int]) -> dict[int, list[str]]:
    """What else is on the pages of questions (primary keys): public follow-ups, then the supplement; two queries."""
    words: dict[int, list[str]] = {}
    added = FollowUp.objects.published().filter(question__in=questions).exclude(body="").order_by("pk")
    for pk, body in added.values_list("question_id", "body"):
        words.setdefault(pk, []).append(body)
    supplements = MoreInfo.objects.filter(question__in=questions, is_public=True)
    for pk, body, form in supplements.values_list("question_id", "body", "format"):
        words.setdefault(pk, []).append(to_plain(body, form))
    return words


def document_of(
    question: "Thread",
    answers: list[Answer],
    *,
    tags: Iterable[int],
    variants: Sequence[str] = (),
    further: Sequence[str] = (),
) -> Document:
    """Return the public form of a question with its public answers and the `further` words under them, for search; it
    is found by its `tags` (primary keys) and by the titles of its `variants` too."""
    replies = [to_plain(answer.body, answer.format) for answer in answers]
    titles = [
        title for title in (question.editorial_title, question.title, *variants) if title != question.shown_title
    ]
    return Document(
        key=f"question:{question.pk}",
        kind="question",
        language=question.language,
        department=question.department.slug,
        title=question.shown_title,
        body="\n\n".join([*filter(None, dict.fromkeys(titles)), question.body]),
        replies="\n\n".join([*replies, *further]),
        tags=" ".join(map(str, sorted(tags))),
        teaser=question.teaser,
        path=question.get_absolute_url(),
        listed_on=question.asked_on,
        care_level=next((answer.care_level for answer in answers if answer.care_level), ""),
        is_outdated=bool(answers) and all(answer.outdated_on for answer in answers),
    )
