"""The parts of `make audit`, each a few rows of its table."""

from collections.abc import Callable, Iterator
from typing import Final

from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

from people.models import User
from tests.audit import axe, engines, markup, speed
from tests.audit.crawl import LANGUAGES, Crawl, Seen
from tests.audit.table import Row
from tests.conftest import CHROMIUM, CHROMIUM_FLAGS
from tests.test_access import EVERYONE

ROLES: Final = ("physician", "moderator", "editor", "medical_reviewer", "administrator")
NO_LINK_LEADS_THERE: Final = {
    "live": "for machines",
    "ready": "for machines",
    "robots": "for machines, at a fixed address",
    "suggest": "asked by the script of the search box",
    "picture_file": "a file that pages show",
    "faq:ticket_detail": "only its owner has the address",
    "sitemap_index": "named in robots.txt",
    "sitemap_part": "named in the index",
    "articles:comment_list": "linked where an article has more comments than it shows, as none of the demo has",
    "faq:question_helpful": "reached by a form",
}
MOST_OF_A_KIND: Final = 1
"""Pages of one kind that a crawl of the admin opens: lists lead to every row."""
MEASURED: Final = {
    "home": "home",
    "question": "faq:question_detail",
    "topic": "faq:topic_detail",
    "article": "articles:article_detail",
    "ask": "faq:ask",
}


class Judge:
    """The site at an address; what was crawled once is used by every part."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._public: Crawl | None = None
        self._desks: dict[tuple[str, str], Crawl] = {}

    @property
    def public(self) -> Crawl:
        if self._public is None:
            # No page leads to results but the form of the search.
            starts = [f"/{language}/{path}" for path in ("", "search/?q=lupus") for language in LANGUAGES]
            self._public = Crawl(self.site).run(starts)
        return self._public

    def desk(self, role: str, language: str) -> Crawl:
        """What an account of the demo with that role comes to from the overview."""
        if (role, language) not in self._desks:
            account = User.objects.filter(groups__name=role, is_demo=True).order_by("pk").first()
            assert account, f"the demo has no {role}"
            client = Client()
            client.force_login(account)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.LANGUAGE_COOKIE_NAME}={language}"
            crawl = Crawl(self.site, cookies, follows=_StaffOnly())
            self._desks[role, language] = crawl.run(["/admin/"])
        return self._desks[role, language]

    def links(self) -> Iterator[Row]:
        """No broken link, and every kind of page reached."""
        broken = self.public.broken()
        yield Row("links", f"{len(self.public.seen)} addresses", f"{len(broken)} broken", "0", broken)
        named = {(seen.language, seen.name) for seen in self.public.seen.values() if seen.status == 200}
        kinds = [(language, name) for language in LANGUAGES for name in EVERYONE if name not in NO_LINK_LEADS_THERE]
        missing = [
            f"no link leads to {name} in {language}" for language, name in kinds if (language, name) not in named
        ]
        yield Row("kinds of pages reached", f"{len(kinds)}", f"{len(missing)} missing", "0", missing)
        staff = [fault for crawl in self._every_desk() for fault in crawl.broken()]
        looked_at = sum(len(crawl.seen) for crawl in self._every_desk())
        yield Row("links of the admin", f"{looked_at} addresses", f"{len(staff)} broken", "0", staff)

    def engines(self) -> Iterator[Row]:
        """Feeds, sitemaps, robots.txt, JSON-LD."""
        seen = list(self.public.seen.values())
        feeds = [one for one in seen if "atom" in one.content_type and one.status == 200]
        yield _errors("feeds (Atom)", feeds, engines.feed_errors)
        sitemaps = list(self._sitemaps())
        yield _errors("sitemaps", sitemaps, engines.sitemap_errors)
        listed = [address for one in sitemaps for address in engines.sitemap_addresses(one)]
        lost = [address for address in listed if address not in self.public.seen]
        bad = [f"{found.status} {address}" for address in listed if (found := self.public.get(address)).status != 200]
        faults = [*(f"no link leads to {address}" for address in lost), *bad]
        yield Row("addresses in the sitemaps", f"{len(listed)}", f"{len(faults)} lost or bad", "0", faults)
        pages = [one for one in self.public.pages() if b"application/ld+json" in one.body]
        yield _errors("JSON-LD", pages, engines.json_ld_errors)

    def _sitemaps(self) -> Iterator[Seen]:
        """Those that robots.txt names, and those that an index names."""
        robots = self.public.get(f"{self.site}/robots.txt").body.decode()
        waiting = [line.partition(":")[2].strip() for line in robots.splitlines() if line.startswith("Sitemap:")]
        while waiting:
            found = self.public.get(waiting.pop())
            yield found
            if b"<sitemapindex" in found.body:
                waiting += engines.sitemap_addresses(found)

    def markup(self) -> Iterator[Row]:
        """The Nu checker on two examples of every kind of page."""
        yield self._nu("Nu, public", {one.address: one.body for one in self._public_examples()})
        desks = {f"{one.address} ({who})": one.body for who, one in self._desk_examples()}
        yield self._nu("Nu, admin", desks)

    def _nu(self, name: str, pages: dict[str, bytes]) -> Row:
        found = markup.errors(pages)
        faults = [f"{axe.path_of(address)} {error}" for address, errors in found.items() for error in errors]
        return Row(name, f"{len(pages)} pages", f"{len(faults)} errors", "0", faults)

    def axe(self) -> Iterator[Row]:
        """axe-core on the same pages, both themes."""
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
            addresses = [one.address for one in self._public_examples()]
            yield _violations("axe, public", len(addresses), axe.look(browser, self.site, addresses))
            found: dict[str, list[str]] = {}
            for who, crawl in self._every_desk_by_name().items():
                pages = [one.address for by, one in self._desk_examples() if by == who]
                violations = axe.look(browser, self.site, pages, crawl.cookies)
                found |= {f"{address} ({who})": rows for address, rows in violations.items()}
            yield _violations("axe, admin", len(self._desk_examples()), found)
            browser.close()

    def lighthouse(self, runs: int) -> Iterator[Row]:
        """Six pages as a phone loads them."""
        for title, address in self._measured_pages():
            may_fail = frozenset(speed.MAY_FAIL_ON_SEARCH if title == "search" else ())
            result = speed.measure(address, runs, may_fail)
            faults = [f"{name} {result.scores[name]:.0f}: {result.failed}" for name in result.missed]
            scores = " / ".join(f"{score:.0f}" for score in result.scores.values())
            yield Row(f"Lighthouse, {title}", f"{runs} runs", scores, "95 / 100 / 100 / 100", faults)

    def _measured_pages(self) -> Iterator[tuple[str, str]]:
        for title, name in MEASURED.items():
            pages = [
                one for one in self.public.pages() if one.name == name and one.language == "en" and one.status == 200
            ]
            yield title, max(pages, key=lambda one: len(one.body)).address
        yield "search", f"{self.site}/en/search/?q=lupus"

    def _public_examples(self) -> list[Seen]:
        return [*self.public.examples(), *map(self.public.get, self._errors())]

    def _errors(self) -> list[str]:
        """Pages that no link leads to: what is not found, what is malformed, results of a search."""
        paths = ("no/such/page/", "search/?q=lupus", "search/?q=nothing-like-it", "search/?q=%00")
        return [f"{self.site}/{language}/{path}" for language in LANGUAGES for path in paths]

    def _every_desk_by_name(self) -> dict[str, Crawl]:
        return {f"{role}, {language}": self.desk(role, language) for role in ROLES for language in LANGUAGES}

    def _every_desk(self) -> list[Crawl]:
        return list(self._every_desk_by_name().values())

    def _desk_examples(self) -> list[tuple[str, Seen]]:
        """In each language two pages of every kind, the longest that a role sees, with the role."""
        kinds: dict[tuple[str, object], list[tuple[str, Seen]]] = {}
        for who, crawl in self._every_desk_by_name().items():
            for one in _shown(crawl):
                kinds.setdefault((who.partition(", ")[2], one.kind), []).append((who, one))
        longest = [sorted(pages, key=lambda pair: -len(pair[1].body))[:2] for pages in kinds.values()]
        return [pair for pages in longest for pair in pages]


class _StaffOnly:
    """Follows links within the admin and the account's own pages, to few pages of each kind."""

    def __init__(self) -> None:
        self.opened: dict[str, set[str]] = {}

    def __call__(self, seen: Seen, link: str) -> bool:
        target = Seen(link, 0, "", b"")
        path = axe.path_of(link)
        if path.startswith(("/static/", "/pictures/")):
            return True
        if not path.startswith(("/admin/", "/accounts/")) or target.name in {"admin:logout", "account_logout"}:
            return False
        opened = self.opened.setdefault(target.name, set())
        opened |= {link} if len(opened) < MOST_OF_A_KIND else set()
        return link in opened


def _shown(crawl: Crawl) -> list[Seen]:
    """The staff's pages among what was crawled."""
    return [one for one in crawl.examples() if axe.path_of(one.address).startswith(("/admin/", "/accounts/"))]


def _errors(name: str, pages: list[Seen], check: Callable[[Seen], list[str]]) -> Row:
    faults = [f"{axe.path_of(one.address)}: {error}" for one in pages for error in check(one)]
    return Row(name, f"{len(pages)}", f"{len(faults)} errors", "0, and at least one", faults or _none_there(pages))


def _none_there(pages: list[Seen]) -> list[str]:
    return [] if pages else ["none is there"]


def _violations(name: str, looked_at: int, found: dict[str, list[str]]) -> Row:
    faults = [f"{axe.path_of(address)} {row}" for address, rows in found.items() for row in rows]
    return Row(name, f"{looked_at} pages × 2 themes", f"{len(faults)} violations", "0", faults)
