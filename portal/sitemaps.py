"""The sitemap for search engines: an index, and parts of which each costs the same, of however many addresses.

Django's own sitemaps count all rows and skip to the wanted ones, which a million threads do not bear. Here a part is a
range of primary keys, read once and sent as it is read. What says noindex on its page stands in no part.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from faq.responses import public_page
from people.linked_data import whole
from portal.sitemap_rows import (
    Entry,
    article_entries,
    concept_entries,
    department_entries,
    listed_articles,
    listed_concepts,
    listed_departments,
    listed_physicians,
    listed_questions,
    listed_topics,
    page_entries,
    physician_entries,
    question_entries,
    topic_entries,
)

SIZE: Final = 10_000
"""Primary keys a part: so that even two addresses a key, each with its twin, stay below 50,000 and 50 MB."""
XML: Final = "application/xml; charset=utf-8"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True)
class Section:
    """One kind of pages: which rows have a page that may be listed, and the addresses of some of them."""

    rows: Callable[[], "QuerySet[Any]"]
    entries: Callable[[Any, range], Iterator[Entry]]


SECTIONS: Final = {
    "departments": Section(listed_departments, department_entries),
    "topics": Section(listed_topics, topic_entries),
    "articles": Section(listed_articles, article_entries),
    "physicians": Section(listed_physicians, physician_entries),
    "concepts": Section(listed_concepts, concept_entries),
    "questions": Section(listed_questions, question_entries),
}


@require_safe
@public_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The parts that hold something: one look-up a part, no row is counted."""
    parts = [("pages", 0), *((name, number) for name, each in SECTIONS.items() for number in parts_of(each.rows()))]
    places = [f"<sitemap><loc>{whole(reverse('sitemap_part', args=part))}</loc></sitemap>\n" for part in parts]
    text = f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{''.join(places)}</sitemapindex>\n"
    return HttpResponse(text, content_type=XML)


@require_safe
@public_page
def sitemap_part(request: HttpRequest, section: str, number: int) -> StreamingHttpResponse:
    """The addresses of one part, sent while they are read."""
    return StreamingHttpResponse(_urlset(_entries(section, number)), content_type=XML)


def parts_of(rows: "QuerySet[Any]") -> Iterator[int]:
    """The numbers of the parts in which there is a row, by one look-up each."""
    start = 0
    while (first := rows.filter(pk__gte=start).order_by("pk").values_list("pk", flat=True).first()) is not None:
        yield first // SIZE
        start = (first // SIZE + 1) * SIZE


def _entries(section: str, number: int) -> Iterator[Entry]:
    """The entries of a part. Raises Http404 for a part that has none."""
    if section == "pages" and number == 0:
        return page_entries()
    if section not in SECTIONS:
        raise Http404("no such part")
    keys = range(number * SIZE, (number + 1) * SIZE)
    rows = SECTIONS[section].rows().filter(pk__gte=keys.start, pk__lt=keys.stop)
    if not rows.exists():
        raise Http404("no such part")
    return SECTIONS[section].entries(rows, keys)


def _urlset(entries: Iterable[Entry]) -> Iterator[str]:
    yield f'{_HEAD}<urlset {_NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for entry in entries:
        yield _url(entry)
    yield "</urlset>\n"


def _url(entry: Entry) -> str:
    """Paths are percent-encoded: nothing in them means something in XML."""
    changed = f"<lastmod>{entry.changed_on.isoformat()}</lastmod>" if entry.changed_on else ""
    languages = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{whole(path)}"/>'
        for language, path in entry.languages
    )
    return f"<url><loc>{whole(entry.path)}</loc>{changed}{languages}</url>\n"
