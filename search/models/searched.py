"""What readers search for, kept so that it tells nothing about anybody."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from search.models.changing import changing
from search.models.concept import FOLDED_LENGTH, Concept, folded_name
from search.models.wanted import WantedTopic
from search.places import MOST, VALUES, WINDOW, Place, kept_until

LONGEST: Final = 60
"""A query of more characters is a story and no name of anything."""
CHUNK: Final = 200
"""How many queries one transaction writes or deletes."""
ENOUGH_SEARCHES: Final = 10
"""How often something must be searched for before it says anything that nobody opens what was found."""
SELDOM: Final = 5
"""Fewer than one search in so many leads to a click: what was found is not what was meant."""


@dataclass
class Noted:
    """What a process has noted of one query since it last wrote: searches, those without a result, and clicks.

    `clicked` are keys of documents with their positions, as readers told; `positions` those that were believed.
    """

    shown: str
    count: int = 0
    misses: int = 0
    results: int | None = None
    clicked: list[tuple[str, int]] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    places: set[Place] = field(default_factory=set)


class SearchQueryQuerySet(models.QuerySet["SearchQuery"]):
    """Words about searches that chain."""

    def told(self) -> "SearchQueryQuerySet":
        """Keep those whose words may be seen: three places have asked within 30 days."""
        return self.filter(kept_until__gt=timezone.localdate())

    def open(self) -> "SearchQueryQuerySet":
        """Keep what staff may see and have not settled, what is asked most first."""
        return self.told().filter(settled_at__isnull=True).order_by("-count", "pk")

    def in_vain(self) -> "SearchQueryQuerySet":
        """Keep what found nothing the last time."""
        return self.filter(results=0)

    def seldom_clicked(self) -> "SearchQueryQuerySet":
        """Keep what finds something that hardly anybody opens."""
        return self.filter(results__gt=0, count__gte=ENOUGH_SEARCHES, count__gt=F("clicks") * SELDOM)

    def called(self, typed: str, language: str = "") -> "SearchQueryQuerySet":
        """Keep the query of these words, however they are written, in one language or in both."""
        folded = folded_name(typed)
        return self.filter(digest__in=[digest_of(folded, each) for each in ([language] if language else LANGUAGES)])

    def settle(self, concept: Concept | None = None) -> int:
        """Say that these need nobody any more; returns how many were open."""
        return self.filter(settled_at__isnull=True).update(settled_at=timezone.now(), concept=concept)

    def write_down(self, noted: Sequence[tuple[str, str, Noted]], on: dt.date) -> int:
        """Add searches, each with its folded words and its language, to their rows of a day; returns how many.

        One transaction, in which the rows are locked in one order: two processes neither lose a count nor wait for
        each other.
        """
        by_digest = {digest_of(folded, language): (folded, language, each) for folded, language, each in noted}
        with transaction.atomic():
            new = [SearchQuery(digest=key, language=by_digest[key][1], last_on=on) for key in sorted(by_digest)]
            rows = SearchQuery.objects
            rows.bulk_create(new, ignore_conflicts=True)
            queries = list(rows.filter(digest__in=by_digest).select_for_update().order_by("pk"))
            ends = SearchPlace.objects.note({query.pk: by_digest[query.digest][2].places for query in queries}, on)
            for query in queries:
                folded, _language, each = by_digest[query.digest]
                query.add(folded, each, on=on, until=ends.get(query.pk))
            # A tenth of what bulk_update takes; none of them is new any more.
            rows.bulk_create(queries, update_conflicts=True, unique_fields=["id"], update_fields=COUNTED)
            SearchDay.objects.add({query.pk: by_digest[query.digest][2] for query in queries}, on)
        return len(queries)


LANGUAGES: Final = ("en", "zh-hant")
"""The languages of the pages on which something is searched for."""
COUNTED: Final = ("last_on", "kept_until", "folded", "shown", "results", "count", "misses", "clicks")


def digest_of(folded: str, language: str) -> str:
    """Return that by which a query is recognised whose words are not kept: a keyed digest."""
    # The name is that of the first such table: decisions of then still stand.
    return salted_hmac("wenyi.miss", f"{language} {folded}", algorithm="sha256").hexdigest()


class SearchQuery(models.Model):
    """A query in one language, and how it went in the last 30 days.

    Until three places have asked within 30 days a row has no words, only a keyed digest by which the next time is
    recognised: what only one person would type (a name, a secret) is never written down. When they no longer have,
    the row goes with everything that is known of it; of one that staff have settled the digest stays.
    """

    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=8)
    folded = models.CharField(max_length=FOLDED_LENGTH, blank=True, db_index=True)
    shown = models.CharField(_("words"), max_length=LONGEST, blank=True)
    results = models.PositiveIntegerField(_("results"), null=True, help_text=_("How many were found the last time."))
    count = models.PositiveIntegerField(_("searches"), default=0)
    misses = models.PositiveIntegerField(_("without a result"), default=0)
    clicks = models.PositiveIntegerField(_("with a click"), default=0)
    last_on = models.DateField(_("last searched on"), db_index=True)
    kept_until = models.DateField(_("words are kept until"), null=True, db_index=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)
    concept = models.ForeignKey(Concept, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = SearchQueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        ordering = ("-count", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_until__isnull=False, kept_until__gt=F("last_on")) | Q(folded="", shown=""),
                name="searchquery_words_of_three_places",
            ),
            models.CheckConstraint(condition=Q(misses__lte=F("count")), name="searchquery_misses_are_searches"),
        ]
        indexes = [
            models.Index(
                fields=["-count", "id"],
                condition=Q(settled_at__isnull=True, kept_until__isnull=False),
                name="searchquery_open",
            )
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def click_rate(self) -> float:
        """The share of the searches that led to a click, at most 1: a click may be counted elsewhere first."""
        return min(1.0, self.clicks / self.count) if self.count else 0.0

    def add(self, folded: str, noted: Noted, *, on: dt.date, until: dt.date | None) -> None:
        """Take in what was noted; `until` is the first day on which the words may no longer be kept."""
        self.count += noted.count
        self.misses += noted.misses
        self.clicks += len(noted.positions)
        self.results = self.results if noted.results is None else noted.results
        self.last_on = max(self.last_on, on)
        self.kept_until = until if until and until > on else None
        if self.kept_until is None:
            self.folded = self.shown = ""
        elif not self.shown:
            self.folded, self.shown = folded, noted.shown

    def make_concept(self) -> Concept:
        """Take the words into the vocabulary as a concept of its own."""
        with changing():
            column = "name_en" if self.language == "en" else "name_zh_hant"
            concept: Concept = Concept.objects.create(**{column: self.shown})
            self.settle(concept)
        return concept

    def name(self, concept: Concept) -> None:
        """Make the words another name of a concept."""
        with changing():
            row = {"text": self.shown, "language": "en" if self.language == "en" else "zh-hant"}
            concept.names.get_or_create(folded=self.folded, defaults=row)
            concept.save()
            self.settle(concept)

    def want_topic(self, *, by: models.Model) -> WantedTopic:
        """Ask the editors for a topic about it."""
        with transaction.atomic():
            wanted = WantedTopic.objects.want(self.shown, self.language, searches=self.count, by=by)
            self.settle(wanted.concept)
        return wanted

    def settle(self, concept: Concept | None = None) -> None:
        """Say that it needs nobody any more, as a thing of the vocabulary or as none: it does not come up again."""
        self.concept, self.settled_at = concept, timezone.now()
        self.save(update_fields=["concept", "settled_at"])


class SearchPlaceQuerySet(models.QuerySet["SearchPlace"]):
    """Words about places that chain."""

    def note(self, asked: dict[int, set[Place]], on: dt.date) -> dict[int, dt.date | None]:
        """Note from where queries were asked on a day; returns of each until when its words may be kept.

        No more than MOST places a period are kept of a query: they are enough until the next key has its own.
        """
        known: dict[int, dict[Place, dt.date]] = {pk: {} for pk in asked}
        rows = SearchPlace.objects
        for row in rows.filter(query__in=asked, last_on__gt=on - dt.timedelta(WINDOW)):
            known[row.query_id][Place(row.period, row.number)] = row.last_on
        fresh = []
        for pk, places in asked.items():
            for place in sorted(places):
                if place in known[pk] or sum(each.period == place.period for each in known[pk]) < MOST:
                    known[pk][place] = on
                    fresh.append(SearchPlace(query_id=pk, period=place.period, number=place.number, last_on=on))
        rows.bulk_create(
            fresh, update_conflicts=True, unique_fields=["query", "period", "number"], update_fields=["last_on"]
        )
        return {pk: kept_until(places.items()) for pk, places in known.items()}


class SearchPlace(models.Model):
    """That something was asked from one more place: one of 256 numbers, under the key of a period of 30 days."""

    query = models.ForeignKey(SearchQuery, on_delete=models.CASCADE, related_name="places")
    period = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField()
    last_on = models.DateField(db_index=True)

    objects = SearchPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of a search")
        verbose_name_plural = _("places of searches")
        constraints = [
            models.UniqueConstraint(fields=["query", "period", "number"], name="searchplace_once_a_period"),
            # So few values that no row can stand for one address.
            models.CheckConstraint(condition=Q(number__lt=VALUES), name="searchplace_is_one_of_few"),
        ]

    def __str__(self) -> str:
        return f"{self.query_id}: {self.period} {self.number}"


class SearchDayQuerySet(models.QuerySet["SearchDay"]):
    """Words about counted days that chain."""

    def add(self, noted: dict[int, Noted], on: dt.date) -> None:
        """Add to the rows of a day, which the caller has locked by their queries."""
        days = SearchDay.objects
        rows = {row.query_id: row for row in days.filter(query__in=noted, day=on)}
        for pk, each in noted.items():
            row = rows.setdefault(pk, SearchDay(query_id=pk, day=on))
            row.count += each.count
            row.misses += each.misses
            row.clicks += len(each.positions)
            row.positions += sum(each.positions)
            row.best_position = min([*each.positions, *filter(None, [row.best_position])], default=None)
        days.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["query", "day"],
            update_fields=["count", "misses", "clicks", "positions", "best_position"],
        )


class SearchDay(models.Model):
    """How often something was searched for on one day, and what came of it."""

    query = models.ForeignKey(SearchQuery, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(_("day"), db_index=True)
    count = models.PositiveIntegerField(_("searches"), default=0)
    misses = models.PositiveIntegerField(_("without a result"), default=0)
    clicks = models.PositiveIntegerField(_("with a click"), default=0)
    positions = models.PositiveIntegerField(
        _("sum of positions"), default=0, help_text=_("Of the results that were opened; the first has position 1.")
    )
    best_position = models.PositiveIntegerField(_("best position"), null=True)

    objects = SearchDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of a search")
        verbose_name_plural = _("days of searches")
        ordering = ("-day",)
        constraints = [
            models.UniqueConstraint(fields=["query", "day"], name="searchday_once_a_day"),
            models.CheckConstraint(condition=Q(misses__lte=F("count")), name="searchday_misses_are_searches"),
            models.CheckConstraint(
                condition=Q(clicks=0, positions=0, best_position__isnull=True)
                | Q(clicks__gt=0, best_position__gt=0, positions__gte=F("clicks") * F("best_position")),
                name="searchday_clicks_have_positions",
            ),
        ]

    def __str__(self) -> str:
        return str(self.day)

    @property
    def mean_position(self) -> float | None:
        """Where the opened results stood on average; None without a click."""
        return self.positions / self.clicks if self.clicks else None
