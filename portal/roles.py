"""Who may what: each group with all and only its permissions (DESIGN section 2). `sync_roles` makes the groups so.

What a permission covers is narrowed further by the queries: a physician's are those of the own departments.
"""

from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from people.models import Role


def _may(verbs: str, *models: str) -> set[str]:
    """Permission names such as "faq.change_topic" from verbs ("view change") and models ("faq.topic")."""
    names = [model.split(".") for model in models]
    return {f"{app}.{verb}_{model}" for app, model in names for verb in verbs.split()}


_EVERYWHERE = {"people.cover_every_department"}
_VOCABULARY = (
    _may("view add change delete", "search.concept", "search.conceptname", "search.promotedresult")
    | _may("view", "search.searchquery")
    | _may("view add change", "faq.topic")
)
_READERS_MESSAGES = _may("view change", "articles.contactmessage")
_FRONT_PAGE = _may("view add change delete", "articles.homefeature", "articles.redirect")
_APPROVE = {"faq.review_topic", "faq.review_moreinfo", "faq.review_answer", "articles.review_article"} | _may(
    "view",
    "faq.reviewevent",
    "faq.topic",
    "faq.moreinfo",
    "articles.article",
    "articles.articlereference",
    "articles.articlefaqentry",
)

PERMISSIONS: Final[dict[str, set[str]]] = {
    Role.PHYSICIAN: _APPROVE
    | {"faq.answer_question"}
    | _may("view", "faq.question")
    | _may("view add change", "faq.moreinfo")
    | _may("view add change delete", "faq.cannedtext"),
    Role.MODERATOR: _EVERYWHERE
    | _VOCABULARY
    | _READERS_MESSAGES
    | _FRONT_PAGE
    | {"faq.moderate_question"}
    | _may("view change", "faq.question", "articles.comment")
    | _may("view", "articles.picture")
    | _may("view", "faq.sealedaccess", "faq.notification", "faq.consenttext", "people.department", "people.physician")
    | _may("view", "faq.neighbourmeasure", "search.work"),
    Role.EDITOR: _EVERYWHERE
    | _VOCABULARY
    | _READERS_MESSAGES
    | _FRONT_PAGE
    | _may("view add change delete", "articles.menuitem", "articles.sitenotice", "articles.contactblock")
    | {"articles.lead_outside"}
    | _may("view add change", "articles.article", "articles.staticpage", "faq.moreinfo")
    | _may("view add change delete", "articles.articlereference", "articles.articlefaqentry", "articles.picture")
    | _may("view", "faq.reviewevent", "people.department", "people.physician", "search.work"),
    Role.MEDICAL_REVIEWER: _EVERYWHERE | _APPROVE,
    Role.ADMINISTRATOR: _EVERYWHERE
    | _may("view add change", "people.user", "people.department", "people.physician")
    | _may("view add change delete", "people.intakefield")
    | _may("view add", "faq.consenttext")
    | {"search.start_work"}
    | _may("view", "faq.sealedaccess", "faq.notification", "search.work"),
}
"""Group name to permission names."""


def sync_roles() -> list[str]:
    """Make the groups equal to the table: all its permissions and no other. Returns the names of those that changed.

    Raises LookupError for a name in the table that no model has (a migration is missing, or the name is misspelt).
    """
    known = {f"{row.content_type.app_label}.{row.codename}": row for row in _all_permissions()}
    unknown = sorted(name for names in PERMISSIONS.values() for name in names if name not in known)
    if unknown:
        raise LookupError(f"No such permission: {', '.join(unknown)}")
    changed = []
    with transaction.atomic():
        for role, names in PERMISSIONS.items():
            group, is_new = Group.objects.get_or_create(name=role)
            wanted = {known[name].pk for name in names}
            if is_new or set(group.permissions.values_list("pk", flat=True)) != wanted:
                group.permissions.set(wanted)
                changed.append(role)
    return changed


def _all_permissions() -> list[Permission]:
    return list(Permission.objects.select_related("content_type"))
