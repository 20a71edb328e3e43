"""What an editor looks at before publishing: what has to be done, and what could be better, each with its field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.links import dead_links
from articles.models import Article, ArticleRevision, Picture
from articles.models.conditions import conditions
from people.languages import Language
from text.editorial.checks import check
from text.editorial.passages import pictures
from text.editorial.reading import reading_level
from text.fold import fold
from text.render import to_plain

BODY: Final = "id_body"
PLACES: Final = ("", "", "", "references-group", "checklist", "id_translation_of")
"""By the order of `conditions`, where on the desk each is mended; the reviews are nobody's field."""


ENOUGH_WORDS: Final = 100
"""The grade of a shorter English text says little."""
SENTENCES: Final = {
    "text_too_long": gettext_noop("The text is too long, or too intricate, to be shown with its marks."),
    "heading_skipped": gettext_noop("A level of headings is skipped before “{words}”."),
    "heading_empty": gettext_noop("A heading is empty."),
    "link_vague": gettext_noop("“{words}” does not say where the link leads."),
    "link_keyword": gettext_noop("The link “{words}” is a bare keyword: say whose page it is."),
    "links_many": gettext_noop("Many links lead to {words}."),
    "anchor_unknown": gettext_noop("The link {words} leads to no heading of this text."),
    "paragraph_repeated": gettext_noop("A paragraph is repeated: “{words}”"),
    "sentence_repeated": gettext_noop("A sentence is repeated: “{words}”"),
    "definition_repeated": gettext_noop("Something is defined again: “{words}”"),
    "paragraph_long": gettext_noop("A paragraph is very long: “{words}”"),
    "quotation_unsigned": gettext_noop("A quotation does not say whose words it is: “{words}”"),
    "quotation_unsourced": gettext_noop("A quotation names no source: “{words}”"),
    "block_empty": gettext_noop("A block is empty: {words}"),
    "block_nameless": gettext_noop("A block does not say which {words}."),
    "block_unclosed": gettext_noop("A block is not closed with “:::”: {words}"),
    "block_unknown": gettext_noop("This line makes no block: {words}"),
}
"""What is said for each code of `text.editorial`."""


@dataclass(frozen=True)
class Note:
    """A sentence, and the fragment of the field on the desk that it is about (empty: none), with its line."""

    words: str
    field: str = ""
    line: int = 0


@dataclass(frozen=True)
class Checklist:
    """`must` keeps the text from being published, `should` makes it weak."""

    must: list[Note] = field(default_factory=list)
    should: list[Note] = field(default_factory=list)


def checklist(article: Article, revision: ArticleRevision) -> Checklist:
    """Return what is missing or weak in a saved revision of an article."""
    return Checklist(list(_missing(article, revision)), list(weak(article, revision)))


def weak(article: Article, revision: ArticleRevision) -> Iterator[Note]:
    """What could be better: whose text it is, its dates, its words, its links."""
    yield from _signature(revision)
    yield from _sources(article, revision)
    yield from _entries(revision)
    yield from _pictures(revision)
    yield from _links(revision)
    yield from _lede(revision)
    yield from _words(revision)
    yield from _reading(article, revision)


def _missing(article: Article, revision: ArticleRevision) -> Iterator[Note]:
    rows = Article.objects.filter(pk=article.pk)
    for (words, holds), place in zip(conditions(Article, revision), PLACES, strict=True):
        if not rows.filter(holds).exists():
            yield Note(words, place)


def _signature(revision: ArticleRevision) -> Iterator[Note]:
    if not revision.author_name and revision.author_physician_id is None:
        yield Note(_("No author is named."), "id_author_name")
    if not revision.description:
        yield Note(_("There is no description for search engines and links."), "id_description")


def _sources(article: Article, revision: ArticleRevision) -> Iterator[Note]:
    if not revision.sources and not article.is_medical:
        yield Note(_("There is no reference."), "references-group")
    unchecked = [source for source in revision.sources if not source.get("checked_on")]
    if revision.reviewed_on is None and len(unchecked) == len(revision.sources):
        yield Note(
            _("The text has no date at all: neither a review nor a reference that was checked."), "references-group"
        )
    elif unchecked:
        words = ", ".join(f"“{source['title']}”" for source in unchecked)
        yield Note(_("When was this reference checked? %s") % words, "references-group")


def _entries(revision: ArticleRevision) -> Iterator[Note]:
    for place, entry in enumerate(revision.entries):
        if not entry["answer"].strip():
            yield Note(_("“%s” has no answer.") % entry["question"], _answer(place))


def _pictures(revision: ArticleRevision) -> Iterator[Note]:
    for place, source in _sources_of(revision):
        names = [name for name in pictures(source) if name.isdecimal() and len(name) < 19]
        there = set(Picture.objects.filter(pk__in=names).values_list("pk", flat=True)) if names else set()
        for name in names:
            if int(name) not in there:
                yield Note(_("There is no picture with the number %s.") % name, place)


def _links(revision: ArticleRevision) -> Iterator[Note]:
    answers = [(_answer(place), entry["answer_html"]) for place, entry in enumerate(revision.entries)]
    for place, html in [(BODY, revision.body_html), *answers]:
        for address in dead_links(html):
            yield Note(_("This link leads to nothing that readers can open: %s") % address, place)


def _lede(revision: ArticleRevision) -> Iterator[Note]:
    lede = fold(revision.lede).strip()
    if lede and lede in {fold(part).strip() for part in to_plain(revision.body, "markdown").split("\n\n")}:
        yield Note(_("A paragraph of the body repeats the lede."), "id_lede")


def _words(revision: ArticleRevision) -> Iterator[Note]:
    """What `text.editorial` remarks, at the body and at each answer."""
    for place, source in _sources_of(revision):
        for said in check(source):
            sentence = _(SENTENCES[said.code]).format(words=said.excerpt)
            yield Note(
                _("%(sentence)s (line %(line)d)") % {"sentence": sentence, "line": said.where}, place, said.where
            )


def _reading(article: Article, revision: ArticleRevision) -> Iterator[Note]:
    is_simplified = article.language == Language.ZH_HANS  # all its characters would count as rare
    level = None if is_simplified else reading_level(revision.body, article.language)
    if level is None or not level.is_hard:
        return
    if level.grade is None:
        measured = {"length": level.length, "rare": 100 * (level.rare or 0)}
        said = _("It reads hard: %(length).0f characters a sentence, %(rare).1f %% of them rare.") % measured
        yield Note(said, BODY)
    elif level.sentences * level.length >= ENOUGH_WORDS:
        said = _("It reads hard: like school grade %.0f. Readers of health texts are well served with 6 to 8.")
        yield Note(said % level.grade, BODY)


def _sources_of(revision: ArticleRevision) -> list[tuple[str, str]]:
    """The Markdown of the body and of each answer, with its field."""
    answers = [(_answer(place), entry["answer"]) for place, entry in enumerate(revision.entries)]
    return [(BODY, revision.body), *answers]


def _answer(place: int) -> str:
    """The field of an answer on the desk, by its place among the entries."""
    return f"id_faq_entries-{place}-answer"
