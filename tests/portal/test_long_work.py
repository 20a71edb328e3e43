"""The page of long work: what runs, what came of it, and what administrators can start."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from faq.renewing import NoIndexError
from faq.states import Status
from portal.long_work import ERRORS, KINDS, build_index, compute_neighbours, label_of, sentence_of, start
from search.index.follower import Follower
from search.models import ConceptUpload, Work
from search.models.work import SILENT
from search.working import working
from tests.factories import make_question, make_upload, make_user

pytestmark = pytest.mark.django_db

PAGE = "/admin/work/"
START = "/admin/work/start/"


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(make_user(role=role))
    return client


def states(page: Any) -> list[str]:
    """What the page says of each piece of work."""
    found = re.findall(r'<p class="work__state">(.*?)</p>', page.content.decode())
    return [re.sub(r"<[^>]+>", "", each).strip() for each in found]


def test_the_page_says_what_runs_what_is_over_and_what_stopped() -> None:
    with working("concepts", subject="starter.csv", total=3, by=make_user("mei")) as work:
        work.told(new=2, changed=1, refused=0)
    with pytest.raises(OSError, match="full"), working("reindex"):
        raise OSError("full")
    with pytest.raises(ValueError, match="other"), working("reindex"):
        raise ValueError("other")
    row = Work.objects.create(kind="neighbours")
    row.begin(total=200)
    row.tell(50)
    Work.objects.create(kind="reindex")
    Work.objects.create(kind="reindex", touched_at=timezone.now() - SILENT - dt.timedelta(minutes=1))

    page = client_of("moderator").get(PAGE)

    assert states(page) == [
        "Silent. Nothing was heard of it for 6\xa0minutes: no worker runs, or it was cut off.",
        "Waiting for the worker.",
        "25 per cent done.",
        "Stopped. It stopped with an error (ValueError); the log says more.",
        "Stopped. The folder of the index cannot be written.",
        "Done. 2 new, 1 changed, 0 lines refused.",
    ]
    assert re.findall(r"<progress[^>]*>", page.content.decode()) == [
        f'<progress aria-labelledby="work-{row.pk + 1}">',
        f'<progress aria-labelledby="work-{row.pk}" max="100" value="25">',
    ]


def test_without_script_the_page_comes_again_for_who_asks_for_it_alone() -> None:
    Work.objects.create(kind="reindex")
    client = client_of("moderator")

    assert "Refresh" not in client.get(PAGE).headers
    assert "Refresh" not in client.get(PAGE, {"every": "1"}).headers
    assert client.get(PAGE, {"every": "10"}).headers["Refresh"] == "10"


@pytest.mark.parametrize("role", ["physician", "medical_reviewer"])
def test_long_work_is_not_the_business_of_all(role: str) -> None:
    assert client_of("moderator").get(PAGE).status_code == 200

    assert client_of(role).get(PAGE).status_code == 404


@pytest.mark.parametrize("role", ["moderator", "editor"])
def test_only_administrators_start_it(role: str) -> None:
    client = client_of(role)

    assert client.post(START, {"kind": "reindex"}).status_code == 404
    assert list(client.get(PAGE).context["starts"]) == []
    assert Work.objects.count() == 0
    assert client_of("administrator").post(START, {"kind": "reindex"}).status_code == 302


def test_what_is_asked_for_twice_runs_once_and_another_kind_is_no_kind() -> None:
    client = client_of("administrator")

    for _time in range(2):
        client.post(START, {"kind": "reindex"})

    assert Work.objects.count() == 1
    assert client.post(START, {"kind": "bulk"}).status_code == 404


def test_the_index_is_built_by_the_task_and_tells_so(index: Follower, settings: Settings) -> None:
    make_question(Status.PUBLISHED)
    row = Work.objects.create(kind="reindex", by=make_user())

    build_index.call(row.pk)

    row.refresh_from_db()
    assert (row.done, row.error, row.is_over) == (row.figures["texts"], "", True)
    assert row.figures["texts"] > 0


def test_neighbours_without_an_index_say_what_is_missing() -> None:
    row = Work.objects.create(kind="neighbours", by=make_user())

    with pytest.raises(NoIndexError):
        compute_neighbours.call(row.pk)

    row.refresh_from_db()
    assert sentence_of(row) == "This machine has no index, or one that is behind. Build it first."


def test_neighbours_of_all_are_computed_by_the_task(index: Follower) -> None:
    for _time in range(2):
        make_question(Status.PUBLISHED, title="Lupus and the sun", body="May I go into the sun with lupus?")
    index.step()
    row = start("neighbours", by=make_user(role="administrator"))
    assert row is not None

    compute_neighbours.call(row.pk)

    row.refresh_from_db()
    assert (row.done, row.total, row.error, row.is_over) == (2, 2, "", True)


def test_a_row_that_is_gone_is_no_work() -> None:
    build_index.call(0)
    compute_neighbours.call(0)

    assert Work.objects.count() == 0


def test_an_import_of_concepts_in_the_admin_is_told_of() -> None:
    user = make_user(role="editor")
    client = Client()
    client.force_login(user)
    upload: ConceptUpload = make_upload(user)
    address = f"/admin/search/concept/import/{upload.pk}/"
    plan = client.get(address).context["plan"]

    client.post(address, {"plan": plan.digest})

    row = Work.objects.get()
    assert (label_of(row), row.subject, row.by) == ("Import of concepts", upload.file_name, user)
    assert sentence_of(row) == "1 new, 0 changed, 0 lines refused."


def test_numbers_are_written_as_the_language_does_and_unknown_kinds_by_their_key() -> None:
    row = Work(kind="reindex", figures={"texts": 12345}, finished_at=timezone.now())

    with translation.override("en"):
        assert sentence_of(row).startswith("12,345 ")
    assert (label_of(Work(kind="other")), sentence_of(Work(kind="other"))) == ("other", "")
    assert sentence_of(Work(kind="reindex", finished_at=timezone.now())) == "Done."


def test_every_kind_and_error_has_words() -> None:
    assert all(str(kind.label) and str(kind.result) for kind in KINDS.values())
    assert all(map(str, ERRORS.values()))


def test_the_page_costs_the_same_for_one_and_for_three(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client, user = client_of("moderator"), make_user("mei")
    Work.objects.create(kind="reindex", by=user)
    client.get(PAGE)
    with django_assert_num_queries(6):
        client.get(PAGE)
    for name in ("one", "two"):
        Work.objects.create(kind="reindex", by=make_user(name))

    with django_assert_num_queries(6):
        client.get(PAGE)
