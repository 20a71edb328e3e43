"""The vocabulary as a file in the admin: downloaded, uploaded, looked at, taken in."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from search.importing import export_concepts
from search.models import Concept, ConceptUpload
from tests.factories import make_concept, make_upload, make_user

pytestmark = pytest.mark.django_db

IMPORT = "/admin/search/concept/import/"
HEADING = "key,kind,name_en,name_zh_hant,aliases_en,aliases_zh_hant\n"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_user(role="editor"))
    return client


def upload(desk: Client, *lines: str, **fields: Any) -> Any:
    file = SimpleUploadedFile("concepts.csv", (HEADING + "\n".join(lines)).encode(), "text/csv")
    return desk.post(IMPORT, {"file": file, **fields}, follow=True)


def confirmed(desk: Client, preview: HttpResponse) -> Any:
    page: Any = preview
    address = reverse("admin:search_concept_upload", args=[ConceptUpload.objects.latest("pk").pk])
    return desk.post(address, {"plan": page.context["plan"].digest})


def test_the_whole_vocabulary_is_downloaded(desk: Client) -> None:
    make_concept("SLE", "紅斑性狼瘡")

    answer = desk.get("/admin/search/concept/export/")

    assert (answer.content, answer["Content-Type"]) == (export_concepts(), "text/csv; charset=utf-8")
    assert answer["Content-Disposition"].startswith('attachment; filename="concepts-')


def test_a_file_is_looked_at_line_by_line_before_anything_happens(desk: Client) -> None:
    make_concept("Gout", "痛風", slug="gout")

    preview = upload(desk, "gout,disease,Gout,痛風病,podagra,", "sle,disease,SLE,,,", "bad key,disease,Bad,,,")

    page = preview.content.decode()
    assert {name: [line.number for line in preview.context[name]] for name in ("changed", "new", "refused")} == {
        "changed": [2],
        "new": [3],
        "refused": [4],
    }
    assert "The key may have letters, digits and hyphens only" in page
    assert ("痛風病" in page, Concept.objects.get().name_zh_hant) == (True, "痛風")


def test_what_was_looked_at_is_imported_and_the_refused_lines_stay_in_sight(desk: Client) -> None:
    preview = upload(desk, "sle,disease,SLE,,,", "bad key,disease,Bad,,,")

    answer = confirmed(desk, preview)

    assert [str(message) for message in answer.context["messages"]] == ["Imported: 1 new, 0 changed, 1 lines refused."]
    assert [line.number for line in answer.context["refused"]] == [3]
    assert list(Concept.objects.values_list("slug", flat=True)) == ["sle"]


def test_a_vocabulary_that_changed_meanwhile_is_looked_at_anew(desk: Client) -> None:
    preview = upload(desk, "sle,disease,SLE,,,")
    make_concept("SLE", slug="lupus")

    answer = confirmed(desk, preview)

    assert "The vocabulary changed while you looked" in answer.content.decode()
    assert [line.number for line in answer.context["refused"]] == [2]
    assert list(Concept.objects.values_list("slug", flat=True)) == ["lupus"]


def test_pressing_twice_imports_once(desk: Client) -> None:
    preview = upload(desk, "sle,disease,SLE,,,")
    confirmed(desk, preview)

    answer = confirmed(desk, preview)

    assert (answer.status_code, Concept.objects.count()) == (200, 1)


def test_only_what_is_new_is_added_where_that_is_ticked(desk: Client) -> None:
    make_concept("Gout", slug="gout")

    confirmed(desk, upload(desk, "gout,drug,Other,,,", "sle,disease,SLE,,,", only_new="on"))

    assert sorted(Concept.objects.values_list("name_en", flat=True)) == ["Gout", "SLE"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a,b\n1,2\n", "The first line must name the columns; missing: key, name_en, name_zh_hant."),
        (b"\x00\xff\xfe\xff", "The file is empty, or in no encoding that can be read."),
        (b"key,name_en,name_zh_hant\n" + b"x" * 2**21, "The file has more than 2 MB: use manage.py import_concepts."),
    ],
)
def test_what_is_no_such_file_is_refused_with_the_reason(desk: Client, content: bytes, sentence: str) -> None:
    answer: Any = desk.post(IMPORT, {"file": SimpleUploadedFile("photo.csv", content)})

    assert (answer.context["form"].errors["file"], ConceptUpload.objects.count()) == ([sentence], 0)


def test_no_file_at_all_is_asked_for(desk: Client) -> None:
    answer: Any = desk.post(IMPORT, {})

    assert answer.context["form"].errors == {"file": ["Choose a file."]}


def test_an_upload_is_seen_by_who_made_it_alone(desk: Client) -> None:
    mine = make_upload(make_user(role="moderator"))

    assert desk.get(reverse("admin:search_concept_upload", args=[mine.pk])).status_code == 404


@pytest.mark.parametrize("role", ["physician", "medical_reviewer", "administrator"])
def test_a_file_is_taken_from_nobody_else(role: str) -> None:
    client = Client()
    client.force_login(make_user(role=role))

    answer = upload(client, "sle,disease,SLE,,,")

    assert (answer.status_code, ConceptUpload.objects.count()) == (404, 0)
