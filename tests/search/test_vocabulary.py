"""Which concepts a text names, and where."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from search.changes import changing
from search.importing import import_concepts
from search.merging import merge, undo
from search.models import Concept, ConceptName
from search.vocabulary import Name, Vocabulary, vocabulary, words_before
from tests.factories import make_concept, make_user
from text.cutting import segment, words
from text.fold import fold

NAMES = (
    ("SLE", 1), ("systemic lupus erythematosus", 1), ("全身性紅斑性狼瘡", 1),
    ("lupus", 2), ("狼瘡", 2), ("紅斑性狼瘡", 2), ("lupus nephritis", 3),
    ("X-ray", 4), ("Vitamin B12", 5), ("tinea", 6), ("癬", 6), ("Abscess", 7), ("AIDS", 8), ("HPV", 9), ("B肝", 10),
    ("Vitamin B1", 11), ("胃食道", 12), ("食道逆流", 13), ("SLE", 14), ("Ménière's disease", 15), ("tumour", 16),
)  # fmt: skip
KNOWN = Vocabulary(Name(text, concept, "disease", "en") for text, concept in NAMES)


def found(text: str) -> list[tuple[str, int]]:
    return [(mention.name, mention.concept) for mention in KNOWN.found_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What helps lupus nephritis?", [("lupus nephritis", 3)]),
        ("全身性紅斑性狼瘡怎麼治療", [("全身性红斑性狼疮", 1)]),
        ("紅斑性狼瘡怎麼治療", [("红斑性狼疮", 2)]),
        ("红斑性狼疮", [("红斑性狼疮", 2)]),
        ("胃食道逆流", [("食道逆流", 13)]),
        ("SLE", [("sle", 1), ("sle", 14)]),
        ("two x rays, one xray", [("x rays", 4), ("xray", 4)]),
        ("vitamin b12", [("vitamin b12", 5)]),
        ("vitamin B123", []),
        ("vitamin-b 12", [("vitamin b 12", 5)]),
        ("several abscesses", [("abscesses", 7)]),
        ("a lupus's course", [("lupus's", 2)]),
        ("my hearing aids", []),
        ("HIV and AIDS", [("aids", 8)]),
        ("aids", [("aids", 8)]),
        ("HPV疫苗", [("hpv", 9)]),
        ("b肝帶原", [("b肝", 10)]),
        ("slept badly", []),
        ("癬", [("癣", 6)]),
        (" 癬 ", [("癣", 6)]),
        ("手癬很癢", []),
        ("MENIERE’S DISEASE", [("meniere's disease", 15)]),
        ("tumors", [("tumors", 16)]),
        ("", []),
        (" - ", []),
    ],
)
def test_the_longest_name_counts_and_latin_names_are_words_of_their_own(
    text: str, expected: list[tuple[str, int]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("sle", [1, 14]),
        ("癬", [6]),
        ("Lupus", [2]),
        ("lupus nephritis", [3]),
        ("lupus?", []),
        ("", []),
        ("tumors", [16]),
    ],
)
def test_a_concept_is_called_by_exactly_its_names(text: str, concepts: list[int]) -> None:
    assert KNOWN.called(text) == concepts


@given(
    st.lists(st.sampled_from([*(text for text, _concept in NAMES), " ", "的", "a", "-", "ﬁ", "e\u0301"])).map("".join)
)
def test_a_mention_says_where_it_stands_and_none_stands_over_another(text: str) -> None:
    mentions = KNOWN.found_in(text)

    spans = sorted({(mention.start, mention.end) for mention in mentions})
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(0 <= start < end <= len(fold(text)) for start, end in spans)
    assert [KNOWN.called(mention.name) != [] for mention in mentions] == [True] * len(mentions)


def test_a_mention_is_found_among_the_words_of_a_text() -> None:
    text = "My mother's B肝 and lupus, 手麻 for 3 days"

    places = [words_before(text, mention.start) for mention in KNOWN.found_in(text)]

    assert [words(segment(text))[place] for place in places] == ["b", "lupus"]


@pytest.mark.django_db
def test_the_vocabulary_follows_every_change_of_a_name() -> None:
    def known() -> list[int]:
        return [mention.concept for mention in vocabulary().found_in("lupus, SLE, wolf")]

    assert known() == []
    concept = make_concept("Lupus")
    assert known() == [concept.pk]
    name = ConceptName.objects.create(concept=concept, text="SLE", language="en")
    assert known() == [concept.pk] * 2
    name.text = "wolf"
    name.save()
    assert known() == [concept.pk] * 2
    name.delete()
    assert known() == [concept.pk]
    proposal = make_concept("SLE", is_proposal=True)
    assert known() == [concept.pk]
    Concept.objects.filter(pk=proposal.pk).accept()
    assert known() == [concept.pk, proposal.pk]
    done = merge(proposal, into=concept, by=make_user())
    assert known() == [concept.pk] * 2
    undo(done, by=make_user())
    assert known() == [concept.pk, proposal.pk]
    import_concepts(b"key,kind,name_en,name_zh_hant,aliases_en,aliases_zh_hant\nwolf,other,Wolf,,,\n")
    wolf = Concept.objects.get(slug="wolf")
    assert known() == [concept.pk, proposal.pk, wolf.pk]
    wolf.delete()
    assert known() == [concept.pk, proposal.pk]


@pytest.mark.django_db(transaction=True)
def test_names_that_a_failed_transaction_added_are_not_kept() -> None:
    make_concept("Asthma")
    with transaction.atomic():
        make_concept("Lupus")
        assert len(vocabulary().found_in("lupus")) == 1
        transaction.set_rollback(True)

    make_concept("Gout")

    assert [vocabulary().called(name) != [] for name in ("asthma", "lupus", "gout")] == [True, False, True]


@pytest.mark.django_db
def test_the_vocabulary_costs_one_query_until_it_changes(django_assert_num_queries: Iterator[None]) -> None:
    make_concept("Lupus")
    vocabulary()

    with django_assert_num_queries(1):  # type: ignore[operator]
        vocabulary()


def test_many_threads_read_one_vocabulary() -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(found, ["lupus nephritis and SLE"] * 200))

    assert answers == [[("lupus nephritis", 3), ("sle", 1), ("sle", 14)]] * 200


@pytest.mark.django_db
def test_a_name_that_is_written_inside_another_change_is_told_with_it() -> None:
    concept = make_concept("Lupus")
    with changing() as keys:
        ConceptName.objects.create(concept=concept, text="SLE", language="en")

        assert keys == {f"concept:{concept.pk}"}
