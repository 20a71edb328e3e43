"""One thread of an archive: its fields checked and cleaned, or the reason why it cannot be loaded."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

from faq.choices import AgeBand, CareLevel, ForWhom, Outcome, Sex, TextFormat
from faq.models import MoreInfo
from people.languages import Language
from text.clean import clean_line, clean_text
from text.dates import parse_date
from text.decode import imported

SEXES: Final = {"f": Sex.FEMALE, "m": Sex.MALE, "女": Sex.FEMALE, "男": Sex.MALE} | {
    value: value for value in Sex.values
}
OLDEST: Final = {"80-89": AgeBand.FROM_80, "90-99": AgeBand.FROM_80, "90+": AgeBand.FROM_80}
# fmt: off
KNOWN: Final = frozenset(
    ["id", "source", "language", "department", "department_names", "title", "editorial_title", "question", "asker",
     "asked_on", "replies", "more_info", "topics", "tags", "views", "url", "translation_of", "format", "status",
     "follow_ups", "concepts", "variants"]
)
KNOWN_REPLY: Final = frozenset(
    ["physician", "physician_romanised", "title", "title_en", "title_zh_hant", "hospital", "hospital_en",
     "hospital_zh_hant", "department", "text", "format", "replied_on", "outcome", "referred_to", "care_level", "parts",
     "reviewed_on", "next_review_on", "outdated_on", "outdated_note", "corrections", "follow_up", "points_to"]
)
# fmt: on


class BadThreadError(ValueError):
    """The thread cannot be loaded; the message says why."""


@dataclass
class Reply:
    """One answer of a thread."""

    text: str
    fields: dict[str, Any]
    extra: dict[str, Any]


@dataclass
class ArchiveThread:
    """A thread whose every field is clean and fits its column."""

    source: str
    external_id: str
    language: str
    department: str
    department_names: list[str]
    title: str
    body: str
    columns: dict[str, Any]
    replies: list[Reply]
    more_info: dict[str, Any] | None
    follow_ups: list[dict[str, Any]]
    corrections: list[list[dict[str, Any]]]
    names: list[str]
    topics: list[str]
    concepts: list[dict[str, str]]
    translation_of: str
    is_closed: bool
    extra: dict[str, Any] = field(default_factory=dict)


def parse(fields: dict[str, Any], *, source: str) -> ArchiveThread:
    """Return the thread of one record; raises BadThreadError with a reason.

    `source` is the archive's name, instead of the line's own.
    """
    if "format" not in fields:
        # Wenyi's own export names the format of its texts; they are taken to the letter: who wrote "&lt;" meant it.
        fields = _as_text(fields)
    external_id = _line(fields, "id", 80)
    if not external_id:
        raise BadThreadError("no id")
    language = _line(fields, "language", 16).lower()
    if language not in Language.values:
        raise BadThreadError(f"unknown language {language!r}")
    body, title = _text(fields, "question"), _line(fields, "title", 200)
    if not (body or title):
        raise BadThreadError("neither a title nor a question")
    replies = [_reply(raw, language) for raw in _list(fields, "replies")]
    return ArchiveThread(
        source=source or _line(fields, "source", 40) or "archive",
        external_id=external_id,
        language=language,
        department=_line(fields, "department", 80),
        department_names=[_name(name)[:80] for name in _list(fields, "department_names")],
        title=title or body[:80],
        body=body or title,
        columns=_columns(fields),
        replies=[reply for reply in replies if reply.text],
        more_info=_more_info(fields.get("more_info")),
        follow_ups=[_follow_up(raw) for raw in _list(fields, "follow_ups")],
        corrections=[_list(raw, "corrections") for raw in _list(fields, "replies") if isinstance(raw, dict)],
        names=[name for name in (_name(raw) for raw in _list(fields, "tags")) if name],
        topics=[name for name in (_name(raw) for raw in _list(fields, "topics")) if name],
        concepts=[raw for raw in _list(fields, "concepts") if isinstance(raw, dict)],
        translation_of=_line(fields, "translation_of", 80),
        is_closed=fields.get("status") == "closed",
        extra={key: value for key, value in fields.items() if key not in KNOWN},
    )


def _as_text(value: Any) -> Any:
    """Return a record with every text freed of what a web page had made of it: entities, line breaks, tags."""
    if isinstance(value, dict):
        return {key: _as_text(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_as_text(held) for held in value]
    return imported(value) if isinstance(value, str) else value


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    asker = fields.get("asker") or {}
    if not isinstance(asker, dict):
        raise BadThreadError("asker is not an object")
    band = _line(asker, "age_band", 10).replace("~", "-")
    return {
        "editorial_title": _line(fields, "editorial_title", 200),
        "nickname": _line(asker, "nickname", 40),
        "age_band": _one_of(OLDEST.get(band, band), AgeBand.values, "age band"),
        "sex": _one_of(SEXES.get(_line(asker, "sex", 10).lower(), _line(asker, "sex", 10)), Sex.values, "sex"),
        "for_whom": _one_of(_line(asker, "for_whom", 10), ForWhom.values, "for_whom") or ForWhom.SELF,
        "asked_on": _date(fields, "asked_on"),
        "views": _count(fields.get("views")),
        "old_url": _line(fields, "url", 500),
        "body_format": _one_of(_line(fields, "format", 10), TextFormat.values, "format") or TextFormat.PLAIN,
    }


def _reply(raw: Any, language: str) -> Reply:
    if not isinstance(raw, dict):
        raise BadThreadError("a reply is not an object")
    native = "en" if language == "en" else "zh_hant"
    title, hospital = _line(raw, "title", 80), _line(raw, "hospital", 120)
    fields: dict[str, Any] = {
        "physician_name": _line(raw, "physician", 80),
        "title_en": _line(raw, "title_en", 80),
        "title_zh_hant": _line(raw, "title_zh_hant", 80),
        "hospital_en": _line(raw, "hospital_en", 120),
        "hospital_zh_hant": _line(raw, "hospital_zh_hant", 120),
        "format": _one_of(_line(raw, "format", 10), TextFormat.values, "format") or TextFormat.PLAIN,
        "replied_on": _date(raw, "replied_on"),
        "reviewed_on": _date(raw, "reviewed_on"),
        "next_review_on": _date(raw, "next_review_on"),
        "outdated_on": _date(raw, "outdated_on"),
        "outdated_note": _line(raw, "outdated_note", 300),
        "outcome": _one_of(_line(raw, "outcome", 20), Outcome.values, "outcome") or Outcome.ANSWERED,
        "referred_to": _line(raw, "referred_to", 120),
        "care_level": _one_of(_line(raw, "care_level", 10), CareLevel.values, "care level"),
        "settles": _list(raw, "parts"),
    }
    fields[f"title_{native}"] = fields[f"title_{native}"] or title
    fields[f"hospital_{native}"] = fields[f"hospital_{native}"] or hospital
    extra = {key: value for key, value in raw.items() if key not in KNOWN_REPLY}
    names = {key: _line(raw, key, 80) for key in ("department", "physician_romanised", "points_to")}
    place = raw.get("follow_up")
    fields["_names"] = {**names, "follow_up": place if isinstance(place, int) else None}
    return Reply(_text(raw, "text"), fields, extra)


def _more_info(raw: Any) -> dict[str, Any] | None:
    if not isinstance(raw, dict) or not _text(raw, "text"):
        return None
    provenance = _line(raw, "provenance", 10)
    sources = raw.get("sources") or []
    return {
        "body": _text(raw, "text"),
        "format": _one_of(_line(raw, "format", 10), TextFormat.values, "format") or TextFormat.PLAIN,
        # What does not say who wrote it is taken for the least: a draft that nobody has vouched for.
        "provenance": provenance if provenance in MoreInfo.Provenance.values else MoreInfo.Provenance.MACHINE,
        "author_name": _line(raw, "author", 80),
        "reviewed_by": _line(raw, "reviewed_by", 120),
        "reviewed_on": _date(raw, "reviewed_on"),
        "next_review_on": _date(raw, "next_review_on"),
        "outdated_on": _date(raw, "outdated_on"),
        "outdated_note": _line(raw, "outdated_note", 300),
        "corrections": [_correction(told) for told in _list(raw, "corrections")],
        "sources": "\n".join(_name(source) for source in sources) if isinstance(sources, list) else "",
    }


def _correction(raw: Any) -> dict[str, str]:
    """What was corrected in a supplement, and when."""
    if not isinstance(raw, dict) or (day := _date(raw, "on")) is None or not (note := _line(raw, "note", 300)):
        raise BadThreadError("a correction has no day or no note")
    return {"on": day.isoformat(), "note": note}


def _follow_up(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict) or not _text(raw, "text"):
        raise BadThreadError("a follow-up has no text")
    return {
        "kind": _line(raw, "kind", 14) or "follow_up",
        "body": _text(raw, "text"),
        "prompt": _text(raw, "prompt"),
        "asked_on": _date(raw, "asked_on"),
    }


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadThreadError(f"{name} is not a text")
    return clean_text(value)


def _line(fields: dict[str, Any], name: str, longest: int) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise BadThreadError(f"{name} is not a text")
    line = clean_line(str(value))
    if len(line) > longest:
        raise BadThreadError(f"{name} is longer than {longest} characters")
    return line


def _name(raw: Any) -> str:
    return clean_line(raw)[:300] if isinstance(raw, str) else ""


def _list(fields: dict[str, Any], name: str) -> list[Any]:
    value = fields.get(name) or []
    if not isinstance(value, list):
        raise BadThreadError(f"{name} is not a list")
    return value


def _one_of(value: str, known: list[str], name: str) -> str:
    if value and value not in known:
        raise BadThreadError(f"unknown {name} {value!r}")
    return value


def _date(fields: dict[str, Any], name: str) -> dt.date | None:
    try:
        return parse_date(str(fields.get(name) or ""))
    except ValueError as error:
        raise BadThreadError(f"{name}: {error}") from None


def _count(value: Any) -> int:
    try:
        count = int(value or 0)
    except (TypeError, ValueError):
        raise BadThreadError("views is not a number") from None
    if not 0 <= count < 2**31:
        raise BadThreadError("views is out of range")
    return count
