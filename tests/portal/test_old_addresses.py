"""Who follows a link to the archive that was imported finds its thread here."""

import pytest
from django.test import Client

from faq.states import Status
from tests.factories import make_question

pytestmark = pytest.mark.django_db

OLD = "https://archive.example/qa.php?id=193985"


def test_an_old_address_leads_to_the_new_one_query_string_included(client: Client) -> None:
    question = make_question(Status.PUBLISHED, source="archive", external_id="193985", old_url=OLD)

    response = client.get("/qa.php?id=193985")

    assert (response.status_code, response["Location"]) == (301, question.get_absolute_url())
    assert client.get("/qa.php?id=1").status_code == 404


def test_the_old_address_of_a_hidden_thread_leads_nowhere(client: Client) -> None:
    make_question(Status.IMPORTED, source="archive", external_id="193985", old_url=OLD)

    assert client.get("/qa.php?id=193985").status_code == 404
