"""Whoever cannot wait for the worker writes the index, and waits where another process does."""

import json
from pathlib import Path

import pytest

from search.changes import put_document
from search.finding import find
from search.index.catching_up import catch_up
from search.index.folder import MANIFEST, STEPPING, generation_in_use, held
from search.index.follower import Follower
from search.models import Document
from search.models.changing import changing

pytestmark = pytest.mark.django_db


def _publish(number: int, title: str) -> None:
    with changing():
        put_document(Document(key=f"question:{number}", kind="question", language="en", title=title))


def _count(typed: str) -> int:
    return len(find(typed, limit=10) or [])


def test_what_is_public_can_be_found_when_it_returns(index: Follower) -> None:
    _publish(1, "Gout")
    catch_up(index.folder)
    _publish(2, "Gout again")

    catch_up(index.folder)
    catch_up(index.folder)

    assert _count("gout") == 2


def test_an_index_by_other_rules_is_built_anew(index: Follower) -> None:
    _publish(1, "Gout")
    catch_up(index.folder)
    generation = generation_in_use(index.folder)
    assert generation is not None
    manifest = json.loads((generation / MANIFEST).read_text())
    (generation / MANIFEST).write_text(json.dumps({**manifest, "version": "0.0"}))

    catch_up(index.folder)

    assert _count("gout") == 1
    assert generation_in_use(index.folder) != generation


def test_it_gives_up_where_another_process_never_ends(index: Follower, tmp_path: Path) -> None:
    _publish(1, "Gout")
    catch_up(index.folder)
    _publish(2, "Gout again")

    with held(index.folder / STEPPING), pytest.raises(TimeoutError):
        catch_up(index.folder, patience=0.2)
