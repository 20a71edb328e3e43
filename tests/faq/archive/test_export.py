"""`export_archive`: what is public goes out whole, and comes back the same in a house of the other engine."""

import datetime as dt
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

from faq.archive.writing import public_threads
from faq.models import AnswerCorrection, FollowUp, Question
from faq.states import Status
from tests.factories import (
    make_answer,
    make_concept,
    make_department,
    make_follow_up,
    make_more_info,
    make_question,
    make_topic,
    make_user,
)

# What of a public model the format carries, and where; what it does not, and why.
CARRIED: Final = {
    "Question": "source external_id language department title body nickname body_format editorial_title age_band sex "
    "for_whom asked_on status old_url views translation_of concepts",
    "Answer": "position physician_name title_en title_zh_hant hospital_en hospital_zh_hant department "
    "follow_up points_to body format outcome referred_to care_level settles replied_on reviewed_on "
    "next_review_on outdated_on outdated_note physician",
    "FollowUp": "kind prompt body asked_on",
    "MoreInfo": "body format provenance author_name reviewed_by reviewed_on next_review_on outdated_on outdated_note "
    "corrections sources",
    "AnswerCorrection": "old_body notice corrected_on",
    "Concept": "name_en name_zh_hant kind",
    "Topic": "concept department language",
    "Department": "name_en name_zh_hant",
    "Physician": "name name_romanised hospital_en hospital_zh_hant title_en title_zh_hant",
}
COUNTED: Final = "what this house's readers pressed here: another house counts its own"
DERIVED: Final = "computed again from what is carried"
PRIVATE: Final = "not public: staff's or the asker's own"
HOUSE: Final = "belongs to the house, not to its threads: departments, people and topics have no archive"
LEFT: Final = {
    "Question": {
        PRIVATE: "id uuid submission_digest consent wants_public publish_after urgency created_at waiting_since "
        "paused_at answered_at published_at changed_at claimed_by claim_expires_at held_by hold_expires_at "
        "status_before merged_into merged_through is_variant is_revised extra",
        COUNTED: "helpful unhelpful",
        DERIVED: "prefix is_listed listed_on old_path slug teaser answer_teaser answered_by "
        "stand_in_title headline title_flaw",
    },
    "Answer": {
        PRIVATE: "id key question created_at needs_confirmation confirmed_by confirmed_at extra",
        HOUSE: "outdated_see",
        DERIVED: "body_html",
    },
    "FollowUp": {PRIVATE: "id key question is_accepted is_public created_at"},
    "MoreInfo": {PRIVATE: "id question author is_public version", HOUSE: "outdated_see", DERIVED: "body_html"},
    "AnswerCorrection": {PRIVATE: "id answer corrected_by"},
    "Concept": {HOUSE: "id name slug is_proposal merged_into display_en display_zh_hant"},
    "Topic": {
        HOUSE: "id introduction reviewed_by reviewed_on next_review_on is_public version translation_of "
        "text_changed_at in_line_at corrections outdated_on outdated_note outdated_see",
        DERIVED: "introduction_html",
    },
    "Department": {
        HOUSE: "id slug description_en description_zh_hant kind order is_open reopens_on daily_quota publish_policy "
        "second_reading"
    },
    "Physician": {HOUSE: "id user bio_en bio_zh_hant departments licence_number verified_at verified_by merged_into"},
}


@pytest.mark.parametrize("name", list(CARRIED))
def test_every_field_of_a_public_model_is_carried_or_left_with_a_reason(name: str) -> None:
    app = {"Concept": "search", "Department": "people", "Physician": "people"}.get(name, "faq")
    model: type[models.Model] = apps.get_model(app, name)
    fields = {field.name for field in [*model._meta.fields, *model._meta.many_to_many]}
    carried = set(CARRIED[name].split()) - ({"concepts"} if name == "Question" else set())

    left = {field for names in LEFT[name].values() for field in names.split()}

    assert carried & left == set()
    assert carried | left == fields - {"concepts"}


def _everything() -> None:
    department = make_department(slug="rheumatology", name_en="Rheumatology", name_zh_hant="風濕免疫科")
    lupus = make_concept("SLE", "紅斑性狼瘡")
    make_topic(lupus, department, "zh-hant")
    original = make_question(
        Status.PUBLISHED,
        department,
        "zh-hant",
        concepts=[lupus, make_concept("Stem cells", "幹細胞", kind="treatment")],
        editorial_title="狼瘡與幹細胞",
        body="溫度 &lt; 37 且 a < b，<b>粗體</b> 是我打的字\n第二行",
        for_whom="parent",
        views=13,
    )
    make_question(Status.CLOSED, department, "en", translation_of=original, concepts=[lupus], asked_on=None)
    make_more_info(
        original,
        provenance="machine",
        sources="One source\nAnother",
        body="## Heading\n\nText.",
        next_review_on=dt.date(2030, 1, 1),
        outdated_on=dt.date(2026, 1, 1),
        outdated_note="There is a newer guideline.",
        corrections=[{"on": "2025-12-01", "note": "A dose."}],
    )
    follow_up = make_follow_up(original, is_public=True, kind=FollowUp.Kind.CLARIFICATION, prompt="多久了？")
    second = make_answer(
        original, follow_up=follow_up, outcome="referred", referred_to="風濕病學會", care_level="soon", settles=[1, 2]
    )
    AnswerCorrection.objects.create(answer=second, old_body="舊文", notice="更正了日期", corrected_by=make_user())
    make_answer(original, points_to=make_question(Status.PUBLISHED, department, "zh-hant", concepts=[lupus]))
    make_question(Status.ACCEPTED, department)


@pytest.mark.django_db(transaction=True)
def test_what_is_exported_comes_back_the_same_in_a_house_of_the_other_engine(tmp_path: Path) -> None:
    _everything()
    call_command("export_archive", str(tmp_path / "out.jsonl"), verbosity=0, stdout=StringIO())

    again = _through_another_house(tmp_path)

    expected = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(expected) == 3
    assert [thread["more_info"] for thread in again if "more_info" in thread] == [
        {
            "text": "## Heading\n\nText.",
            "format": "markdown",
            "provenance": "machine",
            "author": "Demo Editor",
            "reviewed_by": "Demo Reviewer",
            "reviewed_on": timezone.localdate().isoformat(),
            "next_review_on": "2030-01-01",
            "outdated_on": "2026-01-01",
            "outdated_note": "There is a newer guideline.",
            "corrections": [{"on": "2025-12-01", "note": "A dose."}],
            "sources": ["One source", "Another"],
        }
    ]
    assert again == expected


def _through_another_house(tmp_path: Path) -> list[dict[str, Any]]:
    """Import the export into an empty house, export that one, and return its threads.

    From PostgreSQL the other house is SQLite; from SQLite it is SQLite again, since this run has no PostgreSQL.
    """
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": "x" * 60,
        "DEBUG": "1",
    }
    for command in (
        ["migrate", "-v0"],
        ["import_archive", str(tmp_path / "out.jsonl"), "--create-departments", "-v0"],
        ["export_archive", str(tmp_path / "again.jsonl"), "-v0"],
    ):
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), *command]
        subprocess.run(manage, check=True, env=environment, cwd=tmp_path, capture_output=True, timeout=120)
    return [json.loads(line) for line in (tmp_path / "again.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.django_db
def test_only_what_is_public_goes_out() -> None:
    _everything()
    Question.objects.published().update(extra={"real_name": "MARKER"})
    hidden = Question.objects.get(status=Status.ACCEPTED)

    threads = list(public_threads())

    assert hidden.title not in json.dumps(threads, ensure_ascii=False)
    assert "MARKER" not in json.dumps(threads, ensure_ascii=False)
    assert len(threads) == 3
    assert dt.date.fromisoformat(threads[0]["asked_on"])
    assert connection.vendor in {"sqlite", "postgresql"}
