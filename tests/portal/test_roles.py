"""The table of roles, and the groups that follow it."""

import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from people.models import Role
from portal.roles import PERMISSIONS, sync_roles

pytestmark = pytest.mark.django_db

OURS = ("articles", "faq", "people", "search")

WRITTEN_BY_VERBS = "rows are written by verbs, imports and the worker, and read on the screens of what they belong to"
NEVER_DELETED = "deleting would take the page, its address or its log away: it is unpublished, closed or deactivated"
LOG = "an append-only log"
SEEN_WITH_THE_TEXT = "versions are seen with the permission for the text"
PATIENTS = "patients and archives make these; staff change them through verbs of the question"

# Permissions that no role has, and why.
UNGIVEN = {
    "articles.add_contactmessage": "readers write them",
    "articles.delete_contactmessage": NEVER_DELETED,
    "articles.delete_article": NEVER_DELETED,
    "articles.delete_staticpage": NEVER_DELETED,
    "faq.add_question": PATIENTS,
    "faq.delete_question": NEVER_DELETED,
    "faq.delete_topic": NEVER_DELETED,
    "faq.delete_moreinfo": NEVER_DELETED,
    "faq.change_consenttext": "what somebody agreed to is never rewritten",
    "faq.delete_consenttext": "what somebody agreed to is never rewritten",
    "people.delete_user": NEVER_DELETED,
    "people.delete_department": NEVER_DELETED,
    "people.delete_physician": NEVER_DELETED,
} | {
    f"{app}.{verb}_{model}": reason
    for app, models, verbs, reason in [
        (
            "faq",
            "answer answercorrection answerdraft finding followup intakevalue similarquestion surroundings "
            "taggedquestion "
            "ticket sealedtext",
            "view add change delete",
            WRITTEN_BY_VERBS,
        ),
        ("faq", "questionevent", "view add change delete", LOG),
        ("faq", "sealedaccess notification", "add change delete", LOG),
        (
            "faq",
            "historicaltopic historicalmoreinfo",
            "view add change delete",
            SEEN_WITH_THE_TEXT,
        ),
        (
            "articles",
            "historicalstaticpage",
            "view add change delete",
            SEEN_WITH_THE_TEXT,
        ),
        (
            "articles",
            "taggedarticle articlefinding articlereading articlerevision commentreport picturefile",
            "view add change delete",
            WRITTEN_BY_VERBS,
        ),
        ("articles", "comment", "add delete", "readers write comments, and moderators decide about them"),
        ("articles", "articleevent", "view add change delete", LOG),
        ("faq", "featuredquestion relatedtopic sparedquestion", "view add change delete", WRITTEN_BY_VERBS),
        ("faq", "neighbourmeasure", "add change delete", "taken by the clock"),
        ("faq", "answeredday", "view add change delete", "counted by the clock, shown on the overview"),
        ("search", "work", "add change delete", "told by the work itself"),
        ("faq", "reviewevent", "add change delete", LOG),
        ("search", "viewcount", "view add change delete", "the machinery's own"),
        ("search", "searchquery", "add change delete", LOG),
        ("people", "lease ratecount openedtext", "view add change delete", "the machinery's own"),
        ("search", "document change changecounter", "view add change delete", "the machinery's own"),
        (
            "search",
            "conceptmerge conceptmergerow conceptupload searchday searchplace wantedtopic",
            "view add change delete",
            "rows of the vocabulary's own pages, which ask for the permission for concepts",
        ),
    ]
    for model in models.split()
    for verb in verbs.split()
}


def every_permission() -> set[str]:
    rows = Permission.objects.filter(content_type__app_label__in=OURS)
    return {f"{app}.{name}" for app, name in rows.values_list("content_type__app_label", "codename")}


def permissions_of(role: str) -> set[str]:
    rows = Permission.objects.filter(group__name=role)
    return {f"{app}.{name}" for app, name in rows.values_list("content_type__app_label", "codename")}


def test_every_permission_is_given_to_a_role_or_withheld_for_a_reason() -> None:
    given = set[str]().union(*PERMISSIONS.values())

    assert given & set(UNGIVEN) == set()
    assert given | set(UNGIVEN) == every_permission()


def test_the_roles_are_those_of_the_accounts() -> None:
    assert set(PERMISSIONS) == set(Role.values)


def test_each_group_has_all_and_only_its_permissions() -> None:
    extra = Permission.objects.get(codename="delete_user")
    Group.objects.create(name=Role.PHYSICIAN).permissions.add(extra)

    sync_roles()

    assert {role: permissions_of(role) for role in PERMISSIONS} == PERMISSIONS


def test_a_second_run_changes_nothing() -> None:
    first, second = sync_roles(), sync_roles()

    assert (sorted(first), second) == (sorted(PERMISSIONS), [])


def test_a_group_that_is_no_role_stays_as_it_is() -> None:
    other = Group.objects.create(name="choir")

    sync_roles()

    assert list(Group.objects.exclude(name__in=PERMISSIONS)) == [other]


def test_the_command_says_what_it_changed() -> None:
    sync_roles()
    Group.objects.get(name=Role.EDITOR).permissions.clear()
    said = io.StringIO()

    call_command("sync_roles", stdout=said)

    assert said.getvalue() == "5 roles, 1 changed: editor.\n"


def test_a_misspelt_permission_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PERMISSIONS, Role.EDITOR, {"articles.change_artikle"})

    with pytest.raises(LookupError, match=r"articles\.change_artikle"):
        sync_roles()

    assert Group.objects.count() == 0


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        ("faq.answer_question", {"physician"}),
        ("faq.moderate_question", {"moderator"}),
        ("search.change_concept", {"moderator", "editor"}),
        ("faq.change_topic", {"moderator", "editor"}),
        ("articles.change_article", {"editor"}),
        ("articles.change_staticpage", {"editor"}),
        ("faq.change_moreinfo", {"physician", "editor"}),
        ("articles.review_article", {"physician", "medical_reviewer"}),
        ("articles.change_menuitem", {"editor"}),
        ("articles.change_sitenotice", {"editor"}),
        ("articles.change_contactblock", {"editor"}),
        ("articles.change_homefeature", {"moderator", "editor"}),
        ("articles.change_redirect", {"moderator", "editor"}),
        ("articles.lead_outside", {"editor"}),
        ("people.change_user", {"administrator"}),
        ("people.change_department", {"administrator"}),
        ("people.change_physician", {"administrator"}),
    ],
)
def test_the_table_of_the_design_holds(permission: str, roles: set[str]) -> None:
    assert {role for role, names in PERMISSIONS.items() if permission in names} == roles
