"""Rows of the database for made threads: those that a publication leaves behind, as tuples for a bulk load."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django.db import models
from django.utils import timezone

from faq.choices import TextFormat
from faq.models import Answer, Question, TaggedQuestion
from faq.models.publication import ANSWER_TEASER_LENGTH
from faq.models.thread import TEASER_LENGTH
from faq.states import Status
from people.languages import prefix_of
from search.models import Document
from tests.load.texts import Concepts, Texts
from text.cutting import CUT_VERSION
from text.fold import fold
from text.opening import without_greeting
from text.plain import to_html
from text.slug import slugify
from text.teaser import cut

SOURCE: Final = "load"
MOST_TAGS: Final = 3
MOST_REPLIES: Final = 4
"""The keys of answers leave room for so many a thread."""
Row = tuple[Any, ...]


@dataclass(frozen=True)
class House:
    """What the rows refer to: departments (primary key and address name), physicians, concepts."""

    departments: Sequence[tuple[int, str]]
    physicians: Sequence[int]
    concepts: Sequence[int]


class Table:
    """The rows of one model: the columns that differ are given, all others are those of a new row."""

    def __init__(self, model: type[models.Model], names: Sequence[str], **same: Any) -> None:
        self.model = model
        self.names = names
        sample = model(**same)
        fields = [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]
        rest = [field for field in fields if field.attname not in names]
        self.same = [(field, field.pre_save(sample, True)) for field in rest if not field.primary_key]

    @property
    def columns(self) -> list[str]:
        """The columns of a row, those that differ first."""
        own = {field.attname: str(field.column) for field in self.model._meta.concrete_fields}
        return [own[name] for name in self.names] + [str(field.column) for field, _value in self.same]

    def constants(self, connection: Any) -> Row:
        """The values that every row ends with, as this database takes them."""
        return tuple(field.get_db_prep_save(value, connection) for field, value in self.same)


def tables() -> list[Table]:
    """The tables in the order in which they are filled."""
    now = timezone.now()
    return [
        Table(
            Question,
            QUESTION,
            source=SOURCE,
            status=Status.PUBLISHED,
            created_at=now,
            answered_at=now,
            published_at=now,
            changed_at=now,
        ),
        Table(Answer, ANSWER, format=TextFormat.PLAIN),
        Table(TaggedQuestion, ("content_object_id", "tag_id")),
        Table(Document, DOCUMENT, kind="question", cut_version=CUT_VERSION),
    ]


QUESTION: Final = (
    *("id", "uuid", "external_id", "language", "prefix", "department_id", "title", "body", "asked_on", "listed_on"),
    *("headline", "slug", "teaser", "answer_teaser", "answered_by_id"),
)
ANSWER: Final = (
    *("question_id", "key", "position", "physician_id", "department_id", "body", "body_html"),
    *("care_level", "replied_on"),
)
DOCUMENT: Final = (
    *("key", "language", "department", "title", "folded_title", "body", "replies", "teaser", "path", "listed_on"),
    *("care_level", "tags", "segmented_title", "segmented_body", "segmented_replies", "concepts", "title_concepts"),
    "number",
)


def rows_of(texts: Texts, house: House, title_concepts: Callable[[str], Concepts], number: int) -> list[list[Row]]:
    """The rows of a thread, table by table as in `tables`; `number` is that of its change."""
    pk = texts.number + 1
    department, slug = house.departments[texts.place % len(house.departments)]
    physician = house.physicians[texts.place % len(house.physicians)]
    named = title_concepts(texts.title.text)
    every = tuple(dict.fromkeys((*named, *texts.question.concepts)))
    tags = sorted(every[:MOST_TAGS]) or [house.concepts[texts.place % len(house.concepts)]]
    address = slugify(texts.title.text, fallback="question")[:80]
    teaser, day = cut(without_greeting(texts.question.text), TEASER_LENGTH), texts.day.isoformat()
    prefix = prefix_of(texts.language)
    question = (
        *(pk, _hex(texts.number), f"{texts.number:08d}", texts.language, prefix, department, texts.title.text),
        *(
            texts.question.text,
            day,
            day,
            texts.title.text,
            address,
            teaser,
            cut(without_greeting(texts.replies[0].text), ANSWER_TEASER_LENGTH),
            physician,
        ),
    )
    document = (
        *(f"question:{pk}", texts.language, slug, texts.title.text, fold(texts.title.text)[:600], texts.question.text),
        *(
            "\n\n".join(reply.text for reply in texts.replies),
            teaser,
            f"/{prefix}/questions/{pk}/{quote(address)}/",
            day,
        ),
        *(texts.care_level, _listed(tags), texts.title.cut, texts.question.cut),
        " ".join(reply.cut for reply in texts.replies),
        *(_listed(dict.fromkeys((*named, *tags, *texts.question.concepts))), _listed(named), number),
    )
    return [
        [question],
        _answers(texts, pk, physician, department),
        [(pk, tag) for tag in tags],
        [document],
    ]


def _answers(texts: Texts, pk: int, physician: int, department: int) -> list[Row]:
    answers = []
    for position, reply in enumerate(texts.replies):
        key, day = _hex(texts.number * MOST_REPLIES + position), texts.day + dt.timedelta(days=position)
        care_level = "" if position else texts.care_level
        answers.append(
            (pk, key, position, physician, department, reply.text, to_html(reply.text), care_level, day.isoformat())
        )
    return answers


def _hex(number: int) -> str:
    """A UUID out of a number: in their order, which spares an index its random places."""
    return uuid.UUID(int=number + 1).hex


def _listed(numbers: Any) -> str:
    return " ".join(map(str, numbers))
