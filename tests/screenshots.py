"""Pictures of every kind of public page, of a running demo site: `python -m tests.screenshots http://127.0.0.1:8000`.

The addresses are found as a reader finds them, by following links from the home page, so that a site filled otherwise
is pictured too. A ticket is made by asking. Nothing is compared: the pictures are for people who judge a change.
"""

import argparse
import io
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

LANGUAGES: Final = ("en", "zh-hant")
WIDTHS: Final = (360, 768, 1280)
THEMES: Final = ("light", "dark")
DARK_WIDTHS: Final = (360, 1280)
DARK: Final = ("home", "question", "ask-form", "ticket", "search", "article")
"""What is kept in the dark theme too: every part that has colours of its own is on one of these."""
FOLDER: Final = Path("docs/screenshots")

# Name of a picture: the page that leads there and what its link looks like, or an address below the language.
LINKS: Final = {
    "department": ("departments/", "main a[href*='/departments/']"),
    "topic": ("topics/", "main li a[href*='/topics/']"),
    "question": ("questions/", "main .entry a[href*='/questions/']"),
    "article": ("articles/", "main .entry a[href*='/articles/']"),
    "physician": ("question", "main a[href*='/physicians/']"),
    "concept": ("question", "main a[href*='/concepts/']"),
    "helpful": ("question", "#helpful a"),
    "comments": ("article", "main a[href$='/comments/']"),
    "comment": ("article", "main a[href$='/comments/new/']"),
    "ask-form": ("ask/", "main a[href*='?department=']"),
}
PLACES: Final = {
    "home": "",
    "departments": "departments/",
    "topics": "topics/",
    "questions": "questions/",
    "articles": "articles/",
    "search": "search/?q={word}",
    "search-nothing": "search/?q=qqxxzz",
    "search-empty": "search/",
    "ask": "ask/",
    "ticket-find": "ticket/",
    "contact": "contact/",
    "page": "about/",
    "sitemap": "sitemap/",
    "error-404": "no/such/page/",
}
WORDS: Final = {"en": "headache", "zh-hant": "頭痛"}


def addresses(page: Page, site: str, language: str) -> Iterator[tuple[str, str]]:
    """What to picture in one language: pairs of a name and a full address. What the site has not is left out."""
    root = f"{site}/{language}/"
    found = {name: root + place.format(word=WORDS[language]) for name, place in PLACES.items()}
    for name, (start, link) in LINKS.items():
        if start not in found and not start.endswith("/"):
            continue
        page.goto(found.get(start, root + start))
        targets = page.locator(link).evaluate_all("links => links.map(link => link.href)")
        if targets:
            found[name] = _richest(page, targets) if name == "question" else targets[0]
    yield from found.items()


def _richest(page: Page, targets: list[str]) -> str:
    """The first question that has a supplement and neighbours, else the first of all."""
    for address in targets:
        page.goto(address)
        if page.locator("#similar").count() and page.locator("#supplement").count():
            return address
    return targets[0]


def ask(page: Page, address: str) -> str:
    """Ask a made-up question at the address of a department's form; the address of its ticket comes back."""
    page.goto(address)
    page.locator("[name=title]").fill("How long does a cold last? 感冒多久會好？")
    page.locator("[name=body]").fill("I have had a running nose for four days, without fever.\n沒有發燒。")
    page.locator("[name=nickname]").fill("Demo")
    page.locator("[name=for_whom][value=self]").check()
    for name in ("sex", "wants_public"):
        if page.locator(f"[name={name}]").count():
            page.locator(f"[name={name}]").first.check()
    for choice in page.locator("form select").all():
        if not choice.input_value():
            choice.select_option(index=1)
    page.locator("[name=has_consented]").check()
    page.locator("form.ask button.button--primary[type=submit]").click()
    return page.url


def picture(page: Page, theme: str, longest: int) -> bytes:
    """The open page as PNG, cut below `longest` pixels of its height."""
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    return page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(height, longest)})


def small(png: bytes, share: float) -> bytes:
    """The picture as WebP of a share of its size: enough to judge an arrangement, small enough for a repository."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image = image.resize((round(image.width * share), round(image.height * share)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "WEBP", quality=28, method=6)
    return out.getvalue()


def pictures(browser: Browser, given: argparse.Namespace) -> Iterator[tuple[str, bytes]]:
    """Every picture that was asked for: its name and its PNG."""
    ticket = ""
    for language in given.languages:
        page = browser.new_page()
        pages = dict(addresses(page, given.site.rstrip("/"), language))
        if not ticket and (not given.only or "ticket" in given.only):
            ticket = ask(page, pages["ask-form"])
        if "/ticket/" in ticket:  # else the site has had questions enough from here
            pages["ticket"] = re.sub(r"/(en|zh-hant)/ticket/", f"/{language}/ticket/", ticket)
        for name, width in product([name for name in pages if not given.only or name in given.only], given.widths):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(pages[name])
            for theme in given.themes:
                if theme == "light" or given.only or (name in DARK and width in DARK_WIDTHS):
                    yield f"{name}-{language}-{width}-{theme}", picture(page, theme, given.longest)
        page.close()


def main() -> None:
    """Write the pictures that were asked for into a folder; without more words: those that the repository keeps."""
    asked = argparse.ArgumentParser(prog="tests.screenshots", description=__doc__)
    asked.add_argument("site", nargs="?", default="http://127.0.0.1:8000")
    asked.add_argument("--folder", type=Path, default=FOLDER)
    asked.add_argument("--only", nargs="*", default=[], help="names of pages, such as home or question")
    asked.add_argument("--languages", nargs="*", default=LANGUAGES)
    asked.add_argument("--widths", nargs="*", type=int, default=WIDTHS)
    asked.add_argument("--themes", nargs="*", default=THEMES)
    asked.add_argument("--longest", type=int, default=1600, help="pixels of height that are kept")
    asked.add_argument("--share", type=float, default=0.5, help="size of the kept picture; 1 keeps PNG")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, png in pictures(browser, given):
            if given.share == 1:
                (given.folder / f"{name}.png").write_bytes(png)
            else:
                (given.folder / f"{name}.webp").write_bytes(small(png, given.share))
        browser.close()


if __name__ == "__main__":
    main()
