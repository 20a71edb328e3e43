"""What a phone has to load before it can show a question: few requests, few bytes."""

import gzip
from pathlib import Path
from typing import Final

import brotli
import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from faq.states import Status
from portal.settings import HASHED
from tests.factories import make_answer, make_concept, make_more_info, make_question, make_topic
from tests.reading import Part, parse

ENCODINGS: Final = "gzip, deflate, br"
MOST_REQUESTS: Final = 2
MOST_TO_SHOW: Final = 40_000
"""Bytes of HTML and CSS, compressed."""
MOST_SCRIPT: Final = 15_000


@pytest.fixture
def visitor(tmp_path: Path, settings: Settings) -> Client:
    """A browser before a site whose static files are collected as a real one's are."""
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": HASHED}}
    settings.STATIC_ROOT = tmp_path / "static"
    settings.DEBUG = False
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
    return Client(headers={"Accept-Encoding": ENCODINGS})


def _question(language: str) -> str:
    """A thread as long as most: two answers, a supplement, tags, neighbours of its kind."""
    concept = make_concept("Lupus", "紅斑性狼瘡")
    words = (
        "一年前開始關節疼痛，抽血後醫師說是紅斑性狼瘡。"
        if language == "zh-hant"
        else "My joints ache in the morning. "
    )
    question = make_question(Status.PUBLISHED, None, language, concepts=[concept], body=words * 20)
    make_answer(question, body=words * 40)
    make_more_info(question)
    make_topic(concept, question.department, language)
    return question.get_absolute_url()


def _fetched(visitor: Client, address: str) -> bytes:
    """The body as it comes over the line."""
    response = visitor.get(address)
    assert response.status_code == 200, address
    content: bytes = response.getvalue()
    assert response["Content-Encoding"] in ENCODINGS, f"{address} comes as it is"
    return content


def _unpacked(body: bytes) -> str:
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else brotli.decompress(body)).decode()


def _styles(page: Part) -> list[str]:
    """The stylesheets that a screen waits for."""
    return [link["href"] for link in page.every("link", rel="stylesheet") if link["media"] != "print"]


def _scripts(page: Part) -> list[Part]:
    """What is run, not data."""
    return [script for script in page.every("script") if script["type"] in {"", "module", "text/javascript"}]


def _blocks(script: Part) -> bool:
    return not ({"defer", "async"} & set(script.attributes)) and script["type"] != "module"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_a_question_is_shown_after_two_requests_and_40_kilobytes(visitor: Client, language: str) -> None:
    html = _fetched(visitor, _question(language))
    page = parse(_unpacked(html))

    styles, scripts = _styles(page), _scripts(page)
    blocking = [*styles, *(script["src"] for script in scripts if _blocks(script))]
    to_show = len(html) + sum(len(_fetched(visitor, address)) for address in styles)
    script_bytes = sum(len(_fetched(visitor, script["src"])) for script in scripts)

    assert len(blocking) <= MOST_REQUESTS, blocking
    assert to_show <= MOST_TO_SHOW, f"{to_show:,} bytes of HTML and CSS"
    assert script_bytes <= MOST_SCRIPT, f"{script_bytes:,} bytes of script"
    assert page.every("style") == []
    assert [script for script in scripts if not script["src"]] == []
