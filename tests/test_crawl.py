"""Following links from the home page: none is broken, every published page is reached, each says its language."""

from typing import Final
from urllib.parse import urldefrag

import pytest
from django.test import Client

from search.models import Document
from tests.links import Page
from tests.test_access import EVERYONE
from tests.walking import LANGUAGES, SITE, Walk, name_of, publish

NO_PAGE: Final = {
    "live": "asked by machines",
    "ready": "asked by machines",
    "robots": "at an address that machines know",
    "sitemap_index": "named in robots.txt",
    "sitemap_part": "named in the index",
    "search_feed": "linked from results, which need the index: tests/portal/test_search_feed.py",
    "suggest": "asked by the script of the search box",
    "picture_file": "a file, tried with the pages that show it",
    "faq:ticket_detail": "its owner alone has the address",
    "faq:question_helpful": "reached by a button",
}
"""Public addresses that no link has to lead to, and why."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(client: Client) -> Walk:
    for language in LANGUAGES:
        publish(language)
    return Walk(client).from_home()


def test_links_lead_everywhere_and_nowhere_wrong(walk: Walk) -> None:
    broken = {
        address: (status, walk.came_from[address]) for address, (status, _page) in walk.found.items() if status >= 400
    }
    pages = walk.pages()
    lost = {
        link
        for page in pages.values()
        for link in page.links
        if urldefrag(link).fragment and (target := pages.get(urldefrag(link).url)) and _is_lost(link, target)
    }
    named = {
        (address.split("/")[3], name_of(address)) for address, (status, _page) in walk.found.items() if status == 200
    }
    wanted = {(language, name) for language in LANGUAGES for name in EVERYONE if name not in NO_PAGE}
    addresses = Document.objects.filter(is_tombstone=False).values_list("path", flat=True)
    unreached = {address for address in addresses if f"{SITE}{address}" not in pages}
    languages = {address: page.language for address, page in pages.items()}

    assert broken == {}
    assert lost == set()
    assert wanted - named == set()
    assert unreached == set()
    assert languages == {address: LANGUAGES[address.split("/")[3]] for address in pages}


def _is_lost(link: str, target: Page) -> bool:
    return urldefrag(link).fragment not in target.ids
