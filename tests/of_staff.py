"""Every page of the admin that opens, and for whom: tests/test_access.py's tables read the other way round."""

from typing import Any, Final

from django.urls import reverse

from tests.test_access import DESKS, ELSEWHERE, MODELS, STAFF, World, _arguments, _history_of

LETTERS: Final = {"R" if role == "medical_reviewer" else role[0].upper(): role for role in STAFF}
NO_PAGES: Final = {
    *("admin:search_concept_export", "admin:articles_redirect_export", "admin:jsi18n"),
    *("admin:faq_moderator_concepts", "admin:faq_physician_draft"),
}
"""Addresses of the desks that send a file, or data to a script."""
ALIKE: Final = ("delete", "history", "simple_history")
"""Pages that look the same whatever the row is."""


def of_staff(world: World, *, one_of_what_is_alike: bool = False) -> dict[str, list[str]]:
    """Addresses with the roles that may open them."""
    found: dict[str, set[str]] = {}
    for name, (names, who, status) in DESKS.items():
        if status == 200 and name not in NO_PAGES:
            found.setdefault(reverse(name, kwargs=_arguments(world, names)), set()).update(who)
    seen = set()
    for model, page, letters in ((model, page, who) for model, pages in MODELS.items() for page, who in pages.items()):
        is_known = one_of_what_is_alike and page in ALIKE and page in seen
        if (model, page) not in ELSEWHERE and not is_known:
            seen.add(page)
            address = reverse(f"admin:{model}_{page}", args=_row(world, model, page))
            found.setdefault(address, set()).update(LETTERS[letter] for letter in letters.split())
    return {address: sorted(roles) for address, roles in found.items()}


def _row(world: World, model: str, page: str) -> list[Any]:
    if page in {"changelist", "add"}:
        return []
    row = world.rows[model]
    return [row, _history_of(model, row)] if page == "simple_history" else [row]
