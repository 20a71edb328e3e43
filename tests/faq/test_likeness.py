"""How alike two questions are: what they are about before how they say it, the same from either side."""

from hypothesis import given
from hypothesis import strategies as st

from faq.likeness import COMMON, LEAST, OTHER_DISEASE, Profile, Scales, diverse, ranked, rarity
from search.models import Concept

LUPUS, KNEE, STEM_CELLS, FEVER = 1, 2, 3, 4
KINDS = {
    LUPUS: Concept.Kind.DISEASE,
    KNEE: Concept.Kind.DISEASE,
    STEM_CELLS: Concept.Kind.TREATMENT,
    FEVER: Concept.Kind.SYMPTOM,
}


def scales(**rarities: float) -> Scales:
    return Scales(KINDS, lambda term: rarities.get(term, 1.0), lambda concept: 0.5)


def profile(pk: int, *concepts: int, terms: str = "", mentioned: tuple[int, ...] = (), quality: float = 1) -> Profile:
    places = {**dict.fromkeys(mentioned, 0.5), **dict.fromkeys(concepts, 1.0)}
    return Profile(pk, pk, 0, "en", places, frozenset(concepts), frozenset(terms.split()), quality)


def likeness(one: Profile, other: Profile) -> float:
    weigher = scales()
    return weigher.likeness(weigher.weigh(one), weigher.weigh(other)).score


profiles = st.builds(
    lambda pk, concepts, mentioned, terms: profile(pk, *concepts, terms=" ".join(terms), mentioned=tuple(mentioned)),
    st.integers(1, 9), st.sets(st.sampled_from(sorted(KINDS))), st.sets(st.sampled_from(sorted(KINDS))),
    st.sets(st.sampled_from(["a", "b", "c", "d"])),
)  # fmt: skip


@given(profiles, profiles)
def test_it_is_the_same_from_either_side_and_never_more_than_one(one: Profile, other: Profile) -> None:
    there, back = likeness(one, other), likeness(other, one)

    assert abs(there - back) < 1e-9
    assert 0 <= there <= 1 + 1e-9


def test_the_disease_weighs_more_than_the_treatment() -> None:
    asked = profile(1, LUPUS, STEM_CELLS)

    assert likeness(asked, profile(2, LUPUS)) > 2.9 * likeness(asked, profile(3, STEM_CELLS))


def test_a_common_disease_outweighs_a_rare_treatment() -> None:
    common, rare = Scales(KINDS, lambda term: 0, lambda pk: 0), Scales(KINDS, lambda term: 0, lambda pk: 1)

    assert common.worth(LUPUS) > rare.worth(STEM_CELLS)
    assert common.worth(LUPUS) == 3 * COMMON


def test_the_same_treatment_of_another_disease_counts_half() -> None:
    asked, other = profile(1, LUPUS, STEM_CELLS), profile(2, KNEE, STEM_CELLS)
    weigher = scales()
    one, two = weigher.weigh(asked), weigher.weigh(other)

    without = sum(one.concepts[pk] * two.concepts[pk] for pk in [STEM_CELLS]) / one.concept_norm / two.concept_norm

    assert abs(likeness(asked, other) - 0.6 * without * OTHER_DISEASE) < 1e-9


def test_a_disease_that_one_only_mentions_is_a_disease_they_share() -> None:
    asked = profile(1, LUPUS, STEM_CELLS)

    assert likeness(asked, profile(2, KNEE, STEM_CELLS, mentioned=(LUPUS,))) > 2 * likeness(
        asked, profile(3, KNEE, STEM_CELLS)
    )


def test_what_is_only_mentioned_counts_less_than_what_stands_in_the_title() -> None:
    asked = profile(1, LUPUS, FEVER)

    assert likeness(asked, profile(2, LUPUS, FEVER)) > likeness(asked, profile(3, LUPUS, mentioned=(FEVER,)))


def test_rare_words_say_more_than_common_ones() -> None:
    weigher = scales(the=0.1, pain=0.3, porphyria=0.9)
    asked = weigher.weigh(profile(1, terms="the pain porphyria"))

    rare, common = weigher.weigh(profile(2, terms="porphyria x")), weigher.weigh(profile(3, terms="the pain y"))

    assert weigher.likeness(asked, rare).score > weigher.likeness(asked, common).score


def test_rarity_is_one_for_what_no_other_text_has_and_nought_for_what_all_have() -> None:
    assert [round(rarity(count, 1000), 2) for count in (0, 10, 1000, 1001)] == [1, 0.65, 0, 0]
    assert rarity(0, 0) == 1


def test_of_copies_one_is_kept_and_what_says_little_is_left_out() -> None:
    weigher = scales()
    words = "a b c d e f g h i"
    others = [profile(pk, LUPUS, terms=f"{words} {pk}") for pk in (2, 3, 4, 5)] + [profile(6, LUPUS, terms="x y")]
    asked = weigher.weigh(profile(1, LUPUS, terms="a b"))

    near = ranked(weigher, asked, [weigher.weigh(each) for each in [*others, profile(7, KNEE, terms="z")]])

    assert [each.kin.pk for each in near] == [5, 4, 3, 2, 6]
    assert [each.kin.pk for each in diverse(near, 10)] == [5, 6]


def test_a_thread_that_is_out_of_date_stands_behind_one_that_is_current() -> None:
    weigher = scales()
    asked, old, current = profile(1, LUPUS), profile(3, LUPUS, quality=0.8), profile(2, LUPUS)

    near = ranked(weigher, weigher.weigh(asked), [weigher.weigh(old), weigher.weigh(current)])

    assert [each.kin.pk for each in near] == [2, 3]
    assert near[1].kin.score == 0.8 * near[0].kin.score


def test_a_concept_that_both_only_mention_is_no_reason_beside_the_disease() -> None:
    weigher = scales()
    one, other = profile(1, LUPUS, mentioned=(STEM_CELLS,)), profile(2, LUPUS, mentioned=(STEM_CELLS,))

    assert weigher.likeness(weigher.weigh(one), weigher.weigh(other)).shared == (LUPUS,)


def test_two_with_nothing_in_common_are_no_neighbours() -> None:
    assert likeness(profile(1, LUPUS, terms="a"), profile(2, KNEE, terms="b")) < LEAST
