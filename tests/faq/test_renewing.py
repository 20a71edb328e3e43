"""The neighbours of all questions at once: the same as one by one, and it goes on where it was stopped."""

import pytest
from django.core.management import CommandError, call_command

from faq.models import Question, SimilarQuestion, Surroundings
from faq.neighbours import RULES, renew_neighbours
from faq.renewing import Effort, renew_all
from faq.states import Status
from search.index.follower import Follower
from search.models import Change, Concept
from tests.factories import make_concept, make_question, make_topic

pytestmark = pytest.mark.django_db


def lists() -> dict[tuple[int, int], tuple[str, str, str]]:
    rows = SimilarQuestion.objects.select_related()
    return {(row.question_id, row.other_id): (f"{row.score:.3f}", row.shared, row.words) for row in rows}


def make_archive() -> list[Question]:
    lupus, fever = make_concept("Lupus"), make_concept("Fever", kind=Concept.Kind.SYMPTOM)
    texts = [
        ("Hair loss with lupus", "My hair falls out in patches.", [lupus]),
        ("Lupus and fever", "Three days of fever.", [lupus, fever]),
        ("Fever after a journey", "Fever since the tropics.", [fever]),
        ("Patches of lost hair", "It falls out in round patches.", []),
        ("A sprained ankle", "It is swollen.", []),
    ]
    rows = [make_question(Status.PUBLISHED, title=title, body=body, concepts=tags) for title, body, tags in texts]
    return [*rows, make_question(Status.PUBLISHED, language="zh-hant", title="發燒", body="三天了", concepts=[fever])]


def test_all_at_once_gives_what_one_by_one_gives(index: Follower) -> None:
    questions = make_archive()
    make_topic(Concept.objects.get(name_en="Lupus"), questions[0].department)
    index.step()
    for question in questions:
        renew_neighbours(question)
    one_by_one, topics = lists(), dict(Surroundings.objects.values_list("pk", "topics"))
    SimilarQuestion.objects.all().delete()
    Surroundings.objects.all().delete()

    renew_all()

    assert lists() == one_by_one != {}
    assert dict(Surroundings.objects.values_list("pk", "topics")) == topics


def test_in_a_large_archive_the_nearest_are_the_same(index: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    make_archive()
    index.step()
    renew_all()
    close = set(lists())
    Surroundings.objects.update(rules=0)
    monkeypatch.setattr(Effort, "for_archive", lambda documents: Effort(48, 12, 1, 30))

    renew_all()

    assert set(lists()) == close


def test_what_is_done_is_not_done_again(index: Follower) -> None:
    questions = make_archive()
    index.step()
    renew_all()
    SimilarQuestion.objects.filter(question=questions[0]).delete()
    changes = Change.objects.count()

    assert renew_all() == 0
    assert Change.objects.count() == changes


def test_what_was_done_by_older_rules_is_done_again(index: Follower) -> None:
    questions = make_archive()
    index.step()
    renew_all()
    SimilarQuestion.objects.filter(question=questions[0]).delete()
    Surroundings.objects.filter(question=questions[0]).update(rules=RULES - 1)

    assert renew_all() == 1


def test_pinned_and_blocked_ones_stay(index: Follower) -> None:
    lost, both, _fever, _patches, ankle, _chinese = make_archive()
    index.step()
    SimilarQuestion.objects.create(question=lost, other=ankle, origin=SimilarQuestion.Origin.PINNED)
    SimilarQuestion.objects.create(question=lost, other=both, origin=SimilarQuestion.Origin.BLOCKED)

    renew_all()

    decided = SimilarQuestion.objects.filter(question=lost, other__in=[ankle, both])
    assert set(decided.values_list("other_id", "origin")) == {(ankle.pk, "pinned"), (both.pk, "blocked")}


def test_the_command_says_how_many_and_begins_anew_when_told_to(
    index: Follower, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = make_archive()
    index.step()
    call_command("renew_neighbours", verbosity=0)
    SimilarQuestion.objects.filter(question=questions[0]).delete()
    call_command("renew_neighbours", verbosity=0)

    call_command("renew_neighbours", "--all", verbosity=0)

    assert capsys.readouterr().out.splitlines()[1:] == ["0 lists are others now", "1 lists are others now"]


def test_without_an_index_the_command_says_what_is_missing() -> None:
    with pytest.raises(CommandError, match="no index"):
        call_command("renew_neighbours", verbosity=0)
