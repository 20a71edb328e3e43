"""The index at the end of the change sequence: what is public is in it, once, and nothing else, whatever happened."""

import json
import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from search.changes import bury_document, changing, put_document
from search.finding import checked, find
from search.index.folder import MANIFEST, POINTER, generation_in_use, held, manifest_of, sign
from search.index.follower import DAY, Follower
from search.index.reader import index as index_in_use
from search.models import Document

pytestmark = pytest.mark.django_db


def put(key: str, title: str, **fields: Any) -> Document:
    given_fields = {"kind": "question", "language": "en", "path": f"/en/{key}/", **fields}
    put_document(Document(key=key, title=title, **given_fields))
    return Document.objects.get(key=key)


def keys_of(typed: str) -> list[str]:
    """What a search shows, in the order of keys."""
    return sorted(document.key for document in checked(find(typed, limit=50) or []))


def entries() -> int | None:
    """How many hits the index itself has for the word that every text here carries."""
    hits = find("text", limit=50)
    return None if hits is None else len(hits)


def test_what_was_put_is_found_after_a_step(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()
    put("question:2", "A text about gout")

    assert index.step() == 1
    assert (keys_of("lupus"), keys_of("gout")) == (["question:1"], ["question:2"])


def test_a_step_without_a_change_writes_nothing(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()

    assert index.step() == 0


def test_a_changed_text_is_found_by_its_new_words_only(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()
    put("question:1", "A text about gout")

    index.step()

    assert (keys_of("lupus"), keys_of("gout"), entries()) == ([], ["question:1"], 1)


def test_what_was_withdrawn_is_not_shown_even_before_the_index_knows(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()
    assert keys_of("lupus") == ["question:1"]

    bury_document("question:1")

    assert (entries(), keys_of("lupus")) == (1, [])


def test_what_was_withdrawn_leaves_the_index_with_the_next_step(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()
    bury_document("question:1")

    assert index.step() == 1
    assert entries() == 0


def test_without_an_index_nothing_is_claimed(index: Follower) -> None:
    put("question:1", "A text about lupus")

    assert find("lupus", limit=5) is None


def _lose_the_pointer(folder: Path) -> None:
    (folder / POINTER).unlink()


def _lose_the_manifest(folder: Path) -> None:
    (_generation(folder) / MANIFEST).unlink()


def _damage_the_manifest(folder: Path) -> None:
    (_generation(folder) / MANIFEST).write_text('{"identity": 5')


def _belong_to_another_database(folder: Path) -> None:
    _change_manifest(folder, identity=str(uuid.uuid4()))


def _follow_older_rules(folder: Path) -> None:
    _change_manifest(folder, version="0.0")


def _be_ahead_of_a_restored_database(folder: Path) -> None:
    _change_manifest(folder, number=1_000_000)


def _lose_all_files(folder: Path) -> None:
    for file in _generation(folder).iterdir():
        file.unlink()


def _generation(folder: Path) -> Path:
    generation = generation_in_use(folder)
    assert generation is not None
    return generation


def _change_manifest(folder: Path, **changed: Any) -> None:
    path = _generation(folder) / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))


@pytest.mark.parametrize(
    "damage",
    [
        _lose_the_pointer,
        _lose_the_manifest,
        _damage_the_manifest,
        _belong_to_another_database,
        _follow_older_rules,
        _be_ahead_of_a_restored_database,
        _lose_all_files,
    ],
)
def test_a_lost_or_foreign_index_is_built_anew(index: Follower, damage: Any) -> None:
    put("question:1", "A text about lupus")
    put("question:2", "A text about gout")
    index.step()
    before = _generation(index.folder)
    damage(index.folder)

    assert index.step() == 2
    assert _generation(index.folder) != before
    assert (entries(), index.step()) == (2, 0)


def test_damaged_files_are_built_anew_as_soon_as_they_are_written_to(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()
    for file in _generation(index.folder).glob("*.*"):
        if file.name != MANIFEST:
            file.write_bytes(b"damaged")
    put("question:2", "A text about gout")

    index.close()
    index.step()
    index.step()

    assert (entries(), keys_of("gout")) == (2, ["question:2"])


def test_a_process_killed_before_it_signed_writes_the_same_again_and_nothing_twice(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()
    generation = _generation(index.folder)
    signed = manifest_of(generation)
    assert signed is not None
    put("question:2", "A text about gout")
    index.step()
    sign(generation, signed)

    assert index.step() == 1
    assert (entries(), keys_of("gout")) == (2, ["question:2"])


def test_while_a_process_writes_another_leaves_the_folder_alone(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()
    put("question:2", "A text about gout")
    other = Follower(index.folder)

    with held(index.folder / "stepping.lock"):
        assert (other.step(), entries()) == (0, 1)

    assert (other.step(), entries()) == (1, 2)
    other.close()


def test_a_process_that_has_the_engine_open_keeps_it_and_no_other_breaks_it(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()
    put("question:2", "A text about gout")
    index.step()
    put("question:3", "A text about asthma")
    other = Follower(index.folder)

    assert other.step() == 0
    assert index.step() == 1
    assert entries() == 3


def test_a_search_during_a_rebuild_is_answered_by_the_index_before(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()
    seen = []

    Follower(index.folder).rebuild(lambda number: seen.append(keys_of("lupus")))

    assert seen == [["question:1"]]
    assert keys_of("lupus") == ["question:1"]


def test_what_is_published_during_a_rebuild_is_found_after_it(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()

    Follower(index.folder).rebuild(lambda number: put("question:2", "A text about gout") and None)
    index.step()

    assert (entries(), keys_of("gout")) == (2, ["question:2"])


def test_a_failed_rebuild_leaves_the_index_before_and_no_half_one(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()
    before = _generation(index.folder)

    def fail(number: int) -> None:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        index.rebuild(fail)

    assert [path for path in index.folder.iterdir() if path.is_dir()] == [before]
    assert keys_of("lupus") == ["question:1"]


def test_only_one_generation_is_kept(index: Follower) -> None:
    put("question:1", "A text about lupus")
    for _ in range(3):
        index.rebuild()

    assert [path for path in index.folder.iterdir() if path.is_dir()] == [_generation(index.folder)]


def test_a_text_cut_by_older_rules_is_cut_anew_by_a_rebuild(index: Follower) -> None:
    document = put("question:1", "A text about lupus")
    Document.objects.filter(pk=document.pk).update(cut_version=0, segmented_title="a text about gout")

    index.rebuild()

    assert (keys_of("lupus"), keys_of("gout")) == (["question:1"], [])


def test_changes_of_one_transaction_appear_together(index: Follower) -> None:
    index.step()
    with changing():
        put("question:1", "A text about lupus")
        put("question:2", "A text about gout")

    assert (index.step(), entries()) == (2, 2)


def test_a_new_database_without_a_change_has_an_empty_index(index: Follower) -> None:
    assert (index.step(), entries()) == (0, 0)


def words_on_disk() -> bool:
    """Whether the word that only one text has stands among the words of the index, taken out or not."""
    found = index_in_use()
    assert found is not None
    return bool(found.searcher().terms_with_prefix("words", "xylocarp"))


def test_what_was_taken_out_is_gone_from_the_disk_a_day_later(index: Follower) -> None:
    put("question:1", "A text about xylocarp")
    put("question:2", "A text about gout")
    index.step()
    bury_document("question:1")
    index.step()
    assert words_on_disk()

    _change_manifest(index.folder, built_at=time.time() - DAY)

    assert (index.renew(), words_on_disk(), keys_of("gout")) == (1, False, ["question:2"])


def test_an_index_that_nothing_was_written_into_is_left_alone(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()
    _change_manifest(index.folder, built_at=time.time() - 2 * DAY)

    assert index.renew() == 0


def test_an_index_that_was_built_today_is_left_alone(index: Follower) -> None:
    put("question:1", "A text about lupus")
    index.step()
    put("question:2", "A text about gout")
    index.step()

    assert index.renew() == 0


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_step_and_a_rebuild_cost_as_many_queries_for_one_text_as_for_many(
    index: Follower, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    index.step()
    for number in range(count):
        put(f"question:{number}", "A text about lupus")

    with django_assert_num_queries(2):
        index.step()
    with django_assert_num_queries(4):
        index.rebuild()


ACTS = st.lists(
    st.tuples(st.sampled_from(["put", "bury", "step", "rebuild", "lose"]), st.integers(1, 4), st.integers(0, 2)),
    max_size=25,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_happens_the_index_ends_as_what_is_public(index: Follower, acts: list[tuple[str, int, int]]) -> None:
    for document in Document.objects.live():
        bury_document(document.key)
    subjects = ["lupus", "gout", "asthma"]
    for act, number, subject in acts:
        if act == "put":
            put(f"question:{number}", f"A text about {subjects[subject]}")
        elif act == "bury":
            bury_document(f"question:{number}")
        elif act == "step":
            index.step()
        elif act == "rebuild":
            index.rebuild()
        else:
            (index.folder / POINTER).unlink(missing_ok=True)
    with changing() as keys:
        keys.add("end")

    index.step()
    index.step()

    live = list(Document.objects.live())
    assert entries() == len(live)
    for name in subjects:
        assert keys_of(name) == sorted(each.key for each in live if name in each.title)
