"""The demo's piece of an old archive: loaded and guarded as `import_archive` does it."""

import datetime as dt
from typing import Any, Final

from faq.archive.lines import Bad, Record
from faq.archive.loading import Loader, Plan
from faq.archive.second_pass import second_pass
from portal.demo.content import Entry
from portal.demo.house import House
from search.models import Concept

LOADED_DAYS_AGO: Final = 20


class BadDemoError(ValueError):
    """The content of the demo is not what the loader of archives reads."""


def load(entries: list[Entry], house: House, vocabulary: dict[str, Concept]) -> None:
    """Load archive threads and run the second pass. Raises BadDemoError for a line that cannot be loaded."""
    records: list[Record | Bad] = [
        Record(line, _fields(entry, house, vocabulary), b"") for line, entry in enumerate(entries, start=1)
    ]
    bad = Loader(Plan()).load(records)
    if bad:
        raise BadDemoError(bad[0].reason)
    second_pass()


def _fields(entry: Entry, house: House, vocabulary: dict[str, Concept]) -> dict[str, Any]:
    copied = ("source", "language", "department", "title", "asked_on", "views")
    return {
        **{name: entry[name] for name in copied},
        "id": entry["external_id"],
        "question": entry["body"],
        "asker": {name: entry[name] for name in ("nickname", "age_band", "sex", "for_whom")},
        "tags": [vocabulary[key].name_en for key in entry["concepts"]],
        "replies": [_reply(reply, entry, house) for reply in entry["replies"]],
    }


def _reply(reply: Entry, entry: Entry, house: House) -> dict[str, Any]:
    physician = house.physicians[reply["physician"]]
    names = ("title_en", "title_zh_hant", "hospital_en", "hospital_zh_hant")
    return {
        "physician": physician.name,
        "physician_romanised": physician.name_romanised,
        **{name: getattr(physician, name) for name in names},
        "department": entry["department"],
        "text": reply["text"],
        "outcome": reply["outcome"],
        "care_level": reply["care_level"],
        "replied_on": str(dt.date.fromisoformat(entry["asked_on"]) + dt.timedelta(days=reply["replied_days_after"])),
    }
